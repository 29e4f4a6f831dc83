//! Maps on child processes: what a crash costs, and what it does not.
#![cfg(feature = "process")]

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use pymp::map::{Engine, Map, TaskError};
use pymp::prelude::*;

mod common;

use common::{assert_says, panic_of, watchdog};

fn square(n: u64) -> u64 {
    n * n
}

fn half(n: u32) -> Result<u32, String> {
    if n.is_multiple_of(2) { Ok(n / 2) } else { Err(format!("{n} is odd")) }
}

fn fragile(n: u32) -> u32 {
    match n {
        1 => std::process::abort(),
        2 => std::process::exit(3),
        3 => panic!("three is too many"),
        n => n * 10,
    }
}

fn nap(ms: u64) -> u64 {
    thread::sleep(Duration::from_millis(ms));
    ms
}

#[test]
fn results_are_those_of_the_serial_map() {
    watchdog(|| {
        let expected: Vec<u64> = (0..50).map(square).collect();
        for workers in [1, 2, 4] {
            let map = Map::new(square).engine(Engine::Process).workers(workers);
            assert_eq!(map.run(0..50), expected);
            assert_eq!(map.clone().chunk(7).iter(0..50).collect::<Vec<_>>(), expected);
            let mut unordered: Vec<_> = map.iter_unordered(0..50).collect();
            unordered.sort_unstable();
            assert_eq!(unordered, expected);
        }
        assert_eq!(
            Map::new(|(x, y): (i64, String)| format!("{x}{y}")).engine(Engine::Process).run_product((0..2, ["a".to_owned()])),
            ["0a", "1a"]
        );
        let floats = Map::new(|x: f64| x.sin()).engine(Engine::Process).run([0.1, -0.0, f64::INFINITY]);
        assert_eq!(floats[0].to_bits(), 0.1_f64.sin().to_bits());
        assert!(floats[2].is_nan());
    });
}

#[test]
fn parmap_on_processes() {
    fn power_sum(x: u64, y: u64, n: u32) -> u64 {
        x.pow(n) + y.pow(n)
    }
    watchdog(|| {
        let sums = parmap!(power_sum, 0..4, 0..4, n = 3, engine = "process", workers = 2);
        assert_eq!((sums.len(), sums[15]), (16, 54));
        assert_eq!(parmap!(|n: u64| n + 1, 0..3, engine = Engine::Process, timeout = Duration::from_secs(10)), [1, 2, 3]);
    });
}

#[test]
fn they_are_other_processes() {
    watchdog(|| {
        let ids = Map::new(|_: u32| std::process::id()).engine(Engine::Process).workers(2).run(0..8);
        assert!(!ids.contains(&std::process::id()));
    });
}

#[test]
fn a_crash_costs_its_task_and_no_other() {
    watchdog(|| {
        for workers in [1, 3] {
            let all = Map::new(fragile).engine(Engine::Process).workers(workers).collect().run(0..6);
            assert_eq!((&all[0], &all[4], &all[5]), (&Ok(0), &Ok(40), &Ok(50)));
            assert!(matches!(&all[1], Err(TaskError::Lost(how)) if how.contains("signal")), "{:?}", all[1]);
            assert!(matches!(&all[2], Err(TaskError::Lost(how)) if how.contains('3')), "{:?}", all[2]);
            assert_eq!(all[3], Err(TaskError::Panicked("three is too many".to_owned())));
        }
    });
}

#[test]
fn a_crash_ends_a_map_that_stops() {
    watchdog(|| {
        assert_says(&panic_of(|| Map::new(fragile).engine(Engine::Process).run([0, 1, 4])), &["process was lost", "signal"]);
        assert_says(&panic_of(|| Map::new(fragile).engine(Engine::Process).run([3, 4])), &["three is too many"]);
        assert_eq!(Map::new(half).engine(Engine::Process).workers(2).try_run([4, 5, 6, 7]), Err("5 is odd".to_owned()));
        assert_eq!(Map::new(half).engine(Engine::Process).try_run([4, 6]), Ok(vec![2, 3]));
        assert_eq!(Map::new(half).engine(Engine::Process).default(0).try_run([4, 5]), [2, 0]);
        let told = Map::new(fragile).engine(Engine::Process).default_with(|n, error| {
            assert_says(&error.to_string(), &["lost"]);
            n + 100
        });
        assert_eq!(told.run([0, 1]), [0, 101]);
    });
}

#[test]
#[cfg(unix)]
fn a_child_killed_from_outside_fails_its_slot() {
    fn killed(n: u32) -> u32 {
        if n == 2 {
            let id = std::process::id().to_string();
            let killer = Command::new("sh").args(["-c", &format!("kill -9 {id}")]).status();
            thread::sleep(Duration::from_secs(10));
            unreachable!("{killer:?}");
        }
        n
    }
    watchdog(|| {
        let all = Map::new(killed).engine(Engine::Process).workers(2).collect().run(0..5);
        assert!(matches!(&all[2], Err(TaskError::Lost(how)) if how.contains('9')), "{:?}", all[2]);
        assert_eq!(all.iter().filter(|slot| slot.is_ok()).count(), 4);
    });
}

#[test]
fn a_task_that_takes_too_long_is_killed() {
    watchdog(|| {
        let limit = Duration::from_millis(300);
        let start = Instant::now();
        let map = Map::new(nap).engine(Engine::Process).timeout(limit).workers(2);
        let all = map.collect().run([0, 10_000, 1, 2]);
        assert_eq!(all, [Ok(0), Err(TaskError::TimedOut(limit)), Ok(1), Ok(2)]);
        assert!(start.elapsed() < Duration::from_secs(5));
        // It counts from the start of the task, not from that of the map.
        let slow = Map::new(nap).engine(Engine::Process).timeout(limit).workers(1);
        assert_eq!(slow.run([150, 150, 150]), [150, 150, 150]);
        assert_says(&panic_of(|| slow.run([5000])), &["timed out after 300ms"]);
    });
}

#[test]
fn what_a_task_prints_is_not_taken_for_an_answer() {
    fn loud(n: u32) -> u32 {
        println!("task {n}");
        print!("and a part of a line");
        n
    }
    watchdog(|| assert_eq!(Map::new(loud).engine(Engine::Process).workers(2).run(0..4), [0, 1, 2, 3]));
}

#[test]
fn large_inputs_and_values_arrive() {
    watchdog(|| {
        let inputs = || (1..4_usize).map(|n| vec![n as u8; n * 3_000_000]);
        let values = Map::new(|mut bytes: Vec<u8>| {
            bytes.reverse();
            bytes
        });
        let values = values.engine(Engine::Process).workers(2).run(inputs());
        assert!(values.into_iter().eq(inputs()));
    });
}

#[test]
fn maps_in_maps() {
    fn row(i: u64) -> u64 {
        let on_threads: u64 = parmap(|j: u64| i * j, 0..10).into_iter().sum();
        let on_processes: u64 = Map::new(|j: u64| j).engine(Engine::Process).workers(2).run(0..10).into_iter().sum();
        on_threads + on_processes
    }
    watchdog(|| {
        assert_eq!(Map::new(row).engine(Engine::Process).workers(2).run(0..3), [45, 90, 135]);
        assert_eq!(parmap(row, 0..3), [45, 90, 135]);
    });
}

#[test]
fn few_and_no_inputs_and_progress() {
    watchdog(|| {
        let map = Map::new(square).engine(Engine::Process).workers(9);
        assert_eq!(map.run([]), []);
        assert_eq!(map.run([3]), [9]);
        assert_says(&panic_of(|| Map::new(square).engine(Engine::Process).workers(0)), &["`workers`"]);
        let mut calls = Vec::new();
        Map::new(square).engine(Engine::Process).progress(|done, total| calls.push((done, total))).run(0..4);
        assert_eq!(calls, [(1, 4), (2, 4), (3, 4), (4, 4)]);
    });
}

#[test]
fn an_endless_map_that_is_dropped_leaves_no_children() {
    watchdog(|| {
        let mut results = Map::new(|_: u64| std::process::id()).engine(Engine::Process).workers(2).iter(0..);
        let ids = [results.next().unwrap(), results.next().unwrap()];
        drop(results);
        if cfg!(target_os = "linux") {
            assert!(ids.iter().all(|id| !std::path::Path::new(&format!("/proc/{id}")).exists()));
        }
    });
}

#[test]
fn unreadable_values_fail_their_slot() {
    #[derive(Debug, PartialEq)]
    struct Odd(u32);
    impl serde::Serialize for Odd {
        fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            if self.0 == 1 { Err(serde::ser::Error::custom("one is odd")) } else { to.serialize_u32(self.0) }
        }
    }
    impl<'de> serde::Deserialize<'de> for Odd {
        fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            u32::deserialize(from).map(Odd)
        }
    }
    watchdog(|| {
        let all = Map::new(Odd).engine(Engine::Process).collect().run([0, 1, 2]);
        assert_eq!((&all[0], &all[2]), (&Ok(Odd(0)), &Ok(Odd(2))));
        assert!(matches!(&all[1], Err(TaskError::Lost(how)) if how.contains("cannot be sent")), "{:?}", all[1]);
    });
}
