//! `continue`, `break`, `return`, `?` and panics: what the serial loop would have done, on every schedule and team.

#![allow(clippy::never_loop, clippy::needless_return, reason = "leaving is what is tested")]

use std::collections::HashMap;
use std::num::{ParseFloatError, ParseIntError};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use pymp::prelude::*;

mod common;

use common::{TEAMS, everywhere, panic_of, watchdog};

const N: usize = 60;

#[test]
fn continue_goes_on_with_the_next() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut y = vec![0; N];
            let mut evens = Vec::new();
            parallel_for!(num_threads = team, schedule = schedule, reduction(append: evens), 'all: for i in 0..N {
                if i % 2 == 1 {
                    continue;
                }
                for j in 0..3 {
                    if i % 4 == 2 && j == 1 {
                        continue 'all;
                    }
                }
                y[i] = 1;
                evens.push(i);
            });
            assert_eq!(evens, (0..N).step_by(4).collect::<Vec<_>>(), "{schedule} on {team}");
            assert!((0..N).all(|i| y[i] == i32::from(i % 4 == 0)), "{schedule} on {team}");
        });
    });
}

#[test]
fn break_leaves_the_reductions_of_the_serial_loop() {
    watchdog(|| {
        for breakers in [&[0][..], &[59], &[37], &[20, 21, 22, 40], &[5, 1, 58], &[]] {
            let run = |i: usize, sum: &mut usize, seen: &mut Vec<usize>| {
                *sum += i;
                seen.push(i);
                breakers.contains(&i)
            };
            let (mut serial_sum, mut serial_seen, mut serial_later) = (100, Vec::new(), 0);
            for i in 0..N {
                if run(i, &mut serial_sum, &mut serial_seen) {
                    break;
                }
                serial_later += i;
            }
            everywhere(|schedule, team| {
                let (mut sum, mut seen, mut later) = (100, Vec::new(), 0);
                parallel_for!(
                    num_threads = team, schedule = schedule, reduction(+: sum, later), reduction(append: seen),
                    for i in 0..N {
                        sum += i;
                        seen.push(i);
                        if breakers.contains(&i) {
                            break;
                        }
                        later += i;
                    }
                );
                assert_eq!((sum, later, &seen), (serial_sum, serial_later, &serial_seen), "{breakers:?}, {schedule} on {team}");
            });
        }
    });
}

#[test]
fn all_iterations_before_a_break_have_run() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut y = vec![0; N];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    if i == 31 {
                        break;
                    }
                    y[i] = 1;
                }
            );
            assert_eq!((&y[..31], y[31]), (&[1; 31][..], 0), "{schedule} on {team}");
        });
    });
}

#[test]
fn break_stops_what_has_not_begun() {
    watchdog(|| {
        for schedule in ["static", "static,1", "dynamic", "guided", "auto"] {
            let runs = AtomicUsize::new(0);
            parallel_for!(
                num_threads = 2,
                schedule = schedule,
                for i in 0..20_000 {
                    if i == 0 {
                        break;
                    }
                    runs.fetch_add(1, Ordering::Relaxed);
                    std::thread::sleep(Duration::from_millis(1));
                }
            );
            let runs = runs.into_inner();
            assert!(runs < 5000, "{runs} iterations have run under {schedule}");
        }
    });
}

#[test]
fn labels_and_inner_loops_keep_their_meaning() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut out = Vec::new();
            parallel_for!(num_threads = team, schedule = schedule, reduction(append: out), 'outer: for i in 0..N {
                let mut found = 'search: {
                    for j in 0..10 {
                        if j * j > i {
                            break 'search j;
                        }
                    }
                    0
                };
                let once = loop {
                    break 5;
                };
                while found < 3 {
                    found += 1;
                    if found == 2 {
                        continue;
                    }
                    if i == 50 {
                        break 'outer;
                    }
                }
                'inner: for j in 0.. {
                    for _ in 0..2 {
                        if j == 3 {
                            break 'inner;
                        }
                        if i % 7 == 0 {
                            continue 'outer;
                        }
                        if i == 45 {
                            break 'outer;
                        }
                    }
                }
                out.push(i + found + once);
            });
            let found = |i: usize| (1..10).find(|j| j * j > i).unwrap_or(0).max(3);
            let serial: Vec<_> = (0..45).filter(|i| i % 7 != 0).map(|i| i + found(i) + 5).collect();
            assert_eq!(out, serial, "{schedule} on {team}");
        });
    });
}

#[parallel]
fn position(xs: &[u32], wanted: u32, team: usize, schedule: Schedule) -> Option<usize> {
    #[parallel(num_threads = team, schedule = schedule)]
    for (i, x) in xs.iter().enumerate() {
        if *x == wanted {
            return Some(i);
        }
    }
    None
}

fn find<'a>(xs: &'a [String], wanted: &str, team: usize) -> Option<&'a str> {
    parallel_for!(
        num_threads = team,
        schedule = "dynamic",
        for x in xs {
            if x.contains(wanted) {
                return Some(x);
            }
        }
    );
    None
}

#[test]
fn return_gives_what_the_lowest_iteration_returns() {
    watchdog(|| {
        let mut xs = vec![0; N];
        for i in [17, 18, 19, 30, 31, 59] {
            xs[i] = 1;
        }
        for _ in 0..200 {
            for schedule in common::schedules() {
                assert_eq!(position(&xs, 1, 3, schedule), Some(17), "{schedule}");
            }
        }
        everywhere(|schedule, team| {
            assert_eq!(position(&xs, 1, team, schedule), Some(17), "{schedule} on {team}");
            assert_eq!(position(&xs, 2, team, schedule), None, "{schedule} on {team}");
            assert_eq!(position(&[], 2, team, schedule), None, "{schedule} on {team}");
        });
        let names: Vec<_> = (0..N).map(|i| format!("name {i}")).collect();
        assert!(TEAMS.into_iter().all(|team| find(&names, "5", team) == Some("name 5")));
    });
}

/// A hit at i % 5 == 3, over 20: prange gives 3, 13 or 8, by its team.
#[test]
fn return_from_prange() {
    #[parallel(num_threads = team)]
    fn hit(team: usize) -> i32 {
        for i in 0..20 {
            if i % 5 == 3 {
                return i;
            }
        }
        -1
    }
    watchdog(|| assert!([1, 2, 3].into_iter().all(|team| hit(team) == 3)));
}

#[test]
fn return_from_deep_inside_and_without_a_value() {
    #[parallel]
    fn mark(done: &AtomicBool, y: &mut [usize], team: usize) {
        #[parallel(num_threads = team)]
        for i in 0..y.len() {
            y[i] = i;
            for j in 0..5 {
                match (i, j) {
                    (12, 3) => return,
                    (13.., 2) => loop {
                        return;
                    },
                    _ => (),
                }
            }
        }
        done.store(true, Ordering::Relaxed);
    }
    watchdog(|| {
        for team in TEAMS {
            let done = AtomicBool::new(false);
            let mut y = [0; 30];
            mark(&done, &mut y, team);
            assert!(!done.load(Ordering::Relaxed), "{team}");
            assert_eq!(y[..13], (0..13).collect::<Vec<_>>(), "{team}");
            mark(&done, &mut y[..12], team);
            assert!(done.into_inner(), "{team}");
        }
    });
}

#[test]
fn return_and_question_marks_of_closures_are_their_own() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut sum = 0;
            parallel_for!(num_threads = team, schedule = schedule, reduction(+: sum), for i in 0..N {
                let half = |x: usize| {
                    if x % 2 == 1 {
                        return None;
                    }
                    Some(x / 2)
                };
                let quarter = |x| half(half(x)?);
                fn inner(x: usize) -> Option<usize> {
                    x.checked_sub(1)?;
                    return Some(x);
                }
                sum += quarter(i).unwrap_or(0) + inner(i).unwrap_or(0);
            });
            let serial: usize = (0..N).map(|i| i + if i % 4 == 0 { i / 4 } else { 0 }).sum();
            assert_eq!(sum, serial, "{schedule} on {team}");
        });
    });
}

#[derive(Debug, PartialEq)]
enum Failure {
    Int(ParseIntError),
    Float(ParseFloatError),
    Unknown(String),
}

impl From<ParseIntError> for Failure {
    fn from(error: ParseIntError) -> Self {
        Self::Int(error)
    }
}

impl From<ParseFloatError> for Failure {
    fn from(error: ParseFloatError) -> Self {
        Self::Float(error)
    }
}

#[parallel]
fn parse(texts: &[&str], team: usize, schedule: Schedule) -> Result<i64, Failure> {
    let mut sum = 0;
    #[parallel(num_threads = team, schedule = schedule, reduction(+: sum))]
    for text in texts {
        let (kind, value) = text.split_once(' ').ok_or_else(|| Failure::Unknown((*text).to_owned()))?;
        sum += match kind {
            "int" => value.parse::<i64>()?,
            "float" => value.parse::<f64>()? as i64,
            _ => Err(Failure::Unknown(kind.to_owned()))?,
        };
    }
    Ok(sum)
}

#[test]
fn question_marks_give_what_the_lowest_iteration_gives() {
    watchdog(|| {
        let good = |i: usize| ["int 3", "float 4.5"][i % 2];
        let all: Vec<_> = (0..N).map(good).collect();
        let mut some = all.clone();
        some[23] = "float x";
        for i in [24, 40, 41, 55] {
            some[i] = "int x";
        }
        some[44] = "word";
        let mut unknown = all.clone();
        unknown[7] = "char x";
        unknown[8] = "int";
        let float_error = "x".parse::<f64>().expect_err("not a number");
        everywhere(|schedule, team| {
            assert_eq!(parse(&all, team, schedule), Ok(7 * 30), "{schedule} on {team}");
            assert_eq!(parse(&some, team, schedule), Err(Failure::Float(float_error.clone())), "{schedule} on {team}");
            assert_eq!(parse(&unknown, team, schedule), Err(Failure::Unknown("char".into())), "{schedule} on {team}");
        });
        for _ in 0..200 {
            for schedule in common::schedules() {
                assert_eq!(parse(&some, 4, schedule), Err(Failure::Float(float_error.clone())), "{schedule}");
            }
        }
    });
}

#[test]
fn question_marks_on_options_and_boxed_errors() {
    fn ages(names: &[&str], ages: &HashMap<&str, u32>, team: usize) -> Option<u32> {
        let mut sum = 0;
        parallel_for!(num_threads = team, reduction(+: sum), for name in names { sum += ages.get(name)?; });
        Some(sum)
    }
    fn boxed(texts: &[&str], team: usize) -> Result<Vec<i32>, Box<dyn std::error::Error + Send + Sync>> {
        let mut numbers = Vec::new();
        parallel_for!(num_threads = team, reduction(append: numbers), for text in texts {
            let number: i32 = text.parse()?;
            if number < 0 {
                return Err(format!("{number} is negative").into());
            }
            numbers.push(number);
        });
        Ok(numbers)
    }
    watchdog(|| {
        let known = HashMap::from([("ann", 30), ("bob", 20)]);
        for team in TEAMS {
            assert_eq!(ages(&["ann", "bob", "ann"], &known, team), Some(80), "{team}");
            assert_eq!(ages(&["ann", "eve", "ann"], &known, team), None, "{team}");
            assert_eq!(boxed(&["1", "2"], team).expect("numbers"), [1, 2]);
            assert_eq!(boxed(&["1", "-2", "x"], team).expect_err("negative").to_string(), "-2 is negative", "{team}");
            assert_eq!(
                boxed(&["1", "x", "-2"], team).expect_err("no number").to_string(),
                "invalid digit found in string",
                "{team}"
            );
        }
    });
}

/// The lowest of all that leave wins, whichever way each leaves.
#[test]
fn ways_to_leave_beside_each_other() {
    #[derive(Clone, Copy)]
    enum Way {
        Break,
        Return,
        Question,
        Panic,
    }
    use Way::{Break, Panic, Question, Return};

    fn leave(ways: &[Option<Way>], team: usize, schedule: Schedule) -> Result<&'static str, usize> {
        parallel_for!(
            num_threads = team,
            schedule = schedule,
            for (i, way) in ways.iter().enumerate() {
                match way {
                    None => (),
                    Some(Break) => break,
                    Some(Return) => return Ok("returned"),
                    Some(Question) => Err(i)?,
                    Some(Panic) => panic!("at {i}"),
                }
            }
        );
        Ok("ended")
    }
    watchdog(|| {
        for (first, second) in [
            (Break, Return),
            (Return, Break),
            (Question, Return),
            (Return, Panic),
            (Panic, Return),
            (Break, Panic),
            (Panic, Break),
        ] {
            let mut ways = vec![None; N];
            (ways[20], ways[21], ways[45]) = (Some(first), Some(second), Some(second));
            for _ in 0..20 {
                everywhere(|schedule, team| {
                    let left = std::panic::catch_unwind(|| leave(&ways, team, schedule))
                        .map_err(|payload| common::text_of(payload.as_ref()));
                    let expected = match first {
                        Break => Ok(Ok("ended")),
                        Return => Ok(Ok("returned")),
                        Question => Ok(Err(20)),
                        Panic => Err("at 20".to_owned()),
                    };
                    assert_eq!(left, expected, "{schedule} on {team}");
                });
            }
        }
    });
}

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("a payload is dropped");
    }
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "the iterations run one after another")]
fn a_panic_that_does_not_count_is_dropped_quietly() {
    fn leave(gate: &common::Gate) -> usize {
        parallel_for!(
            num_threads = 2,
            schedule = "static",
            for i in 0..2 {
                if i == 1 {
                    gate.open();
                    std::panic::panic_any(Bomb);
                }
                gate.pass();
                return i;
            }
        );
        2
    }
    watchdog(|| assert_eq!(leave(&common::Gate::default()), 0));
}

#[derive(Debug, PartialEq)]
struct Payload(u32);

#[test]
fn a_panic_keeps_its_payload() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let payload = std::panic::catch_unwind(|| {
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    for i in 0..N {
                        if i == 33 {
                            std::panic::panic_any(Payload(7));
                        }
                    }
                );
            });
            let payload = payload.expect_err("iteration 33 has panicked");
            assert_eq!(payload.downcast_ref(), Some(&Payload(7)), "{schedule} on {team}");
            let text = panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    for i in 0..N {
                        assert_ne!(i, 59, "the last one");
                    }
                );
            });
            assert!(text.contains("the last one"), "{schedule} on {team}: {text}");
        });
    });
}

#[test]
fn every_thread_may_panic_at_once() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let text = panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    for i in 0..N {
                        panic!("number {i}");
                    }
                )
            });
            assert!(text.starts_with("number "), "{text}");
        });
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn the_team_survives_a_panic() {
    watchdog(|| {
        for round in 0..200 {
            let team = TEAMS[round % TEAMS.len()];
            panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    schedule = "dynamic",
                    for i in 0..N {
                        assert_ne!(i, round % N);
                    }
                )
            });
            let (mut sum, mut threads) = (0, vec![0; team]);
            parallel_for!(num_threads = team, reduction(+: sum), for i in 0..N { sum += i; });
            parallel_for!(
                num_threads = team,
                for i in 0..team {
                    threads[i] = pymp::thread_num();
                }
            );
            assert_eq!((sum, threads), (N * (N - 1) / 2, (0..team).collect()), "round {round}");
        }
    });
}

#[test]
fn a_panic_stops_the_others_at_their_next_chunk() {
    watchdog(|| {
        for schedule in ["static,1", "dynamic", "dynamic,10", "guided", "auto"] {
            let runs = AtomicUsize::new(0);
            panic_of(|| {
                parallel_for!(
                    num_threads = 2,
                    schedule = schedule,
                    for i in 0..20_000 {
                        assert_ne!(i, 0);
                        runs.fetch_add(1, Ordering::Relaxed);
                        std::thread::sleep(Duration::from_micros(if i < 10_000 { 100 } else { 0 }));
                    }
                );
            });
            let runs = runs.into_inner();
            assert!(runs < 15_000, "{runs} iterations have run under {schedule}");
        }
    });
}

/// The serial loop's destructors run before its panic goes on, and so do ours, on every thread.
#[test]
fn destructors_run_before_the_panic_goes_on() {
    struct Guard<'a>(&'a AtomicUsize);
    impl Drop for Guard<'_> {
        fn drop(&mut self) {
            self.0.fetch_sub(1, Ordering::Relaxed);
        }
    }
    watchdog(|| {
        everywhere(|schedule, team| {
            let alive = AtomicUsize::new(0);
            panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    for i in 0..N {
                        alive.fetch_add(1, Ordering::Relaxed);
                        let _guard = Guard(&alive);
                        assert_ne!(i % 20, 11);
                    }
                );
            });
            assert_eq!(alive.into_inner(), 0, "{schedule} on {team}");
        });
    });
}

/// A value that is dropped for a lower one, and panics as it goes, does not stop the program.
#[test]
fn nested_breaks_and_continues_of_prange() {
    watchdog(|| {
        for team in TEAMS {
            let mut out = Vec::new();
            parallel_for!(num_threads = team, reduction(append: out), for _ in 0..2 {
                for j in 0..20 {
                    if j < 6 {
                        continue;
                    }
                    if j > 7 {
                        break;
                    }
                    out.push(j);
                }
            });
            out.push(8);
            assert_eq!(out, [6, 7, 6, 7, 8], "{team}");
        }
    });
}

/// In prange an error check inside such a loop could hang.
#[test]
fn many_fallible_iterations() {
    fn check(i: usize) -> Result<usize, String> {
        if i < 10_000 { Ok(1) } else { Err(i.to_string()) }
    }
    fn run(n: usize, schedule: Schedule) -> Result<usize, String> {
        let mut sum = 0;
        parallel_for!(num_threads = 4, schedule = schedule, reduction(+: sum), for i in 0..n { sum += check(i)?; });
        Ok(sum)
    }
    watchdog(|| {
        for schedule in common::schedules() {
            assert_eq!(run(10_000, schedule), Ok(10_000), "{schedule}");
            assert_eq!(run(10_100, schedule), Err("10000".to_owned()), "{schedule}");
        }
    });
}

/// Three loops deep, the innermost panic comes out at the top.
#[test]
fn a_panic_three_loops_deep() {
    watchdog(|| {
        let text = panic_of(|| {
            parallel_for!(
                num_threads = 3,
                for i in 0..4 {
                    parallel_for!(
                        num_threads = 3,
                        for j in 0..4 {
                            parallel_for!(
                                num_threads = 3,
                                for k in 0..4 {
                                    assert!((i, j, k) != (2, 3, 1), "three deep");
                                }
                            );
                        }
                    );
                }
            );
        });
        assert_eq!(text, "three deep");
    });
}

#[parallel]
fn small_ones(xs: &[Option<u32>], y: &mut [u32], team: usize, schedule: Schedule) -> Option<u32> {
    let mut sum = 0;
    #[parallel(num_threads = team, schedule = schedule, reduction(+: sum))]
    for i in 0..xs.len() {
        let Some(x) = xs[i] else { return None };
        let Ok(small) = u8::try_from(x) else { continue };
        (0..3).for_each(|j| y[i] += j);
        if let Some(x) = xs[i]
            && x > 2
        {
            y[i] += u32::from(small);
        }
        let mut n = x;
        while let Some(next) = n.checked_sub(1) {
            if next == 5 {
                break;
            }
            n = next;
        }
        sum += n;
    }
    Some(sum)
}

#[test]
fn let_else_and_its_kin() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut y = [0; 4];
            assert_eq!(
                small_ones(&[Some(1), Some(300), Some(3), Some(8)], &mut y, team, schedule),
                Some(6),
                "{schedule} on {team}"
            );
            assert_eq!(y, [3, 0, 6, 11], "{schedule} on {team}");
            assert_eq!(small_ones(&[Some(1), None, Some(3), Some(8)], &mut y, team, schedule), None, "{schedule} on {team}");
        });
    });
}

macro_rules! stop_when {
    ($condition:expr) => {
        if $condition {
            break;
        }
    };
}

macro_rules! skip_when {
    ($condition:expr) => {
        if $condition {
            continue;
        }
    };
}

/// A `break` that only the macro's definition shows ends the loop, not this thread's chunk.
#[test]
fn a_break_hidden_in_a_macro() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut count, mut last) = (0, 0);
            parallel_for!(num_threads = team, schedule = schedule, reduction(+: count), lastprivate(last), for i in 0..N {
                skip_when!(i == 5);
                stop_when!(i == 33);
                count += 1;
                last = i;
            });
            assert_eq!((count, last), (32, 32), "{schedule} on {team}");
            let mut sum = 0;
            parallel_for!(num_threads = team, schedule = schedule, reduction(+: sum), for i in 0..N {
                stop_when!(i == 20);
                for j in 0..5 {
                    stop_when!(j == 2);
                    sum += 1;
                }
            });
            assert_eq!(sum, 40, "{schedule} on {team}");
        });
    });
}

#[parallel]
fn first_or_stopped(x: &[i32], team: usize, schedule: Schedule) -> Option<usize> {
    #[parallel(num_threads = team, schedule = schedule)]
    for i in 0..x.len() {
        stop_when!(x[i] < 0);
        if x[i] > 9 {
            return Some(i);
        }
    }
    None
}

#[test]
fn a_hidden_break_and_a_return() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut x = vec![0; N];
            (x[20], x[30]) = (-1, 10);
            assert_eq!(first_or_stopped(&x, team, schedule), None, "{schedule} on {team}");
            (x[20], x[30]) = (10, -1);
            assert_eq!(first_or_stopped(&x, team, schedule), Some(20), "{schedule} on {team}");
        });
    });
}

#[test]
fn a_hidden_break_of_collapsed_loops_is_refused_as_it_runs() {
    watchdog(|| {
        let text = panic_of(|| {
            parallel_for!(
                num_threads = 2,
                collapse = 2,
                for i in 0..10 {
                    for j in 0..10 {
                        stop_when!(i + j == 5);
                    }
                }
            );
        });
        assert!(text.contains("a `break` inside a macro ends an inner one of the collapsed loops"), "{text}");
    });
}
