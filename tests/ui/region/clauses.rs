//! Clauses that a region does not have, and those that name what they cannot.
use pymp::prelude::*;

fn of_loops(y: &mut [f64], mut x: f64) {
    region!(chunk = 4, min_chunk = 10, collapse = 2, ordered, reproducible, |p| { p.barrier() });
    region!(chunks(y, 2), owned(y), |p| { p.barrier() });
    region!(atomic(y), |p| { p.barrier() });
    region!(scatter(y), lastprivate(x), |p| { p.barrier() });
}

fn names(mut sum: u32) {
    region!(num_threads = 0, private(p), |p| { p.barrier() });
    region!(reduction(+: sum), private(sum), |p| { sum += 1 });
    region!(schedule = "fastest", |p| { p.barrier() });
}

fn unlisted(n: usize) {
    region!(default(none), |p| { p.range(0..n).count() });
}

fn no_loop() {
    region!(|p| { ordered!({ p.barrier() }) });
}

#[parallel]
fn on_a_block(mut sum: u32) {
    #[parallel(collapse = 2, nowait)]
    {
        sum += 1;
    }
}

fn unknown() {
    region!(num_thread = 2, colapse = 2, |p| { p.barrier() });
    region!(nowait, cancel, order(concurrent), parallel num_threads(2), |p| { p.barrier() });
    region!(n_jobs = 2, chunksize = 4, target, |p| { p.barrier() });
}

fn main() {}
