//! What rustc says of a region, in the place where it belongs.
use std::cell::Cell;
use std::rc::Rc;

use pymp::prelude::*;

fn not_shared() {
    let hits = Cell::new(0);
    region!(|p| hits.set(p.thread_num()));
}

fn not_sent() {
    region!(|_p| Rc::new(1));
}

fn not_combined() {
    let mut text = "";
    region!(reduction(+: text), |_p| text = "more");
}

fn clauses(n: f64) {
    region!(num_threads = n, |p| p.barrier());
    region!(if = n, |p| p.barrier());
    region!(num_threads = "four", if = 1, |p| p.barrier());
}

struct Job(u32);

fn not_handed_over() {
    region!(|p| p.iterate((0..4).map(Job)).for_each(|job| drop(job.0)));
}

fn main() {}
