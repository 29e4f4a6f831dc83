//! Every interleaving of arriving, sleeping, moving on and breaking up.
//!
//! The cell is what a thread writes before the barrier and the other one reads after it: loom reports any access that the
//! barrier does not order.

use super::{Arrival, Barrier, Construct};
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::thread;
use std::time::Duration;

struct Shared {
    barrier: Barrier,
    cells: [UnsafeCell<u32>; 2],
}

// SAFETY: what the models are about; loom checks every access.
#[expect(unsafe_code, reason = "the cells of the model")]
unsafe impl Sync for Shared {}
// SAFETY: as above.
#[expect(unsafe_code, reason = "the cells of the model")]
unsafe impl Send for Shared {}

fn wait(barrier: &Barrier, sleepy: bool) {
    let Arrival::Early(round) = barrier.arrive(Construct::Barrier) else { return };
    if sleepy {
        barrier.sleep(round, Duration::MAX);
        return;
    }
    while !barrier.is_over(round) {
        thread::yield_now();
    }
}

#[expect(unsafe_code, reason = "the cells of the model")]
fn share(shared: &Shared, me: usize, rounds: u32, sleepy: bool) {
    for round in 1..=rounds {
        shared.cells[me].with_mut(|cell| {
            // SAFETY: loom checks that nobody else accesses the cell meanwhile.
            unsafe { *cell = round }
        });
        wait(&shared.barrier, sleepy);
        let seen = shared.cells[1 - me].with(|cell| {
            // SAFETY: as above.
            unsafe { *cell }
        });
        assert_eq!(seen, round);
        wait(&shared.barrier, sleepy);
    }
}

fn model(first_sleeps: bool, second_sleeps: bool) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(move || {
        let cells = [UnsafeCell::new(0), UnsafeCell::new(0)];
        let shared = Arc::new(Shared { barrier: Barrier::new(2), cells });
        let other = thread::spawn({
            let shared = shared.clone();
            move || share(&shared, 1, 2, second_sleeps)
        });
        share(&shared, 0, 2, first_sleeps);
        other.join().unwrap();
    });
}

#[test]
fn loom_barrier_polled() {
    model(false, false);
}

#[test]
fn loom_barrier_slept() {
    model(true, true);
}

#[test]
fn loom_barrier_polled_and_slept() {
    model(true, false);
}

#[test]
fn loom_a_broken_barrier_wakes_the_sleeper() {
    loom::model(|| {
        let barrier = Arc::new(Barrier::new(2));
        let other = thread::spawn({
            let barrier = barrier.clone();
            move || wait(&barrier, true)
        });
        barrier.break_up();
        other.join().unwrap();
        assert!(barrier.is_broken());
    });
}
