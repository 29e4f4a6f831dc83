//! What a loop allocates: nothing per iteration, and nothing per chunk.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use pymp::prelude::*;

mod common;

use common::watchdog;

/// Counts what is asked of the system's allocator, by all threads.
struct Counting;

static CALLS: AtomicUsize = AtomicUsize::new(0);
static BYTES: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is the system allocator's own answer to the same question.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.fetch_add(1, Ordering::Relaxed);
        BYTES.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promises are the ones that `System` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Calls and bytes while `body` runs.
fn asked(body: impl FnOnce()) -> (usize, usize) {
    let before = (CALLS.load(Ordering::Relaxed), BYTES.load(Ordering::Relaxed));
    body();
    (CALLS.load(Ordering::Relaxed) - before.0, BYTES.load(Ordering::Relaxed) - before.1)
}

/// One test, so that nothing else allocates beside it.
#[test]
fn a_loop_allocates_nothing_per_iteration() {
    watchdog(|| {
        let mut y = vec![0_u32; 1_000_000];
        for schedule in common::schedules() {
            let mut run = |n: usize| {
                let (mut sum, mut last) = (0, 0);
                parallel_for!(num_threads = 3, schedule = schedule, reduction(+: sum), lastprivate(last), for i in 0..n {
                    sum += i;
                    last = i;
                });
                parallel_for!(
                    num_threads = 3,
                    schedule = schedule,
                    for i in 0..n {
                        y[i] += 1;
                    }
                );
                assert_eq!((sum, last), (n * (n - 1) / 2, n - 1));
            };
            // The team comes to life.
            run(1000);
            // Results of single chunks wait in a list until their neighbours come; every other loop has no list at all.
            let (calls, _) = asked(|| run(1_000_000));
            let few = asked(|| run(1000)).0;
            assert!(calls <= few + 200, "{calls} allocations for a million iterations, {few} for a thousand, {schedule}");

            let (calls, bytes) = asked(|| {
                parallel_for!(
                    num_threads = 3,
                    schedule = schedule,
                    for i in 0..1_000_000 {
                        y[i] += 1;
                    }
                );
            });
            assert!(calls <= 10 && bytes <= 10_000, "{calls} allocations of {bytes} bytes in all, {schedule}");
        }
    });
}
