//! How `parmap!` is written.
use pymp::prelude::*;

fn double(x: i32) -> i32 {
    2 * x
}

fn shape() {
    parmap!();
    parmap!(workers = 4);
    parmap!(double, workers = 4, 0..10);
    parmap!(double, 0..10, workers = 4, workers = 2);
    parmap!(double 0..10);
    parmap!(double, 0..10, n_jobs = 3, backend = "threads");
    parmap!(double, 0..10, n_worker = 2, chunk_size = 8);
}

fn values() {
    parmap!(double, 0..10, engine = "gpu");
    parmap!(double, 0..10, engine = "thread");
    parmap!(double, 0..10, workers = 0);
    parmap!(double, 0..10, workers = -1);
    parmap!(double, 0..10, chunk = "many");
}

fn main() {}
