//! Who gets which iterations: the goldens, the law, and every way to say it.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use pymp::Schedule;
use pymp::prelude::*;

mod common;

use common::{assert_says, panic_of, watchdog};

/// The thread that runs each of `n` iterations.
fn threads(n: usize, team: usize, schedule: Schedule) -> Vec<usize> {
    let mut who = vec![usize::MAX; n];
    parallel_for!(
        num_threads = team,
        schedule = schedule,
        for i in 0..n {
            assert_eq!(pymp::num_threads(), team);
            who[i] = pymp::thread_num();
        }
    );
    who
}

fn digits(text: &str) -> Vec<usize> {
    text.bytes().map(|digit| usize::from(digit - b'0')).collect()
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn static_is_contiguous_and_the_first_threads_get_one_more() {
    watchdog(|| {
        for (n, team, golden) in [
            (10, 3, "0000111222"),
            (10, 4, "0001112233"),
            (7, 2, "0000111"),
            (3, 5, "012"),
            (1, 4, "0"),
            (0, 4, ""),
            (8, 1, "00000000"),
            (9, 9, "012345678"),
        ] {
            assert_eq!(threads(n, team, Schedule::Static), digits(golden), "{n} over {team}");
            let mut who = vec![9; n];
            parallel_for!(
                num_threads = team,
                for i in 0..n {
                    who[i] = pymp::thread_num();
                }
            );
            assert_eq!(who, digits(golden), "{n} over {team}, by default");
        }
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn static_with_a_chunk_goes_round() {
    watchdog(|| {
        for (n, team, chunk, golden) in [
            (12, 3, 2, "001122001122"),
            (8, 3, 1, "01201201"),
            (10, 2, 3, "0001110001"),
            (10, 3, 100, "0000000000"),
            (7, 1, 2, "0000000"),
        ] {
            let schedule = format!("static,{chunk}").parse().expect("a schedule");
            assert_eq!(threads(n, team, schedule), digits(golden), "{n} over {team} by {chunk}");
        }
    });
}

/// The iterations where threads must meet are the first ones of the first chunks, or this hangs; no chunk is torn.
fn assert_guided(n: usize, team: usize, schedule: Schedule, chunks: &[usize]) {
    assert_eq!(chunks.iter().sum::<usize>(), n);
    let starts: Vec<usize> = chunks.iter().scan(0, |next, size| Some(std::mem::replace(next, *next + size))).collect();
    let meeting = Barrier::new(team);
    let mut who = vec![usize::MAX; n];
    parallel_for!(
        num_threads = team,
        schedule = schedule,
        for i in 0..n {
            if starts[..team].contains(&i) {
                meeting.wait();
            }
            who[i] = pymp::thread_num();
        }
    );
    for (start, size) in starts.iter().zip(chunks) {
        let chunk = &who[*start..start + size];
        assert!(chunk.iter().all(|&thread| thread == chunk[0]), "{start}..{} is torn: {who:?}", start + size);
    }
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn guided_gives_half_of_the_rest_to_one_of_two() {
    watchdog(|| assert_guided(24, 2, Schedule::guided(1), &[12, 6, 3, 2, 1]));
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn guided_goes_no_lower_than_its_chunk() {
    watchdog(|| assert_guided(24, 3, Schedule::guided(4), &[8, 6, 4, 4, 2]));
}

/// A thread that is held up holds up nobody else: the others take all that is left.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn dynamic_is_on_demand() {
    watchdog(|| {
        for (team, chunk) in [(2, 1), (3, 1), (4, 1), (2, 3), (3, 7)] {
            let n = 60;
            let done = AtomicUsize::new(0);
            parallel_for!(
                num_threads = team,
                schedule = "dynamic",
                chunk = chunk,
                for i in 0..n {
                    while i == 0 && done.load(Ordering::Relaxed) < n - chunk {
                        std::thread::yield_now();
                    }
                    done.fetch_add(1, Ordering::Relaxed);
                }
            );
            assert_eq!(done.into_inner(), n);
        }
    });
}

/// How often each of `n` iterations runs.
fn visits(n: usize, team: usize, schedule: Schedule) -> Vec<u32> {
    let visits: Vec<_> = (0..n).map(|_| AtomicU32::new(0)).collect();
    parallel_for!(
        num_threads = team,
        schedule = schedule,
        for i in 0..n {
            visits[i].fetch_add(1, Ordering::Relaxed);
        }
    );
    visits.into_iter().map(AtomicU32::into_inner).collect()
}

fn assert_the_law(kind: &str) {
    for team in 1..=9 {
        for chunk in 1..=7 {
            let schedule = format!("{kind},{chunk}").parse().expect("a schedule");
            for n in 0..=40 {
                let visits = visits(n, team, schedule);
                assert!(visits.iter().all(|&times| times == 1), "{schedule}, {n} over {team}: {visits:?}");
            }
        }
    }
}

#[test]
fn static_chunks_visit_every_index_once() {
    watchdog(|| assert_the_law("static"));
}

#[test]
fn dynamic_visits_every_index_once() {
    watchdog(|| assert_the_law("dynamic"));
}

#[test]
fn guided_visits_every_index_once() {
    watchdog(|| assert_the_law("guided"));
}

#[test]
fn schedules_without_a_chunk_visit_every_index_once() {
    watchdog(|| {
        for team in 1..=9 {
            for text in ["static", "dynamic", "guided", "auto", "runtime"] {
                let schedule = text.parse().expect("a schedule");
                for n in (0..=40).chain([1000, 4097]) {
                    assert!(visits(n, team, schedule).iter().all(|&times| times == 1), "{text}, {n} over {team}");
                }
            }
        }
    });
}

/// All the ways to say `static,2`, which shows in who runs what.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn a_schedule_may_be_a_literal_words_a_value_or_a_text() {
    macro_rules! assert_golden {
        ($(($($clauses:tt)*))*) => {$(
            let mut who = [9; 12];
            parallel_for!(num_threads = 3, $($clauses)*, for i in 0..12 { who[i] = pymp::thread_num(); });
            assert_eq!(who, [0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2], stringify!($($clauses)*));
        )*};
    }
    watchdog(|| {
        let value: Schedule = "static,2".parse().expect("a schedule");
        let (text, owned, two) = ("static,2", String::from("static,2"), 2_u8);
        let chosen = |cond| if cond { value } else { Schedule::Auto };
        assert_golden! {
            (schedule = "static,2")
            (schedule("static,2"))
            (schedule = "static, 2")
            (schedule(static, 2))
            (schedule(static, two))
            (schedule(static, 1 + 1))
            (schedule = "static", chunk = 2)
            (chunk = 2, schedule = "static")
            (schedule(static), chunk(two))
            (chunk = 2)
            (schedule = value)
            (schedule = text)
            (schedule = &owned)
            (schedule = owned.as_str())
            (schedule = chosen(true))
            (schedule = Schedule::StaticChunk(std::num::NonZeroUsize::new(2).expect("two")))
        }
        const GOLDEN: &str = "static,2";
        assert_golden! { (schedule = GOLDEN) }
    });
}

#[parallel]
fn words_on_an_attribute(who: &mut [[usize; 12]; 3]) {
    let [literal, words, value] = who;
    #[parallel(num_threads = 3, schedule = "static,2")]
    for i in 0..12 {
        literal[i] = pymp::thread_num();
    }
    #[parallel(num_threads(3), schedule(static, 2))]
    for i in 0..12 {
        words[i] = pymp::thread_num();
    }
    let schedule = "static,2".parse::<Schedule>().expect("a schedule");
    #[parallel(num_threads = 3, schedule = schedule)]
    for i in 0..12 {
        value[i] = pymp::thread_num();
    }
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn the_attribute_speaks_the_same_language() {
    watchdog(|| {
        let mut who = [[9; 12]; 3];
        words_on_an_attribute(&mut who);
        assert_eq!(who, [[0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2]; 3]);
    });
}

#[test]
fn schedules_are_read_as_they_are_written() {
    for text in common::SCHEDULES {
        let schedule: Schedule = text.parse().expect("a schedule");
        let again: Schedule = schedule.to_string().parse().expect("what Display writes");
        assert_eq!(again, schedule, "{text}");
    }
    assert_eq!("dynamic,64".parse(), Ok(Schedule::dynamic(64)));
    assert_eq!("DYNAMIC , 64".parse(), Ok(Schedule::dynamic(64)));
    assert_eq!(Schedule::dynamic(64).to_string(), "dynamic,64");
    for wrong in ["", "dynamik", "dynamic,", "dynamic,0", "dynamic,-1", "dynamic,x", "static,1,2", ",4", "auto,4"] {
        assert!(wrong.parse::<Schedule>().is_err(), "{wrong:?}");
    }
}

#[test]
fn a_text_that_is_no_schedule_is_a_panic_in_words() {
    watchdog(|| {
        for wrong in ["dynamik", "dynamic,0", ""] {
            let text = panic_of(|| parallel_for!(num_threads = 2, schedule = wrong, for _ in 0..3 {}));
            assert_says(&text, &["schedule", wrong]);
        }
    });
}

/// Only meaningful in a process of its own, whose environment says `static,2` in one way or another.
#[test]
#[ignore = "run by the tests below, with an environment"]
fn child_runtime_is_static_2() {
    watchdog(|| {
        assert_eq!(threads(12, 3, Schedule::Runtime), digits("001122001122"));
        let mut who = [9; 12];
        parallel_for!(
            num_threads = 3,
            schedule = "runtime",
            for i in 0..12 {
                who[i] = pymp::thread_num();
            }
        );
        assert_eq!(who.to_vec(), digits("001122001122"));
        // Loops that do not ask are not touched.
        let mut who = [9; 12];
        parallel_for!(
            num_threads = 3,
            for i in 0..12 {
                who[i] = pymp::thread_num();
            }
        );
        assert_eq!(who.to_vec(), digits("000011112222"));
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn runtime_comes_from_the_environment() {
    for environment in [
        &[("PYMP_SCHEDULE", "static,2")][..],
        &[("OMP_SCHEDULE", "static,2")],
        &[("OMP_SCHEDULE", " Static , 2 ")],
        &[("PYMP_SCHEDULE", "static,2"), ("OMP_SCHEDULE", "dynamic")],
    ] {
        let errors = common::passes_alone("child_runtime_is_static_2", environment);
        assert!(!errors.contains("SCHEDULE"), "nothing to complain about in {environment:?}: {errors}");
    }
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn a_wrong_environment_is_reported_once_and_the_next_source_used() {
    for wrong in ["sometimes", "", "static,0"] {
        let environment = [("PYMP_SCHEDULE", wrong), ("OMP_SCHEDULE", "static,2")];
        let errors = common::passes_alone("child_runtime_is_static_2", &environment);
        assert_says(&errors, &["PYMP_SCHEDULE", wrong]);
        assert_eq!(errors.matches("PYMP_SCHEDULE").count(), 1, "{errors}");
    }
}
