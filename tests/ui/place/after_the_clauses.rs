//! What stands between the clauses and the loop, or is written twice.
use pymp::prelude::*;

fn no_comma() {
    parallel_for!(num_threads = 2 for _ in 0..10 {});
}

#[parallel]
fn on_an_argument(n: u32) {
    drop(
        #[parallel]
        n,
    );
    #[parallel]
    for _ in 0..10 {}
}

fn main() {}
