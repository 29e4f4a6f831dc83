//! Rows that several contenders fill: their names, in one place.

use std::time::{Duration, Instant};

pub(crate) const REGION: &str = "parallel region, empty, 2 threads";
pub(crate) const LOOP: &str = "parallel loop, empty, 2 threads";
pub(crate) const COMPUTE: &str = "compute-bound loop, 2 threads on what cores there are";
pub(crate) const SUM: &str = "parallel loop, reduction of one number, 2 threads";

/// How often a construct is met in a row that shows one of many.
pub(crate) const MANY: usize = 1000;

/// How long a program computes by itself between two loops.
pub(crate) const GAPS: [(&str, u64); 5] = [("0", 0), ("0.1", 100), ("1", 1_000), ("10", 10_000), ("300", 300_000)];

/// How long all threads of a contender compute before anything is timed: until then two may sit on one core, where they yield to
/// each other and stay.
pub(crate) const SETTLE: Duration = Duration::from_millis(20);

/// Computes on the calling thread.
pub(crate) fn compute(time: Duration) {
    let start = Instant::now();
    while start.elapsed() < time {
        std::hint::black_box(start);
    }
}

/// So much dependent arithmetic, about a nanosecond a step. Integers: the same instructions in every language.
#[inline]
pub(crate) fn work(seed: usize, steps: u32) -> u64 {
    let mut x = seed as u64;
    for _ in 0..steps {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    }
    x
}
