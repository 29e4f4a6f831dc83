//! Regions: what the handle's methods do, together and under every schedule.

mod common;

use common::{alone, assert_says, panic_of, team, watched};
use pymp::prelude::*;
use pymp::{config, shared};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

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

#[test]
fn a_closure_given_to_iterate_is_called_once() {
    watched(|| {
        let (sender, receiver) = std::sync::mpsc::channel();
        (0..100).for_each(|i| sender.send(i).unwrap());
        drop(sender);
        let receiver = std::sync::Mutex::new(Some(receiver));
        let taken = || receiver.lock().unwrap().take().expect("called once").into_iter();
        let sums = Parallel::new(4).map(|p| p.iterate(taken).sum::<usize>());
        assert_eq!(sums.iter().sum::<usize>(), 4950);
    });
}

/// With a lifetime, and not `Send`.
struct Job<'a> {
    text: &'a str,
    _here: std::rc::Rc<()>,
}

#[test]
fn a_shared_iterator_may_have_items_of_every_type() {
    watched(|| {
        let text = "one two three".to_owned();
        for threads in [1, 2, 5] {
            let jobs = shared::iter(text.split(' ').map(|text| Job { text, _here: std::rc::Rc::default() }));
            let lengths = Parallel::new(threads).map(|p| {
                // By reference and by value: the same iterator.
                let first = p.iterate(&jobs).next().map_or(0, |job| job.text.len());
                first + p.iterate(jobs.clone()).map(|job| job.text.len()).sum::<usize>()
            });
            assert_eq!(lengths.iter().sum::<usize>(), 11);
            assert!(jobs.next().is_none());
        }
    });
}

#[test]
fn a_shared_iterator_made_in_the_region() {
    watched(|| {
        let taken = Parallel::new(3).map(|p| {
            let numbers = p.single(|| shared::iter(0..100));
            p.iterate(&numbers).sum::<i32>()
        });
        assert_eq!(taken.iter().sum::<i32>(), 4950);
    });
}

#[test]
fn try_run_gives_the_error_of_the_lowest_thread() {
    watched(|| {
        for threads in [1, team(2), team(4)] {
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
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn a_team_that_does_not_meet_the_same_loops_is_told() {
    watched(|| {
        let text = panic_of(|| {
            Parallel::new(2).run(|p| if p.thread_num() == 0 { p.xrange(0..10).count() } else { p.iterate(0..10).count() })
        });
        assert_says(&text, &["same order"]);
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
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
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn an_inner_region_may_ask_the_outer_handle() {
    alone(|| {
        config::set_nested(true).unwrap();
        let numbers = Parallel::new(2).map(|p| Parallel::new(2).map(|q| (p.thread_num(), q.thread_num())));
        assert_eq!(numbers.concat(), [(0, 0), (0, 1), (1, 0), (1, 1)]);

        let count = shared::array::<u32>(1);
        Parallel::new(2).run(|p| {
            Parallel::new(2).run(|q| {
                let add = || count.set(0, count.get(0) + 1);
                for _ in q.range(0..100) {
                    {
                        let _guard = p.lock();
                    }
                    p.critical_named("count", add);
                }
                assert_eq!(p.range(0..10).count(), 5);
            });
            p.barrier();
            let mut y = [0; 8];
            parallel_for!(
                num_threads = 2,
                for i in 0..8 {
                    y[i] = p.num_threads() + i;
                }
            );
            assert_eq!(y[7], 9);
        });
        assert_eq!(count.get(0), 200);
    });
}

/// What the thread of a handle does with the others of its team is for it alone.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn an_inner_region_cannot_come_to_the_loops_of_the_outer_one() {
    fn refused(act: impl Fn(&Region) + Sync) {
        let text = panic_of(|| {
            Parallel::new(2).run(|p| {
                Parallel::new(2).run(|q| {
                    if q.thread_num() == 1 {
                        act(p)
                    }
                })
            })
        });
        assert_says(&text, &["the handle is that of thread", "use the handle of the innermost region"]);
    }
    alone(|| {
        config::set_nested(true).unwrap();
        refused(|p| p.barrier());
        refused(|p| p.xrange(0..10).for_each(drop));
        refused(|p| p.iterate(0..10).for_each(drop));
        refused(|p| p.single(|| ()));
        refused(|p| _ = p.nowait().single(|| ()));
        refused(|p| p.sections([&|| ()]));
        refused(|p| p.ordered(|| ()));
        Parallel::new(2).run(|p| p.barrier());
    });
}

#[test]
fn a_part_that_a_loop_takes_is_used_up() {
    watched(|| {
        let mut v = [1, 2, 3];
        let parts = Parts::new(&mut v);
        let text = panic_of(|| {
            Parallel::new(2).run(|p| {
                for x in &mut p.range_mut(&parts) {
                    *x += 1;
                }
                for x in p.range_mut(&parts) {
                    *x *= 10;
                }
                p.barrier();
                p.range_mut(&parts);
            })
        });
        assert_says(&text, &["used it up", "`&mut p.range_mut(..)`"]);
        assert_eq!(v, [20, 30, 40]);
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

#[test]
fn a_part_is_indexed_from_0_and_says_so() {
    watched(|| {
        let mut v = vec![0; 6];
        let parts = Parts::new(&mut v);
        Parallel::new(2).run(|p| {
            let mut mine = p.range_mut(&parts);
            mine[0] = 1;
            mine[1..].fill(2);
            assert_eq!((mine[0], mine[1..].len()), (1, mine.len() - 1));
        });
        let text = panic_of(|| Parallel::new(1).run(|p| p.range_mut(&Parts::new(&mut [0; 4][..]))[4] = 1));
        assert_says(&text, &["indexed from 0", "4 elements, 0..4 of the slice", "no 4", "part.range().start"]);
    });
}

/// Of a body with room for so many words.
fn sees_all_it_captures<const WORDS: usize>() {
    let words: [usize; WORDS] = std::array::from_fn(|i| i);
    let seen = Parallel::new(2).map(move |_| words.iter().sum::<usize>());
    assert!(seen.iter().all(|&sum| sum == WORDS * (WORDS + 1) / 2 - WORDS));
    let sum = AtomicUsize::new(0);
    let shared = &sum;
    Parallel::new(2).run(move |p| {
        shared.fetch_add(words.iter().sum::<usize>() + p.thread_num(), Relaxed);
    });
    assert_eq!(sum.into_inner(), seen.len() * seen[0] + (0..seen.len()).sum::<usize>());
}

#[test]
fn a_body_of_any_size_reaches_all_threads() {
    watched(|| {
        sees_all_it_captures::<0>();
        sees_all_it_captures::<1>();
        sees_all_it_captures::<2>();
        sees_all_it_captures::<3>();
        sees_all_it_captures::<4>();
        sees_all_it_captures::<100>();
        #[derive(Clone, Copy)]
        #[repr(align(64))]
        struct Aligned(usize);
        let aligned = Aligned(7);
        assert!(
            Parallel::new(2).map(move |_| std::ptr::from_ref(&aligned).addr() % 64 + aligned.0).iter().all(|&seven| seven == 7)
        );
    });
}
