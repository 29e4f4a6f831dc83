//! A function that is still being typed.
use pymp::prelude::*;

#[parallel]
fn total(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for v in x {
        sum += v.
    }
    sum
}

fn main() {
    let sum: f64 = total(&[1.0, 2.0]);
    println!("{sum}");
}
