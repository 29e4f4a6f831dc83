//! What may go wrong in a region: a panic anywhere makes the other threads leave, reaches the caller with its own payload, leaves no
//! lock held, and the next region works.

mod common;

use common::{assert_says, panic_of, sorted, team, text_of, watched};
use pymp::prelude::*;
use pymp::shared;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Panics when it is dropped, unless that would abort.
#[derive(Debug)]
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "boom");
    }
}

/// Runs a body that panics with "boom" on teams of all sizes, in which the others wait for its thread at a barrier. Then everything
/// that it may have held or broken must work.
fn boom(body: impl Fn(&Region) + Sync + Send + 'static) {
    watched(move || {
        for threads in [1, 2, 3, 5] {
            for _ in 0..5 {
                let text = panic_of(|| {
                    Parallel::new(threads).run(|p| {
                        body(p);
                        p.barrier();
                        p.barrier();
                    })
                });
                assert_eq!(text, "boom", "{threads} threads");
                all_is_well(threads);
            }
        }
    });
}

/// Every construct, on a team of this size.
fn all_is_well(threads: usize) {
    let (count, list) = (AtomicUsize::new(0), shared::list::<usize>());
    let singles = Parallel::new(threads).map(|p| {
        p.critical(|| p.critical_named("faults", || drop(p.lock())));
        p.xrange(0..20).for_each(|_| _ = count.fetch_add(1, Relaxed));
        p.iterate(0..20).for_each(|_| _ = count.fetch_add(1, Relaxed));
        p.loop_over(0..20_usize).schedule("dynamic").ordered().for_each(|i| p.ordered(|| list.push(i)));
        p.sections([&|| _ = count.fetch_add(1, Relaxed)]);
        p.barrier();
        p.single(|| 7)
    });
    assert_eq!((singles, count.into_inner()), (vec![7; team(threads)], 41));
    assert_eq!(list.to_vec(), (0..20).collect::<Vec<_>>());
}

fn is_last(p: &Region) -> bool {
    p.thread_num() + 1 == p.num_threads()
}

#[test]
fn in_the_entering_thread() {
    boom(|p| assert!(p.thread_num() != 0, "boom"));
}

#[test]
fn in_the_last_thread() {
    boom(|p| assert!(!is_last(p), "boom"));
}

#[test]
fn in_every_thread_at_once() {
    boom(|_| panic!("boom"));
}

#[test]
fn in_a_critical() {
    boom(|p| p.critical(|| assert!(!is_last(p), "boom")));
}

#[test]
fn in_a_critical_with_a_name() {
    boom(|p| p.critical_named("faults", || assert!(!is_last(p), "boom")));
}

#[test]
fn under_the_lock_of_the_region() {
    boom(|p| {
        let _guard = p.lock();
        assert!(!is_last(p), "boom");
    });
}

#[test]
fn in_a_single() {
    boom(|p| p.single(|| panic!("boom")));
}

#[test]
fn in_a_single_that_nobody_waits_for() {
    boom(|p| _ = p.nowait().single(|| panic!("boom")));
}

#[test]
fn in_the_clone_of_what_a_single_returns() {
    struct Unclonable;
    impl Clone for Unclonable {
        fn clone(&self) -> Self {
            panic!("boom")
        }
    }
    boom(|p| {
        p.single(|| Unclonable);
        // Alone, nobody needs a clone.
        assert!(p.num_threads() > 1, "boom");
    });
}

#[test]
fn in_masked() {
    boom(|p| _ = p.masked(|| panic!("boom")));
}

#[test]
fn in_a_section() {
    boom(|p| p.sections([&|| (), &|| panic!("boom"), &|| ()]));
    boom(|p| p.nowait().sections([&|| panic!("boom")]));
}

#[test]
fn in_an_ordered_block() {
    for schedule in ["static", "static,2", "dynamic", "guided"] {
        boom(move |p| {
            for i in p.loop_over(0..60).schedule(schedule).ordered() {
                p.ordered(|| assert!(i < 31, "boom"));
            }
        });
    }
}

#[test]
fn beside_an_ordered_block() {
    boom(|p| {
        for i in p.loop_over(0..60).schedule("dynamic").ordered() {
            assert!(i != 31, "boom");
            p.ordered(|| ());
        }
    });
}

#[test]
fn in_a_loop() {
    for schedule in ["static", "static,2", "dynamic", "dynamic,4", "guided", "auto"] {
        boom(move |p| {
            for i in p.loop_over(0..1000).schedule(schedule) {
                assert!(i != 707, "boom");
            }
        });
    }
}

#[test]
fn in_a_loop_that_would_take_for_ever() {
    boom(|p| {
        for i in p.xrange(0..u64::MAX / 4).chunk(2) {
            assert!(i != 7, "boom");
        }
    });
}

#[test]
fn in_the_iterator_given_to_iterate() {
    boom(|p| p.iterate((0..).inspect(|&i| assert!(i < 20, "boom"))).for_each(drop));
}

#[test]
fn in_an_iterator_that_is_shared_already() {
    boom(|p| {
        let made = p.single(|| shared::iter((0..).inspect((|&i| assert!(i < 20, "boom")) as fn(&i32))));
        p.iterate(&made).for_each(drop);
    });
}

#[test]
fn a_shared_iterator_that_has_panicked_has_ended() {
    watched(|| {
        let numbers = shared::iter((0..).inspect(|&i| assert!(i < 20, "boom")));
        assert!(panic_of(|| Parallel::new(2).run(|p| p.iterate(&numbers).for_each(drop))).contains("boom"));
        assert_eq!(Parallel::new(2).run(|p| p.iterate(&numbers).count()), 0);
    });
}

#[test]
fn a_shared_iterator_that_asks_itself_is_a_panic() {
    type Items = Box<dyn Iterator<Item = i32> + Send>;
    static SELF: OnceLock<shared::Iter<Items>> = OnceLock::new();
    watched(|| {
        let ask: Items = Box::new(std::iter::from_fn(|| SELF.get()?.next()));
        let items = SELF.get_or_init(|| shared::iter(ask));
        assert!(panic_of(|| items.next()).contains("would wait for itself"));
        assert_eq!(items.next(), None);
    });
}

#[test]
fn a_turn_that_cannot_come_is_a_panic() {
    if team(3) < 3 {
        return;
    }
    watched(|| {
        // Thread 0 waits for the team, and the others for it.
        for threads in [2, 3] {
            let text = panic_of(|| {
                Parallel::new(threads).run(|p| {
                    for _ in p.loop_over(0..6).schedule("static").ordered() {
                        if p.thread_num() == 0 {
                            p.barrier();
                        }
                        p.ordered(|| ());
                    }
                });
            });
            assert!(text.contains("turn in an ordered loop"), "{text}");
        }
        // Thread 1 does not come to the loop.
        let text = panic_of(|| {
            Parallel::new(2).run(|p| {
                if p.thread_num() == 0 {
                    p.loop_over(0..4).schedule("static,1").ordered().for_each(|_| p.ordered(|| ()));
                }
            });
        });
        assert!(text.contains("turn in an ordered loop"), "{text}");
        assert_eq!(Parallel::new(2).map(|p| p.loop_over(0..4).ordered().map(|_| p.ordered(|| 1)).sum::<i32>()), [2, 2]);
    });
}

#[test]
fn in_the_closure_that_makes_the_iterator() {
    boom(|p| {
        let make = || -> std::ops::Range<i32> { panic!("boom") };
        p.iterate(make).for_each(drop);
    });
}

#[test]
fn a_closure_that_makes_no_iterator_leaves_none() {
    watched(|| {
        let counts = Parallel::new(3).map(|p| {
            let make = || -> std::ops::Range<i32> { panic!("boom") };
            let caught = catch_unwind(AssertUnwindSafe(|| p.iterate(make).count()));
            p.barrier();
            caught.map_err(|payload| text_of(&*payload))
        });
        let of_team = sorted(counts);
        assert_eq!(of_team[team(3) - 1], Err("boom".to_owned()));
        assert!(of_team[..team(3) - 1].iter().all(|count| *count == Ok(0)), "{of_team:?}");
    });
}

#[test]
fn a_closure_that_waits_for_those_that_wait_for_its_iterator_is_a_panic() {
    if team(2) < 2 {
        return;
    }
    watched(|| {
        let text = panic_of(|| {
            Parallel::new(2).run(|p| {
                let make = || {
                    p.barrier();
                    0..10
                };
                p.iterate(make).for_each(drop);
            });
        });
        assert!(text.contains("an iterator that another one makes") || text.contains("waits for the whole team"), "{text}");
    });
}

/// The others wait at a queue, which knows nothing of the region.
#[test]
fn while_the_others_wait_at_a_queue() {
    let [empty, full, undone] = [shared::queue(0), shared::queue(1), shared::queue(0)];
    full.put(0);
    undone.put(0);
    boom(move |p| {
        assert!(!is_last(p), "boom");
        match p.thread_num() {
            0 => undone.join(),
            1 => full.put(1),
            2 => _ = empty.get(),
            _ => _ = empty.get_timeout(std::time::Duration::from_secs(600)),
        }
    });
}

/// In an inner region of one thread, too.
#[test]
fn while_another_one_waits_in_an_inner_region() {
    let empty = shared::queue::<i32>(0);
    boom(move |p| {
        assert!(!is_last(p), "boom");
        Parallel::new(2).run(|_| empty.get());
    });
}

#[test]
fn in_the_body_that_iterates() {
    boom(|p| {
        for i in p.iterate(0..) {
            assert!(i < 20, "boom");
        }
    });
}

#[test]
fn in_the_drop_of_a_value_of_a_thread() {
    boom(|p| {
        let bomb = is_last(p).then(|| Bomb);
        drop(bomb);
    });
}

#[test]
fn in_the_drop_of_an_iterator() {
    boom(|p| {
        let bomb = Bomb;
        let numbers = (0..10).inspect(move |_| _ = &bomb);
        p.iterate(numbers).for_each(drop);
    });
}

#[test]
fn in_the_drop_of_what_threads_left_of_an_iterator() {
    boom(|p| {
        let bomb = Bomb;
        let numbers = (0..).inspect(move |_| _ = &bomb);
        _ = p.iterate(numbers).next();
    });
}

#[test]
fn in_the_drop_of_what_a_single_returned() {
    /// The clone that a region keeps: dropped with the region, or when another one takes its place.
    struct Kept(bool);
    impl Clone for Kept {
        fn clone(&self) -> Self {
            Kept(true)
        }
    }
    impl Drop for Kept {
        fn drop(&mut self) {
            assert!(!self.0 || std::thread::panicking(), "boom");
        }
    }
    boom(|p| {
        let value = p.single(|| Kept(false));
        // Alone, nothing is cloned.
        assert!(p.num_threads() > 1, "boom");
        drop(value);
    });
}

#[test]
fn in_an_inner_region() {
    boom(|p| {
        let last = is_last(p);
        Parallel::new(2).run(|q| {
            assert!(!last, "boom");
            q.barrier();
        });
    });
}

/// A second panic on the way out aborts every Rust program. What threads have returned already is not dropped on that way.
#[test]
fn in_the_drop_of_results_while_another_panic_is_under_way() {
    struct Always;
    impl Drop for Always {
        fn drop(&mut self) {
            panic!("in the drop of a result");
        }
    }
    watched(|| {
        let caught = catch_unwind(AssertUnwindSafe(|| {
            drop(Parallel::new(2).map(|p| {
                let value = std::mem::ManuallyDrop::new(Always);
                assert!(p.num_threads() > 1 && !is_last(p), "boom");
                std::mem::ManuallyDrop::into_inner(value)
            }))
        }));
        assert_eq!(text_of(&*caught.unwrap_err()), "boom");
        all_is_well(2);
    });
}

#[test]
fn a_barrier_that_not_all_can_reach_is_released() {
    watched(|| {
        for threads in [2, 4] {
            let past = AtomicUsize::new(0);
            let text = panic_of(|| {
                Parallel::new(threads).run(|p| {
                    if is_last(p) {
                        std::thread::sleep(std::time::Duration::from_millis(20));
                        panic!("boom");
                    }
                    p.barrier();
                    past.fetch_add(1, Relaxed);
                })
            });
            assert_eq!((text.as_str(), past.into_inner()), ("boom", 0));
        }
    });
}

#[test]
fn a_thread_that_unwinds_through_a_barrier_does_not_wait_there() {
    watched(|| {
        let text = panic_of(|| {
            Parallel::new(2).run(|p| {
                let _at_the_end = Deferred(|| p.barrier());
                assert!(!is_last(p), "boom");
            })
        });
        assert_eq!(text, "boom");
        all_is_well(2);
    });
}

struct Deferred<F: Fn()>(F);

impl<F: Fn()> Drop for Deferred<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[test]
fn a_loop_that_was_broken_out_of_leaves_nothing_to_the_next_one() {
    watched(|| {
        for schedule in common::SCHEDULES {
            for round in 0..20 {
                let seen = shared::list::<usize>();
                Parallel::new(3).run(|p| {
                    for i in p.loop_over(0..50_usize).schedule(schedule) {
                        if i % 7 == round % 7 {
                            break;
                        }
                    }
                    p.loop_over(100..150_usize).schedule(schedule).for_each(|i| seen.push(i));
                    // One that is never begun, and one that is forgotten.
                    drop(p.loop_over(0..9).schedule(schedule));
                    let mut forgotten = p.loop_over(0..9).schedule(schedule);
                    _ = forgotten.next();
                    std::mem::forget(forgotten);
                    p.loop_over(150..200_usize).schedule(schedule).for_each(|i| seen.push(i));
                });
                assert_eq!(sorted(seen.to_vec()), (100..200).collect::<Vec<_>>(), "{schedule}");
            }
        }
    });
}

#[test]
fn loops_in_one_another_and_ordered_ones() {
    watched(|| {
        for threads in [1, 2, 3] {
            let (pairs, outer) = (shared::list::<(i32, i32)>(), shared::list::<i32>());
            Parallel::new(threads).run(|p| {
                // All threads come to the inner loops equally often: the outer one is not shared.
                for i in 0..30 {
                    for j in p.xrange(0..5) {
                        pairs.push((i, j));
                    }
                }
                for i in p.loop_over(0..20).schedule("static,1").ordered() {
                    p.ordered(|| outer.push(i));
                }
            });
            let expected: Vec<_> = (0..30).flat_map(|i| (0..5).map(move |j| (i, j))).collect();
            assert_eq!(sorted(pairs.to_vec()), expected);
            assert_eq!(outer.to_vec(), (0..20).collect::<Vec<_>>());
        }
    });
}

/// Threads that do not come to the same meeting points: whoever waits for one that has left the region says so.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn who_waits_for_a_thread_that_has_left_is_told() {
    watched(|| {
        for threads in [2, 3, 5] {
            let misfits: [&(dyn Fn(&Region) + Sync); 5] = [
                &|p| {
                    if p.thread_num() == 0 {
                        p.barrier()
                    }
                },
                &|p| {
                    if p.thread_num() == 1 {
                        p.barrier()
                    }
                },
                &|p| (0..=p.thread_num()).for_each(|_| assert_eq!(p.single(|| 1), 1)),
                &|p| if p.thread_num() == 0 { p.xrange(0..4).for_each(drop) } else { assert_eq!(p.single(|| 1), 1) },
                &|p| {
                    if p.thread_num() + 1 == p.num_threads() {
                        p.sections([&|| (), &|| ()])
                    }
                },
            ];
            for (n, misfit) in misfits.into_iter().enumerate() {
                let text = panic_of(|| Parallel::new(threads).run(misfit));
                assert!(text.contains("another one has left the region"), "misfit {n} on {threads}: {text}");
                all_is_well(threads);
            }
        }
    });
}

/// Threads that come to different constructs in the same place, where it shows.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn who_meets_something_else_than_another_thread_is_told() {
    watched(|| {
        let says = |misfit: &(dyn Fn(&Region) + Sync), words: [&str; 2]| {
            let text = panic_of(|| Parallel::new(2).run(misfit));
            assert!(words.iter().any(|word| text.contains(word)), "{text}");
            assert!(text.contains(", and another thread met something else in its place: all threads of a region"), "{text}");
            all_is_well(2);
        };
        says(
            &|p| if p.thread_num() == 0 { _ = p.single(|| 1_u8) } else { _ = p.single(|| "one") },
            ["met a `single` of type `u8`", "met a `single` of type `&str`"],
        );
        says(
            &|p| if p.thread_num() == 0 { _ = p.single(|| 1_u8) } else { p.sections([&|| ()]) },
            ["met a `single`", "met a `sections`"],
        );
        says(&|p| if p.thread_num() == 0 { p.single(|| ()) } else { p.barrier() }, ["met a `single`", "met a `barrier`"]);
        says(
            &|p| p.xrange(0..3 + p.thread_num()).for_each(drop),
            ["met a loop of 3 iterations under schedule dynamic", "met a loop of 4 iterations under schedule dynamic"],
        );
    });
}

/// A barrier that is over is no reason to complain, however late a thread notices.
#[test]
fn who_leaves_after_the_last_barrier_is_not_waited_for() {
    watched(|| {
        for round in 0..50 {
            Parallel::new(3).run(|p| {
                if p.thread_num() == round % 3 {
                    std::thread::sleep(std::time::Duration::from_millis(2));
                }
                p.barrier();
            });
        }
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn a_meeting_under_a_lock_that_another_thread_needs_is_told() {
    watched(|| {
        for meet in [|p: &Region| p.barrier(), |p: &Region| p.single(|| ()), |p: &Region| p.sections([&|| ()])] {
            let text = panic_of(|| {
                Parallel::new(2).run(|p| {
                    let _guard = p.lock();
                    meet(p);
                })
            });
            assert_says(&text, &["holds the lock of the region", "drop the guard"]);
            let text = panic_of(|| Parallel::new(2).run(|p| p.critical(|| meet(p))));
            assert_says(&text, &["inside of a `critical`", "move the barrier"]);
            let text = panic_of(|| Parallel::new(2).run(|p| p.critical_named("meeting", || meet(p))));
            assert_says(&text, &["inside of a `critical`"]);
            // One thread meets itself; and a lock that nobody else wants may be held.
            Parallel::new(1).run(|p| p.critical(|| meet(p)));
            Parallel::new(2).run(|p| {
                let _guard = (p.thread_num() == 0).then(|| p.lock());
                meet(p);
                p.critical(|| ());
            });
        }
    });
}

/// What it has captured is dropped when the threads have left, and is no reason for the next region to take its loops for those of this one.
#[test]
fn a_capture_whose_drop_panics_leaves_the_team_as_it_should_be() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("boom");
        }
    }
    watched(|| {
        let bomb = Bomb;
        let region = move || {
            Parallel::new(2).run(move |p| {
                let _held = &bomb;
                p.xrange(0..100).for_each(drop);
            })
        };
        assert_eq!(panic_of(region), "boom");
        let counts = Parallel::new(2).map(|p| p.xrange(0..100).count());
        assert_eq!(counts.iter().sum::<usize>(), 100);
    });
}

/// It is not the inner region that is being left.
#[test]
fn an_inner_region_that_comes_to_a_barrier_of_the_outer_one_is_left_with_it() {
    if team(2) < 2 {
        return;
    }
    watched(|| {
        let result = Parallel::new(2).try_run(|p| match p.thread_num() {
            0 => Parallel::new(2).try_run(|_| {
                p.barrier();
                Ok(1)
            }),
            _ => Err("failed"),
        });
        assert_eq!(result, Err("failed"));
        let went_on = std::sync::atomic::AtomicBool::new(false);
        let text = panic_of(|| {
            Parallel::new(2).run(|p| {
                assert!(p.thread_num() == 0, "boom");
                Parallel::new(2).map(|_| p.barrier());
                went_on.store(true, Relaxed);
            })
        });
        assert_eq!((text.as_str(), went_on.into_inner()), ("boom", false));
    });
}

#[test]
fn a_region_in_a_destructor_lets_who_waits_at_a_queue_go() {
    struct Region(shared::Queue<i32>);
    impl Drop for Region {
        fn drop(&mut self) {
            let share = |p: &pymp::Region| if is_last(p) { panic!("inner") } else { _ = self.0.get() };
            assert!(catch_unwind(AssertUnwindSafe(|| Parallel::new(2).run(share))).is_err());
        }
    }
    watched(|| {
        let text = panic_of(|| {
            let _region = Region(shared::queue(0));
            panic!("outer");
        });
        assert_eq!(text, "outer");
    });
}

/// Nor does the region take along what rayon has put aside on one of its threads.
#[test]
fn a_job_of_rayons_that_waits_at_a_queue_is_left_alone() {
    if team(2) < 2 {
        return;
    }
    watched(|| {
        let (queue, (sender, receiver)) = (shared::queue(0), std::sync::mpsc::channel());
        let job = {
            let queue = queue.clone();
            move || sender.send(queue.get()).unwrap()
        };
        let job = std::sync::Mutex::new(Some(job));
        let late = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(300));
            queue.put(7);
        });
        let text = panic_of(|| {
            Parallel::new(2).run(|p| {
                if !is_last(p) {
                    // The other one is at the barrier by now, and has taken the job up.
                    std::thread::sleep(std::time::Duration::from_millis(100));
                    panic!("boom");
                }
                rayon::spawn(job.lock().unwrap().take().unwrap());
                p.barrier();
            })
        });
        assert_eq!((text.as_str(), receiver.recv()), ("boom", Ok(7)));
        late.join().unwrap();
    });
}
