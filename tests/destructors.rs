//! Loops, regions and maps in a destructor that runs because its thread panics: what they do is as whole as elsewhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pymp::map::Pool;
use pymp::prelude::*;
use pymp::shared;

mod common;

use common::{panic_of, watchdog};

struct Last<F: FnMut()>(F);

impl<F: FnMut()> Drop for Last<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// Runs `body` while the thread unwinds; it must come to its end.
fn while_unwinding(body: impl FnMut() + Send + 'static) {
    watchdog(move || {
        let text = panic_of(|| {
            let _last = Last(body);
            panic!("boom");
        });
        assert_eq!(text, "boom");
    });
}

#[test]
fn an_ordered_loop_of_which_some_iterations_have_no_block() {
    while_unwinding(|| {
        let list = shared::list::<usize>();
        parallel_for!(
            num_threads = 2,
            schedule = "static,1",
            ordered,
            shared(list),
            for i in 0..20 {
                if i % 3 == 0 {
                    ordered!({
                        list.push(i);
                    });
                }
            }
        );
        assert_eq!(list.to_vec(), [0, 3, 6, 9, 12, 15, 18]);
    });
}

#[test]
fn a_loop_that_is_left() {
    while_unwinding(|| {
        let ran = AtomicUsize::new(0);
        parallel_for!(
            num_threads = 2,
            for i in 0..1000 {
                if i == 700 {
                    break;
                }
                ran.fetch_add(1, Ordering::Relaxed);
            }
        );
        assert!(ran.into_inner() >= 700);
    });
}

#[test]
fn a_region_that_meets() {
    while_unwinding(|| {
        let done = shared::array::<usize>(2);
        Parallel::new(2).run(|p| {
            for _ in 0..100 {
                p.barrier();
                done.fetch_add(p.thread_num(), 1);
            }
        });
        let rounds = if cfg!(feature = "threads") { 100 } else { 0 };
        assert_eq!((done.get(0), done.get(1)), (100, rounds));
    });
}

#[test]
fn a_region_with_an_ordered_loop() {
    while_unwinding(|| {
        let list = shared::list::<usize>();
        Parallel::new(2).run(|p| {
            for i in p.xrange(0..20).ordered() {
                if i % 3 == 0 {
                    p.ordered(|| list.push(i));
                }
            }
        });
        assert_eq!(list.to_vec(), [0, 3, 6, 9, 12, 15, 18]);
    });
}

#[test]
fn a_pool_that_is_closed() {
    while_unwinding(|| {
        let done = Arc::new(AtomicUsize::new(0));
        let pool = Pool::new(1);
        for _ in 0..1000 {
            let done = Arc::clone(&done);
            pool.apply_async(move || done.fetch_add(1, Ordering::Relaxed));
        }
        pool.close();
        assert_eq!(done.load(Ordering::Relaxed), 1000);
    });
}

#[test]
fn a_region_that_a_thread_leaves_by_a_panic() {
    while_unwinding(|| {
        let text = panic_of(|| {
            Parallel::new(2).run(|p| {
                assert!(p.thread_num() + 1 < p.num_threads(), "left");
                // Without end, unless this thread leaves too.
                p.iterate(0..u64::MAX).for_each(|_| std::thread::yield_now());
            });
        });
        assert_eq!(text, "left");
    });
}
