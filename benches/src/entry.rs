//! Rows that several contenders fill: their names, in one place.

use std::time::{Duration, Instant};

pub(crate) const REGION: &str = "parallel region, empty, 2 threads";
pub(crate) const LOOP: &str = "parallel loop, empty, 2 threads";
pub(crate) const SUM: &str = "parallel loop, reduction of one number, 2 threads";

/// How long a program computes by itself between two loops.
pub(crate) const GAPS: [(&str, u64); 5] = [("0", 0), ("0.1", 100), ("1", 1_000), ("10", 10_000), ("300", 300_000)];

/// Computes on the calling thread.
pub(crate) fn compute(time: Duration) {
    let start = Instant::now();
    while start.elapsed() < time {
        std::hint::black_box(start);
    }
}

/// So much dependent arithmetic, about two nanoseconds a step.
#[inline]
pub(crate) fn work(seed: usize, steps: u32) -> f64 {
    let mut x = seed as f64;
    for _ in 0..steps {
        x = x * 0.999 + 0.5;
    }
    x
}
