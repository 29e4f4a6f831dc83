//! A panic about what the program says points at the line that says it, not into the library.
#![cfg(feature = "threads")]

#[path = "common/mod.rs"]
mod common;

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::{Arc, Mutex};

use common::watchdog;
use pymp::Parts;
use pymp::config::{self, Nested};
use pymp::map::{Map, Pool};
use pymp::prelude::*;
use pymp::shared;

/// Where each panic of `body` is said to be: the file, and the message.
fn places(body: impl FnOnce()) -> Vec<String> {
    let places = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&places);
    let old = take_hook();
    set_hook(Box::new(move |info| {
        let place = info.location().map_or("", |at| at.file());
        kept.lock().unwrap().push(format!("{place}: {info}"));
    }));
    let ended = catch_unwind(AssertUnwindSafe(body));
    set_hook(old);
    assert!(ended.is_err(), "nobody panicked");
    let places = places.lock().unwrap();
    places.clone()
}

/// The cases whose panics point elsewhere.
#[derive(Default)]
struct Elsewhere(Vec<String>);

impl Elsewhere {
    fn check(&mut self, what: &str, body: impl FnOnce()) {
        let here = |place: &String| place.starts_with(file!());
        self.0.extend(places(body).into_iter().filter(|place| !here(place)).map(|place| format!("{what}: {place}")));
    }
}

// The hook is the process's: all cases are one test.
#[test]
fn panics_point_at_the_users_lines() {
    watchdog(|| {
        let mut all = Elsewhere::default();
        values_of_clauses(&mut all);
        maps_and_shared_data(&mut all);
        #[cfg(feature = "process")]
        tasks_elsewhere(&mut all);
        loops_of_regions(&mut all);
        meetings_of_regions(&mut all);
        elements(&mut all);
        assert!(all.0.is_empty(), "these point elsewhere:\n{}", all.0.join("\n"));
    });
}

fn values_of_clauses(all: &mut Elsewhere) {
    let (zero, bad, huge, mut y) = (0, "often", u128::MAX, [0; 6]);
    all.check("Parallel::new", || {
        let _ = Parallel::new(zero);
    });
    all.check("Parallel::num_threads", || {
        let _ = Parallel::default().num_threads(-1);
    });
    all.check("Parallel::schedule", || {
        let _ = Parallel::default().schedule(bad);
    });
    all.check("region!", || region!(num_threads = zero, |_p| {}));
    all.check("num_threads", || parallel_for!(num_threads = zero, for _ in 0..3 {}));
    all.check("schedule", || parallel_for!(schedule = bad, for _ in 0..3 {}));
    all.check("chunk", || parallel_for!(chunk = zero, for _ in 0..3 {}));
    all.check("min_chunk", || parallel_for!(min_chunk = zero, for _ in 0..3 {}));
    all.check("chunk and auto", || parallel_for!(schedule = Schedule::Auto, chunk = 2, for _ in 0..3 {}));
    all.check("chunks", || {
        parallel_for!(
            chunks(y, zero),
            for i in 0..3 {
                y[i] = 1;
            }
        )
    });
    all.check("collapse", || {
        parallel_for!(
            collapse = 2,
            for _ in 0..u64::MAX {
                for _ in 0..u64::MAX {}
            }
        )
    });
    all.check("a range", || parallel_for!(for _ in 0..huge {}));
    all.check("step_by", || parallel_for!(for _ in (0..3).step_by(zero) {}));
    all.check("static", || {
        let words = "a b".split(' ');
        parallel_for!(schedule = Schedule::Static, for _ in words {});
    });
}

fn maps_and_shared_data(all: &mut Elsewhere) {
    let zero = 0;
    all.check("Map::workers", || drop(Map::new(|x: u32| x).workers(zero)));
    all.check("Map::chunk", || drop(Map::new(|x: u32| x).chunk(zero)));
    all.check("Pool::new", || drop(Pool::new(zero)));
    all.check("parmap!", || drop(parmap!(|x: u32| x, 0..3, workers = zero)));
    all.check("shared::array", || drop(shared::array::<u64>([usize::MAX, 2])));
    let (array, list, lock) = (shared::array::<u64>(3), shared::list::<u32>(), shared::lock());
    all.check("array.get", || drop(array.get(5).to_string()));
    all.check("array.fetch_add", || drop(array.fetch_add(5, 1).to_string()));
    all.check("list index", || list.set(3, 1));
    all.check("lock", || {
        let _first = lock.lock();
        let _second = lock.lock();
    });
}

#[cfg(feature = "process")]
fn tasks_elsewhere(all: &mut Elsewhere) {
    use pymp::map::Engine;
    use std::time::Duration;
    fn slow(n: u32) -> u32 {
        std::thread::sleep(Duration::from_secs(5));
        n
    }
    fn crash(_: u32) -> u32 {
        std::process::exit(3)
    }
    let limit = Duration::from_millis(50);
    all.check("a timeout", || drop(Map::new(slow).engine(Engine::Process).timeout(limit).run(0..1)));
    all.check("parmap!'s timeout", || drop(parmap!(slow, 0..1, engine = "process", timeout = limit)));
    all.check("a lost process", || drop(Map::new(crash).engine(Engine::Process).run(0..1)));
    all.check("one of a map that fails in words", || {
        _ = Map::new(|n: u32| if n > 9 { Err(n) } else { Ok(crash(n)) }).engine(Engine::Process).try_run(0..1);
    });
    // Whose line asks for the next value nobody can know, so the message says where the map is.
    let asked = places(|| drop(Map::new(crash).engine(Engine::Process).iter(0..1).collect::<Vec<_>>()));
    assert!(asked[0].contains(concat!("the map at ", file!(), ":")), "{asked:?}");
}

fn loops_of_regions(all: &mut Elsewhere) {
    let (zero, bad, huge) = (0, "often", u128::MAX);
    let region = Parallel::new(2);
    all.check("chunk", || region.run(|p| p.xrange(0..3).chunk(zero).for_each(drop)));
    all.check("schedule", || region.run(|p| p.loop_over(0..3).schedule(bad).for_each(drop)));
    all.check("chunk and auto", || region.run(|p| p.loop_over(0..3).schedule("auto").chunk(2).for_each(drop)));
    all.check("range", || region.run(|p| p.range(0..huge).for_each(drop)));
    all.check("xrange", || region.run(|p| for _ in p.xrange(0..huge) {}));
    all.check("loop_over", || region.run(|p| for _ in p.loop_over(0..huge) {}));
    all.check("clauses after items", || {
        region.run(|p| {
            let mut items = p.xrange(0..3);
            let _ = items.next();
            drop(items.chunk(2));
        });
    });
    all.check("ordered outside", || region.run(|p| p.ordered(|| {})));
    all.check("proc_bind of no word", || {
        _ = Parallel::new(2).proc_bind("near");
    });
    all.check("range_mut twice", || {
        let mut y = [0; 4];
        let parts = Parts::new(&mut y);
        region.run(|p| {
            let _first = p.range_mut(&parts);
            let _second = p.range_mut(&parts);
        });
    });
}

fn meetings_of_regions(all: &mut Elsewhere) {
    let region = Parallel::new(2);
    all.check("other loops", || {
        region.run(|p| match p.thread_num() {
            0 => for _ in p.xrange(0..100) {},
            _ => for _ in p.iterate(0..100) {},
        });
    });
    all.check("a loop after an iterator", || {
        region.run(|p| {
            if p.thread_num() == 0 {
                std::thread::sleep(std::time::Duration::from_millis(20));
                for _ in p.xrange(0..100) {}
            } else {
                for _ in p.iterate(0..100) {}
            }
        });
    });
    all.check("a loop of another length", || {
        region.run(|p| {
            if p.thread_num() == 0 {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            p.xrange(0..100 + p.thread_num()).fold(0, |sum, _| sum);
        });
    });
    all.check("sections and a loop", || {
        region.run(|p| match p.thread_num() {
            0 => p.sections([&|| {}, &|| {}]),
            _ => for _ in p.iterate(0..100) {},
        });
    });
    all.check("a barrier alone", || {
        region.run(|p| {
            if p.thread_num() == 0 {
                p.barrier();
            }
        });
    });
    all.check("sections alone", || {
        region.run(|p| {
            if p.thread_num() == 0 {
                p.sections([&|| {}]);
            }
        });
    });
    all.check("single alone", || {
        region.run(|p| {
            if p.thread_num() == 0 {
                p.single(|| ());
            }
        });
    });
    all.check("single of other values", || {
        region.run(|p| match p.thread_num() {
            0 => drop(p.single(|| 1)),
            _ => drop(p.single(|| 'a')),
        });
    });
    all.check("lock", || {
        region.run(|p| {
            let _first = p.lock();
            let _second = p.lock();
        });
    });
    all.check("critical", || region.run(|p| p.critical(|| p.critical(|| {}))));
    config::set_nested(Nested::Deny).unwrap();
    all.check("a region inside", || region.run(|_| Parallel::new(2).run(|_| {})));
    all.check("a map of a region inside", || drop(region.map(|_| Parallel::new(2).map(|_| {}))));
    all.check("a loop inside", || region.run(|_| parallel_for!(for _ in 0..3 {})));
    all.check("a macro's region inside", || region.run(|_| region!(num_threads = 2, |_p| {})));
    config::set_nested(Nested::Serialize).unwrap();
}

fn elements(all: &mut Elsewhere) {
    let (mut y, far) = ([0; 6], 9);
    all.check("y[i]", || {
        parallel_for!(
            num_threads = 2,
            for i in 0..far {
                y[i] = 1;
            }
        )
    });
    let x = [0; 6];
    all.check("x[i]", || {
        parallel_for!(
            num_threads = 2,
            for i in 0..far {
                if x[i] > 0 {
                    println!("{i}");
                }
            }
        )
    });
}
