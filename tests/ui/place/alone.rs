//! `#[parallel]` on a loop, without one on the function.
use pymp::prelude::*;

fn alone(y: &mut [f64]) {
    #[parallel]
    for i in 0..y.len() {
        y[i] = 1.0;
    }
}

fn on_a_let() {
    #[parallel]
    let _x = 1;
}

fn main() {}
