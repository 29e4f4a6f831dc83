//! After an error in `parallel_for!` the loop still runs as it is typed: one mistake, one error.
use pymp::prelude::*;

fn main() {
    let x = [1.0, 2.0];
    let mut sum = 0.0;
    parallel_for!(num_threads = 0, reduction(+: sum), for v in &x {
        sum += v;
    });
    println!("{sum}");
}
