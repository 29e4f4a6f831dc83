//! What only types show.
use std::cell::Cell;
use std::time::Duration;

use pymp::map::{Map, Pool};
use pymp::prelude::*;

fn double(x: i32) -> i32 {
    2 * x
}

fn arguments() {
    parmap!(double, 0..10, 0..10);
    parmap!(double, ["a", "b"]);
    parmap!(double, 7);
}

fn threads_have_no_timeout() {
    Map::new(double).timeout(Duration::from_secs(1)).run(0..10);
}

fn an_engine_by_its_name() {
    drop(Map::new(double).engine("threads"));
}

fn not_shared() {
    let count = Cell::new(0);
    parmap(|x: i32| count.set(x), 0..10);
}

fn no_progress() {
    drop(Map::new(double).progress(7));
}

fn not_a_tuple() {
    Map::new(double).run_product(vec![1, 2]);
}

fn used_after_close() {
    let pool = Pool::new(2);
    pool.terminate();
    pool.map(double, 0..10);
}

fn main() {}
