//! A `return` that no reader of the loop can see: it is in the macro's definition.
use pymp::prelude::*;

macro_rules! give_up {
    ($value:expr) => {
        return $value
    };
}

fn find(x: &[f64]) -> f64 {
    parallel_for!(for i in 0..x.len() {
        if x[i] > 1.0 {
            give_up!(x[i]);
        }
    });
    0.0
}

macro_rules! stop_if {
    ($condition:expr) => {
        if $condition {
            return;
        }
    };
}

fn until(x: &[f64]) {
    parallel_for!(for i in 0..x.len() {
        stop_if!(x[i] > 1.0);
    });
}

fn main() {}
