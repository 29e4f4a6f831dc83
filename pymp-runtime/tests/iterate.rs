//! Every source under every schedule and team, without the macros: each item exactly once, and as the plain loop has them.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use pymp_runtime::__private::{cut, join, nest, source};
use pymp_runtime::{Disjoint, Loop, Schedule, Source};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator};

const N: usize = 103;

fn schedules() -> [Schedule; 9] {
    [
        Schedule::Static,
        Schedule::static_chunk(1),
        Schedule::static_chunk(7),
        Schedule::dynamic(1),
        Schedule::dynamic(5),
        Schedule::guided(1),
        Schedule::guided(4),
        Schedule::Auto,
        Schedule::Runtime,
    ]
}

/// Runs a test on a thread of its own, and fails when it hangs.
fn watched(test: impl FnOnce() + Send + 'static) {
    let (done, finished) = mpsc::channel();
    let thread = thread::spawn(move || {
        // Also dropped by a panic, which ends the wait.
        let _done: mpsc::Sender<()> = done;
        test();
    });
    if let Err(RecvTimeoutError::Timeout) = finished.recv_timeout(Duration::from_secs(60)) {
        panic!("the test hangs");
    }
    if let Err(payload) = thread.join() {
        resume_unwind(payload);
    }
}

/// The items that a loop gets, by thread and chunk.
fn run<S: Source<Item: Send>>(source: S, schedule: Schedule, team: usize) -> Vec<S::Item> {
    let items = Mutex::new(vec![]);
    Loop::new().num_threads(team).schedule(schedule).run(source, (), &(), |share| {
        while let Some((chunk, ())) = share.next() {
            let mut found: Vec<_> = chunk.collect();
            items.lock().unwrap().append(&mut found);
            share.put(());
        }
    });
    items.into_inner().unwrap()
}

macro_rules! everywhere {
    ($schedules:expr; $($source:expr => $plain:expr;)*) => {
        for schedule in $schedules {
            for team in [1, 2, 3, 5] {
                $(
                    let mut ours = run(source!($source), schedule, team);
                    let mut plain: Vec<_> = $plain.into_iter().collect();
                    ours.sort();
                    plain.sort();
                    assert_eq!(ours, plain, "{schedule} on {team}: {}", stringify!($source));
                )*
            }
        }
    };
}

#[test]
fn counted() {
    watched(|| {
        let v: Vec<usize> = (0..N).map(|k| k * k % 101).collect();
        let (mut u, mut w) = (v.clone(), v.clone());
        let deque: VecDeque<_> = v.iter().copied().collect();
        everywhere! { schedules();
            0..N => 0..N;
            0..0usize => 0..0usize;
            i8::MIN..=i8::MAX => i8::MIN..=i8::MAX;
            cut!(-50..50i64).rev().step_by(7) => (-50..50i64).rev().step_by(7);
            &v => &v;
            cut!(v.iter()).enumerate().rev() => v.iter().enumerate().rev();
            cut!(w.iter_mut()) => u.iter_mut();
            cut!(w.chunks_mut(10)).enumerate() => u.chunks_mut(10).enumerate();
            v.windows(3) => v.windows(3);
            join!(cut!(v.chunks(4)), zip, cut!(v.iter()).skip(3)) => v.chunks(4).zip(v.iter().skip(3));
            v.clone() => v.clone();
            &deque => &deque;
            cut!(v.iter()).map(|x| x * 2) => v.iter().map(|x| x * 2);
            v.par_iter().zip(&v) => v.iter().zip(&v);
            w.par_iter_mut().enumerate() => u.iter_mut().enumerate();
        }
    });
}

#[test]
fn pulled() {
    watched(|| {
        let v: Vec<usize> = (0..N).collect();
        let words = "a loop's body may hold any number of words";
        everywhere! { [Schedule::dynamic(1), Schedule::dynamic(5), Schedule::guided(4), Schedule::Auto];
            v.iter().filter(|x| *x % 3 == 0) => v.iter().filter(|x| *x % 3 == 0);
            words.split(' ').enumerate() => words.split(' ').enumerate();
            cut!(words.chars()).rev() => words.chars().rev();
            std::iter::empty::<u8>() => std::iter::empty::<u8>();
        }
    });
}

#[test]
fn collapsed() {
    watched(|| {
        for schedule in schedules() {
            for (rows, width) in [(1, 1), (7, 5), (3, 40), (40, 3), (0, 5), (5, 0)] {
                let mut c = vec![0; rows * width];
                Loop::new().num_threads(3).schedule(schedule).run(
                    source!(nest(cut!(0..rows), cut!(0..width))),
                    (c.as_disjoint().named("c"),),
                    &(),
                    |share| {
                        while let Some((chunk, (mut c,))) = share.next() {
                            for (i, row) in chunk {
                                for j in row {
                                    c[i * width + j] += 1 + i * 1000 + j;
                                }
                            }
                            share.put(());
                        }
                    },
                );
                assert!(c.into_iter().eq((0..rows).flat_map(|i| (0..width).map(move |j| 1 + i * 1000 + j))), "{schedule}");
            }
        }
    });
}

#[test]
fn own_elements_by_every_progression() {
    watched(|| {
        for schedule in schedules() {
            for team in [1, 2, 3] {
                let mut y = vec![0; N];
                macro_rules! add {
                    ($head:expr, |$item:pat_param| $index:expr) => {
                        Loop::new().num_threads(team).schedule(schedule).run(
                            source!($head),
                            (y.as_disjoint().named("y"),),
                            &(),
                            |share| {
                                while let Some((chunk, (mut y,))) = share.next() {
                                    for $item in chunk {
                                        y[$index] += 1;
                                    }
                                    share.put(());
                                }
                            },
                        );
                    };
                }
                add!(0..N, |i| i);
                add!(0..=N - 1, |i| i);
                add!(cut!(0..N).rev(), |i| i);
                add!(cut!(0..N as i64).step_by(2), |i| i as usize);
                add!(cut!(0..N as u128 - 1).rev().step_by(2), |i| i as usize);
                let w = [(); N];
                add!(cut!(w.iter()).enumerate().rev(), |(i, ())| i);
                assert!(y.into_iter().all(|count| count == 5), "{schedule} on {team}");
            }
        }
    });
}

#[test]
fn a_panic_of_the_iterator_is_the_loop_s() {
    watched(|| {
        for team in [1, 3] {
            let source = source!((0..N).map(|k| if k == 50 { panic!("item {k}") } else { k }).filter(|_| true));
            let payload = catch_unwind(AssertUnwindSafe(|| run(source, Schedule::dynamic(3), team))).unwrap_err();
            assert_eq!(payload.downcast_ref::<String>().unwrap(), "item 50");
        }
    });
}

#[test]
fn parts_in_odd_hands_are_still_everyone_s_own() {
    watched(|| {
        for schedule in schedules() {
            let (mut y, mut z) = (vec![0; N], vec![0; N]);
            Loop::new().num_threads(3).schedule(schedule).run(
                source!(0..N),
                (y.as_disjoint(), z.as_disjoint().scatter()),
                &(),
                |share| {
                    // All chunks at once, asked for on another thread, their parts in other places than they came in.
                    let mut all = Vec::new();
                    thread::scope(|scope| {
                        scope.spawn(|| all.extend(std::iter::from_fn(|| share.next())));
                    });
                    let (chunks, mut parts): (Vec<_>, Vec<_>) = all.into_iter().unzip();
                    parts.reverse();
                    for (chunk, (y, z)) in chunks.into_iter().zip(parts.iter_mut().rev()) {
                        for i in chunk {
                            y[i] += 1;
                            z.window(i)[N - 1 - i] += 1;
                        }
                    }
                    assert!(share.next().is_none(), "a share that was over goes on");
                },
            );
            assert_eq!((y, z), (vec![1; N], vec![1; N]), "{schedule}");
        }
    });
}

/// A source of its own without a count: its numbers, not the schedule's, are what the parts are cut by.
#[test]
fn a_pulled_source_owns_by_its_own_numbers() {
    watched(|| {
        let mut y = vec![0; N];
        Loop::new().num_threads(3).schedule(Schedule::dynamic(4)).run(
            source!((0..N).filter(|_| true).enumerate()),
            (y.as_disjoint(),),
            &(),
            |share| {
                let all: Vec<_> = std::iter::from_fn(|| share.next()).collect();
                for (chunk, (mut y,)) in all {
                    chunk.for_each(|(k, i)| y[k] += i);
                }
            },
        );
        assert!(y.into_iter().eq(0..N));
    });
}
