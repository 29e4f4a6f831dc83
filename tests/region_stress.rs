//! Many regions from many threads: right results, and nothing grows. In a process of its own, so that what is counted is its own.

mod common;

use common::{is_child, passes_alone, team, watchdog};
use pymp::prelude::*;
use pymp::{config, shared};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

const USERS: usize = 8;
const REGIONS: usize = 10_000;

/// A line of this process's status, as a number, where the system has it.
fn status(word: &str) -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find(|line| line.starts_with(word))?.split_whitespace().nth(1)?.parse().ok()
}

/// Whether there are so many threads at most, when those that are about to end have ended: a scope does not wait for that.
fn assert_threads(most: usize) {
    let Some(mut threads) = status("Threads:") else { return };
    for _ in 0..100 {
        if threads <= most {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
        threads = status("Threads:").unwrap_or(0);
    }
    panic!("{threads} threads, and there should be {most} at most");
}

/// `REGIONS` regions of changing size from `USERS` threads at once. The largest team seen.
fn regions() -> usize {
    let (sum, largest) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for user in 0..USERS {
            let (sum, largest) = (&sum, &largest);
            scope.spawn(move || {
                let seen = shared::list::<usize>();
                for k in 0..REGIONS / USERS {
                    let sums = Parallel::new(1 + (k * 7 + user) % 5).map(|p| {
                        let mine: usize = p.xrange(0..10_usize).sum();
                        p.barrier();
                        p.iterate(0..4_usize).for_each(|i| p.critical_named("stress", || seen.push(i)));
                        mine + p.single(|| 1)
                    });
                    largest.fetch_max(sums.len(), Relaxed);
                    sum.fetch_add(sums.iter().sum::<usize>() - sums.len(), Relaxed);
                    assert_eq!(seen.take().iter().sum::<usize>(), 6);
                }
            });
        }
    });
    assert_eq!(sum.into_inner(), 45 * REGIONS);
    largest.into_inner()
}

#[test]
fn ten_thousand_regions_from_eight_threads() {
    if !is_child() {
        passes_alone("ten_thousand_regions_from_eight_threads", &[]);
        return;
    }
    watchdog(|| {
        assert_eq!(regions(), team(5));
        // The users' threads have ended. What is there now are workers, no more than the most that were needed at once.
        assert_threads(3 + USERS * 4);
        let memory = status("VmRSS:");
        regions();
        if let (Some(before), Some(after)) = (memory, status("VmRSS:")) {
            assert!(after < before + 8 * 1024, "{before} kB became {after}");
        }
    });
}

#[test]
fn ten_thousand_regions_within_a_limit() {
    if !is_child() {
        passes_alone("ten_thousand_regions_within_a_limit", &[("PYMP_THREAD_LIMIT", "6")]);
        return;
    }
    watchdog(|| {
        assert_eq!(config::thread_limit(), Some(6));
        regions();
        // Workers within the limit, this thread and the harness's.
        assert_threads(5 + 3);
    });
}
