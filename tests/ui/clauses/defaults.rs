//! Clauses of a function that holds several loops.
use pymp::prelude::*;

#[parallel(num_threads = 2, reduction(+: a), collapse = 2, ordered, private(b))]
fn about_one_loop(mut a: i32, mut b: i32) -> i32 {
    #[parallel]
    for i in 0..10 {
        a += i;
    }
    #[parallel]
    for i in 0..10 {
        b = i;
    }
    a + b
}

fn main() {}
