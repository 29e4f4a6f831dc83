//! What goes wrong around maps: odd inputs, panics in every place, maps inside of maps. Nothing hangs, and nothing is lost.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pymp::map::{Engine, Map, Pool, foreach};
use pymp::prelude::*;

mod common;

use common::{assert_says, panic_of, watchdog};

const ENGINES: [Engine; 3] = [Engine::Serial, Engine::Threads, Engine::Blocking];

#[test]
fn no_inputs_one_input_and_more_workers_than_inputs() {
    watchdog(|| {
        for engine in ENGINES {
            let map = Map::new(|n: i32| n + 1).engine(engine).workers(50);
            assert_eq!(map.run([]), []);
            assert_eq!(map.run([1]), [2]);
            assert_eq!(map.run([1, 2]), [2, 3]);
            assert_eq!(map.clone().iter([]).count(), 0);
            assert_eq!(map.clone().iter([1]).collect::<Vec<_>>(), [2]);
            map.for_each([]);
            assert_eq!(map.iter_unordered([]).next(), None);
        }
        // More threads than any machine has.
        for engine in ENGINES {
            let map = Map::new(|n: i32| n).engine(engine).workers(usize::MAX);
            assert_eq!(map.run([1, 2]), [1, 2]);
            assert_eq!(map.clone().iter([1, 2]).collect::<Vec<_>>(), [1, 2]);
            map.for_each([1, 2]);
        }
        assert_eq!(foreach(|n: i32| n, [1, 2], 50), [1, 2]);
        assert_eq!(Pool::new(50).map(|n: i32| n, [1, 2]), [1, 2]);
    });
}

#[test]
fn no_workers_are_refused() {
    assert_says(&panic_of(|| Map::new(|n: i32| n).workers(0)), &["`workers`", "at least 1", "0"]);
    assert_says(&panic_of(|| Map::new(|n: i32| n).workers(-2)), &["`workers`", "-2"]);
    assert_says(&panic_of(|| Map::new(|n: i32| n).chunk(0)), &["`chunk`"]);
    assert_says(&panic_of(|| foreach(|n: i32| n, [1], 0)), &["`threads`"]);
    assert_says(&panic_of(|| Pool::new(0)), &["`workers`"]);
    let workers = 0;
    assert_says(&panic_of(|| parmap!(|n: i32| n, [1], workers = workers)), &["`workers`"]);
}

#[test]
fn all_results_of_endless_inputs_are_refused() {
    for engine in ENGINES {
        assert_says(&panic_of(|| Map::new(|n: u64| n).engine(engine).run(0..)), &["no end", "iter"]);
    }
}

/// 0, 1, 2 and then a panic.
fn broken() -> impl Iterator<Item = i32> + Send {
    (0..50).inspect(|n| assert!(*n < 3, "the inputs are broken"))
}

#[test]
fn inputs_that_panic_are_reported() {
    watchdog(|| {
        for engine in ENGINES {
            let map = Map::new(|n: i32| n).engine(engine).workers(2);
            assert_says(&panic_of(|| map.run(broken())), &["the inputs are broken"]);
            assert_says(&panic_of(|| map.for_each(broken())), &["the inputs are broken"]);
            assert_says(&panic_of(|| Map::new(|n: i32| n).engine(engine).skip().run(broken())), &["the inputs are broken"]);
            // Lazily, what was before them comes first; then it has ended.
            let mut results = map.iter(broken());
            let got: Vec<_> = results.by_ref().take(3).collect();
            assert_eq!(got, [0, 1, 2], "{engine}");
            assert_says(&panic_of(|| results.next()), &["the inputs are broken"]);
            assert_eq!(results.next(), None);
        }
        let pool = Pool::new(2);
        let mut results = pool.imap(|n: i32| n, broken());
        assert_eq!(results.by_ref().take(3).collect::<Vec<_>>(), [0, 1, 2]);
        assert_says(&panic_of(|| results.next()), &["the inputs are broken"]);
        assert_eq!(results.next(), None);
        assert_says(&panic_of(|| pool.map_async(|n: i32| n, broken())), &["the inputs are broken"]);
        assert_says(&panic_of(|| foreach(|n: i32| n, broken(), 2)), &["the inputs are broken"]);
    });
}

#[test]
fn a_panic_is_resumed_with_its_own_payload() {
    #[derive(Debug, PartialEq)]
    struct Odd(u32);
    watchdog(|| {
        for engine in ENGINES {
            let map = Map::new(|n: u32| if n == 7 { std::panic::panic_any(Odd(n)) } else { n }).engine(engine).workers(3);
            let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| map.run(0..1000))).unwrap_err();
            assert_eq!(payload.downcast_ref(), Some(&Odd(7)), "{engine}");
            // The team is as good as before.
            assert_eq!(map.run(8..10), [8, 9]);
        }
    });
}

#[test]
fn after_a_failure_no_more_is_begun() {
    watchdog(|| {
        for engine in ENGINES {
            let ran = AtomicUsize::new(0);
            let map = Map::new(|n: u32| {
                ran.fetch_add(1, Ordering::Relaxed);
                std::thread::sleep(std::time::Duration::from_micros(200));
                if n == 0 { Err(()) } else { Ok(n) }
            });
            assert_eq!(map.engine(engine).workers(2).chunk(1).try_run(0..5000), Err(()));
            assert!(ran.load(Ordering::Relaxed) < 2600, "{engine}: {} tasks", ran.load(Ordering::Relaxed));
        }
    });
}

#[test]
fn an_iterator_goes_on_after_a_failure_only_if_told() {
    watchdog(|| {
        for engine in ENGINES {
            let task = |n: i32| if n == 2 { panic!("two") } else { n };
            let mut stops = Map::new(task).engine(engine).workers(2).iter(0..100);
            assert_eq!(stops.by_ref().take(2).collect::<Vec<_>>(), [0, 1]);
            assert_says(&panic_of(|| stops.next()), &["two"]);
            assert_eq!(stops.next(), None);
            let skips = Map::new(task).engine(engine).workers(2).skip().iter(0..100);
            assert_eq!(skips.flatten().count(), 99);
        }
    });
}

#[test]
fn a_default_that_panics_ends_the_map() {
    watchdog(|| {
        for engine in ENGINES {
            let map = || Map::new(|n: i32| 1 / n).engine(engine).workers(2).default_with(|_, _| panic!("no default either"));
            assert_says(&panic_of(|| map().run([1, 0, 1])), &["no default either"]);
            let mut results = map().iter(std::iter::repeat_n(0, 100));
            assert_says(&panic_of(|| results.next()), &["no default either"]);
            assert_eq!(results.next(), None);
        }
    });
}

#[test]
fn maps_in_maps_of_every_engine() {
    watchdog(|| {
        let expected: Vec<u32> = (0..8).map(|i| (0..8).map(|j| i * j).sum()).collect();
        for outer in ENGINES {
            for inner in ENGINES {
                let row = |i: u32| Map::new(|j| i * j).engine(inner).workers(3).run(0..8).into_iter().sum::<u32>();
                assert_eq!(Map::new(row).engine(outer).workers(3).run(0..8), expected, "{inner} in {outer}");
                let lazy = |i: u32| Map::new(|j| i * j).engine(inner).workers(3).iter(0..8).sum::<u32>();
                assert_eq!(Map::new(lazy).engine(outer).workers(3).iter(0..8).collect::<Vec<_>>(), expected);
            }
        }
    });
}

#[test]
fn maps_in_regions_and_loops() {
    watchdog(|| {
        let sum = |from: usize| parmap(|n: usize| n + from, 0..4).into_iter().sum::<usize>();
        assert_eq!(Parallel::new(2).map(|p| sum(p.thread_num()))[0], 6);
        let mut sums = [0; 10];
        parallel_for!(
            num_threads = 2,
            for i in 0..10 {
                sums[i] = Map::new(|n: usize| n * i).engine(Engine::Blocking).workers(2).run(0..3).into_iter().sum();
            }
        );
        assert_eq!(sums[9], 27);
    });
}

#[test]
fn a_lock_of_the_callers_is_no_danger() {
    watchdog(|| {
        for engine in ENGINES {
            let sum = Mutex::new(0);
            Map::new(|n: u64| *sum.lock().unwrap() += n).engine(engine).workers(4).for_each(0..2000);
            assert_eq!(sum.into_inner().unwrap(), 1_999_000);
        }
    });
}

#[test]
fn endless_inputs_end_at_the_first_failure() {
    watchdog(|| {
        for engine in ENGINES {
            let map = Map::new(|n: u64| if n < 3000 { Ok(()) } else { Err(n) }).engine(engine).workers(3);
            assert_eq!(map.try_for_each(0..), Err(3000), "{engine}");
        }
    });
}

#[test]
fn an_iterator_that_is_forgotten_harms_nobody() {
    watchdog(|| {
        let table = vec![1, 2, 3];
        for engine in ENGINES {
            let mut results = Map::new(|i: usize| table[i % 3]).engine(engine).workers(2).iter(0..);
            assert_eq!(results.next(), Some(1));
            std::mem::forget(results);
        }
        drop(table);
    });
}

/// Runs maps while its thread unwinds.
struct Flush<'a>(&'a AtomicUsize);

impl Drop for Flush<'_> {
    fn drop(&mut self) {
        for engine in ENGINES {
            let map = Map::new(|n: usize| n).engine(engine).workers(2);
            self.0.fetch_add(map.clone().iter(0..1000).count() + map.run(0..1000).len(), Ordering::Relaxed);
            map.for_each(0..1000);
        }
    }
}

#[test]
fn a_map_in_a_destructor_runs_to_its_end() {
    watchdog(|| {
        let flushed = AtomicUsize::new(0);
        let text = panic_of(|| {
            let _flush = Flush(&flushed);
            panic!("boom");
        });
        assert_eq!((text.as_str(), flushed.into_inner()), ("boom", ENGINES.len() * 2000));
    });
}
