//! Clauses: every spelling, every type of value, when they are evaluated, and what a wrong value says.

use std::cell::RefCell;
use std::num::NonZeroUsize;
use std::sync::Mutex;

use pymp::prelude::*;

mod common;

use common::{assert_says, panic_of, watchdog};

/// The size of the team that a loop of 12 iterations with these clauses has.
macro_rules! team {
    ($($clauses:tt)*) => {{
        let mut sizes = [0; 12];
        parallel_for!($($clauses)* for i in 0..12 { sizes[i] = pymp::num_threads(); });
        assert!(sizes.iter().all(|&size| size == sizes[0]), "{sizes:?}");
        sizes[0]
    }};
}

/// The threads that run them.
macro_rules! threads {
    ($($clauses:tt)*) => {{
        let mut threads = [99; 12];
        parallel_for!($($clauses)* for i in 0..12 { threads[i] = pymp::thread_num(); });
        threads
    }};
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn num_threads_takes_every_integer() {
    const FOUR: usize = 4;
    static SIX: u16 = 6;
    struct Settings {
        threads: u32,
    }
    watchdog(|| {
        let settings = Settings { threads: 5 };
        let (a, b, c, d, e) = (2_u8, 3_i32, 4_i64, 5_usize, NonZeroUsize::new(7).expect("seven"));
        assert_eq!(team!(num_threads = 3,), 3);
        assert_eq!(team!(num_threads(3),), 3);
        assert_eq!(team!(num_threads = a,), 2);
        assert_eq!(team!(num_threads = b,), 3);
        assert_eq!(team!(num_threads(c),), 4);
        assert_eq!(team!(num_threads = d,), 5);
        assert_eq!(team!(num_threads = e,), 7);
        assert_eq!(team!(num_threads = 3_u128,), 3);
        assert_eq!(team!(num_threads = 1 + 2,), 3);
        assert_eq!(team!(num_threads = FOUR,), 4);
        assert_eq!(team!(num_threads = SIX,), 6);
        assert_eq!(team!(num_threads = settings.threads,), 5);
        assert_eq!(team!(num_threads = [1, 2, 3].len(),), 3);
        assert_eq!(team!(num_threads = if a > 1 { 3 } else { 4 },), 3);
        assert_eq!(team!(num_threads = { a + 1 },), 3);
        assert_eq!(team!(num_threads = "4".parse::<usize>().expect("a number"),), 4);
        // Larger than the loop, or than the machine.
        assert_eq!(team!(num_threads = 12,), 12);
        assert_eq!(team!(num_threads = 1,), 1);
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn without_num_threads_the_team_is_the_default_one() {
    watchdog(|| {
        assert_eq!(team!(), pymp::max_threads());
        let mut sum = 0;
        parallel_for!(reduction(+: sum), for i in 0..1000 { sum += i; });
        assert_eq!(sum, 499_500);
    });
}

#[test]
fn more_threads_than_iterations() {
    watchdog(|| {
        for n in 0..4 {
            let mut y = vec![0; n];
            parallel_for!(
                num_threads = 9,
                for i in 0..n {
                    y[i] += i + 1;
                }
            );
            assert_eq!(y, (1..=n).collect::<Vec<_>>());
        }
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn if_in_every_spelling() {
    watchdog(|| {
        let (n, yes, no) = (12, true, false);
        assert_eq!(team!(num_threads = 3, if = true,), 3);
        assert_eq!(team!(num_threads = 3, if = false,), 1);
        assert_eq!(team!(num_threads = 3, if(true),), 3);
        assert_eq!(team!(num_threads = 3, if(false),), 1);
        assert_eq!(team!(num_threads = 3, if_ = yes,), 3);
        assert_eq!(team!(num_threads = 3, if_ = no,), 1);
        assert_eq!(team!(num_threads = 3, if_(no),), 1);
        assert_eq!(team!(num_threads = 3, if = n > 10,), 3);
        assert_eq!(team!(num_threads = 3, if = n > 100,), 1);
        assert_eq!(team!(num_threads = 3, if(n > 100 && yes),), 1);
        assert_eq!(team!(if(!no), num_threads = 3,), 3);
        assert_eq!(threads!(num_threads = 3, if = false, schedule = "static,1",), [0; 12]);
    });
}

#[parallel]
fn if_on_an_attribute(threads: &mut [usize], n: usize) {
    #[parallel(num_threads = 3, if = n > 10)]
    for i in 0..threads.len() {
        threads[i] = pymp::num_threads();
    }
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn if_is_the_callers_thread_alone() {
    watchdog(|| {
        let mut threads = [0; 4];
        if_on_an_attribute(&mut threads, 11);
        assert_eq!(threads, [3; 4]);
        if_on_an_attribute(&mut threads, 10);
        assert_eq!(threads, [1; 4]);

        let me = std::thread::current().id();
        parallel_for!(num_threads = 3, if = false, for _ in 0..12 { assert_eq!(std::thread::current().id(), me); });
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn chunk_takes_every_integer() {
    watchdog(|| {
        let golden = [0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 0];
        let (a, b) = (3_u8, 3_i64);
        assert_eq!(threads!(num_threads = 3, schedule = "static", chunk = 3,), golden);
        assert_eq!(threads!(num_threads = 3, schedule = "static", chunk = a,), golden);
        assert_eq!(threads!(num_threads = 3, schedule = "static", chunk(b),), golden);
        assert_eq!(threads!(num_threads = 3, schedule(static, b),), golden);
        assert_eq!(threads!(chunk = 1 + 2, num_threads = 3, schedule = Schedule::Static,), golden);
        // Longer than the loop.
        assert_eq!(threads!(num_threads = 3, schedule = "static", chunk = u64::MAX,), [0; 12]);
        assert_eq!(team!(num_threads = 3, schedule = "dynamic", chunk = usize::MAX,), 3);
        assert_eq!(team!(num_threads = 3, schedule = "guided", chunk = usize::MAX,), 3);
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn min_chunk_keeps_small_loops_on_few_threads() {
    watchdog(|| {
        let seven = 7_u16;
        assert_eq!(team!(num_threads = 4, min_chunk = 1,), 4);
        assert_eq!(team!(num_threads = 4, min_chunk = 3,), 4);
        assert_eq!(team!(num_threads = 4, min_chunk = 4,), 3);
        assert_eq!(team!(num_threads = 4, min_chunk(6),), 2);
        assert_eq!(team!(num_threads = 4, min_chunk = seven,), 1);
        assert_eq!(team!(num_threads = 4, min_chunk = 1000,), 1);
        assert_eq!(team!(num_threads = 4, min_chunk = u64::MAX,), 1);
        assert_eq!(threads!(num_threads = 4, min_chunk = 4,), [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    });
}

#[test]
fn expressions_are_evaluated_once_and_in_order_before_the_loop() {
    watchdog(|| {
        let log = Mutex::new(Vec::new());
        let note = |word: &'static str| log.lock().expect("no panics").push(word);
        let taken = || std::mem::take(&mut *log.lock().expect("no panics"));
        let threads = |n: usize| {
            note("threads");
            n
        };
        let schedule = |text: &'static str| {
            note("schedule");
            text
        };
        let holds = |condition: bool| {
            note("if");
            condition
        };
        let least = |n: u8| {
            note("min_chunk");
            n
        };
        let items = |n: usize| {
            note("head");
            0..n
        };
        parallel_for!(num_threads = threads(3), schedule = schedule("dynamic,2"), if = holds(true), min_chunk = least(1), for _ in items(40) {});
        assert_eq!(taken(), ["threads", "schedule", "if", "min_chunk", "head"]);
        parallel_for!(min_chunk = least(1), if(holds(true)), schedule(schedule("guided")), num_threads(threads(2)), for _ in items(40) {});
        assert_eq!(taken(), ["min_chunk", "if", "schedule", "threads", "head"]);
    });
}

/// A clause is evaluated on the caller's thread, so it may use what no other thread can.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn expressions_may_use_what_cannot_be_shared() {
    watchdog(|| {
        let settings = RefCell::new(vec![3_usize]);
        assert_eq!(team!(num_threads = settings.borrow()[0],), 3);
        assert_eq!(settings.into_inner(), [3]);
    });
}

#[test]
fn numbers_of_zero_and_below_are_panics_that_name_the_clause() {
    watchdog(|| {
        for n in [0_i64, -1, i64::MIN] {
            let number = n.to_string();
            assert_says(&panic_of(|| team!(num_threads = n,)), &["num_threads", &number]);
            assert_says(&panic_of(|| team!(num_threads = 2, chunk = n, schedule = "dynamic",)), &["chunk", &number]);
            assert_says(&panic_of(|| team!(num_threads = 2, schedule(dynamic, n),)), &["chunk", &number]);
            assert_says(&panic_of(|| team!(num_threads = 2, min_chunk = n,)), &["min_chunk", &number]);
        }
        let none = 0_usize;
        assert_says(&panic_of(|| team!(num_threads = none,)), &["num_threads", "0"]);
        for many in [8193, u128::from(u64::MAX), u128::MAX] {
            assert_says(&panic_of(|| team!(num_threads = many,)), &["`num_threads` must be at most", &many.to_string()]);
        }
        assert_says(&panic_of(|| team!(num_threads = 2, chunk = u128::MAX,)), &["`chunk` must be at most"]);
        assert!(pymp::config::set_num_threads([2, 8193]).is_err());
    });
}

/// A wrong number is refused even where nothing depends on it.
#[test]
fn wrong_numbers_are_refused_for_empty_loops_too() {
    watchdog(|| {
        let (none, n) = (0, 0);
        let text = panic_of(|| parallel_for!(num_threads = none, for _ in 0..n {}));
        assert_says(&text, &["num_threads"]);
        let text = panic_of(|| parallel_for!(if = false, num_threads = none, for _ in 0..10 {}));
        assert_says(&text, &["num_threads"]);
    });
}

#[test]
fn a_chunk_does_not_go_with_auto() {
    watchdog(|| {
        let adaptive = Schedule::Auto;
        assert_says(&panic_of(|| team!(num_threads = 2, schedule = adaptive, chunk = 3,)), &["chunk", "auto"]);
    });
}

#[test]
fn static_refuses_what_has_no_count_in_words() {
    watchdog(|| {
        let fixed = Schedule::Static;
        let text = panic_of(|| parallel_for!(num_threads = 2, schedule = fixed, for _ in "a\nb".lines() {}));
        assert_says(&text, &["static", "dynamic"]);
    });
}

#[parallel(num_threads = 3, schedule = "static,1")]
fn defaults(first: &mut [usize], second: &mut [usize], third: &mut [usize]) {
    #[parallel]
    for i in 0..first.len() {
        first[i] = pymp::thread_num();
    }
    #[parallel(num_threads = 2)]
    for i in 0..second.len() {
        second[i] = pymp::thread_num();
    }
    #[parallel(schedule = "static")]
    for i in 0..third.len() {
        third[i] = pymp::thread_num();
    }
}

#[parallel(num_threads = threads)]
fn defaults_from_a_parameter(threads: usize) -> [usize; 12] {
    let mut sizes = [0; 12];
    #[parallel(schedule = "dynamic")]
    for i in 0..12 {
        sizes[i] = pymp::num_threads();
    }
    parallel_for!(
        num_threads = 1,
        for i in 0..12 {
            sizes[i] += 100 * pymp::num_threads();
        }
    );
    sizes
}

#[parallel(num_threads = 3, schedule = "static,1")]
fn the_only_loop(y: &mut [usize]) {
    for i in 0..y.len() {
        y[i] = pymp::thread_num();
    }
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn clauses_of_a_function_are_the_defaults_of_its_loops() {
    watchdog(|| {
        let (mut first, mut second, mut third) = ([9; 6], [9; 6], [9; 6]);
        defaults(&mut first, &mut second, &mut third);
        assert_eq!((first, second, third), ([0, 1, 2, 0, 1, 2], [0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 2, 2]));
        assert_eq!(defaults_from_a_parameter(5), [105; 12]);
        assert_eq!(defaults_from_a_parameter(2), [102; 12]);
        let mut y = [9; 6];
        the_only_loop(&mut y);
        assert_eq!(y, [0, 1, 2, 0, 1, 2]);
    });
}

const FACTOR: f64 = 2.0;
static OFFSETS: [f64; 2] = [1.0, 2.0];

#[test]
fn default_none_wants_every_capture_listed() {
    fn shift(x: f64) -> f64 {
        x + OFFSETS[1]
    }
    watchdog(|| {
        let (x, bias) = (vec![1.0; 12], 0.5);
        let (mut y, mut sum, mut last) = (vec![0.0; 12], 0.0, 0);
        // Constants, statics, functions and what the body declares are no captures.
        parallel_for!(
            num_threads = 3, default(none), shared(x, bias), owned(y), reduction(+: sum), lastprivate(last), private(t = 0.0),
            for i in 0..12 {
                let scaled = x[i] * FACTOR + OFFSETS[0];
                t = shift(scaled) + bias;
                y[i] = t;
                sum += t;
                last = i;
            }
        );
        assert_eq!((y, sum, last), (vec![5.5; 12], 66.0, 11));
        // Without it `shared` only says what is so.
        let total = Mutex::new(0.0);
        parallel_for!(
            num_threads = 3,
            shared(x, total),
            for i in 0..12 {
                *total.lock().expect("no panics") += x[i];
            }
        );
        assert_eq!(total.into_inner().expect("no panics"), 12.0);
    });
}

#[test]
fn clauses_in_any_order_with_a_comma_or_more() {
    watchdog(|| {
        let mut sum = 0;
        parallel_for!(reduction(+: sum), schedule = "dynamic", chunk = 2, num_threads = 3, if = true, reproducible, for i in 0..12 { sum += i; });
        parallel_for!(reproducible, if = true, num_threads = 3, chunk = 2, schedule = "dynamic", reduction(+: sum,), for i in 0..12 { sum += i; },);
        assert_eq!(sum, 132);
    });
}

#[test]
fn owned_by_word() {
    #[derive(Default, Clone)]
    struct Counter(u32);
    impl Counter {
        fn count(&mut self, by: u32) {
            self.0 += by;
        }
    }
    watchdog(|| {
        let mut counters = vec![Counter::default(); 12];
        parallel_for!(
            num_threads = 3,
            owned(counters),
            for i in 0..12 {
                counters[i].count(i as u32);
            }
        );
        parallel_for!(
            num_threads = 3,
            owned(counters),
            for i in 0..12 {
                counters[i].count(1);
            }
        );
        assert!((0..12).all(|i| counters[i].0 == i as u32 + 1));
    });
}

/// Values that would take the `{` behind them for their own.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
#[deny(unused_parens)]
fn values_with_braces() {
    struct Settings {
        threads: usize,
    }
    struct Most {
        limit: usize,
    }
    impl Reduction<usize> for Most {
        fn identity(&self, _: &usize) -> usize {
            0
        }
        fn combine(&self, most: &mut usize, part: usize) {
            *most = (*most).max(part).min(self.limit);
        }
    }
    watchdog(|| {
        assert_eq!(team!(num_threads = Settings { threads: 3 }.threads,), 3);
        assert_eq!(team!(num_threads = if pymp::in_parallel() { 2 } else { 3 }, chunk = { 2 },), 3);
        assert_eq!(team!(num_threads = 2, schedule = { Schedule::dynamic(Settings { threads: 2 }.threads) },), 2);
        let (mut most, mut y) = (0, [0; 8]);
        parallel_for!(num_threads = 2, reduction(Most { limit: 5 }: most), chunks(y, Settings { threads: 2 }.threads), for i in 0..4 {
            most = most.max(2 * i);
            y[2 * i] = i;
        });
        assert_eq!((most, y), (5, [0, 0, 1, 0, 2, 0, 3, 0]));
    });
}
