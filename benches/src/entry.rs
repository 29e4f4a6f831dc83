//! Rows that several contenders fill: their names, in one place.

use std::time::{Duration, Instant};

pub(crate) const REGION: &str = "parallel region, empty, 2 threads";
pub(crate) const LOOP: &str = "parallel loop, empty, 2 threads";
pub(crate) const COMPUTE: &str = "compute-bound loop, 2 threads on what cores there are";
pub(crate) const SUM: &str = "parallel loop, reduction of one number, 2 threads";

/// The contender that is what we allow ourselves, in nanoseconds.
pub(crate) const ALLOWED: &str = "allowed";

/// How often a construct is met in a row that shows one of many.
pub(crate) const MANY: usize = 1000;

/// Iterations of a loop that is nothing but its overhead.
pub(crate) const SHORT: usize = 128;

/// One iteration to a thousand million.
pub(crate) fn powers_of_ten() -> impl Iterator<Item = u64> {
    (0..10).map(|power| 10_u64.pow(power))
}

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

/// So much dependent arithmetic, more than a nanosecond a step. Shifts, since LLVM makes one step of many that multiply and add.
#[inline(never)]
pub(crate) fn work(seed: usize, steps: u32) -> u64 {
    let mut x = seed as u64 + 1;
    for _ in 0..steps {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    x
}
