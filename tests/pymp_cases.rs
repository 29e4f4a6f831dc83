//! The tests of Python's pymp (its tests/unittests.py), case by case and under their names.

mod common;

use common::{alone, assert_says, panic_of, sorted, team, watched};
use pymp::config::{self, Nested};
use pymp::prelude::*;
use pymp::shared;

#[test]
fn test_init() {
    alone(|| {
        config::set_nested(Nested::Deny).unwrap();
        config::set_thread_limit(4).unwrap();
        let inner = Parallel::new(2);
        Parallel::new(2).run(|p| {
            assert_eq!(p.num_threads(), team(2));
            p.masked(|| assert_says(&panic_of(|| inner.run(|_| ())), &["nesting is denied", "set_nested"]));
        });
        // The same one works when nesting is allowed, and a second time, which pymp refuses.
        config::set_nested(Nested::Allow).unwrap();
        for _ in 0..2 {
            inner.run(|p| assert_eq!(p.num_threads(), team(2)));
        }
        // Nothing is left behind: the limit has room for four again.
        assert_eq!((pymp::level(), pymp::num_threads()), (0, 1));
        assert_eq!(Parallel::new(9).run(|p| p.num_threads()), team(4));
    });
}

#[test]
fn test_num_threads() {
    alone(|| {
        let sizes = || Parallel::new(2).map(|p| p.num_threads());
        assert_eq!(sizes(), vec![team(2); team(2)]);
        config::set_nested(true).unwrap();
        assert_eq!(Parallel::new(2).map(|_| sizes()).concat(), vec![team(2); team(2) * team(2)]);
    });
}

#[test]
fn test_thread_num() {
    alone(|| {
        assert_eq!(Parallel::new(2).map(|p| p.thread_num()), (0..team(2)).collect::<Vec<_>>());
        config::set_nested(true).unwrap();
        let pairs = Parallel::new(2).map(|p| {
            let outer = p.thread_num();
            Parallel::new(2).map(|p| (outer, p.thread_num()))
        });
        let expected = [(0, 0), (0, 1), (1, 0), (1, 1)];
        assert_eq!(pairs.concat(), if team(2) == 2 { &expected } else { &expected[..1] });
    });
}

#[test]
fn test_range() {
    watched(|| {
        let a = shared::array::<f64>([5, 1]);
        Parallel::new(2).run(|p| {
            for i in p.range(0..5) {
                a.set([i, 0], 1.0);
            }
        });
        assert_eq!(a.to_vec().iter().sum::<f64>(), 5.0);
    });
}

#[test]
fn test_lock() {
    watched(|| {
        let (lock, total) = (shared::lock(), shared::array::<u64>(1));
        Parallel::new(2).run(|p| {
            for _ in p.range(0..1000) {
                let _guard = lock.lock();
                total.set(0, total.get(0) + 1);
            }
        });
        assert_eq!(total.get(0), 1000);
    });
}

#[test]
fn test_list() {
    watched(|| {
        let list = shared::list::<f64>();
        Parallel::new(2).run(|p| p.range(0..1000).for_each(|_| list.push(1.0)));
        assert_eq!(list.len(), 1000);
    });
}

#[test]
fn test_dict() {
    watched(|| {
        let dict = shared::dict::<usize, f64>();
        Parallel::new(2).run(|p| {
            for i in p.range(0..400) {
                dict.insert(i, 1.0);
            }
        });
        assert_eq!(dict.len(), 400);
    });
}

#[test]
fn test_queue() {
    watched(|| {
        let queue = shared::queue::<usize>(0);
        Parallel::new(2).run(|p| {
            for i in p.range(0..400) {
                queue.put(i);
            }
        });
        assert_eq!(queue.len(), 400);
    });
}

#[test]
fn test_rlock() {
    watched(|| {
        let (rlock, list) = (shared::rlock(), shared::list::<usize>());
        Parallel::new(2).run(|p| {
            let _once = rlock.lock();
            let _twice = rlock.lock();
            list.push(p.thread_num());
        });
        assert_eq!(list.len(), team(2));
    });
}

#[test]
fn test_thread_limit() {
    alone(|| {
        config::set_thread_limit(3).unwrap();
        assert_eq!(Parallel::new(4).map(|p| p.thread_num()), (0..team(3)).collect::<Vec<_>>());
        config::set_nested(true).unwrap();
        let inner = sorted(Parallel::new(2).map(|_| Parallel::new(2).map(|p| p.thread_num())).concat());
        if team(2) == 2 {
            // The fourth, when the other inner team has ended before.
            assert!(inner == [0, 0, 1] || inner == [0, 0, 1, 1], "{inner:?}");
        }
    });
}

#[test]
fn test_xrange() {
    alone(|| {
        config::set_nested(true).unwrap();
        let list = shared::list::<usize>();
        Parallel::new(2).run(|_| {
            Parallel::new(2).run(|p| {
                for i in p.xrange(0..5) {
                    list.push(i);
                }
            });
        });
        // Each of the inner teams does five.
        assert_eq!(sorted(list.to_vec()), sorted((0..5).flat_map(|i| vec![i; team(2)])));
    });
}

#[test]
fn test_exceptions() {
    watched(|| {
        let last = team(2) - 1;
        let text = panic_of(|| Parallel::new(2).run(|p| assert!(p.thread_num() != last, "from the last thread")));
        assert_eq!(text, "from the last thread");
    });
}

#[test]
fn test_print() {
    alone(|| {
        config::set_nested(true).unwrap();
        Parallel::new(2).run(|_| Parallel::new(2).run(|p| p.print(format_args!("thread {}", p.thread_num()))));
        pprintln!("outside of {}", "regions");
    });
}

/// pymp asks when it runs whether `p` is used inside of its region. Here nothing else compiles: see `Parallel::run`, whose examples
/// of this fail to compile. What is left of the case is that the handle works in there.
#[test]
fn test_safety_check() {
    watched(|| {
        let seen = Parallel::new(1).run(|p| {
            drop(p.lock());
            (p.thread_num(), p.num_threads(), p.range(0..3).count(), p.xrange(0..3).count())
        });
        assert_eq!(seen, (0, 1, 3, 3));
    });
}

#[test]
fn test_if() {
    watched(|| assert_eq!(Parallel::new(2).if_(false).map(|p| p.num_threads()), [1]));
}

#[test]
fn test_noreshape() {
    assert!(shared::array::<f64>([3, 3]).reshape([4, 4]).is_err());
    assert!(shared::array::<f64>([3, 3]).reshape([1, 3, 3]).is_ok());
}

/// All elements once. pymp's thread 0 takes none; ours works too.
fn iterated(threads: usize) {
    let taken = Parallel::new(threads).map(|p| p.iterate(0..10).map(|i| (i, p.thread_num())).collect::<Vec<_>>());
    assert_eq!(taken.len(), team(threads));
    assert_eq!(sorted(taken.concat().into_iter().map(|(i, _)| i)), (0..10).collect::<Vec<_>>());
    for (thread, taken) in taken.iter().enumerate() {
        assert!(taken.iter().all(|&(_, by)| by == thread));
        // Each thread's come in order.
        assert!(taken.is_sorted());
    }
}

#[test]
fn test_iterable_two_threads() {
    watched(|| iterated(2));
}

#[test]
fn test_iterable_one_thread() {
    watched(|| iterated(1));
}

#[test]
fn test_iterable_three_threads() {
    alone(|| {
        config::set_thread_limit(3).unwrap();
        iterated(3);
    });
}
