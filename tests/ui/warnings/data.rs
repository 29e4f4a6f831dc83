//! The same about clauses that give the body variables of its own.
#![deny(warnings)]
#![allow(dead_code)]
use pymp::prelude::*;

fn never_read(x: &[i32]) {
    let mut sum = 0;
    parallel_for!(reduction(+: sum), for v in x {
        sum += v;
    });
}

fn never_read_plain(x: &[i32]) {
    let mut sum = 0;
    for v in x {
        sum += v;
    }
}

fn needless_mut(x: &[i32]) {
    let mut scale = 2;
    parallel_for!(firstprivate(scale), for v in x {
        println!("{}", v * scale);
    });
}

fn needless_mut_plain(x: &[i32]) {
    let mut scale = 2;
    for v in x {
        println!("{}", v * scale);
    }
}

/// Differs from the plain loop: it assigns to the variable outside, this one does not.
fn needless_mut_of_a_private(x: &[i32]) {
    let mut t = 2;
    parallel_for!(private(t), for v in x {
        t = v * 2;
        println!("{t}");
    });
}

fn needless_mut_of_an_array(x: &[i32]) {
    let mut y = vec![0; 10];
    parallel_for!(for i in 0..x.len() {
        println!("{}", y[i]);
    });
}

fn needless_parentheses(x: &[Option<i32>]) -> Option<i32> {
    parallel_for!(for i in (0..x.len()) {
        let a = (x[i])?;
        if (a > 3) {
            return (x[i]);
        }
    });
    None
}

fn needless_parentheses_plain(x: &[Option<i32>]) -> Option<i32> {
    for i in (0..x.len()) {
        let a = (x[i])?;
        if (a > 3) {
            return (x[i]);
        }
    }
    None
}

fn main() {}
