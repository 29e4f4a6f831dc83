use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Instant;

use super::*;
use crate::shared;
use crate::testing::watchdog;

const N: usize = if cfg!(miri) { 40 } else { 10_000 };
const SHORT: Duration = Duration::from_millis(20);

#[test]
fn first_in_first_out_and_bounded() {
    let q = queue(2);
    assert_eq!((q.try_put(1), q.try_put(2), q.try_put(3)), (Ok(()), Ok(()), Err(Full(3))));
    assert_eq!((q.len(), q.is_full(), q.is_empty()), (2, true, false));
    assert_eq!(format!("{q:?} {:?}", queue::<u8>(0)), "Queue { len: 2, max: 2 } Queue { len: 0 }");
    assert_eq!((q.get(), q.get(), q.try_get()), (1, 2, Err(Empty)));
    let endless = Queue::default();
    (0..N).for_each(|i| endless.put(i));
    assert_eq!((endless.len(), endless.is_full()), (N, false));
}

#[test]
fn timeouts_end() {
    watchdog(|| {
        let q = queue(1);
        let start = Instant::now();
        assert_eq!(q.get_timeout(SHORT), Err(Empty));
        q.put('a');
        assert_eq!(q.put_timeout('b', SHORT), Err(Full('b')));
        assert!(!q.join_timeout(SHORT));
        assert!(start.elapsed() >= SHORT * 3);
        // Times beyond the clock are endless ones.
        assert_eq!(q.get_timeout(Duration::MAX), Ok('a'));
        q.task_done();
        assert!(q.join_timeout(Duration::ZERO));
        assert_eq!(Full('b').to_string() + " " + &Empty.to_string(), "the queue is full, or closed the queue is empty");
    });
}

#[test]
fn what_comes_in_time_is_had() {
    watchdog(|| {
        let q = queue(1);
        thread::scope(|scope| {
            scope.spawn(|| assert_eq!(q.get_timeout(Duration::from_secs(600)), Ok(1)));
            thread::sleep(SHORT);
            q.put(1);
        });
        q.put(2);
        thread::scope(|scope| {
            scope.spawn(|| q.put_timeout(3, Duration::from_secs(600)).unwrap());
            thread::sleep(SHORT);
            assert_eq!(q.get(), 2);
        });
        assert_eq!(q.get(), 3);
    });
}

#[test]
fn a_full_queue_holds_the_producer_back() {
    watchdog(|| {
        let (q, ahead) = (queue(3), shared::array::<usize>(1));
        thread::scope(|scope| {
            scope.spawn(|| {
                for i in 0..100 {
                    q.put(i);
                    ahead.fetch_add(0, 1);
                }
            });
            for i in 0..100 {
                // Three in the queue; the fourth waits in `put`.
                assert!(ahead.get(0) <= i + 3);
                assert_eq!(q.get(), i);
            }
        });
    });
}

#[test]
fn join_waits_for_the_last_task() {
    watchdog(|| {
        let (q, done) = (queue(0), shared::array::<usize>(1));
        (0..20).for_each(|i| q.put(i));
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while q.try_get().is_ok() {
                        thread::sleep(Duration::from_millis(1));
                        done.fetch_add(0, 1);
                        q.task_done();
                    }
                });
            }
            q.join();
            assert_eq!(done.get(0), 20);
        });
        let payload = catch_unwind(AssertUnwindSafe(|| q.task_done())).unwrap_err();
        assert!(payload.downcast_ref::<&str>().unwrap().contains("more often than items were put"));
        q.join();
    });
}

#[test]
fn eight_threads_lose_nothing() {
    for max in [1, 7, 0] {
        watchdog(|| {
            let (q, sums) = (queue(max), shared::array::<usize>(2));
            thread::scope(|scope| {
                for thread in 0..8 {
                    let (q, sums) = (q.clone(), &sums);
                    scope.spawn(move || {
                        for i in 0..N / 4 {
                            if thread % 2 == 0 {
                                q.put(thread * N + i);
                            } else {
                                sums.fetch_add(0, q.get());
                                sums.fetch_add(1, 1);
                                q.task_done();
                            }
                        }
                    });
                }
                q.join();
            });
            let each = N / 4;
            let all: usize = (0..8).step_by(2).map(|thread| (0..each).map(|i| thread * N + i).sum::<usize>()).sum();
            assert_eq!(sums.into_vec(), [all, 4 * each]);
        });
    }
}
