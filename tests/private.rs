//! Variables of a thread's own: `private`, `firstprivate`, `lastprivate`.

#![allow(clippy::reversed_empty_ranges, reason = "a loop that runs nothing is one of the cases")]

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pymp::prelude::*;

mod common;

use common::{TEAMS, everywhere, watchdog};

const N: usize = 60;

#[test]
fn private_is_of_each_thread_and_leaves_the_outer_one_alone() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (x, mut y) = (7, vec![0; N]);
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                private(x),
                for i in 0..N {
                    x = i * 2;
                    std::thread::yield_now();
                    y[i] = x;
                }
            );
            assert_eq!(x, 7, "{schedule} on {team}");
            assert!((0..N).all(|i| y[i] == 2 * i), "{schedule} on {team}");
        });
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn private_starts_at_its_default_and_lives_as_long_as_its_thread() {
    watchdog(|| {
        for team in TEAMS {
            let seen = 9_u64;
            let mut firsts = vec![u64::MAX; N];
            parallel_for!(
                num_threads = team,
                private(seen),
                for i in 0..N {
                    firsts[i] = seen;
                    seen += 1;
                }
            );
            // Under the default schedule each thread counts its own iterations.
            let mut serial = Vec::new();
            for thread in 0..team {
                serial.extend(0..(N / team + usize::from(thread < N % team)) as u64);
            }
            assert_eq!((seen, firsts), (9, serial), "{team}");
        }
    });
}

#[test]
fn several_private_variables_of_several_types() {
    watchdog(|| {
        let (a, b, c) = (String::from("outer"), Some(1), [1; 3]);
        let mut texts = vec![String::new(); N];
        parallel_for!(
            num_threads = 3,
            private(a, b),
            private(c),
            for i in 0..N {
                a.clear();
                a.push_str("number ");
                b = b.or(Some(5));
                c[i % 3] = i;
                texts[i] = format!("{a}{}", c[i % 3] + b.unwrap_or(0));
            }
        );
        assert_eq!((a.as_str(), b, c), ("outer", Some(1), [1; 3]));
        assert!((0..N).all(|i| texts[i] == format!("number {}", i + 5)));
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn a_private_expression_is_evaluated_once_per_thread() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let made = Mutex::new(Vec::new());
            let make = || {
                made.lock().expect("no panics").push(pymp::thread_num());
                vec![0; 8]
            };
            let mut y = vec![0; N];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                private(buffer = make()),
                for i in 0..N {
                    buffer[i % 8] = i;
                    std::thread::yield_now();
                    y[i] = buffer[i % 8];
                }
            );
            let mut made = made.into_inner().expect("no panics");
            made.sort_unstable();
            assert!(made.len() <= team && made.windows(2).all(|pair| pair[0] < pair[1]), "{made:?}, {schedule} on {team}");
            if schedule == Schedule::Static {
                assert_eq!(made, (0..team).collect::<Vec<_>>());
            }
            assert_eq!(y, (0..N).collect::<Vec<_>>(), "{schedule} on {team}");
        });
    });
}

/// It may see the variable that it hides, and those before it.
#[test]
fn private_expressions_see_what_is_around_them() {
    watchdog(|| {
        let (size, buffer) = (4, vec![1, 2, 3]);
        let mut y = vec![0; N];
        parallel_for!(
            num_threads = 3,
            private(buffer = vec![buffer[0] + size; size]),
            private(last = buffer.len() - 1),
            for i in 0..N {
                buffer[last] += 1;
                y[i] = buffer[0] + last;
            }
        );
        assert_eq!((y, buffer), (vec![8; N], vec![1, 2, 3]));
    });
}

#[derive(Debug)]
struct Cloned<'a> {
    value: usize,
    clones: &'a AtomicUsize,
}

impl Clone for Cloned<'_> {
    fn clone(&self) -> Self {
        self.clones.fetch_add(1, Ordering::Relaxed);
        Self { value: self.value, clones: self.clones }
    }
}

#[test]
fn firstprivate_is_a_clone_per_thread() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let clones = AtomicUsize::new(0);
            let x = Cloned { value: 100, clones: &clones };
            let mut y = vec![0; N];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                firstprivate(x),
                for i in 0..N {
                    x.value += 1;
                    y[i] = x.value;
                }
            );
            assert_eq!(x.value, 100, "{schedule} on {team}");
            assert!(y.iter().all(|&value| value > 100), "{schedule} on {team}");
            let firsts = y.iter().filter(|&&value| value == 101).count();
            let clones = clones.load(Ordering::Relaxed);
            assert!(firsts <= clones && clones <= team, "{clones} clones, {schedule} on {team}");
        });
    });
}

#[test]
fn firstprivate_needs_no_mut_and_no_copy() {
    watchdog(|| {
        let (list, text) = (vec![1, 2], String::from("a"));
        let mut lengths = vec![0; N];
        parallel_for!(
            num_threads = 4,
            firstprivate(list, text),
            for i in 0..N {
                list.push(i);
                text += "b";
                lengths[i] = list.len() - text.len();
            }
        );
        assert_eq!((list.len(), text.len(), lengths), (2, 1, vec![1; N]));
    });
}

#[test]
fn lastprivate_is_that_of_the_sequentially_last_iteration() {
    watchdog(|| {
        for _ in 0..20 {
            everywhere(|schedule, team| {
                let (mut last, mut tenfold, mut name) = (100, 0, String::new());
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    lastprivate(last, tenfold),
                    lastprivate(name),
                    for i in 0..7 {
                        last = i;
                        tenfold = 10 * last;
                        name = format!("{i}");
                    }
                );
                assert_eq!((last, tenfold, name.as_str()), (6, 60, "6"), "{schedule} on {team}");
            });
        }
    });
}

/// The variable of a stepped range after the loop: what serial code and prange leave there.
#[test]
fn last_values_of_prange() {
    watchdog(|| {
        everywhere(|schedule, team| {
            macro_rules! last {
                ($head:expr) => {{
                    let mut last = 77;
                    parallel_for!(
                        num_threads = team,
                        schedule = schedule,
                        lastprivate(last),
                        for i in $head {
                            last = i;
                        }
                    );
                    last
                }};
            }
            assert_eq!(last!((0..8).step_by(3)), 6);
            assert_eq!(last!((0..9).step_by(3)), 6);
            assert_eq!(last!((0..10).step_by(3)), 9);
            assert_eq!(last!((11..=0).rev().step_by(3)), 77, "nothing runs, nothing changes");
            assert_eq!(last!((-9..=0).rev().step_by(3)), -9);
            assert_eq!(last!((-9..=3).rev().step_by(3)), -9);
            assert_eq!(last!((-4..=5).rev().step_by(2)), -3);
        });
    });
}

/// Only some iterations assign: the last of those counts, where prange gives the last thread's.
#[test]
fn lastprivate_under_a_condition() {
    watchdog(|| {
        for _ in 0..20 {
            everywhere(|schedule, team| {
                let (mut low, mut odd, mut never, mut deep) = (-1, -1, -1, -1);
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    lastprivate(low, odd, never, deep),
                    for i in 0..N as i32 {
                        if i < 3 {
                            low = i;
                        }
                        match i % 2 {
                            1 if i < 40 => odd = i,
                            _ => (),
                        }
                        if i > 1000 {
                            never = i;
                        }
                        for j in 0..3 {
                            if i == 5 * j {
                                deep = 100 * i + j;
                            }
                        }
                    }
                );
                assert_eq!((low, odd, never, deep), (2, 39, -1, 1002), "{schedule} on {team}");
            });
        }
    });
}

#[test]
fn lastprivate_after_a_break_is_that_of_the_serial_loop() {
    watchdog(|| {
        for _ in 0..20 {
            everywhere(|schedule, team| {
                let (mut hit, mut seen) = (-1, -1);
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    lastprivate(hit, seen),
                    for i in 0..N as i32 {
                        seen = i;
                        if i % 10 == 3 {
                            hit = i;
                            break;
                        }
                    }
                );
                assert_eq!((hit, seen), (3, 3), "{schedule} on {team}");
            });
        }
    });
}

#[test]
fn lastprivate_beside_a_reduction_and_continue() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut last, mut sum) = (0, 0);
            parallel_for!(num_threads = team, schedule = schedule, lastprivate(last), reduction(+: sum), for i in 0..N {
                sum += i;
                if i > 50 {
                    continue;
                }
                last = i * i;
            });
            assert_eq!((last, sum), (2500, N * (N - 1) / 2), "{schedule} on {team}");
        });
    });
}

#[test]
fn lastprivate_of_a_destructuring_assignment() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut a, mut b) = (0, 0);
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                lastprivate(a, b),
                for i in 0..N {
                    if i < 20 {
                        (a, b) = (i, 2 * i);
                    }
                }
            );
            assert_eq!((a, b), (19, 38), "{schedule} on {team}");
        });
    });
}

#[test]
fn lastprivate_of_a_pulled_iterator() {
    watchdog(|| {
        for team in TEAMS {
            let mut last = "";
            parallel_for!(
                num_threads = team,
                lastprivate(last),
                for word in "one two three four five".split(' ') {
                    if word.len() == 3 {
                        last = word;
                    }
                }
            );
            assert_eq!(last, "two", "{team}");
        }
    });
}

#[parallel]
fn all_at_once(xs: &[f64], team: usize) -> (f64, usize, f64) {
    let (mut sum, mut last, factor) = (0.0, 0, 2.0);
    #[parallel(num_threads = team, private(buffer = [0.0; 2]), firstprivate(factor), lastprivate(last), reduction(+: sum))]
    for (i, x) in xs.iter().enumerate() {
        buffer[0] = x * factor;
        buffer[1] = buffer[0] + 1.0;
        sum += buffer[1];
        last = i;
    }
    (sum, last, factor)
}

#[test]
fn all_of_them_on_an_attribute() {
    watchdog(|| assert!(TEAMS.into_iter().all(|team| all_at_once(&[1.0, 2.0, 3.0], team) == (15.0, 2, 2.0))));
}

fn without_a_value(x: &[f64], y: &mut [f64], team: usize) {
    // Neither is ever given a value, and one has its type from the body.
    let twice;
    let mut more: f64;
    parallel_for!(
        num_threads = team,
        private(twice, more),
        for i in 0..x.len() {
            twice = 2.0 * x[i];
            more = twice;
            more += 1.0;
            y[i] = more;
        }
    );
}

#[test]
fn private_asks_for_no_value_outside() {
    watchdog(|| {
        for team in TEAMS {
            let mut y = [0.0; 3];
            without_a_value(&[1.0, 2.0, 3.0], &mut y, team);
            assert_eq!(y, [3.0, 5.0, 7.0]);
        }
    });
}
