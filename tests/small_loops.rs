//! Loops that say nothing of threads: small ones end up on the calling thread, all others keep their team.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};
use std::time::Duration;

use pymp::prelude::*;

mod common;

use common::{is_child, passes_alone, text_of, watchdog};

/// How many of the last hundred of `runs` loops had more than one thread.
fn teams(runs: usize, mut run: impl FnMut() -> usize) -> usize {
    let sizes: Vec<usize> = (0..runs).map(|_| run()).collect();
    assert_eq!(sizes[0], pymp::max_threads(), "the first run has a team");
    sizes[runs - 100..].iter().filter(|&&size| size > 1).count()
}

fn tiny() -> usize {
    let mut sizes = [0; 2];
    parallel_for!(for i in 0..2 {
        sizes[i] = pymp::num_threads();
    });
    sizes[0]
}

/// Runs the test in a process of its own, where nothing is said but this; true in that process.
fn alone(test: &str, environment: &[(&str, &str)]) -> bool {
    if !is_child() {
        passes_alone(test, environment);
    }
    is_child()
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn small_loops_stay_alone_and_long_ones_do_not() {
    if !alone("small_loops_stay_alone_and_long_ones_do_not", &[]) {
        return;
    }
    watchdog(|| {
        if pymp::max_threads() == 1 {
            return;
        }
        let few = teams(5000, tiny);
        assert!(few < 50, "{few} of 100 tiny loops had a team");
        let long = teams(120, || {
            let mut sizes = [0; 2];
            parallel_for!(for i in 0..2 {
                std::thread::sleep(Duration::from_micros(500));
                sizes[i] = pymp::num_threads();
            });
            sizes[0]
        });
        assert_eq!(long, 100);
    });
}

#[test]
fn alone_a_loop_is_what_it_is_in_a_team() {
    if !alone("alone_a_loop_is_what_it_is_in_a_team", &[]) {
        return;
    }
    watchdog(|| {
        let seen = |count: usize| {
            let (mut squares, mut levels) = ([0; 3], [0; 3]);
            let caught = catch_unwind(AssertUnwindSafe(|| {
                parallel_for!(for i in 0..count {
                    squares[i] = i * i;
                    levels[i] = pymp::level();
                });
            }));
            assert_eq!((pymp::level(), pymp::thread_num(), pymp::num_threads()), (0, 0, 1));
            (squares, levels, caught.err().map(|payload| text_of(&*payload)))
        };
        for _ in 0..3000 {
            assert_eq!(seen(3), ([0, 1, 4], [1; 3], None));
        }
        let says = Some("index out of bounds: the len is 3 but the index is 3".to_owned());
        for _ in 0..100 {
            let (squares, _, said) = seen(4);
            // In a team, which a busy machine may give it, the panic of one thread stops the others.
            let right = squares.iter().enumerate().all(|(i, square)| *square == 0 || *square == i * i);
            assert!(right && said == says, "{squares:?} {said:?}");
        }
        assert_eq!(seen(3), ([0, 1, 4], [1; 3], None));
        let level = || {
            let mut levels = [0; 3];
            parallel_for!(for i in 0..3 {
                levels[i] = pymp::level();
            });
            levels[0]
        };
        assert!((0..3000).all(|_| level() == 1));
        assert_eq!(Parallel::new(1).run(|_| level()), 2);
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn whoever_says_how_many_gets_them() {
    if !alone("whoever_says_how_many_gets_them", &[("PYMP_NUM_THREADS", "3")]) {
        return;
    }
    watchdog(|| {
        if pymp::max_threads() == 1 {
            return;
        }
        assert_eq!(teams(1000, tiny), 100);
        for _ in 0..1000 {
            let (mut by_number, mut by_schedule) = ([0; 4], [0; 4]);
            parallel_for!(
                num_threads = 2,
                for i in 0..4 {
                    by_number[i] = pymp::num_threads();
                }
            );
            parallel_for!(
                schedule = "static",
                for i in 0..4 {
                    by_schedule[i] = pymp::num_threads();
                }
            );
            assert_eq!((by_number, by_schedule), ([2; 4], [3; 4]));
        }
    });
}

#[test]
fn sums_are_the_same_on_every_run() {
    if !alone("sums_are_the_same_on_every_run", &[]) {
        return;
    }
    watchdog(|| {
        let sum = |count: u32| {
            let mut sum = 0.0_f64;
            parallel_for!(reduction(+: sum), for i in 0..count {
                sum += 1.0 / f64::from(i + 1);
            });
            sum.to_bits()
        };
        for count in [1, 10, 100, 1000] {
            let first = sum(count);
            assert!((0..500).all(|_| sum(count) == first), "{count} iterations");
        }
    });
}

/// Something without bytes that must be dropped as often as it is made.
struct Mark;

static MARKS: AtomicIsize = AtomicIsize::new(0);

impl Mark {
    fn new() -> Mark {
        MARKS.fetch_add(1, Relaxed);
        Mark
    }

    fn touch(&mut self) {}
}

impl Drop for Mark {
    fn drop(&mut self) {
        MARKS.fetch_sub(1, Relaxed);
    }
}

struct Meet;

impl Reduction<Mark> for Meet {
    fn identity(&self, _: &Mark) -> Mark {
        Mark::new()
    }

    fn combine(&self, _: &mut Mark, _: Mark) {}
}

#[test]
fn results_without_bytes_are_dropped() {
    watchdog(|| {
        for run in 0..200 {
            let mut mark = Mark::new();
            parallel_for!(reduction(Meet: mark), for _ in 0..4 {
                mark.touch();
            });
            drop(mark);
            assert_eq!(MARKS.load(Relaxed), 0, "after run {run}");
        }
    });
}
