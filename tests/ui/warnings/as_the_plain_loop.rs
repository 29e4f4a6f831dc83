//! A loop of ours warns of what the plain loop warns of, and of nothing else.
#![deny(warnings)]
#![allow(dead_code)]
use pymp::prelude::*;

#[must_use]
fn checked(n: usize) -> usize {
    n
}

fn plain(y: &mut [usize]) {
    let mut idle = 3;
    for i in 0..y.len() {
        let unused = i;
        let mut unchanged = idle;
        checked(i);
        y[i] = unchanged;
        (i + 1);
        if i > 3 {
            continue;
            y[i] = 2;
        }
    }
    for k in 0..3 {}
}

#[parallel]
fn attribute(y: &mut [usize]) {
    let mut idle = 3;
    #[parallel]
    for i in 0..y.len() {
        let unused = i;
        let mut unchanged = idle;
        checked(i);
        y[i] = unchanged;
        (i + 1);
        if i > 3 {
            continue;
            y[i] = 2;
        }
    }
    #[parallel]
    for k in 0..3 {}
}

fn the_macro(y: &mut [usize]) {
    let mut idle = 3;
    parallel_for!(for i in 0..y.len() {
        let unused = i;
        let mut unchanged = idle;
        checked(i);
        y[i] = unchanged;
        (i + 1);
        if i > 3 {
            continue;
            y[i] = 2;
        }
    });
    parallel_for!(for k in 0..3 {});
}

fn main() {}
