//! Regions: the tests of Python's pymp under their own names, what they got wrong, and what may go wrong in a region.

mod common;

use common::{assert_says, panic_of, watchdog};
use pymp::config::{self, Nested};
use pymp::prelude::*;
use pymp::shared;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{PoisonError, RwLock};

/// The settings belong to the process: a test that changes them runs alone.
static SETTINGS: RwLock<()> = RwLock::new(());

fn watched(test: impl FnOnce() + Send + 'static) {
    let _shared = SETTINGS.read().unwrap_or_else(PoisonError::into_inner);
    watchdog(test);
}

fn alone(test: impl FnOnce() + Send + 'static) {
    struct Restore;
    impl Drop for Restore {
        fn drop(&mut self) {
            config::set_nested(Nested::Serialize).unwrap();
            config::set_thread_limit(None).unwrap();
        }
    }
    let _alone = SETTINGS.write().unwrap_or_else(PoisonError::into_inner);
    let _restore = Restore;
    watchdog(test);
}

fn sorted<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.into_iter().collect();
    values.sort();
    values
}

// pymp's own tests, tests/unittests.py.

#[test]
fn init() {
    alone(|| {
        config::set_nested(Nested::Deny).unwrap();
        config::set_thread_limit(4).unwrap();
        let inner = Parallel::new(2);
        Parallel::new(2).run(|p| {
            assert_eq!(p.num_threads(), 2);
            if p.thread_num() == 0 {
                assert_says(&panic_of(|| inner.run(|_| ())), &["nesting is denied", "set_nested"]);
            }
        });
        config::set_nested(Nested::Allow).unwrap();
        inner.run(|p| assert_eq!(p.num_threads(), 2));
        inner.run(|p| assert_eq!(p.num_threads(), 2));
        assert_eq!((pymp::level(), pymp::num_threads()), (0, 1));
    });
}

#[test]
fn num_threads() {
    alone(|| {
        assert_eq!(Parallel::new(2).map(|p| p.num_threads()), [2, 2]);
        config::set_nested(true).unwrap();
        let inner = Parallel::new(2).map(|_| Parallel::new(2).map(|p| p.num_threads()));
        assert_eq!(inner.concat(), [2, 2, 2, 2]);
    });
}

#[test]
fn thread_num() {
    alone(|| {
        assert_eq!(Parallel::new(2).map(|p| p.thread_num()), [0, 1]);
        config::set_nested(true).unwrap();
        let pairs = Parallel::new(2).map(|p| {
            let outer = p.thread_num();
            Parallel::new(2).map(|p| (outer, p.thread_num()))
        });
        assert_eq!(pairs.concat(), [(0, 0), (0, 1), (1, 0), (1, 1)]);
    });
}

#[test]
fn range() {
    watched(|| {
        let a = shared::array::<f64>([5, 1]);
        Parallel::new(2).run(|p| {
            for i in p.range(0..5) {
                a.set([i, 0], 1.0);
            }
        });
        assert_eq!(a.to_vec().iter().sum::<f64>(), 5.0);
    });
}

#[test]
fn lock() {
    watched(|| {
        let (lock, total) = (shared::lock(), shared::array::<u64>(1));
        Parallel::new(2).run(|p| {
            for _ in p.range(0..1000) {
                let _guard = lock.lock();
                total.set(0, total.get(0) + 1);
            }
        });
        assert_eq!(total.get(0), 1000);
    });
}

#[test]
fn list() {
    watched(|| {
        let list = shared::list::<f64>();
        Parallel::new(2).run(|p| p.range(0..1000).for_each(|_| list.push(1.0)));
        assert_eq!(list.len(), 1000);
    });
}

#[test]
fn dict() {
    watched(|| {
        let dict = shared::dict::<usize, f64>();
        Parallel::new(2).run(|p| {
            for i in p.range(0..400) {
                dict.insert(i, 1.0);
            }
        });
        assert_eq!(dict.len(), 400);
    });
}

#[test]
fn queue() {
    watched(|| {
        let queue = shared::queue::<usize>(0);
        Parallel::new(2).run(|p| {
            for i in p.range(0..400) {
                queue.put(i);
            }
        });
        assert_eq!(queue.len(), 400);
    });
}

#[test]
fn rlock() {
    watched(|| {
        let (rlock, list) = (shared::rlock(), shared::list::<usize>());
        Parallel::new(2).run(|p| {
            let _once = rlock.lock();
            let _twice = rlock.lock();
            list.push(p.thread_num());
        });
        assert_eq!(list.len(), 2);
    });
}

#[test]
fn thread_limit() {
    alone(|| {
        config::set_thread_limit(3).unwrap();
        assert_eq!(Parallel::new(4).map(|p| p.thread_num()), [0, 1, 2]);
        config::set_nested(true).unwrap();
        let inner = sorted(Parallel::new(2).map(|_| Parallel::new(2).map(|p| p.thread_num())).concat());
        assert!(inner == [0, 0, 1] || inner == [0, 0, 1, 1], "{inner:?}");
    });
}

#[test]
fn xrange() {
    alone(|| {
        config::set_nested(true).unwrap();
        let list = shared::list::<usize>();
        Parallel::new(2).run(|_| {
            Parallel::new(2).run(|p| {
                for i in p.xrange(0..5) {
                    list.push(i);
                }
            });
        });
        assert_eq!(sorted(list.to_vec()), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    });
}

#[test]
fn exceptions() {
    watched(|| {
        let text = panic_of(|| {
            Parallel::new(2).run(|p| {
                if p.thread_num() == 1 {
                    panic!("from thread 1");
                }
            })
        });
        assert_eq!(text, "from thread 1");
    });
}

#[test]
fn print() {
    alone(|| {
        config::set_nested(true).unwrap();
        Parallel::new(2).run(|_| Parallel::new(2).run(|p| p.print(format_args!("thread {}", p.thread_num()))));
        pprintln!("outside of {}", "regions");
    });
}

/// pymp checks at run time that `p` is used inside its region; here nothing else compiles (see `Parallel::run`).
#[test]
fn safety_check() {
    assert_eq!(Parallel::new(1).run(|p| (p.thread_num(), p.num_threads())), (0, 1));
}

#[test]
fn if_() {
    assert_eq!(Parallel::new(2).if_(false).map(|p| p.num_threads()), [1]);
}

#[test]
fn noreshape() {
    assert!(shared::array::<f64>([3, 3]).reshape([4, 4]).is_err());
    assert!(shared::array::<f64>([3, 3]).reshape([1, 3, 3]).is_ok());
}

fn iterated(threads: usize) {
    watched(move || {
        let taken = Parallel::new(threads).map(|p| p.iterate(0..10).collect::<Vec<_>>());
        assert_eq!(taken.len(), threads);
        assert_eq!(sorted(taken.concat()), (0..10).collect::<Vec<_>>());
    });
}

#[test]
fn iterable_two_threads() {
    iterated(2);
}

#[test]
fn iterable_one_thread() {
    iterated(1);
}

#[test]
fn iterable_three_threads() {
    iterated(3);
}

// What pymp gets wrong.

#[test]
fn p15_p17_teams_of_none_or_fewer_are_refused() {
    for text in
        [panic_of(|| Parallel::new(0)), panic_of(|| Parallel::new(-1)), panic_of(|| Parallel::default().num_threads(0_u8))]
    {
        assert_says(&text, &["num_threads", "at least 1"]);
    }
    assert!(config::set_thread_limit(0).is_err());
}

#[test]
fn p04_a_lock_held_by_a_panicking_thread_is_free_again() {
    watched(|| {
        let region = Parallel::new(2);
        let text = panic_of(|| {
            region.run(|p| {
                for i in p.xrange(0..1000) {
                    let _guard = p.lock();
                    p.critical(|| assert!(i < 10, "in a critical"));
                }
            })
        });
        assert_says(&text, &["in a critical"]);
        region.run(|p| p.critical(|| drop(p.lock())));
    });
}

#[test]
fn p09_ranges() {
    watched(|| {
        assert_eq!(Parallel::new(2).map(|p| p.range((1..=10).rev().step_by(3)).collect::<Vec<_>>()), [vec![10, 7], vec![4, 1]]);
        assert_eq!(Parallel::new(2).map(|p| p.range((0..10).step_by(4)).collect::<Vec<_>>()), [vec![0, 4], vec![8]]);
        assert_eq!(Parallel::new(3).map(|p| p.range(0..2).collect::<Vec<_>>()), [vec![0], vec![1], vec![]]);
        #[expect(clippy::reversed_empty_ranges)]
        for empty in [0..0, 5..5, 5..0] {
            assert!(Parallel::new(2).map(|p| p.range(empty.clone()).count() + p.xrange(empty.clone()).count()) == [0, 0]);
        }
        let ends =
            Parallel::new(2).map(|p| p.range(254..=255_u8).chain(p.xrange(i128::MAX - 1..=i128::MAX).map(|i| i as u8)).count());
        assert_eq!(ends.iter().sum::<usize>(), 4);
    });
}

#[test]
fn p20_any_payload_reaches_the_caller() {
    watched(|| {
        let payload = std::panic::catch_unwind(|| Parallel::new(2).run(|p| p.masked_by(1, || std::panic::panic_any(7_u64))));
        assert_eq!(payload.unwrap_err().downcast_ref(), Some(&7_u64));
    });
}

#[test]
fn p28_shared_data_used_before_the_region() {
    watched(|| {
        let (list, queue) = (shared::list::<usize>(), shared::queue::<usize>(0));
        list.push(0);
        queue.put(0);
        Parallel::new(4).run(|p| {
            list.push(p.thread_num());
            queue.put(1);
        });
        assert!(list.len() == 5 && queue.len() == 5);
    });
}

#[test]
fn p29_nothing_leaks_from_a_loop_that_was_broken_out_of() {
    watched(|| {
        for _ in 0..200 {
            let seen = shared::list::<i32>();
            Parallel::new(2).run(|p| {
                for i in p.xrange(0..5) {
                    if i == 1 {
                        break;
                    }
                }
                for i in p.xrange(100..102) {
                    seen.push(i);
                }
            });
            assert_eq!(sorted(seen.to_vec()), [100, 101]);
        }
    });
}

#[test]
fn p30_two_iterate_loops_in_a_row() {
    watched(|| {
        for threads in [1, 2, 3] {
            let words = ["a".to_owned(), "__queueend__:0".to_owned(), "b".to_owned()];
            let (first, second) = (shared::list::<String>(), shared::list::<String>());
            Parallel::new(threads).run(|p| {
                p.iterate(&words).for_each(|word| first.push(word.clone()));
                p.iterate(words.iter().enumerate()).for_each(|(_, word)| second.push(word.clone()));
            });
            assert_eq!(sorted(first.to_vec()), ["__queueend__:0", "a", "b"]);
            assert_eq!(sorted(second.to_vec()), ["__queueend__:0", "a", "b"]);
        }
    });
}

#[test]
fn p31_a_generator_that_panics() {
    watched(|| {
        for threads in [1, 2, 3] {
            let text = panic_of(|| {
                Parallel::new(threads).run(|p| {
                    p.iterate((0..100).inspect(|&i| assert!(i < 50, "the generator"))).for_each(drop);
                    p.barrier();
                })
            });
            assert_says(&text, &["the generator"]);
        }
    });
}

#[test]
fn p31_a_consumer_that_panics_or_breaks() {
    watched(|| {
        let text = panic_of(|| {
            Parallel::new(2).run(|p| {
                for i in p.iterate(0..) {
                    assert!(i < 20, "the consumer");
                }
            })
        });
        assert_says(&text, &["the consumer"]);
        let taken = AtomicUsize::new(0);
        Parallel::new(2).run(|p| {
            for i in p.iterate((0..).inspect(|_| _ = taken.fetch_add(1, Relaxed))) {
                if i >= 20 {
                    break;
                }
            }
            p.barrier();
        });
        // Pulled lazily.
        assert!(taken.into_inner() <= 22);
    });
}

#[test]
fn iterate_takes_closures_and_owned_and_borrowed_items() {
    watched(|| {
        let text = "one two three".to_owned();
        let lengths = Parallel::new(2).map(|p| p.iterate(|| text.split(' ')).map(str::len).sum::<usize>());
        assert_eq!(lengths.iter().sum::<usize>(), 11);
        let boxes = Parallel::new(2).map(|p| p.iterate((0..10).map(Box::new)).map(|b| *b).sum::<i32>());
        assert_eq!(boxes.iter().sum::<i32>(), 45);
        let pairs = Parallel::new(2).map(|p| p.iterate([Ok(1), Err("x".to_owned())]).filter(Result::is_ok).count());
        assert_eq!(pairs.iter().sum::<usize>(), 1);
    });
}

// What may go wrong in a region, and what must not.

#[test]
fn a_panic_anywhere_releases_the_others() {
    watched(|| {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                assert!(std::thread::panicking(), "boom");
            }
        }
        type Body<'a> = &'a (dyn Fn(&Region) + Sync);
        let bodies: [(&str, Body); 8] = [
            ("boom", &|p| {
                if p.thread_num() == 1 {
                    panic!("boom");
                }
                p.barrier();
            }),
            ("boom", &|p| p.single(|| panic!("boom"))),
            ("boom", &|p| p.sections([&|| panic!("boom"), &|| ()])),
            ("boom", &|p| p.critical_named("x", || if p.thread_num() == 1 { panic!("boom") } else { p.critical(|| ()) })),
            ("boom", &|p| {
                for i in p.loop_over(0..100).schedule("dynamic").ordered() {
                    p.ordered(|| assert!(i < 50, "boom"));
                }
            }),
            ("boom", &|p| {
                if p.thread_num() == 0 {
                    drop(Bomb);
                }
                p.barrier();
            }),
            ("boom", &|p| {
                for i in p.xrange(0..1_000_000_000_u64) {
                    assert!(i != 7, "boom");
                }
            }),
            ("boom", &|p| {
                let _bomb = p.nowait().single(|| Bomb);
                p.barrier();
            }),
        ];
        for (number, (word, body)) in bodies.into_iter().enumerate() {
            for threads in [1, 2, 4] {
                // There it is thread 1 that panics.
                if threads == 1 && [0, 3].contains(&number) {
                    continue;
                }
                let text = panic_of(|| {
                    Parallel::new(threads).run(|p| {
                        body(p);
                        p.barrier();
                    })
                });
                assert_eq!(text, word, "body {number}");
                assert_eq!(Parallel::new(threads).map(|p| p.single(|| 1)), vec![1; threads]);
            }
        }
    });
}

#[test]
fn try_run_gives_the_error_of_the_lowest_thread() {
    watched(|| {
        for threads in [1, 2, 4] {
            let fine = Parallel::new(threads).try_run(|p| Ok::<_, String>(p.thread_num()));
            assert_eq!(fine, Ok(0));
            let result = Parallel::new(threads).try_run(|p| {
                p.barrier();
                if p.thread_num() + 1 == threads {
                    return Err(p.thread_num());
                }
                // Never completes.
                p.barrier();
                p.barrier();
                Ok(())
            });
            assert_eq!(result, Err(threads - 1));
        }
    });
}

#[test]
fn singles_sections_and_masked() {
    watched(|| {
        let (singles, ran) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Parallel::new(3).run(|p| {
            for round in 0..500 {
                assert_eq!(p.single(|| round), round);
                p.nowait().single(|| singles.fetch_add(1, Relaxed));
                assert_eq!(p.single(|| vec![round]), [round]);
                let count = || _ = ran.fetch_add(1, Relaxed);
                p.nowait().sections([&count, &count, &count, &count]);
                p.sections([&count]);
            }
            assert_eq!(p.masked(|| 1), (p.thread_num() == 0).then_some(1));
        });
        assert_eq!((singles.into_inner(), ran.into_inner()), (500, 2500));
    });
}

#[test]
fn ordered_blocks_run_in_order_under_every_schedule() {
    watched(|| {
        common::everywhere(|schedule, team| {
            for broken in [false, true] {
                let seen = shared::list::<usize>();
                Parallel::new(team).run(|p| {
                    for i in p.loop_over(0..60).schedule(schedule).ordered() {
                        if i % 7 == 3 {
                            continue;
                        }
                        p.ordered(|| seen.push(i));
                        if broken && i % 20 == 9 {
                            break;
                        }
                    }
                });
                let seen = seen.to_vec();
                assert!(seen.is_sorted(), "{schedule} on {team}: {seen:?}");
                assert!(broken || seen.len() == 60 - 9);
            }
        });
    });
}

#[test]
fn loops_under_every_schedule_on_every_team() {
    watched(|| {
        common::everywhere(|schedule, team| {
            let hits = shared::array::<u32>(100);
            Parallel::new(team).schedule(schedule).run(|p| {
                for _ in 0..3 {
                    p.loop_over(0..100_usize).for_each(|i| _ = hits.fetch_add(i, 1));
                    p.xrange(0..100_usize).chunk(7).for_each(|i| _ = hits.fetch_add(i, 1));
                }
            });
            assert!(hits.to_vec().iter().all(|&n| n == 6), "{schedule} on {team}");
        });
    });
}

#[test]
fn a_team_that_does_not_meet_the_same_loops_is_told() {
    watched(|| {
        let text = panic_of(|| {
            Parallel::new(2).run(|p| if p.thread_num() == 0 { p.xrange(0..10).count() } else { p.iterate(0..10).count() })
        });
        assert_says(&text, &["same order"]);
    });
}

#[test]
fn each_thread_writes_its_own_part() {
    watched(|| {
        let mut rows = vec![0; 7 * 3];
        let parts = Parts::of_units(&mut rows, 3);
        Parallel::new(2).run(|p| {
            let range = p.range_mut(&parts).range();
            let again: Vec<_> = p.range(0..7_usize).collect();
            assert_eq!(range, again[0] * 3..(again[again.len() - 1] + 1) * 3);
            p.barrier();
            p.range_mut(&parts).fill(p.thread_num() + 1);
        });
        assert_eq!(rows, [[1; 12].as_slice(), &[2; 9]].concat());
    });
}

#[test]
fn many_loops_without_a_wait_in_flight() {
    watched(|| {
        let (sum, gate) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Parallel::new(2).run(|p| {
            while p.thread_num() == 1 && gate.load(Relaxed) == 0 {
                std::thread::yield_now();
            }
            for _ in 0..100_000 {
                p.xrange(0..2).for_each(|i| _ = sum.fetch_add(i, Relaxed));
            }
            gate.store(1, Relaxed);
        });
        assert_eq!(sum.into_inner(), 100_000);
    });
}

/// Threads of this process, where the system tells.
fn threads() -> Option<usize> {
    std::fs::read_dir("/proc/self/task").ok().map(Iterator::count)
}

#[test]
fn ten_thousand_regions_from_eight_threads() {
    watched(|| {
        let sum = AtomicUsize::new(0);
        let round = || {
            std::thread::scope(|scope| {
                for user in 0..8 {
                    let sum = &sum;
                    scope.spawn(move || {
                        for k in 0..625 {
                            let size = 1 + (k + user) % 4;
                            let sums = Parallel::new(size).map(|p| {
                                let mine = p.xrange(0..10_usize).sum::<usize>();
                                p.barrier();
                                p.single(|| 1) + mine
                            });
                            sum.fetch_add(sums.iter().sum::<usize>() - sums.len(), Relaxed);
                        }
                    });
                }
            });
        };
        round();
        let before = threads();
        round();
        assert_eq!(sum.into_inner(), 45 * 10_000);
        if let (Some(before), Some(after)) = (before, threads()) {
            // Other tests start threads too.
            assert!(after <= before + 40, "{before} threads became {after}");
        }
    });
}
