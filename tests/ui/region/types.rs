//! What rustc says of a region, in the place where it belongs.
use std::cell::Cell;
use std::rc::Rc;

use pymp::prelude::*;

fn main() {
    let hits = Cell::new(0);
    region!(|p| hits.set(p.thread_num()));
    region!(|_p| Rc::new(1));
    let mut text = "";
    region!(reduction(+: text), |_p| {
        text = "more";
    });
    region!(num_threads = "four", if = 1, |p| p.barrier());
    let kept = region!(|p| p);
    let unused = 1;
    region!(|q| { let _ = unused; });
    drop(kept);
}
