//! `Pool`: the surface of Python's, and its hanging cases.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use pymp::map::{Engine, Map, NotReady, Pool, TaskError};

mod common;

use common::{Gate, assert_says, panic_of, watchdog};

/// Tests of jobs that run beside the caller say nothing where there are no threads.
const THREADS: bool = cfg!(feature = "threads");

fn nap(ms: u64) -> u64 {
    thread::sleep(Duration::from_millis(ms));
    ms
}

#[test]
fn map_and_starmap_keep_the_order_and_borrow() {
    for workers in [1, 2, 8] {
        let pool = Pool::new(workers);
        let offsets: Vec<usize> = (0..100).map(|i| i * 3).collect();
        assert_eq!(pool.map(|i: usize| offsets[i] + 1, 0..100), (0..100).map(|i| i * 3 + 1).collect::<Vec<_>>());
        assert_eq!(pool.map(|i: i32| i, []), []);
        assert_eq!(pool.starmap(u32::pow, [(2, 5), (3, 2)]), [32, 9]);
        assert_eq!(pool.starmap(|x: i32, y: i32, z: i32| x + y * z, [(1, 2, 3)]), [7]);
        assert_eq!(pool.starmap(|(x, y): (i32, i32)| x - y, [(1, 2)]), [-1]);
        assert_eq!(pool.apply(|| offsets.len()), 100);
        pool.close();
    }
}

#[test]
fn imap_is_ordered_lazy_and_goes_on_beside_the_caller() {
    if !THREADS {
        return;
    }
    watchdog(|| {
        let pool = Pool::new(2);
        assert_eq!(pool.imap(nap, [30, 0, 20, 0]).collect::<Vec<_>>(), [30, 0, 20, 0]);
        let started = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&started);
        let mut results = pool.imap(move |n: usize| (count.fetch_add(1, Ordering::SeqCst), n).1, 0..);
        assert_eq!(results.next(), Some(0));
        // Without a further call: four for each worker ahead, and one that was taken.
        while started.load(Ordering::SeqCst) < 9 {
            thread::yield_now();
        }
        nap(20);
        assert_eq!(started.load(Ordering::SeqCst), 9);
        drop(results);
        pool.close();
    });
}

#[test]
fn imap_unordered_gives_what_is_ready() {
    if !THREADS {
        return;
    }
    watchdog(|| {
        let pool = Pool::new(2);
        let gate = Arc::new(Gate::default());
        let inner = Arc::clone(&gate);
        let mut results = pool.imap_unordered(move |n| if n == 0 { (inner.pass(), n).1 } else { n }, 0..4);
        assert_eq!([results.next(), results.next(), results.next()], [Some(1), Some(2), Some(3)]);
        gate.open();
        assert_eq!((results.next(), results.next()), (Some(0), None));
    });
}

#[test]
fn a_dropped_imap_starts_nothing_more() {
    if !THREADS {
        return;
    }
    watchdog(|| {
        let pool = Pool::new(1);
        let (started, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new(Gate::default()));
        let (count, inner) = (Arc::clone(&started), Arc::clone(&gate));
        let task = move |n| {
            if count.fetch_add(1, Ordering::SeqCst) > 0 {
                inner.pass();
            }
            n
        };
        let mut results = pool.imap(task, 0..4);
        assert_eq!(results.next(), Some(0));
        drop(results);
        gate.open();
        pool.close();
        assert!(started.load(Ordering::SeqCst) <= 2);
    });
}

#[test]
fn imap_panics_in_place_and_goes_on() {
    watchdog(|| {
        let pool = Pool::new(2);
        let mut results = pool.imap(|n: i32| 12 / (n - 2), 1..5);
        assert_eq!(results.next(), Some(-12));
        assert_says(&panic_of(|| results.next()), &["divide by zero"]);
        assert_eq!(results.collect::<Vec<_>>(), [12, 6]);
    });
}

#[test]
fn handles() {
    if !THREADS {
        return;
    }
    watchdog(|| {
        let pool = Pool::new(1);
        let gate = Arc::new(Gate::default());
        let inner = Arc::clone(&gate);
        let slow = pool.apply_async(move || (inner.pass(), 150).1);
        let behind = pool.apply_async(|| "behind");
        assert!(!slow.ready());
        assert_eq!(slow.get_timeout(Duration::from_millis(1)), Err(NotReady));
        assert!(!slow.wait_timeout(Duration::from_millis(1)));
        assert!(!behind.ready());
        gate.open();
        slow.wait();
        assert!(slow.ready());
        assert_eq!(slow.get_timeout(Duration::ZERO), Ok(150));
        assert_says(&panic_of(|| slow.get()), &["fetched before"]);
        assert_eq!(behind.get(), "behind");
        assert_eq!(pool.map_async(|n: u64| n + 1, 0..3).get(), [1, 2, 3]);
        assert_eq!(pool.map_async(|n: u64| n + 1, []).get(), []);
        assert_eq!(pool.starmap_async(u64::max, [(1, 2)]).get(), [2]);
    });
}

#[test]
fn a_panic_reaches_who_asks_and_the_thread_lives_on() {
    watchdog(|| {
        let pool = Pool::new(1);
        let bad = pool.apply_async(|| std::panic::panic_any(5));
        let worse = pool.apply_async(|| -> () { panic!("worse") });
        let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| bad.get())).unwrap_err();
        assert_eq!(payload.downcast_ref(), Some(&5));
        assert_eq!(worse.result(), Err(TaskError::Panicked("worse".to_owned())));
        assert_eq!(pool.apply_async(|| 1).get(), 1);
        assert_says(&panic_of(|| pool.map(|n: i32| 1 / n, [1, 0])), &["divide by zero"]);
        assert_says(&panic_of(|| pool.map_async(|n: i32| 1 / n, [1, 0]).get()), &["divide by zero"]);
    });
}

#[test]
fn close_and_drop_finish_what_was_asked() {
    watchdog(|| {
        for close in [true, false] {
            let pool = Pool::new(2);
            let done = Arc::new(AtomicUsize::new(0));
            let handles: Vec<_> = (0..20)
                .map(|_| {
                    let done = Arc::clone(&done);
                    pool.apply_async(move || _ = (nap(5), done.fetch_add(1, Ordering::SeqCst)))
                })
                .collect();
            if close {
                pool.close()
            } else {
                drop(pool)
            }
            assert_eq!(done.load(Ordering::SeqCst), 20);
            assert!(handles.iter().all(|handle| handle.ready()));
            handles.into_iter().for_each(|handle| handle.get());
        }
    });
}

#[test]
fn terminate_drops_what_has_not_begun() {
    if !THREADS {
        return;
    }
    watchdog(|| {
        let pool = Pool::new(2);
        let jobs: Vec<_> = (0..1000).map(|_| pool.apply_async(|| nap(20))).collect();
        let map = pool.map_async(|_| nap(20), 0..1000);
        pool.terminate();
        let lost = jobs.into_iter().filter(|job| job.ready()).map(|job| job.result()).filter(Result::is_err).count();
        assert!(lost >= 900, "{lost}");
        assert_says(&map.result().unwrap_err().to_string(), &["terminated"]);
        let pool = Pool::new(1);
        let (first, never) = (pool.apply_async(|| nap(50)), pool.apply_async(|| nap(0)));
        pool.terminate();
        drop(first);
        assert_says(&panic_of(|| never.get()), &["the pool was terminated"]);
    });
}

#[test]
fn terminate_ends_a_map_at_its_next_task() {
    if !THREADS {
        return;
    }
    watchdog(|| {
        let pool = Pool::new(1);
        let map = pool.map_async(|_| nap(10), 0..100_000);
        nap(30);
        pool.terminate();
        assert_says(&map.result().unwrap_err().to_string(), &["terminated"]);
    });
}

#[test]
fn jobs_that_use_their_own_pool_do_not_wait_for_themselves() {
    watchdog(|| {
        let pool = Arc::new(Pool::new(1));
        let inner = Arc::clone(&pool);
        let sum = pool.apply_async(move || {
            let later = inner.apply_async(|| 1);
            let all: u64 = inner.imap(|n: u64| n, 0..10).sum::<u64>() + inner.imap_unordered(|n: u64| n, 0..10).sum::<u64>();
            let map: u64 = inner.map(|n: u64| n, 0..10).into_iter().sum();
            all + map + later.get() + inner.map_async(|n: u64| n, [5]).get()[0]
        });
        assert_eq!(sum.get(), 3 * 45 + 1 + 5);
    });
}

#[test]
fn the_last_handle_of_a_pool_may_go_in_a_job() {
    watchdog(|| {
        let pool = Arc::new(Pool::new(2));
        let inner = Arc::clone(&pool);
        let job = pool.apply_async(move || {
            nap(20);
            drop(inner);
        });
        drop(pool);
        job.get();
    });
}

#[test]
fn no_more_jobs_at_once_than_workers() {
    if !THREADS {
        return;
    }
    watchdog(|| {
        let pool = Pool::new(3);
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let jobs: Vec<_> = (0..12)
            .map(|_| {
                let (running, most) = (Arc::clone(&running), Arc::clone(&most));
                pool.apply_async(move || {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    while most.load(Ordering::SeqCst) < 3 {
                        thread::yield_now();
                    }
                    running.fetch_sub(1, Ordering::SeqCst);
                })
            })
            .collect();
        jobs.into_iter().for_each(|job| job.get());
        assert_eq!(most.load(Ordering::SeqCst), 3);
    });
}

#[test]
fn a_map_in_the_queue_runs_on_the_pools_own_threads() {
    if !THREADS {
        return;
    }
    watchdog(|| {
        let pool = Pool::new(3);
        let names = |_| thread::current().name().map(str::to_owned);
        let maps: Vec<_> = (0..4).map(|_| pool.map_async(names, 0..500)).collect();
        let seen: HashSet<_> = maps.into_iter().flat_map(|map| map.get()).flatten().collect();
        assert!(seen.iter().all(|name| name.starts_with("pymp-pool-")), "{seen:?}");
        assert!((1..=3).contains(&seen.len()), "{seen:?}");
    });
}

#[test]
fn of_a_map_in_the_queue_the_lowest_panic_is_told() {
    watchdog(|| {
        let pool = Pool::new(3);
        for first in [0, 1, 37, 64, 299] {
            let ran = Arc::new(AtomicUsize::new(0));
            let count = Arc::clone(&ran);
            let task = move |n: usize| {
                count.fetch_add(1, Ordering::SeqCst);
                assert!(n < first || n % 3 != first % 3, "input {n}");
                n
            };
            assert_says(&panic_of(|| pool.map_async(task, 0..300).get()), &[&format!("input {first}")]);
            assert!(ran.load(Ordering::SeqCst) > first);
        }
        assert_eq!(pool.map_async(|n| n, 0..1000).get(), (0..1000).collect::<Vec<_>>());
    });
}

#[test]
fn jobs_that_wait_with_a_limit_do_not_wait_for_themselves() {
    watchdog(|| {
        let pool = Arc::new(Pool::new(1));
        let inner = Arc::clone(&pool);
        let sum = pool.apply_async(move || {
            let soon = Duration::from_millis(1);
            let (later, map) = (inner.apply_async(|| 1), inner.map_async(|n| n, [1, 2]));
            let waited = inner.apply_async(|| 3);
            while !waited.wait_timeout(soon) {}
            loop {
                if let (Ok(later), Ok(map)) = (later.get_timeout(soon), map.get_timeout(soon)) {
                    return later + map.into_iter().sum::<i32>() + waited.get();
                }
            }
        });
        assert_eq!(sum.get(), 7);
    });
}

#[test]
fn ever_so_many_workers_are_as_good_as_some() {
    watchdog(|| {
        let pool = Pool::new(usize::MAX);
        assert_eq!(pool.imap(|n: u64| n, 0..3).sum::<u64>(), 3);
        assert_eq!(pool.map_async(|n: u64| n, 0..3).get(), [0, 1, 2]);
        assert_eq!(Map::new(|n: u64| n).workers(usize::MAX).engine(Engine::Blocking).iter(0..).take(3).sum::<u64>(), 3);
    });
}
