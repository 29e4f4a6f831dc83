//! Clauses that there are not.
use pymp::prelude::*;

#[parallel(num_thread = 4)]
fn a_slip() {
    for _ in 0..10 {}
}

#[parallel(threads = 4, shedule = "dynamic", nowait)]
fn two_slips_and_a_stranger() {
    for _ in 0..10 {}
}

fn in_the_macro() {
    parallel_for!(reduce(+: sum), first_private(x), colapse = 2, for _ in 0..10 {});
    parallel_for!(n_jobs = 4, grainsize = 8, for _ in 0..10 {});
}

#[parallel]
fn on_the_loop() {
    #[parallel(Schedule = "dynamic", chunk_size = 4)]
    for _ in 0..10 {}
}

fn no_word() {
    parallel_for!(4, "dynamic", for _ in 0..10 {});
}

fn main() {}
