//! Where the crate is.
use pymp::prelude::*;

fn relative() {
    parallel_for!(crate = pymp, for _ in 0..10 {});
    parallel_for!(crate = self::pymp, for _ in 0..10 {});
    parallel_for!(crate = super::deps::pymp, for _ in 0..10 {});
    parallel_for!(crate = "pymp", for _ in 0..10 {});
    parallel_for!(crate, for _ in 0..10 {});
}

#[parallel(crate = pymp)]
fn relative_on_a_function() {
    for _ in 0..10 {}
}

fn main() {}
