//! The same about loops that are left before their end.
#![deny(warnings)]
#![allow(dead_code)]
use pymp::prelude::*;

fn plain(x: &[i32]) -> Option<i32> {
    for v in x {
        let n = v.checked_add(1)?;
        if n > 3 {
            return Some(n);
            println!("never");
        }
        if n < 0 {
            break;
            println!("never");
        }
        let unused = n;
    }
    None
}

fn ours(x: &[i32]) -> Option<i32> {
    parallel_for!(for v in x {
        let n = v.checked_add(1)?;
        if n > 3 {
            return Some(n);
            println!("never");
        }
        if n < 0 {
            break;
            println!("never");
        }
        let unused = n;
    });
    None
}

fn main() {}
