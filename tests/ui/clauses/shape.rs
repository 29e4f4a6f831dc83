//! Clauses written in another shape than theirs.
use pymp::prelude::*;

#[parallel = "dynamic"]
fn the_list_with_equals() {
    for _ in 0..10 {}
}

#[parallel]
fn the_list_of_a_loop_with_equals() {
    #[parallel = "dynamic"]
    for _ in 0..10 {}
}

fn no_keys() {
    parallel_for!(4, for _ in 0..10 {});
    parallel_for!("dynamic,8", for _ in 0..10 {});
}

fn values() {
    parallel_for!(num_threads, for _ in 0..10 {});
    parallel_for!(num_threads =, for _ in 0..10 {});
    parallel_for!(num_threads(), for _ in 0..10 {});
    parallel_for!(num_threads(2, 4), for _ in 0..10 {});
    parallel_for!(reproducible = 1, for _ in 0..10 {});
    parallel_for!(ordered(1), for _ in 0..10 {});
    parallel_for!(explain = verbose, for _ in 0..10 {});
    parallel_for!(collapse(2, 3), for _ in 0..10 {});
}

fn colons(mut x: f64, n: usize) {
    parallel_for!(num_threads: 4, for _ in 0..10 {});
    parallel_for!(num_threads 4, for _ in 0..10 {});
    parallel_for!(collapse: 2, for _ in 0..10 {});
    parallel_for!(default: none, for _ in 0..10 {});
    parallel_for!(private x, for _ in 0..10 {});
    parallel_for!(private(x: 0), for _ in 0..10 {});
    parallel_for!(private(mut x), for _ in 0..10 {});
    parallel_for!(private: (x, n), for _ in 0..10 {});
    parallel_for!(private(x: f64 = 0.0, n), for _ in 0..10 {});
    parallel_for!(private(x: f64), for _ in 0..10 {});
    parallel_for!(private(n: Vec<f64>), for _ in 0..10 {});
}

fn commas() {
    parallel_for!(num_threads = 2 chunk = 4, for _ in 0..10 {});
    parallel_for!(num_threads(2) chunk(4), for _ in 0..10 {});
    parallel_for!(reproducible ordered, for _ in 0..10 {});
    parallel_for!(num_threads = 2 for _ in 0..10 {});
}

fn lists(mut a: i32, mut b: i32, mut c: Vec<i32>) {
    parallel_for!(reduction = a, for _ in 0..10 {});
    parallel_for!(reduction(a), for _ in 0..10 {});
    parallel_for!(reduction(a, b), for _ in 0..10 {});
    parallel_for!(reduction(a: +), for _ in 0..10 {});
    parallel_for!(reduction(max, a), for _ in 0..10 {});
    parallel_for!(reduction = +: a, b, for _ in 0..10 {});
    parallel_for!(reduction + a, for _ in 0..10 {});
    parallel_for!(+: a, for _ in 0..10 {});
    parallel_for!(reduction(+; a), for _ in 0..10 {});
    parallel_for!(reduction(+), for _ in 0..10 {});
    parallel_for!(reduction(+ a), for _ in 0..10 {});
    parallel_for!(reduction(: a), for _ in 0..10 {});
    parallel_for!(reduction(+: a b), for _ in 0..10 {});
    parallel_for!(reduction(+:), for _ in 0..10 {});
    parallel_for!(reduction = "+:a", for _ in 0..10 {});
    parallel_for!(reduction(+: a, *: b), for _ in 0..10 {});
    parallel_for!(reduction(min, max: a), for _ in 0..10 {});
    parallel_for!(reduction(+: c[0:10]), for _ in 0..10 {});
    parallel_for!(firstprivate(c[0:10], a), for _ in 0..10 {});
    parallel_for!(private(a = ), for _ in 0..10 {});
    parallel_for!(num_threads = *, for _ in 0..10 {});
    parallel_for!(private, for _ in 0..10 {});
    parallel_for!(private(), for _ in 0..10 {});
    parallel_for!(chunks(c), for _ in 0..10 {});
    parallel_for!(chunks(c, 2, 3), for _ in 0..10 {});
    parallel_for!(chunks = c, for _ in 0..10 {});
    parallel_for!(default, for _ in 0..10 {});
    parallel_for!(default(shared), for _ in 0..10 {});
    parallel_for!(default = "private", for _ in 0..10 {});
}

fn main() {}
