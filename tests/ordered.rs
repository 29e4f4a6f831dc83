//! `ordered`: blocks that run in iteration order, under every schedule.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pymp::prelude::*;

mod common;

use common::{TEAMS, everywhere, panic_of, watchdog};

const N: usize = 60;

/// A log that says what came when.
#[derive(Default)]
struct Log(Mutex<Vec<usize>>);

impl Log {
    fn add(&self, i: usize) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(i);
    }

    fn into_inner(self) -> Vec<usize> {
        self.0.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[test]
fn blocks_run_in_iteration_order() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let log = Log::default();
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                ordered,
                for i in 0..N {
                    if i % 7 == 0 {
                        std::thread::yield_now();
                    }
                    ordered!({
                        log.add(i);
                    });
                }
            );
            assert_eq!(log.into_inner(), (0..N).collect::<Vec<_>>(), "{schedule} on {team}");
        });
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn what_is_around_the_blocks_runs_in_parallel() {
    watchdog(|| {
        let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let meeting = std::sync::Barrier::new(2);
        parallel_for!(
            num_threads = 2,
            schedule = "static,1",
            ordered,
            for i in 0..N {
                // Both threads are here at once, or this hangs.
                meeting.wait();
                ordered!({
                    most.fetch_max(inside.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
                    std::hint::black_box(i);
                    inside.fetch_sub(1, Ordering::Relaxed);
                });
            }
        );
        assert_eq!(most.into_inner(), 1, "one block at a time");
    });
}

#[test]
fn only_some_iterations_have_a_block() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let log = Log::default();
            let mut y = vec![0; N];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                ordered,
                for i in 0..N {
                    if i % 5 == 1 {
                        continue;
                    }
                    y[i] = i;
                    if i % 3 == 0 {
                        ordered!({
                            log.add(i);
                            log.add(y[i]);
                        });
                    }
                }
            );
            let serial: Vec<_> = (0..N).filter(|i| i % 5 != 1 && i % 3 == 0).flat_map(|i| [i, i]).collect();
            assert_eq!(log.into_inner(), serial, "{schedule} on {team}");
        });
    });
}

#[test]
fn beside_reductions_and_numbers_of_another_order() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let log = Log::default();
            let (mut sum, mut last) = (0, 0);
            parallel_for!(
                num_threads = team, schedule = schedule, ordered, reduction(+: sum), lastprivate(last),
                for i in (0..N).rev().step_by(2) {
                    sum += i;
                    ordered!({ log.add(i); });
                    last = i;
                }
            );
            let serial: Vec<_> = (0..N).rev().step_by(2).collect();
            assert_eq!((sum, last), (serial.iter().sum(), 1), "{schedule} on {team}");
            assert_eq!(log.into_inner(), serial, "{schedule} on {team}");
        });
    });
}

#[test]
fn after_a_break_no_later_block_runs() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let log = Log::default();
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                ordered,
                for i in 0..N {
                    if i == 31 || i == 40 {
                        break;
                    }
                    ordered!({
                        log.add(i);
                    });
                }
            );
            assert_eq!(log.into_inner(), (0..31).collect::<Vec<_>>(), "{schedule} on {team}");
        });
    });
}

#[test]
fn a_panic_in_a_block_lets_nobody_wait_for_ever() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let log = Log::default();
            let text = panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    ordered,
                    for i in 0..N {
                        ordered!({
                            assert!(i != 23, "in a block");
                            log.add(i);
                        });
                    }
                );
            });
            assert_eq!(text, "in a block", "{schedule} on {team}");
            assert_eq!(log.into_inner(), (0..23).collect::<Vec<_>>(), "{schedule} on {team}");
            let text = panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    ordered,
                    for i in 0..N {
                        assert!(i != 23, "before a block");
                        ordered!({});
                    }
                );
            });
            assert_eq!(text, "before a block", "{schedule} on {team}");
        });
    });
}

#[parallel]
fn copy(lines: &str, out: &mut Vec<String>, team: usize) -> Result<(), String> {
    let out = Mutex::new(out);
    #[parallel(num_threads = team, ordered)]
    for line in lines.lines() {
        let upper = line.to_uppercase();
        if upper.is_empty() {
            return Err(format!("{line:?} is empty"));
        }
        ordered!({
            out.lock().expect("no panics").push(upper);
        });
    }
    Ok(())
}

#[test]
fn pulled_lines_in_order_on_an_attribute() {
    watchdog(|| {
        for team in TEAMS {
            let mut out = Vec::new();
            assert_eq!(copy("a\nb\nc\nd\ne", &mut out, team), Ok(()));
            assert_eq!(out, ["A", "B", "C", "D", "E"], "{team}");
            let mut out = Vec::new();
            assert_eq!(copy("a\nb\n\nd\ne", &mut out, team), Err("\"\" is empty".to_owned()));
            assert_eq!(out, ["A", "B"], "{team}");
        }
    });
}

/// An inner directive's block is the inner loop's.
#[test]
fn in_nested_loops() {
    watchdog(|| {
        let log = Log::default();
        parallel_for!(
            num_threads = 3,
            ordered,
            for i in 0..5 {
                ordered!({
                    parallel_for!(
                        num_threads = 2,
                        ordered,
                        for j in 0..4 {
                            ordered!({
                                log.add(10 * i + j);
                            });
                        }
                    );
                });
            }
        );
        assert_eq!(log.into_inner(), (0..5).flat_map(|i| (0..4).map(move |j| 10 * i + j)).collect::<Vec<_>>());
    });
}
