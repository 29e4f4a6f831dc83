//! An index that is no `usize`, of an array that is only read.
use pymp::prelude::*;

fn i32s(x: &[f64], n: i32) -> f64 {
    let mut sum = 0.0;
    parallel_for!(reduction(+: sum), for i in 0..n {
        sum += x[i];
    });
    sum
}

fn main() {}
