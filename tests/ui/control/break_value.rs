//! `break` with a value, which only `loop` takes.
use pymp::prelude::*;

fn from_a_for(x: &[f64]) {
    parallel_for!(for i in 0..x.len() {
        if x[i] > 1.0 {
            break i;
        }
    });
}

fn main() {}
