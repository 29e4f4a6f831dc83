//! An engine whose cargo feature is not there.
use pymp::prelude::*;

fn main() {
    parmap!(|x: i32| x, 0..10, engine = "process");
    parmap!(|x: i32| x, 0..10, engine = "async", workers = 2);
}
