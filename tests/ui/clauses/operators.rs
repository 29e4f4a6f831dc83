//! Operators that reductions do not have.
use pymp::prelude::*;

fn symbols(mut a: i32) {
    parallel_for!(reduction(/: a), for _ in 0..10 {});
    parallel_for!(reduction(%: a), for _ in 0..10 {});
    parallel_for!(reduction(+=: a), for _ in 0..10 {});
    parallel_for!(reduction(**: a), for _ in 0..10 {});
    parallel_for!(reduction("+": a), for _ in 0..10 {});
    parallel_for!(reduction((+): a), for _ in 0..10 {});
}

fn words(mut a: i32) {
    parallel_for!(reduction(add: a), for _ in 0..10 { a += 1; });
    parallel_for!(reduction(sum: a), for _ in 0..10 { a += 1; });
    parallel_for!(reduction(maximum: a), for _ in 0..10 { a += 1; });
    parallel_for!(reduction(Sum: a), for _ in 0..10 { a += 1; });
}

fn main() {}
