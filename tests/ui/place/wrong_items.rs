//! `#[parallel]` on what holds no loops.
use pymp::prelude::*;

#[parallel]
struct Point {
    x: f64,
}

#[parallel]
enum Kind {
    One,
}

#[parallel]
const N: usize = 4;

trait Step {
    #[parallel]
    fn step(&self);
}

#[parallel]
trait Run {
    fn run(&self) {
        for _ in 0..10 {}
    }
}

fn main() {
    let _ = Point { x: 1.0 };
}
