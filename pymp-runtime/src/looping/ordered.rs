//! `ordered!({ .. })`: blocks that run in iteration order.
//!
//! 1. The turn is the number of the iteration whose block may run; it starts at 0.
//! 2. Each iteration takes a seat. To run its block it waits until the turn is its number.
//! 3. When its block has ended, or the iteration has, the turn passes to the next number.
//! 4. An iteration that leaves the loop, or panics, lowers the loop's bound; those that wait above it give up.
//!
//! Progress: the lowest iteration that has not passed the turn on either runs, or is the next one of a thread that runs, since a
//! thread takes its iterations in rising order (`ordered` makes the schedule monotonic).

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use crossbeam_utils::{Backoff, CachePadded};

/// So often a thread looks before it waits longer from look to look: the turn mostly comes from the other core at once.
const POLLS: u32 = 100;

/// Whose turn it is.
#[derive(Debug, Default)]
pub(super) struct Turn {
    number: CachePadded<AtomicUsize>,
    sleepers: AtomicUsize,
    lock: Mutex<()>,
    moved: Condvar,
}

/// An iteration's place in the order.
pub struct Seat<'l> {
    number: usize,
    turn: &'l Turn,
    bound: &'l AtomicUsize,
    passed: bool,
    /// The loop stands in a destructor, and its thread unwinds; that is not the iteration's own doing.
    in_unwinding: bool,
}

impl Turn {
    /// Waits until it is the turn of `number`; false when the loop is being left below it.
    fn wait(&self, number: usize, bound: &AtomicUsize) -> bool {
        // Acquire, with the Release in `pass`: this block sees what the earlier blocks wrote. The turn is read before the bound: an
        // iteration that leaves the loop lowers the bound first and passes the turn on then, so whoever gets its turn knows.
        let decided = || {
            let mine = self.number.load(Ordering::Acquire) == number;
            match bound.load(Ordering::Acquire) < number {
                true => Some(false),
                false => mine.then_some(true),
            }
        };
        let backoff = Backoff::new();
        let mut polls = 0;
        while !backoff.is_completed() {
            if let Some(mine) = decided() {
                return mine;
            }
            if polls < POLLS {
                polls += 1;
                std::hint::spin_loop();
            } else {
                backoff.snooze();
            }
        }
        // SeqCst on both sides of the two words: either the sleeper sees the turn move, or the mover sees the sleeper.
        let mut guard = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        self.sleepers.fetch_add(1, Ordering::SeqCst);
        std::sync::atomic::fence(Ordering::SeqCst);
        let mine = loop {
            if let Some(mine) = decided() {
                break mine;
            }
            guard = self.moved.wait(guard).unwrap_or_else(PoisonError::into_inner);
        };
        self.sleepers.fetch_sub(1, Ordering::SeqCst);
        mine
    }

    fn pass(&self, number: usize) {
        // Release, with the Acquire in `wait`. SeqCst, as `rouse` asks; a swap is a fence that costs less than one beside a store.
        self.number.swap(number + 1, Ordering::SeqCst);
        self.rouse();
    }

    /// Lets sleepers look again, after the bound has moved.
    pub(super) fn wake_all(&self) {
        std::sync::atomic::fence(Ordering::SeqCst);
        self.rouse();
    }

    /// Lets sleepers look again; after a fence or a SeqCst operation, which goes with the one in `wait`.
    fn rouse(&self) {
        if self.sleepers.load(Ordering::SeqCst) > 0 {
            // Under the lock, so that nobody is between looking and sleeping.
            drop(self.lock.lock().unwrap_or_else(PoisonError::into_inner));
            self.moved.notify_all();
        }
    }
}

impl<'l> Seat<'l> {
    pub(super) fn new(number: usize, turn: &'l Turn, bound: &'l AtomicUsize) -> Self {
        Self { number, turn, bound, passed: false, in_unwinding: std::thread::panicking() }
    }

    /// Waits for this iteration's turn; false when the loop is being left, and the block must not run.
    ///
    /// # Panics
    ///
    /// When the turn has been passed on: an iteration has one `ordered!` block.
    #[must_use]
    #[track_caller]
    pub fn enter(&self) -> bool {
        assert!(!self.passed, "iteration {} has run its `ordered!` block already; an iteration has one", self.number);
        self.turn.wait(self.number, self.bound)
    }

    /// Passes the turn on, at the end of the block.
    pub fn leave(&mut self) {
        self.passed = true;
        self.turn.pass(self.number);
    }
}

impl Drop for Seat<'_> {
    /// An iteration that ran no block passes the turn on when it is its turn. One that unwinds leaves that to the bound.
    fn drop(&mut self) {
        let unwinds = std::thread::panicking() && !self.in_unwinding;
        if !self.passed && !unwinds && self.turn.wait(self.number, self.bound) {
            self.turn.pass(self.number);
        }
    }
}

impl fmt::Debug for Seat<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seat").field("number", &self.number).field("passed", &self.passed).finish_non_exhaustive()
    }
}
