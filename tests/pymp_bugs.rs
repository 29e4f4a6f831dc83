//! What Python's pymp gets wrong, by the numbers of our list of its features, and that it is right here. And what it refuses in its
//! own way. Each test that could hang runs under a watchdog.

mod common;

use common::{alone, assert_says, panic_of, sorted, team, watched};
use pymp::config;
use pymp::prelude::*;
use pymp::shared;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

/// pymp: a process that is killed while it holds the lock stops all others for ever.
#[test]
fn p04_a_lock_held_by_a_panicking_thread_is_free_again() {
    watched(|| {
        let region = Parallel::new(2);
        let (lock, rlock) = (shared::lock(), shared::rlock());
        let text = panic_of(|| {
            region.run(|p| {
                for i in p.xrange(0..1000) {
                    let _guards = (p.lock(), lock.lock(), rlock.lock());
                    p.critical(|| p.critical_named("p04", || assert!(i < 10, "in a critical")));
                }
            })
        });
        assert_says(&text, &["in a critical"]);
        region.run(|p| p.critical(|| p.critical_named("p04", || drop((p.lock(), lock.lock(), rlock.lock())))));
    });
}

/// And a second lock by its owner says so: in pymp it hangs.
#[test]
fn p04_a_thread_that_would_wait_for_itself_panics() {
    watched(|| {
        Parallel::new(2).run(|p| {
            for _ in p.range(0..team(2)) {
                let guard = p.lock();
                assert_says(&panic_of(|| drop(p.lock())), &["holds the lock"]);
                drop(guard);
                p.critical(|| assert_says(&panic_of(|| p.critical(|| ())), &["critical"]));
                p.critical_named("p04", || p.critical_named("p04 too", || ()));
            }
        });
    });
}

#[test]
fn p09_ranges() {
    watched(|| {
        let range = |threads, range: std::ops::Range<i32>, step| {
            Parallel::new(threads).map(|p| p.range(range.clone().step_by(step)).collect::<Vec<_>>())
        };
        if team(2) == 2 {
            assert_eq!(
                Parallel::new(2).map(|p| p.range((1..=10).rev().step_by(3)).collect::<Vec<_>>()),
                [vec![10, 7], vec![4, 1]]
            );
            assert_eq!(range(2, 0..10, 4), [vec![0, 4], vec![8]]);
            assert_eq!(range(3, 0..2, 1), [vec![0], vec![1], vec![]]);
        }
        #[expect(clippy::reversed_empty_ranges)]
        for empty in [0..0, 5..5, 5..0] {
            let counts = Parallel::new(2).map(|p| p.range(empty.clone()).count() + p.xrange(empty.clone()).count());
            assert_eq!(counts, vec![0; team(2)]);
        }
        let ends =
            Parallel::new(2).map(|p| p.range(254..=255_u8).chain(p.xrange(i128::MAX - 1..=i128::MAX).map(|i| i as u8)).count());
        assert_eq!(ends.iter().sum::<usize>(), 4);
    });
}

/// pymp: in an `xrange` only the thread that comes first raises, and the others see an empty loop.
#[test]
fn p10_a_step_of_0_is_refused() {
    watched(|| {
        let text = panic_of(|| Parallel::new(2).run(|p| p.xrange((0..10).step_by(std::hint::black_box(0))).count()));
        assert_says(&text, &["step"]);
    });
}

/// pymp: with a run-time limit of 0 or one below what is active a team has 0 or -1 threads, and the count of them is wrong ever after.
#[test]
fn p15_a_limit_makes_no_team_smaller_than_one() {
    alone(|| {
        assert!(config::set_thread_limit(0).is_err());
        assert_eq!(config::thread_limit(), None);
        config::set_nested(true).unwrap();
        Parallel::new(3).run(|p| {
            p.single(|| config::set_thread_limit(1).unwrap());
            assert_eq!(Parallel::new(4).map(|p| p.range(0..8).count()), [8]);
            p.barrier();
        });
        assert_eq!(Parallel::new(4).map(|p| p.num_threads()), [1]);
        config::set_thread_limit(3).unwrap();
        for _ in 0..3 {
            assert_eq!(Parallel::new(8).run(|p| p.num_threads()), team(3));
        }
        if team(2) == 2 {
            // Limit 3, two teams of two: one of them has one thread, unless the other one has ended.
            let sizes = Parallel::new(2).map(|p| {
                p.barrier();
                let size = Parallel::new(2).run(|p| p.num_threads());
                p.barrier();
                size
            });
            assert!(sizes.iter().sum::<usize>() >= 3, "{sizes:?}");
        }
    });
}

#[test]
fn p17_a_team_of_none_or_fewer_is_refused() {
    for text in
        [panic_of(|| Parallel::new(0)), panic_of(|| Parallel::new(-1)), panic_of(|| Parallel::default().num_threads(0_u8))]
    {
        assert_says(&text, &["num_threads", "at least 1"]);
    }
    assert!(config::set_num_threads(0).is_err());
    assert!(config::set_num_threads([2, 0]).is_err());
    // pymp's count of processes is wrong from then on.
    watched(|| assert_eq!(Parallel::new(2).run(|p| p.num_threads()), team(2)));
}

/// pymp raises the first in arrival order, and the others are lost without a word. Here the panic hook has said each; `map` has all
/// errors as values.
#[test]
fn p19_every_failure_can_be_known() {
    watched(|| {
        let results = Parallel::new(3).map(|p| if p.thread_num() > 0 { Err(p.thread_num()) } else { Ok(()) });
        assert_eq!(results.into_iter().filter_map(Result::err).collect::<Vec<_>>(), (1..team(3)).collect::<Vec<_>>());
        let first = Parallel::new(3).try_run(|p| if p.thread_num() + 2 > team(3) { Err(p.thread_num()) } else { Ok(()) });
        assert_eq!(first, Err(team(3) - 1));
    });
}

/// pymp: an exception whose class takes two arguments becomes a `TypeError`; one that cannot be pickled lets its process go on behind the
/// region.
#[test]
fn p20_any_payload_reaches_the_caller() {
    struct Payload(std::sync::mpsc::Receiver<u64>);

    watched(|| {
        let last = team(2) - 1;
        let caught = catch_unwind(|| {
            Parallel::new(2).run(|p| {
                p.masked_by(last, || {
                    let (sender, receiver) = std::sync::mpsc::channel();
                    sender.send(7).unwrap();
                    std::panic::panic_any(Payload(receiver));
                });
                p.barrier();
            })
        });
        let payload = caught.unwrap_err().downcast::<Payload>().unwrap();
        assert_eq!(payload.0.recv(), Ok(7));
    });
}

/// pymp: a killed process means less work done, and no error. Here who is missing is waited for, or its panic arrives.
#[test]
fn p20_no_work_is_lost_without_a_word() {
    watched(|| {
        for round in 0..50 {
            let done = AtomicUsize::new(0);
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                Parallel::new(3).run(|p| {
                    for i in p.xrange(0..100) {
                        assert!(i != 50 || round % 2 == 0, "lost");
                        done.fetch_add(1, Relaxed);
                    }
                })
            }));
            assert_eq!(outcome.is_ok(), done.into_inner() == 100);
        }
    });
}

/// pymp: an object with several threads can be entered once, one with a single thread a second time, and is not active then.
#[test]
fn p21_a_region_can_be_run_again() {
    watched(|| {
        for threads in [1, 2] {
            let region = Parallel::new(threads);
            for _ in 0..3 {
                assert_eq!(region.run(|p| p.num_threads()), team(threads));
            }
        }
    });
}

/// pymp's `autolock=True` fails. Here every update of an array is one step.
#[test]
fn p23_updates_of_arrays_need_no_lock() {
    watched(|| {
        let a = shared::array::<f64>([2, 3]);
        Parallel::new(4).run(|p| {
            for i in p.range(0..6000_usize) {
                a.fetch_add([i % 2, i % 3], 0.5);
            }
        });
        assert_eq!(a.to_vec(), [500.0; 6]);
        assert_eq!((shared::array::<u8>(0).len(), shared::array::<bool>([0, 4]).to_vec()), (0, vec![]));
    });
}

/// pymp: `l[0].append(1)` changes a copy.
#[test]
fn p24_what_is_changed_in_a_list_is_changed() {
    watched(|| {
        let (list, dict) = (shared::list::<Vec<usize>>(), shared::dict::<&str, Vec<usize>>());
        list.push(vec![]);
        dict.insert("a", vec![]);
        Parallel::new(2).run(|p| {
            for i in p.range(0..100) {
                list.update(0, |inner| inner.push(i));
                dict.update_or_insert("a", vec![], |inner| inner.push(i));
            }
        });
        assert_eq!((list.get(0).unwrap().len(), dict.get(&"a").unwrap().len()), (100, 100));
    });
}

/// pymp: what was used once before the region breaks in two runs of five; the same for what an outer thread used before an inner
/// region.
#[test]
fn p28_shared_data_used_before_the_region() {
    alone(|| {
        config::set_nested(true).unwrap();
        for _ in 0..20 {
            let (list, dict, queue) = (shared::list::<usize>(), shared::dict::<usize, usize>(), shared::queue::<usize>(0));
            list.push(0);
            dict.insert(0, 0);
            queue.put(0);
            Parallel::new(2).run(|p| {
                let outer = p.thread_num();
                list.push(outer);
                dict.insert(100 + outer, 0);
                queue.put(outer);
                Parallel::new(2).run(|p| {
                    list.push(p.thread_num());
                    dict.insert(10 * outer + p.thread_num() + 1, 0);
                    queue.put(1);
                });
            });
            let expected = 1 + team(2) + team(2) * team(2);
            assert_eq!((list.len(), dict.len(), queue.len()), (expected, expected, expected));
        }
    });
}

#[test]
fn p29_nothing_leaks_from_a_loop_that_was_broken_out_of() {
    watched(|| {
        for _ in 0..200 {
            let (seen, pulled) = (shared::list::<i32>(), shared::list::<i32>());
            Parallel::new(2).run(|p| {
                for i in p.xrange(0..5) {
                    if i == 1 {
                        break;
                    }
                }
                for i in p.xrange(100..102) {
                    seen.push(i);
                }
                for i in p.iterate(0..5) {
                    if i == 1 {
                        break;
                    }
                }
                for i in p.iterate(100..102) {
                    pulled.push(i);
                }
            });
            assert_eq!((sorted(seen.to_vec()), sorted(pulled.to_vec())), (vec![100, 101], vec![100, 101]));
        }
    });
}

/// pymp: the end marker of the first loop, a string, reaches the second one. And an element that equals it ends a loop.
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

/// pymp hangs in each of these.
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

/// pymp: an element that cannot be pickled, an array as an element.
#[test]
fn p31_any_element_that_can_be_sent() {
    watched(|| {
        let (sender, receiver) = std::sync::mpsc::channel::<usize>();
        // Closures, arrays, channels.
        let jobs = Parallel::new(2).map(|p| {
            let make = || {
                (0..4_usize).map(|i| (Box::new(move || i * i) as Box<dyn Fn() -> usize + Send>, [i; 3], Box::new(sender.clone())))
            };
            for (job, array, sender) in p.iterate(make) {
                sender.send(job() + array[2]).unwrap();
            }
        });
        drop((jobs, sender));
        assert_eq!(sorted(receiver), [0, 2, 6, 12]);
    });
}

/// pymp: `element_timeout`, when a consumer takes longer than it.
#[test]
fn p31_a_slow_consumer() {
    watched(|| {
        let taken = Parallel::new(2).map(|p| {
            let slow = |_: &i32| p.masked(|| std::thread::sleep(Duration::from_millis(20)));
            p.iterate(0..10).inspect(|i| _ = slow(i)).count()
        });
        assert_eq!(taken.iter().sum::<usize>(), 10);
    });
}

/// pymp lacks both functions that its README names: here `p.range` and `p.xrange` are what there is, and all of them work on any platform.
#[test]
fn p32_p33_no_platform_is_refused() {
    watched(|| assert_eq!(Parallel::new(2).map(|p| p.range(0..10).len() + p.xrange(0..0).count()).iter().sum::<usize>(), 10));
}
