//! Maps of futures.
#![cfg(feature = "async")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pymp::map::{Engine, Map, TaskError};
use pymp::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

mod common;

use common::{assert_says, panic_of, watchdog};

async fn slow_square(n: u64) -> u64 {
    sleep(Duration::from_millis(50)).await;
    n * n
}

async fn sixth(n: u32) -> u32 {
    assert!(n.is_multiple_of(6), "{n} is no multiple of 6");
    sleep(Duration::from_millis(1)).await;
    n / 6
}

async fn half(n: u32) -> Result<u32, String> {
    if n.is_multiple_of(2) { Ok(n / 2) } else { Err(format!("{n} is odd")) }
}

async fn nap(ms: u64) -> u64 {
    sleep(Duration::from_millis(ms)).await;
    ms
}

#[test]
fn tasks_wait_at_the_same_time_and_results_are_in_order() {
    watchdog(|| {
        let start = Instant::now();
        let expected: Vec<u64> = (0..100).map(|n| n * n).collect();
        assert_eq!(Map::new(slow_square).engine(Engine::Async).run(0..100), expected);
        assert_eq!(Map::new(slow_square).engine(Engine::Async).iter(0..100).collect::<Vec<_>>(), expected);
        assert_eq!(parmap!(slow_square, 0..100, engine = "async"), expected);
        assert!(start.elapsed() < Duration::from_secs(3), "300 naps of 50 ms took {:?}", start.elapsed());
    });
}

#[test]
fn unordered_results_come_as_they_end() {
    watchdog(|| {
        let start = Instant::now();
        let mut results = Map::new(nap).engine(Engine::Async).iter_unordered([3000, 100, 0]);
        assert_eq!((results.next(), results.next()), (Some(0), Some(100)));
        drop(results);
        assert!(start.elapsed() < Duration::from_secs(2));
    });
}

#[test]
fn no_more_in_hand_than_workers() {
    watchdog(|| {
        let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let task = async |_: u32| {
            most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            sleep(Duration::from_millis(2)).await;
            running.fetch_sub(1, Ordering::SeqCst);
        };
        Map::new(task).engine(Engine::Async).workers(3).run(0..20);
        assert_eq!(most.load(Ordering::SeqCst), 3);
    });
}

#[test]
fn policies() {
    watchdog(|| {
        let all = Map::new(sixth).engine(Engine::Async).collect().run([6, 7]);
        assert_eq!(all, [Ok(1), Err(TaskError::Panicked("7 is no multiple of 6".to_owned()))]);
        assert_eq!(Map::new(sixth).engine(Engine::Async).skip().run([6, 7]), [Some(1), None]);
        assert_says(&panic_of(|| Map::new(sixth).engine(Engine::Async).run([6, 8, 7])), &["8 is no multiple"]);
        assert_eq!(Map::new(half).engine(Engine::Async).try_run([4, 5, 7]), Err("5 is odd".to_owned()));
        assert_eq!(Map::new(half).engine(Engine::Async).default(0).try_run([4, 5]), [2, 0]);
        let told = Map::new(half).engine(Engine::Async).default_with(|n, error| n + error.to_string().len() as u32);
        assert_eq!(told.try_run([4, 5]), [2, 13]);
        let mut results = Map::new(sixth).engine(Engine::Async).iter([6, 7, 12]);
        assert_eq!(results.next(), Some(1));
        assert_says(&panic_of(|| results.next()), &["7 is no multiple"]);
        assert_eq!(results.next(), None);
    });
}

#[test]
fn a_task_that_takes_too_long_is_dropped() {
    struct Told<'a>(&'a AtomicUsize);
    impl Drop for Told<'_> {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    watchdog(|| {
        let (dropped, limit) = (AtomicUsize::new(0), Duration::from_millis(100));
        let task = async |ms: u64| {
            let _told = Told(&dropped);
            nap(ms).await
        };
        let start = Instant::now();
        let all = Map::new(task).engine(Engine::Async).timeout(limit).collect().run([0, 60_000, 10]);
        assert_eq!(all, [Ok(0), Err(TaskError::TimedOut(limit)), Ok(10)]);
        assert!(start.elapsed() < Duration::from_secs(5));
        assert_eq!(dropped.load(Ordering::SeqCst), 3);
        // From the start of the task: four one after the other take longer than the limit.
        assert_eq!(Map::new(nap).engine(Engine::Async).workers(1).timeout(limit).run([40; 4]), [40; 4]);
    });
}

#[test]
fn endless_inputs_that_are_dropped_early() {
    watchdog(|| {
        let started = AtomicUsize::new(0);
        let task = async |n: u64| {
            started.fetch_add(1, Ordering::SeqCst);
            n
        };
        let results = Map::new(task).engine(Engine::Async).workers(8).iter(0..);
        assert_eq!(results.take(5).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert!(started.load(Ordering::SeqCst) <= 5 + 8);
    });
}

#[test]
fn inputs_that_panic_are_reported() {
    watchdog(|| {
        let broken = || (0..50).inspect(|n| assert!(*n < 3, "the inputs are broken"));
        assert_says(&panic_of(|| Map::new(nap).engine(Engine::Async).run(broken())), &["the inputs are broken"]);
        assert_says(&panic_of(|| Map::new(nap).engine(Engine::Async).iter(broken()).count()), &["the inputs are broken"]);
        assert_eq!(Map::new(nap).engine(Engine::Async).run([]), []);
        assert_eq!(Map::new(nap).engine(Engine::Async).run([1]), [1]);
    });
}

#[test]
fn maps_in_maps_and_in_a_runtime() {
    async fn row(i: u64) -> u64 {
        Map::new(async |j: u64| i * nap(j).await).engine(Engine::Async).run(0..4).into_iter().sum::<u64>()
            + parmap(|j| i * j, 0..4).into_iter().sum::<u64>()
    }
    watchdog(|| {
        assert_eq!(Map::new(row).engine(Engine::Async).run(0..3), [0, 12, 24]);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            assert_eq!(Map::new(row).engine(Engine::Async).run(0..3), [0, 12, 24]);
            let lazy = panic_of(|| Map::new(nap).engine(Engine::Async).iter(0..3).count());
            assert_says(&lazy, &["block the async task", "`run`"]);
        });
    });
}

#[test]
fn progress_rises() {
    watchdog(|| {
        let mut calls = Vec::new();
        Map::new(nap).engine(Engine::Async).progress(|done, total| calls.push((done, total))).run([3, 1, 2]);
        assert_eq!(calls, [(1, 3), (2, 3), (3, 3)]);
    });
}

#[test]
fn sockets_work() {
    async fn ask(port: u16, n: u8) -> std::io::Result<u8> {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.write_all(&[n]).await?;
        stream.read_u8().await
    }
    watchdog(|| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let port = listener.local_addr().unwrap().port();
        runtime.spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let n = stream.read_u8().await?;
                    stream.write_all(&[n + 1]).await
                });
            }
        });
        let answers = Map::new(|n| ask(port, n)).engine(Engine::Async).try_run(0..50).unwrap();
        assert_eq!(answers, (1..=50).collect::<Vec<_>>());
    });
}
