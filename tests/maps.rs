//! Maps in this process: the cases of parmap and handythread, engines, order, policies, laziness, progress.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use pymp::config;
use pymp::map::{Engine, Map, TaskError, foreach};
use pymp::prelude::*;

mod common;

use common::{alone, assert_says, panic_of, watchdog};

const ENGINES: [Engine; 3] = [Engine::Serial, Engine::Threads, Engine::Blocking];
/// Below, at and above what is special to some engine.
const SIZES: [usize; 7] = [0, 1, 2, 7, 128, 129, 1000];

fn nap(ms: u64) -> u64 {
    thread::sleep(Duration::from_millis(ms));
    ms
}

// parmap's own tests

#[test]
fn squares_on_every_engine() {
    for engine in ENGINES {
        for workers in 1..5 {
            for n in SIZES {
                let expected: Vec<usize> = (0..n).map(|i| i * i).collect();
                let map = Map::new(|i| i * i).engine(engine).workers(workers);
                assert_eq!(map.run(0..n), expected, "{engine} {workers} {n}");
                assert_eq!(map.clone().iter(0..n).collect::<Vec<_>>(), expected, "{engine} {workers} {n}");
                let mut unordered: Vec<_> = map.iter_unordered(0..n).collect();
                unordered.sort_unstable();
                assert_eq!(unordered, expected, "{engine} {workers} {n}");
            }
        }
    }
}

#[test]
fn every_chunk_gives_the_same() {
    let expected: Vec<usize> = (0..300).map(|i| i + 1).collect();
    for engine in ENGINES {
        for chunk in [1, 2, 7, 299, 300, 301, 1000, usize::MAX] {
            let map = Map::new(|i: usize| i + 1).engine(engine).workers(3).chunk(chunk);
            assert_eq!(map.run(0..300), expected);
            assert_eq!(map.iter(0..300).collect::<Vec<_>>(), expected);
        }
    }
}

#[test]
fn a_fixed_argument() {
    fn pow(x: u64, n: u32) -> u64 {
        x.pow(n)
    }
    let cubes: Vec<u64> = (0..10).map(|x: u64| x.pow(3)).collect();
    assert_eq!(parmap!(pow, 0..10, n = 3), cubes);
    assert_eq!(parmap!(pow, 0..10, n = 3, engine = "serial"), cubes);
    assert_eq!(parmap!(pow, 0..10, n = 3, engine = "blocking", workers = 2), cubes);
}

#[test]
fn products_have_the_last_input_fastest() {
    fn hypot(x: f64, y: f64, n: i32) -> f64 {
        x.powi(n) + y.powi(n)
    }
    let xs: Vec<f64> = (0..10).map(f64::from).collect();
    let expected: Vec<f64> = xs.iter().flat_map(|x| xs.iter().map(move |y| x.powi(3) + y.powi(3))).collect();
    assert_eq!((expected.len(), expected[99]), (100, 2.0 * 729.0));
    assert_eq!(parmap!(hypot, xs.iter().copied(), xs.clone(), n = 3, workers = 4), expected);
    for engine in ENGINES {
        let map = Map::new(|(x, y): (&f64, &f64)| hypot(*x, *y, 3)).engine(engine);
        assert_eq!(map.run_product((&xs, &xs)), expected);
    }
}

#[test]
fn no_inputs_are_one_call_and_an_empty_one_is_none() {
    fn seven() -> i32 {
        7
    }
    assert_eq!(parmap!(seven), [7]);
    assert_eq!(parmap!(|x: i32, y: i32| x + y, [1, 2], []), []);
    assert_eq!(Map::new(|(x, y): (i32, i32)| x + y).run_product(([], [1, 2])), []);
}

#[test]
fn zipped_inputs_end_with_the_shortest() {
    assert_eq!(Map::new(|(x, y)| x * y).run_zip((1.., [10, 20])), [10, 40]);
}

#[test]
fn parmap_in_every_spelling() {
    let offset = 10;
    let add = |x: i32| x + offset;
    assert_eq!(parmap(add, 0..3), [10, 11, 12]);
    assert_eq!(parmap!(add, 0..3), [10, 11, 12]);
    assert_eq!(add.parallel(0..3), [10, 11, 12]);
    assert_eq!(parmap!(|x: i32, y| x + y, 0..2, y = offset), [10, 11]);
    assert_eq!(parmap!(|(x, y)| x + y, [(1, 2)], engine = Engine::Serial), [3]);
    let words = ["to".to_owned(), "be or".to_owned()];
    assert_eq!(parmap(|word| word.len(), &words), [2, 5]);
    assert_eq!(parmap!(|word| word.len(), words.iter().map(|word| word.as_str())), [2, 5]);
}

#[test]
fn results_equal_the_serial_ones_bit_for_bit() {
    let serial: Vec<u64> = (1..5000).map(|i| f64::from(i).sin().to_bits()).collect();
    assert_eq!(parmap(|i| f64::from(i).sin().to_bits(), 1..5000), serial);
}

// handythread's

#[test]
fn foreach_covers_returns_and_works_alone() {
    let squares = pymp::shared::array::<usize>(100);
    foreach(|x: usize| squares.set(x, x * x), 0..100, 3);
    assert!((0..100).all(|x| squares.get(x) == x * x));
    let expected: Vec<usize> = (0..100).map(|x| x * x).collect();
    for threads in [1, 2, 3, 7] {
        assert_eq!(foreach(|x| x * x, 0..100, threads), expected);
    }
    let caller = thread::current().id();
    assert!(foreach(|_: i32| thread::current().id() == caller, 0..10, 1).into_iter().all(|same| same));
    assert_eq!(foreach(|x: i32| x, [], 3), []);
}

#[test]
fn order_is_that_of_the_inputs_whatever_ends_first() {
    watchdog(|| {
        for engine in [Engine::Threads, Engine::Blocking] {
            let naps = [60, 0, 40, 0, 20, 0];
            assert_eq!(Map::new(nap).engine(engine).workers(6).run(naps), naps);
            assert_eq!(Map::new(nap).engine(engine).workers(6).iter(naps).collect::<Vec<_>>(), naps);
        }
    });
}

#[test]
fn unordered_results_come_as_they_end() {
    if !cfg!(feature = "threads") {
        return;
    }
    watchdog(|| {
        for engine in [Engine::Threads, Engine::Blocking] {
            let map = Map::new(nap).engine(engine).workers(3).chunk(1);
            assert_eq!(map.iter_unordered([400, 200, 0]).collect::<Vec<_>>(), [0, 200, 400], "{engine}");
        }
    });
}

#[test]
fn a_slow_task_lets_those_behind_it_go_first() {
    if !cfg!(feature = "threads") {
        return;
    }
    watchdog(|| {
        for engine in [Engine::Threads, Engine::Blocking] {
            for slow in [0, 1, 3] {
                let ended = AtomicUsize::new(0);
                let task = |n: usize| {
                    // Long enough that a round with a result in it might be over.
                    nap(2);
                    while n == slow && ended.load(Ordering::SeqCst) < 7 {
                        thread::yield_now();
                    }
                    ended.fetch_add(1, Ordering::SeqCst);
                    n
                };
                let map = Map::new(task).engine(engine).workers(2);
                let results: Vec<_> = map.clone().iter_unordered(0..8).collect();
                // The other worker may put its last result a moment later.
                assert!(results[6..].contains(&slow), "{engine}: {results:?}");
                ended.store(0, Ordering::SeqCst);
                assert_eq!(map.iter(0..8).collect::<Vec<_>>(), (0..8).collect::<Vec<_>>(), "{engine}");
            }
        }
    });
}

#[test]
fn no_more_tasks_than_workers_run_at_the_same_time_again_and_again() {
    if !cfg!(feature = "threads") {
        return;
    }
    watchdog(|| {
        for engine in [Engine::Threads, Engine::Blocking] {
            for n in [2, 4, 8] {
                // Each waits for all the others.
                let here = AtomicUsize::new(0);
                let task = |_| {
                    here.fetch_add(1, Ordering::SeqCst);
                    while here.load(Ordering::SeqCst) < n {
                        thread::yield_now();
                    }
                };
                let map = Map::new(task).engine(engine).workers(n);
                for _ in 0..100 {
                    here.store(0, Ordering::SeqCst);
                    map.run(0..n);
                }
            }
        }
    });
}

// Engines

#[test]
fn blocking_has_many_more_threads_than_cores() {
    if !cfg!(feature = "threads") {
        return;
    }
    watchdog(|| {
        // Each waits for all the others.
        let here = AtomicUsize::new(0);
        let task = |_| {
            here.fetch_add(1, Ordering::SeqCst);
            while here.load(Ordering::SeqCst) < 64 {
                thread::yield_now();
            }
        };
        Map::new(task).engine(Engine::Blocking).for_each(0..64);
    });
}

#[test]
fn a_map_has_as_many_workers_as_it_is_told() {
    if !cfg!(feature = "threads") {
        return;
    }
    watchdog(|| {
        for engine in [Engine::Threads, Engine::Blocking] {
            let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let task = |_| {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                while most.load(Ordering::SeqCst) < 3 {
                    thread::yield_now();
                }
                running.fetch_sub(1, Ordering::SeqCst);
            };
            Map::new(task).engine(engine).workers(3).run(0..12);
            assert_eq!(most.load(Ordering::SeqCst), 3, "{engine}");
        }
    });
}

#[test]
fn engines_are_named_and_unknown_names_list_them() {
    for engine in ENGINES {
        assert_eq!(engine.to_string().parse(), Ok(engine));
    }
    assert_says(&"gpu".parse::<Engine>().unwrap_err().to_string(), &["`gpu`", "`serial`", "`threads`", "`blocking`"]);
    assert_says(&"process".parse::<Engine>().unwrap_err().to_string(), &["Engine::Process"]);
    assert_says(&"async".parse::<Engine>().unwrap_err().to_string(), &["Engine::Async"]);
}

#[test]
fn nothing_is_copied_and_nothing_must_be_static() {
    struct NoClone(usize);
    let table = vec![NoClone(1), NoClone(2), NoClone(3)];
    let seen = AtomicUsize::new(0);
    for engine in ENGINES {
        let look = |place: &NoClone| seen.fetch_add(place.0, Ordering::Relaxed);
        assert_eq!(Map::new(look).engine(engine).run(&table).len(), 3);
        assert_eq!(Map::new(|i: usize| &table[i]).engine(engine).iter(0..3).map(|place| place.0).sum::<usize>(), 6);
        Map::new(look).engine(engine).for_each(&table);
    }
    assert_eq!(seen.into_inner(), 36);
}

// Policies

fn half(n: u32) -> Result<u32, String> {
    if n.is_multiple_of(2) { Ok(n / 2) } else { Err(format!("{n} is odd")) }
}

fn sixth(n: u32) -> u32 {
    assert!(n.is_multiple_of(6), "{n} is no multiple of 6");
    n / 6
}

#[test]
fn the_lowest_failure_wins() {
    watchdog(|| {
        for engine in ENGINES {
            for workers in [1, 2, 5] {
                for first in [0, 1, 37, 130, 299] {
                    let task = |n: u32| if n >= first && n % 3 == first % 3 { Err(n) } else { Ok(n) };
                    let map = Map::new(task).engine(engine).workers(workers);
                    assert_eq!(map.try_run(0..300), Err(first));
                    assert_eq!(map.try_for_each(0..300), Err(first));
                    assert_eq!(map.try_iter(0..300).last(), Some(Err(first)));
                    let panics = Map::new(|n| task(n).unwrap()).engine(engine).workers(workers);
                    assert_says(&panic_of(|| panics.run(0..300)), &[&format!(": {first}")]);
                }
            }
        }
    });
}

#[test]
fn collect_tells_of_every_task() {
    for engine in ENGINES {
        let panics = Map::new(sixth).engine(engine).collect().run([6, 7, 12]);
        assert_eq!(panics, [Ok(1), Err(TaskError::Panicked("7 is no multiple of 6".to_owned())), Ok(2)]);
        let errors = Map::new(half).engine(engine).collect().try_run([4, 5, 6]);
        assert_eq!(errors, [Ok(2), Err(TaskError::Failed("5 is odd".to_owned())), Ok(3)]);
        let each = Map::new(half).engine(engine).collect().try_for_each([4, 5]);
        assert_eq!(each[1], Err(TaskError::Failed("5 is odd".to_owned())));
        assert_eq!(Map::new(half).engine(engine).collect().try_iter([4, 5]).filter(Result::is_ok).count(), 1);
    }
}

#[test]
fn skip_and_defaults_fill_the_slot() {
    for engine in ENGINES {
        assert_eq!(Map::new(sixth).engine(engine).skip().run([6, 7, 12]), [Some(1), None, Some(2)]);
        assert_eq!(Map::new(half).engine(engine).skip().try_run([4, 5]), [Some(2), None]);
        assert_eq!(Map::new(half).engine(engine).default(0).try_run([4, 5]), [2, 0]);
        assert_eq!(Map::new(sixth).engine(engine).default(99).iter([6, 7]).collect::<Vec<_>>(), [1, 99]);
        let told = Map::new(half).engine(engine).default_with(|n, error| {
            assert_eq!(error.to_string(), format!("{n} is odd"));
            n + 100
        });
        assert_eq!(told.try_run([4, 5]), [2, 105]);
        Map::new(sixth).engine(engine).skip().for_each([6, 7]);
    }
}

#[test]
fn an_error_of_the_task_and_its_text() {
    let error: Box<dyn std::error::Error> = Box::new(TaskError::Failed("no good"));
    assert_eq!(error.to_string(), "no good");
    assert_eq!(TaskError::<String>::TimedOut(Duration::from_millis(1500)).to_string(), "timed out after 1.5s");
    let odd = Map::new(|_| std::panic::panic_any(5)).collect().run([()]);
    let odd: &Result<(), _> = &odd[0];
    assert_says(&odd.as_ref().unwrap_err().to_string(), &["no text"]);
}

// Laziness

#[test]
fn an_endless_input_that_is_dropped_early_stops() {
    watchdog(|| {
        for engine in ENGINES {
            for workers in [1, 2, 4] {
                let started = AtomicUsize::new(0);
                let map = Map::new(|n: usize| {
                    started.fetch_add(1, Ordering::Relaxed);
                    n
                });
                let results = map.engine(engine).workers(workers).iter(0..);
                assert_eq!(results.take(10).sum::<usize>(), 45);
                let after = started.load(Ordering::Relaxed);
                assert!(after <= 10 + 16 * workers, "{engine}: {after} tasks for 10 results");
                nap(20);
                assert_eq!(started.load(Ordering::Relaxed), after, "{engine}: tasks run on");
            }
        }
    });
}

#[test]
fn what_lies_ahead_is_dropped() {
    struct Counted<'a>(&'a AtomicUsize);
    impl Drop for Counted<'_> {
        fn drop(&mut self) {
            self.0.fetch_sub(1, Ordering::SeqCst);
        }
    }
    watchdog(|| {
        for engine in ENGINES {
            let alive = AtomicUsize::new(0);
            let inputs = std::iter::repeat_with(|| {
                alive.fetch_add(1, Ordering::SeqCst);
                Counted(&alive)
            });
            let mut results = Map::new(|input| input).engine(engine).iter(inputs);
            drop((results.next(), results.next()));
            drop(results);
            assert_eq!(alive.load(Ordering::SeqCst), 0, "{engine}");
        }
    });
}

#[test]
fn slow_inputs_are_pulled_when_a_worker_is_ready() {
    watchdog(|| {
        let pulled = AtomicUsize::new(0);
        let inputs = (0..100).inspect(|_| _ = pulled.fetch_add(1, Ordering::Relaxed));
        let mut results = Map::new(|_| nap(30)).workers(2).iter(inputs);
        results.next();
        assert!(pulled.load(Ordering::Relaxed) <= 4, "{} pulled", pulled.load(Ordering::Relaxed));
    });
}

#[test]
fn short_tasks_that_become_long_are_shared_out_again() {
    if !cfg!(feature = "threads") {
        return;
    }
    watchdog(|| {
        for n in [4, 20, 100] {
            let caller = thread::current().id();
            let elsewhere = AtomicUsize::new(0);
            let map = |ms: u64| {
                let task = |_| {
                    if ms > 0 {
                        nap(ms);
                    }
                    if thread::current().id() != caller {
                        elsewhere.fetch_add(1, Ordering::Relaxed);
                    }
                };
                Map::new(task).workers(2).run(0..n);
            };
            (0..100).for_each(|_| map(0));
            // Thirty-one runs may be had alone before one looks at the clock.
            elsewhere.store(0, Ordering::Relaxed);
            for run in 0.. {
                map(1);
                if elsewhere.load(Ordering::Relaxed) > 0 {
                    assert!(run <= 31, "{run} runs of {n}");
                    break;
                }
            }
        }
    });
}

/// `workers` is how many there are at most; a team has an end of its own.
#[test]
fn more_workers_than_a_team_can_have() {
    alone(|| {
        config::set_thread_limit(2).unwrap();
        let slowly = |i: usize| (0..1000).fold(i, |sum, step| std::hint::black_box(sum + step)) - 499_500;
        assert_eq!(Map::new(slowly).workers(100_000).run(0..20_000), (0..20_000).collect::<Vec<_>>());
        assert_eq!(Map::new(slowly).workers(100_000).iter(0..20_000).collect::<Vec<_>>(), (0..20_000).collect::<Vec<_>>());
    });
}
