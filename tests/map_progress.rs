//! What a map tells of its progress, and when.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use pymp::map::{Engine, Map, Report};

mod common;

use common::{assert_says, panic_of, watchdog};

const ENGINES: [Engine; 3] = [Engine::Serial, Engine::Threads, Engine::Blocking];

#[test]
fn progress_rises_to_the_end() {
    for engine in ENGINES {
        for n in [1, 5, 256, 257, 5000] {
            let mut calls = Vec::new();
            Map::new(|i| i).engine(engine).workers(3).progress(|done, total| calls.push((done, total))).run(0..n);
            assert!(calls.is_sorted_by(|a, b| a.0 < b.0), "{engine} {n}");
            assert_eq!(calls.last(), Some(&(n, n)), "{engine} {n}");
            assert!(calls.iter().all(|call| call.1 == n), "{engine} {n}");
            if n <= 256 {
                assert_eq!(calls.len(), n, "{engine} {n}");
            }
        }
    }
}

#[test]
fn progress_counts_where_the_inputs_do_not_say() {
    let mut calls = Vec::new();
    let odd = (0..10).filter(|n| n % 2 == 1);
    Map::new(|i| i).progress(|done, total| calls.push((done, total))).iter(odd).for_each(drop);
    assert_eq!(calls.last(), Some(&(5, 5)));
    assert!(calls.iter().all(|(done, total)| done <= total));
}

#[test]
fn a_failing_reporter_costs_no_results() {
    watchdog(|| {
        let ran = AtomicUsize::new(0);
        let map = Map::new(|_| ran.fetch_add(1, Ordering::Relaxed)).progress(|done, _| assert!(done < 3, "enough"));
        assert_says(&panic_of(|| map.run(0..50)), &["enough"]);
        assert_eq!(ran.load(Ordering::Relaxed), 50);
    });
}

#[test]
fn a_label_writes_lines_where_there_is_no_terminal() {
    const NAME: &str = "a_label_writes_lines_where_there_is_no_terminal";
    if common::is_child() {
        Map::new(|i: i32| i).progress("counting").run(0..10);
        return;
    }
    assert_says(&common::passes_alone(NAME, &[]), &["counting: 10 of 10"]);
}

/// A reporter that counts what it is told.
#[derive(Default)]
struct Told {
    begun: usize,
    ended: usize,
    done: usize,
}

impl Report for &mut Told {
    fn begin(&mut self, _total: usize) {
        self.begun += 1;
    }

    fn report(&mut self, done: usize, _total: usize) {
        assert_eq!((self.begun, self.ended), (1, 0));
        self.done = done;
    }

    fn end(&mut self) {
        self.ended += 1;
    }
}

/// Runs a map that may panic. Its reporter must have heard of one beginning, some tasks, and one end.
fn told_once(what: &str, run: impl FnOnce(&mut Told)) {
    let mut told = Told::default();
    drop(catch_unwind(AssertUnwindSafe(|| run(&mut told))));
    assert_eq!((told.begun, told.ended), (1, 1), "{what}");
    assert!(told.done > 0, "{what}");
}

/// Ends the map at 80 by an `Err`, at 90 by a panic.
fn task(n: u32) -> Result<u32, u32> {
    assert!(n != 90, "ninety");
    if n == 80 { Err(n) } else { Ok(n) }
}

#[test]
fn a_reporter_is_told_of_one_end_however_the_map_ends() {
    watchdog(|| {
        for engine in ENGINES {
            for workers in [1, 2] {
                // To the end, to an error, to a panic; some dozen inputs, and more.
                for (from, to) in [(0, 70), (0, 70), (60, 100), (60, 1000), (81, 120), (81, 1000), (100, 1000)] {
                    let what = format!("{engine}, {workers}, {from} to {to}");
                    let map = Map::new(task).engine(engine).workers(workers);
                    told_once(&what, |told| _ = map.clone().progress_to(told).try_run(from..to));
                    told_once(&what, |told| _ = map.clone().progress_to(told).try_for_each(from..to));
                    told_once(&what, |told| _ = map.clone().progress_to(told).try_iter(from..to).count());
                    told_once(&what, |told| _ = map.clone().progress_to(told).try_iter_unordered(from..to).next());
                    told_once(&what, |told| _ = map.clone().skip().progress_to(told).try_iter(from..to).count());
                }
                let broken = || (0..50).inspect(|n| assert!(*n < 30, "the inputs are broken"));
                let map = Map::new(|n: u32| n).engine(engine).workers(workers);
                told_once("broken inputs", |told| _ = map.clone().progress_to(told).iter(broken()).count());
                let fallback = || Map::new(|n: u32| 1 / n.abs_diff(9)).default_with(|_, _| panic!("no default either"));
                told_once("no default", |told| {
                    _ = fallback().engine(engine).workers(workers).progress_to(told).iter(0..100).count();
                });
            }
        }
    });
}
