//! Every interleaving of publish, wake, sleep, take back and join, for one worker and two regions.
//!
//! The cell is what a region's body would borrow: loom reports any access to it that the protocol does not order.

use super::{Job, Seat, mailbox, published};
use crate::context::Frame;
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::thread;
use std::time::Instant;

/// What a region lends: written by the entering thread before, by whoever runs the share during, by the entering thread after.
struct Lent(UnsafeCell<u32>);

// SAFETY: what the models are about; loom checks every access.
unsafe impl Sync for Lent {}
// SAFETY: as above.
unsafe impl Send for Lent {}

impl Lent {
    fn add(&self, n: u32) -> u32 {
        self.0.with_mut(|cell| {
            // SAFETY: loom checks that nobody else accesses the cell meanwhile.
            let value = unsafe { &mut *cell };
            *value += n;
            *value
        })
    }
}

fn job(number: u32) -> Job {
    Job { call: std::ptr::null_mut(), frame: Frame::new(number, 2, 1, 1) }
}

#[derive(Clone, Copy)]
enum Worker {
    Polls,
    Sleeps,
    /// And is woken by the clock, at once.
    Naps,
}

/// The worker runs what it finds, until it finds number 0.
fn worker(mut seat: Seat, lent: &Lent, kind: Worker) {
    loop {
        match kind {
            Worker::Polls => {}
            Worker::Sleeps => seat.sleep(),
            Worker::Naps => {
                seat.nap(Instant::now());
                if !seat.has_job() {
                    seat.sleep();
                }
            }
        }
        let Some(mut claimed) = seat.claim() else {
            thread::yield_now();
            continue;
        };
        let number = claimed.job.frame.thread_num();
        lent.add(number);
        // SAFETY: the job was claimed; the model sees to it.
        unsafe { claimed.letter().put(10 * number) };
        claimed.gained = true;
        drop(claimed);
        if number == 0 {
            return;
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Join {
    Poll,
    Park,
    TakeBack,
}

fn model(kind: Worker, joins: &'static [Join]) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(move || {
        let (slot, seat) = mailbox();
        let lent = Arc::new(Lent(UnsafeCell::new(0)));
        let handle = thread::spawn({
            let lent = lent.clone();
            move || worker(seat, &lent, kind)
        });
        let mut expected = 0;
        for (number, join) in (1..).zip(joins) {
            lent.add(100);
            // SAFETY: the mailbox is free; the model sees to it.
            unsafe { slot.publish(job(number), std::ptr::null_mut(), 1, *join == Join::TakeBack) };
            published();
            slot.rouse();
            match join {
                Join::TakeBack if slot.take_back() => {
                    lent.add(number);
                }
                Join::Poll => {
                    while !slot.is_free() {
                        thread::yield_now();
                    }
                }
                _ => slot.park_until_free(),
            }
            match slot.gain() {
                // SAFETY: the mailbox is free, and only such gains are put there.
                Some(letter) => assert_eq!(unsafe { letter.take::<u32>() }, 10 * number),
                None => assert!(*join == Join::TakeBack),
            }
            lent.add(1000);
            expected += 1100 + number;
            assert_eq!(lent.add(0), expected);
        }
        // SAFETY: as above.
        unsafe { slot.publish(job(0), std::ptr::null_mut(), 1, false) };
        published();
        slot.rouse();
        handle.join().unwrap();
    });
}

#[test]
fn loom_a_polling_worker_and_a_polling_join() {
    model(Worker::Polls, &[Join::Poll, Join::Poll]);
}

#[test]
fn loom_a_polling_worker_and_a_sleeping_join() {
    model(Worker::Polls, &[Join::Park, Join::Park]);
}

#[test]
fn loom_a_sleeping_worker_and_a_polling_join() {
    model(Worker::Sleeps, &[Join::Poll, Join::Poll]);
}

#[test]
fn loom_a_sleeping_worker_and_a_sleeping_join() {
    model(Worker::Sleeps, &[Join::Park, Join::Park]);
}

#[test]
fn loom_a_polling_worker_and_a_job_taken_back() {
    model(Worker::Polls, &[Join::TakeBack, Join::TakeBack]);
}

#[test]
fn loom_a_sleeping_worker_and_a_job_taken_back() {
    model(Worker::Sleeps, &[Join::TakeBack, Join::Park]);
}

#[test]
fn loom_a_worker_woken_by_the_clock_and_a_polling_join() {
    model(Worker::Naps, &[Join::Poll, Join::Poll]);
}

#[test]
fn loom_a_worker_woken_by_the_clock_and_a_job_taken_back() {
    model(Worker::Naps, &[Join::TakeBack, Join::Park]);
}
