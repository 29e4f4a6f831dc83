//! Teams under load, panics, sleep, nesting, and rayon inside. Each test ends or fails; none hangs.

use super::*;
use crate::testing::{child, in_child, watchdog};
use crate::{in_parallel, level, num_threads, thread_num};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Barrier, Mutex};
use std::time::Duration;

/// Runs a region and returns the thread numbers that took part, sorted.
fn numbers(requested: usize) -> Vec<usize> {
    let lease = lease(requested);
    let seen = Mutex::new(Vec::new());
    lease.run(|n| {
        assert_eq!(n, thread_num());
        seen.lock().unwrap().push(n);
    });
    let mut seen = seen.into_inner().unwrap();
    seen.sort_unstable();
    assert_eq!(seen.len(), lease.size());
    seen
}

#[test]
fn each_thread_number_runs_once() {
    watchdog(|| {
        for size in (0..=9).chain([33, 70, 1, 2]) {
            assert_eq!(numbers(size), (0..size.max(1)).collect::<Vec<_>>());
        }
    });
}

#[test]
fn a_region_has_threads_of_its_own_and_thread_0_is_the_caller() {
    watchdog(|| {
        let lease = lease(4);
        let all_here = Barrier::new(4);
        let threads = Mutex::new(HashSet::new());
        let caller = std::thread::current().id();
        lease.run(|n| {
            all_here.wait();
            threads.lock().unwrap().insert(std::thread::current().id());
            assert_eq!(n == 0, std::thread::current().id() == caller);
        });
        assert_eq!(threads.into_inner().unwrap().len(), 4);
    });
}

#[test]
fn a_loop_runs_every_share_once_whoever_runs_it() {
    watchdog(|| {
        for size in [1, 2, 3, 8] {
            let lease = lease(size);
            for _ in 0..2000 {
                let shares: Vec<_> = (0..size).map(|_| AtomicUsize::new(0)).collect();
                lease.run_loop(|n| {
                    assert_eq!((thread_num(), num_threads(), level()), (n, size, 1));
                    shares[n].fetch_add(1, Relaxed);
                });
                assert!(shares.iter().all(|share| share.load(Relaxed) == 1));
            }
        }
        assert_eq!((thread_num(), num_threads(), level(), in_parallel()), (0, 1, 0, false));
    });
}

#[test]
fn thousands_of_regions_of_changing_size_from_eight_threads_at_once() {
    watchdog(|| {
        let total = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for user in 0..8 {
                let total = &total;
                scope.spawn(move || {
                    for region in 0..1000 {
                        let size = 1 + (user * 7 + region * 3) % 5;
                        let mut local = vec![0_usize; size];
                        let slots: Vec<_> = local.iter_mut().map(Mutex::new).collect();
                        let lease = lease(size);
                        assert_eq!(lease.size(), size);
                        assert_eq!(lease.cursors().len(), if size == 1 { 0 } else { size });
                        let body = |n: usize| **slots[n].lock().unwrap() += n + 1;
                        if region % 2 == 0 {
                            lease.run(body);
                        } else {
                            lease.run_loop(body);
                        }
                        assert_eq!(local.iter().sum::<usize>(), size * (size + 1) / 2);
                        total.fetch_add(1, Relaxed);
                    }
                });
            }
        });
        assert_eq!(total.into_inner(), 8000);
    });
}

#[test]
fn workers_are_reused_when_sizes_change() {
    if in_child() {
        for round in 0..200 {
            numbers(2 + round % 7);
        }
        assert_eq!(depot::started(), 7);
        let both = Barrier::new(2);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    both.wait();
                    for round in 0..500 {
                        numbers(2 + round % 3);
                    }
                });
            }
        });
        assert_eq!(depot::started(), 7, "two teams of at most four are had from seven workers");
        return;
    }
    let out = child("team::tests::workers_are_reused_when_sizes_change", &[]);
    assert!(out.success, "{}", out.stderr);
}

#[test]
fn threads_never_outnumber_the_limit() {
    if in_child() {
        let inside = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for user in 0..4 {
                let inside = &inside;
                scope.spawn(move || {
                    for round in 0..300 {
                        let lease = lease(2 + (user + round) % 4);
                        if lease.size() > 1 {
                            lease.run(|_| {
                                assert!(inside.fetch_add(1, Relaxed) < 6);
                                inside.fetch_sub(1, Relaxed);
                            });
                        }
                    }
                });
            }
        });
        assert!(depot::started() <= 5, "{} workers", depot::started());
        assert_eq!(numbers(100), [0, 1, 2, 3, 4, 5]);
        return;
    }
    let out = child("team::tests::threads_never_outnumber_the_limit", &[("PYMP_THREAD_LIMIT", "6")]);
    assert!(out.success, "{}", out.stderr);
}

#[test]
fn a_lease_runs_one_region_at_a_time() {
    watchdog(|| {
        thread_local!(static OWN: std::cell::RefCell<Option<Lease>> = const { std::cell::RefCell::new(None) });
        OWN.set(Some(lease(2)));
        OWN.with_borrow(|own| {
            let again = |n| {
                if n == 0 {
                    OWN.with_borrow(|own| own.as_ref().unwrap().run(|_| ()));
                }
            };
            let refused = catch_unwind(AssertUnwindSafe(|| own.as_ref().unwrap().run(again)));
            assert!(refused.is_err());
        });
        OWN.set(None);
    });
}

#[test]
fn sleeping_workers_wake_up() {
    watchdog(|| {
        for gap in [0, 1, 10, 300, 0, 1] {
            std::thread::sleep(Duration::from_millis(gap));
            for _ in 0..20 {
                assert_eq!(numbers(3), [0, 1, 2]);
            }
        }
        for gap in [0, 1, 5, 20] {
            // The caller sleeps, too.
            let lease = lease(3);
            lease.run(|n| {
                if n > 0 {
                    std::thread::sleep(Duration::from_millis(gap))
                }
            });
        }
    });
}

#[test]
fn workers_that_expect_a_region_run_it_also_when_it_comes_early_or_late() {
    watchdog(|| {
        for gap in [400, 400, 400, 400, 400, 50, 400, 400, 400, 400, 3000, 400, 400, 400, 400, 0] {
            std::thread::sleep(Duration::from_micros(gap));
            assert_eq!(numbers(2), [0, 1]);
            // May be taken back, of which the worker learns afterwards.
            lease(2).run_loop(|_| ());
        }
    });
}

#[test]
fn sixteen_threads_on_few_cores() {
    watchdog(|| {
        let lease = lease(16);
        assert_eq!(lease.size(), 16);
        let barrier = Barrier::new(16);
        for _ in 0..200 {
            lease.run(|_| ());
            lease.run(|_| {
                barrier.wait();
            });
        }
    });
}

#[test]
fn two_leases_at_once_are_two_teams() {
    watchdog(|| {
        let (one, other) = (lease(3), lease(3));
        let ids = |lease: &Lease| {
            let all_here = Barrier::new(3);
            let ids = Mutex::new(HashSet::new());
            lease.run(|_| {
                all_here.wait();
                ids.lock().unwrap().insert(std::thread::current().id());
            });
            ids.into_inner().unwrap()
        };
        assert_eq!(ids(&one).union(&ids(&other)).count(), 5, "they share thread 0 only");
    });
}

mod nesting;
mod panics;
mod rayon_inside;
