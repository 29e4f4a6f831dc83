//! Numbers that are none, or too small.
use pymp::prelude::*;

fn too_small() {
    parallel_for!(num_threads = 0, for _ in 0..10 {});
    parallel_for!(num_threads = -1, for _ in 0..10 {});
    parallel_for!(num_threads(0usize), for _ in 0..10 {});
    parallel_for!(chunk = 0, for _ in 0..10 {});
    parallel_for!(chunk = -64, for _ in 0..10 {});
    parallel_for!(min_chunk = 0, for _ in 0..10 {});
    parallel_for!(min_chunk = (-1), for _ in 0..10 {});
    parallel_for!(collapse = 0, for _ in 0..10 {});
    parallel_for!(collapse = -1, for _ in 0..10 {});
}

fn too_small_parts(c: &mut [f64]) {
    parallel_for!(chunks(c, 0), for i in 0..10 {
        c[i] = 0.0;
    });
    parallel_for!(chunks(c, -2), for i in 0..10 {
        c[i] = 0.0;
    });
}

fn too_large(c: &mut [f64]) {
    parallel_for!(num_threads = 99999999999999999999, for _ in 0..10 {});
    parallel_for!(num_threads(1_000_000), schedule = "dynamic,99999999999999999999", for _ in 0..10 {});
    parallel_for!(schedule = "static", chunk = 99999999999999999999, for _ in 0..10 {});
    parallel_for!(chunks(c, 99999999999999999999), for i in 0..10 {
        c[i] = 0.0;
    });
    region!(num_threads = 8193, |p| p.barrier());
}

fn no_numbers() {
    parallel_for!(num_threads = "4", for _ in 0..10 {});
    parallel_for!(num_threads = 4.0, for _ in 0..10 {});
    parallel_for!(num_threads = "all", for _ in 0..10 {});
    parallel_for!(num_threads = true, for _ in 0..10 {});
    parallel_for!(chunk = '4', for _ in 0..10 {});
    parallel_for!(min_chunk = 1e3, for _ in 0..10 {});
    parallel_for!(collapse = "2", for _ in 0..10 {});
    parallel_for!(if = 1, for _ in 0..10 {});
    parallel_for!(if = "n > 1000", for _ in 0..10 {});
}

fn no_literal(n: usize) {
    parallel_for!(collapse = n, for _ in 0..10 {});
}

#[parallel(num_threads = 0)]
fn on_the_function() {
    for _ in 0..10 {}
}

fn main() {}
