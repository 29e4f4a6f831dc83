//! rayon around regions and inside of them: always finishes.

use super::*;
use rayon::prelude::*;

#[test]
fn a_region_entered_from_a_rayon_pool() {
    watchdog(|| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        for _ in 0..100 {
            pool.install(|| assert_eq!(numbers(3), [0, 1, 2]));
            assert!(pool.broadcast(|_| numbers(2)).iter().all(|seen| *seen == [0, 1]));
        }
    });
}

#[test]
fn a_region_entered_from_join_and_par_iter() {
    watchdog(|| {
        for _ in 0..100 {
            let (left, right) = rayon::join(|| numbers(2), || numbers(3));
            assert_eq!((left, right), (vec![0, 1], vec![0, 1, 2]));
        }
        (0..500).into_par_iter().for_each(|_| assert_eq!(numbers(2), [0, 1]));
    });
}

/// One call of rayon on each thread of a team.
fn on_each_thread(call: impl Fn(usize) -> usize + Sync) {
    watchdog(|| {
        let lease = lease(3);
        for _ in 0..100 {
            let sum = AtomicUsize::new(0);
            lease.run(|n| {
                sum.fetch_add(call(n), Relaxed);
            });
            assert_eq!(sum.into_inner(), 3 * 4950);
        }
    });
}

#[test]
fn par_iter_inside() {
    on_each_thread(|_| (0..100).into_par_iter().sum());
}

#[test]
fn join_inside() {
    on_each_thread(|_| {
        let (low, high) = rayon::join(|| (0..50).sum::<usize>(), || (50..100).sum::<usize>());
        low + high
    });
}

#[test]
fn scope_inside() {
    on_each_thread(|_| {
        let sum = AtomicUsize::new(0);
        rayon::scope(|scope| {
            for i in 0..100 {
                let sum = &sum;
                scope.spawn(move |_| {
                    sum.fetch_add(i, Relaxed);
                });
            }
        });
        sum.into_inner()
    });
}

#[test]
fn broadcast_inside() {
    on_each_thread(|_| {
        let seen = rayon::broadcast(|context| context.num_threads());
        assert!(seen.iter().all(|&threads| threads == seen.len()));
        4950
    });
}

#[test]
fn install_inside() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    on_each_thread(move |_| pool.install(|| (0..100).into_par_iter().sum()));
}

#[test]
fn a_region_inside_rayon_inside_a_region() {
    on_each_thread(|_| {
        let sum = AtomicUsize::new(0);
        (0..100_usize).into_par_iter().for_each(|i| {
            lease(2).run_loop(|n| {
                if n == 0 {
                    sum.fetch_add(i, Relaxed);
                }
            });
        });
        sum.into_inner()
    });
}

fn eventually(count: &AtomicUsize, expected: usize) {
    while count.load(Relaxed) < expected {
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(count.load(Relaxed), expected);
}

#[test]
fn what_a_region_spawns_is_run_after_it() {
    static RUN: AtomicUsize = AtomicUsize::new(0);
    watchdog(|| {
        let lease = lease(3);
        for round in 1..=20 {
            lease.run(|_| {
                rayon::spawn(|| {
                    RUN.fetch_add(1, Relaxed);
                    // From there again, so that the queue is not empty after one job.
                    rayon::spawn(|| {
                        RUN.fetch_add(1, Relaxed);
                    });
                });
                rayon::spawn_broadcast(|context| {
                    if context.index() == 0 {
                        RUN.fetch_add(1, Relaxed);
                    }
                });
            });
            eventually(&RUN, round * 9);
        }
    });
}

#[test]
fn what_a_region_spawns_is_run_although_regions_follow_without_pause() {
    static RUN: AtomicUsize = AtomicUsize::new(0);
    watchdog(|| {
        let lease = lease(2);
        lease.run(|n| {
            if n == 1 {
                rayon::spawn(|| {
                    RUN.fetch_add(1, Relaxed);
                });
            }
        });
        while RUN.load(Relaxed) == 0 {
            lease.run(|_| ());
        }
    });
}

#[test]
fn a_region_in_a_spawned_job_does_not_wait_for_its_own_worker() {
    static RUN: AtomicUsize = AtomicUsize::new(0);
    watchdog(|| {
        for round in 1..=20 {
            // The job runs on a worker that waits in the depot; the region in it asks for a team, and the depot might give that worker.
            lease(2).run(|n| {
                if n == 1 {
                    rayon::spawn(|| {
                        lease(2).run(|_| {
                            lease(2).run(|_| ());
                        });
                        RUN.fetch_add(1, Relaxed);
                    });
                }
            });
            eventually(&RUN, round);
        }
    });
}
