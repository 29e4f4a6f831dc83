//! Every interleaving of publish, wake, sleep, take back and join, for one worker and two regions.
//!
//! The cell is what a region's body would borrow: loom reports any access to it that the protocol does not order.

use super::{Job, Slot};
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread;

/// What a region lends: written by the entering thread before, by whoever runs the share during, by the entering thread after.
struct Lent(UnsafeCell<usize>);

// SAFETY: what the models are about; loom checks every access.
unsafe impl Sync for Lent {}
// SAFETY: as above.
unsafe impl Send for Lent {}

impl Lent {
    fn add(&self, n: usize) -> usize {
        // SAFETY: loom checks that nobody else accesses the cell meanwhile.
        self.0.with_mut(|cell| unsafe {
            *cell += n;
            *cell
        })
    }
}

fn job(number: usize) -> Job {
    Job { call: std::ptr::dangling_mut(), data: std::ptr::dangling_mut(), number, polls: 1 }
}

/// The worker: sleeps or polls, runs what it finds.
fn worker(slot: &Slot, lent: &Lent, over: &AtomicBool, sleepy: bool) {
    while !over.load(Ordering::Acquire) {
        if sleepy {
            slot.sleep();
        }
        if let Some(job) = slot.claim() {
            lent.add(job.number);
            slot.finish();
        } else {
            thread::yield_now();
        }
    }
}

#[derive(Clone, Copy)]
enum Join {
    Poll,
    Park,
    TakeBack,
}

fn model(sleepy: bool, joins: &'static [Join]) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(move || {
        let slot = Arc::new(Slot::new());
        let lent = Arc::new(Lent(UnsafeCell::new(0)));
        let over = Arc::new(AtomicBool::new(false));
        let handle = thread::spawn({
            let (slot, lent, over) = (slot.clone(), lent.clone(), over.clone());
            move || worker(&slot, &lent, &over, sleepy)
        });
        for (region, join) in joins.iter().enumerate() {
            lent.add(100);
            if region + 1 == joins.len() {
                over.store(true, Ordering::Release);
            }
            slot.publish(job(region + 1));
            match join {
                Join::TakeBack if slot.take_back() => {
                    lent.add(region + 1);
                }
                Join::Park => slot.park_until_free(),
                _ => {
                    while !slot.is_free() {
                        thread::yield_now();
                    }
                }
            }
            lent.add(1000);
        }
        let n = joins.len();
        assert_eq!(lent.add(0), n * 1100 + n * (n + 1) / 2);
        handle.join().unwrap();
    });
}
