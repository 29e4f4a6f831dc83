//! A function with several loops and no word on which is meant.
use pymp::prelude::*;

#[parallel(num_threads = 2)]
fn two(x: &mut [f64]) {
    for i in 0..x.len() {
        x[i] = 1.0;
    }
    if x.len() > 2 {
        for i in 0..x.len() {
            x[i] += 1.0;
        }
    }
}

fn main() {}
