//! Shared data in loops: the cases of Python's pymp, and what its users lost.

mod common;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use common::{assert_says, panic_of, sorted, watched};
use pymp::prelude::*;
use pymp::shared;

#[test]
fn range() {
    watched(|| {
        let a = shared::array::<f64>([5, 1]);
        parallel_for!(
            num_threads = 2,
            for i in 0..5 {
                a.set([i, 0], 1.0);
            }
        );
        assert_eq!(a.iter().sum::<f64>(), 5.0);
    });
}

#[test]
fn lock() {
    watched(|| {
        let (lock, total) = (shared::lock(), shared::array::<u64>(1));
        parallel_for!(
            num_threads = 2,
            for _ in 0..1000 {
                let _guard = lock.lock();
                total.set(0, total.get(0) + 1);
            }
        );
        assert_eq!(total.get(0), 1000);
    });
}

#[test]
fn list() {
    watched(|| {
        let l = shared::list::<usize>();
        parallel_for!(
            num_threads = 2,
            shared(l),
            for i in 0..1000 {
                l.push(i);
            }
        );
        assert_eq!(l.len(), 1000);
        assert_eq!(l.into_vec().into_iter().collect::<BTreeSet<_>>().len(), 1000);
    });
}

#[test]
fn dict() {
    watched(|| {
        let d = shared::dict::<usize, usize>();
        parallel_for!(
            num_threads = 2,
            shared(d),
            for i in 0..400 {
                d.insert(i, 2 * i);
            }
        );
        assert_eq!(d.len(), 400);
        assert_eq!(d.get(&399), Some(798));
    });
}

#[test]
fn queue() {
    watched(|| {
        let q = shared::queue::<usize>(0);
        parallel_for!(
            num_threads = 2,
            for i in 0..400 {
                q.put(i);
            }
        );
        assert_eq!(q.len(), 400);
    });
}

#[test]
fn rlock() {
    watched(|| {
        let (rlock, l) = (shared::rlock(), shared::list());
        parallel_for!(
            num_threads = 2,
            schedule = "static,1",
            shared(l),
            for i in 0..2 {
                let _once = rlock.lock();
                let _twice = rlock.lock();
                l.push(i);
            }
        );
        l.sort();
        assert_eq!(l.to_vec(), [0, 1]);
    });
}

#[test]
fn noreshape() {
    let a = shared::array::<f64>([3, 3]);
    assert!(a.clone().reshape([4, 4]).is_err());
    assert_eq!(a.reshape([1, 3, 3]).unwrap().shape(), [1, 3, 3]);
}

/// pymp's `autolock=True` cannot be used at all; here every update is one step.
#[test]
fn array_updates_need_no_lock() {
    watched(|| {
        let mut a = shared::array::<i32>([4, 5]);
        parallel_for!(
            num_threads = 4,
            schedule = "dynamic",
            for i in 0..2000 {
                a.fetch_add([i % 4, i % 5], 1);
            }
        );
        assert_eq!(a.as_mut_slice(), [100; 20]);
    });
}

/// pymp's `l[0].append(1)` changes a copy.
#[test]
fn list_items_change_in_place() {
    watched(|| {
        let l = shared::List::from(vec![Vec::new(); 3]);
        parallel_for!(
            num_threads = 2,
            for i in 0..300 {
                l.update(i % 3, |own| own.push(i));
            }
        );
        assert!(l.to_vec().iter().all(|own| own.len() == 100));
    });
}

/// A pymp process that is killed while it holds the lock stops all others for ever.
#[test]
fn a_lock_outlives_its_holder() {
    watched(|| {
        let (lock, rlock, l) = (shared::lock(), shared::rlock(), shared::list());
        for round in 0..3 {
            let panicked = catch_unwind(AssertUnwindSafe(|| {
                parallel_for!(
                    num_threads = 2,
                    schedule = "dynamic",
                    shared(l),
                    for i in 0..100 {
                        let _guards = (lock.lock(), rlock.lock());
                        l.push(i);
                        if i == 7 {
                            panic!("in the middle");
                        }
                    }
                );
            }));
            assert_eq!(panicked.unwrap_err().downcast_ref(), Some(&"in the middle"));
            assert!(l.take().contains(&7), "round {round}");
        }
        assert!(lock.try_lock().is_some() && rlock.try_lock().is_some());
        // A second acquire by the owner is refused or, where it would hang, a panic.
        let _guard = lock.lock();
        assert!(lock.try_lock().is_none());
        assert!(catch_unwind(AssertUnwindSafe(|| drop(lock.lock()))).is_err());
    });
}

#[test]
fn a_queue_ends_when_it_is_closed() {
    watched(|| {
        let (jobs, done) = (shared::queue(0), shared::list());
        Parallel::new(3).run(|p| {
            p.nowait().single(|| {
                (0..100).for_each(|job| jobs.put(job));
                jobs.close();
            });
            for job in &jobs {
                done.push(job);
            }
        });
        assert_eq!(sorted(&done), (0..100).collect::<Vec<_>>());
        assert!(jobs.is_closed() && jobs.try_put(1).is_err() && jobs.try_get().is_err());
        assert_says(&panic_of(|| jobs.put(1)), &["the queue is closed"]);
        assert_says(&panic_of(|| jobs.get()), &["closed and empty", "`for item in &queue`"]);
    });
}

/// In pymp, a list, dict or queue that was used before the region breaks in it, two times in five.
#[test]
fn shared_data_used_before_the_region() {
    watched(|| {
        for _ in 0..50 {
            let (l, d, q, a) = (shared::list(), shared::dict(), shared::queue(0), shared::array::<u64>(3));
            l.push(0);
            d.insert(0, 0);
            q.put(0);
            a.set(0, 1);
            let lock = shared::lock();
            drop(lock.lock());
            parallel_for!(
                num_threads = 4,
                shared(l, d),
                for i in 1..100 {
                    let _guard = lock.lock();
                    l.push(l.len());
                    d.insert(i, q.get());
                    q.put(i);
                    a.fetch_add(i % 3, 1);
                }
            );
            // And by an outer thread before an inner loop.
            thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| {
                        l.push(0);
                        parallel_for!(
                            num_threads = 2,
                            shared(l),
                            for i in 0..10 {
                                l.push(i);
                            }
                        );
                    });
                }
            });
            assert_eq!((l.len(), d.len(), q.len(), a.to_vec()), (122, 100, 1, vec![34, 33, 33]));
        }
    });
}

/// Workers that serve a bounded queue until its end.
#[test]
fn a_pipeline() {
    watched(|| {
        let (jobs, results) = (shared::queue::<Option<u64>>(4), shared::dict());
        thread::scope(|scope| {
            for _ in 0..3 {
                let (jobs, results) = (jobs.clone(), results.clone());
                scope.spawn(move || {
                    while let Some(job) = jobs.get() {
                        results.insert(job, job * job);
                        jobs.task_done();
                    }
                    jobs.task_done();
                });
            }
            (0..1000).map(Some).chain([None; 3]).for_each(|job| jobs.put(job));
            jobs.join();
            assert_eq!(results.values().iter().sum::<u64>(), (0..1000).map(|job| job * job).sum());
        });
    });
}

#[test]
fn eight_threads_at_everything() {
    watched(|| {
        let (l, d, q) = (shared::list(), shared::dict::<usize, usize>(), shared::queue(16));
        let (a, lock, plain) = (shared::array::<f32>(8), shared::rlock(), shared::array::<usize>(1));
        parallel_for!(
            num_threads = 8,
            schedule = "dynamic,10",
            shared(l, d),
            for i in 0..8000_usize {
                l.push(i);
                d.update_or_insert(i % 10, 0, |n| *n += 1);
                q.put(i); // at most 8 at once: there is always room
                q.get();
                a.fetch_add(i % 8, 0.5);
                let _guard = lock.lock();
                plain.set(0, plain.get(0) + 1);
            }
        );
        assert_eq!((l.len(), q.len(), plain.get(0)), (8000, 0, 8000));
        assert!(d.values().iter().all(|&n| n == 800));
        assert_eq!(a.into_vec(), [500.0; 8]);
    });
}

#[test]
fn handles_go_everywhere() {
    fn everywhere<T: Send + Sync + Clone + std::fmt::Debug + 'static>(_: &T) {}
    everywhere(&shared::array::<f64>([2, 2]));
    everywhere(&shared::list::<std::cell::Cell<u8>>());
    everywhere(&shared::dict::<String, std::cell::RefCell<u8>>());
    everywhere(&shared::queue::<Box<u8>>(1));
    everywhere(&shared::lock());
    everywhere(&shared::rlock());
}
