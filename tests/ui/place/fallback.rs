//! After an error the function is still there for its callers: one mistake, one error.
use pymp::prelude::*;

#[parallel(num_threads = 0)]
fn total(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    #[parallel(reduction(+: sum))]
    for v in x {
        sum += v;
    }
    sum
}

fn main() {
    let sum: f64 = total(&[1.0, 2.0]);
    println!("{sum}");
}
