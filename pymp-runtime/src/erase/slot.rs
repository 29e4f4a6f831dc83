//! The mailbox of one worker: one cache line that hands a job over and hands the thread back.
//!
//! The state word is one of four, and a flag:
//!
//! | state  | meaning                                              | who leaves it |
//! |--------|------------------------------------------------------|---------------|
//! | IDLE   | no job; the worker polls                             | both          |
//! | ASLEEP | no job; the worker is parked, or just about to park  | entering thread |
//! | JOB    | a job lies here and nobody has begun it              | both          |
//! | BUSY   | the job is being run                                 | worker        |
//! | +AWAITED | on JOB or BUSY: the entering thread is parked until the job is done | worker |
//!
//! The protocol, one region after the other:
//!
//! 1. The entering thread, which alone owns the slot between lease and return, writes the job's words and swaps the state to
//!    JOB. If the old state was ASLEEP it unparks the worker. That is all that a hot region costs on this side.
//! 2. The worker sees JOB and claims it: JOB -> BUSY. It reads the job's words and runs it.
//! 3. Alternatively the entering thread, done with its own share, takes a job back that nobody has begun: JOB -> IDLE. Then the
//!    worker never sees it. Either 2 or 3 happens, never both, because both are a compare-exchange from JOB.
//! 4. The worker is done: BUSY -> IDLE. From here on it touches nothing that the job lent.
//! 5. The entering thread polls until the state is IDLE or ASLEEP (the worker may have gone to sleep meanwhile).
//! 6. If polling takes too long, the entering thread leaves its handle in `waiter`, sets AWAITED and parks. Step 4 then fails,
//!    and the worker takes the handle out *before* it stores IDLE: afterwards the slot may already serve someone else.
//! 7. A worker that finds nothing for long leaves its handle in `sleeper`, goes IDLE -> ASLEEP and parks until step 1.
//!
//! Parking may return for no reason, so both sleepers look at the state again in a loop; a late `unpark` can therefore do no
//! harm either.
//!
//! Progress: a job is run by its worker or by the entering thread, and neither waits for anything in between.

use crate::sync::{AtomicPtr, AtomicU32, AtomicUsize, Mutex, Ordering, Thread, current, park};
use std::sync::PoisonError;

const IDLE: u32 = 0;
const ASLEEP: u32 = 1;
const JOB: u32 = 2;
const BUSY: u32 = 3;
const AWAITED: u32 = 4;

/// What lies in the mailbox: a function, its argument, the thread number it is to be run as, and how often the worker may poll
/// for the next job. Plain words; what they mean, and that they are alive, is argued in [`super`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Job {
    pub(super) call: *mut (),
    pub(super) data: *mut (),
    pub(super) number: usize,
    pub(super) polls: u32,
}

/// The mailbox. Alone on its cache line (two of 64 bytes, since they are fetched in pairs), which is the only memory that the
/// two threads pass to and fro in a hot region.
///
/// The job's words are atomics and not a cell, so that no unsafe code is needed here: the state word orders them, and on every
/// machine we know a relaxed access costs what a plain one costs.
#[derive(Debug)]
#[repr(align(128))]
pub(crate) struct Slot {
    state: AtomicU32,
    polls: AtomicU32,
    number: AtomicUsize,
    call: AtomicPtr<()>,
    data: AtomicPtr<()>,
    /// The worker, when it sleeps.
    sleeper: Mutex<Option<Thread>>,
    /// The entering thread, when it sleeps.
    waiter: Mutex<Option<Thread>>,
}

impl Slot {
    pub(crate) fn new() -> Self {
        Slot {
            state: AtomicU32::new(IDLE),
            polls: AtomicU32::new(0),
            number: AtomicUsize::new(0),
            call: AtomicPtr::new(std::ptr::null_mut()),
            data: AtomicPtr::new(std::ptr::null_mut()),
            sleeper: Mutex::new(None),
            waiter: Mutex::new(None),
        }
    }

    // The entering thread's side.

    /// Step 1. The slot must be free: leased, and the last job joined.
    pub(super) fn publish(&self, job: Job) {
        self.call.store(job.call, Ordering::Relaxed);
        self.data.store(job.data, Ordering::Relaxed);
        self.number.store(job.number, Ordering::Relaxed);
        self.polls.store(job.polls, Ordering::Relaxed);
        // Release: pairs with the Acquire of `claim`, which then sees the words above and all that the body borrows.
        // Acquire: pairs with the Release of `sleep`; who sees ASLEEP finds the handle.
        let before = self.state.swap(JOB, Ordering::AcqRel);
        debug_assert!(before == IDLE || before == ASLEEP, "a job was published over another one");
        if before == ASLEEP {
            unpark(&self.sleeper);
        }
    }

    /// Step 3: whether the job was still there, and is ours again.
    pub(super) fn take_back(&self) -> bool {
        // Relaxed: what was published comes back to the thread that published it.
        self.state.load(Ordering::Relaxed) == JOB
            && self.state.compare_exchange(JOB, IDLE, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// Step 5: whether the slot holds no job any more.
    pub(crate) fn is_free(&self) -> bool {
        // Acquire: pairs with the Release of `finish`; what the job wrote is seen by the entering thread.
        self.state.load(Ordering::Acquire) < JOB
    }

    /// Step 6: sleeps until the slot is free.
    pub(super) fn park_until_free(&self) {
        *self.waiter.lock().unwrap_or_else(PoisonError::into_inner) = Some(current());
        let mut state = self.state.load(Ordering::Acquire);
        while state >= JOB {
            if state & AWAITED == 0 {
                // Release: pairs with the Acquire of a failed exchange in `finish`, so that the handle is there to be taken.
                // Acquire on failure: the job may just have been finished, as in `is_free`.
                if let Err(now) = self.state.compare_exchange(state, state | AWAITED, Ordering::Release, Ordering::Acquire) {
                    state = now;
                    continue;
                }
            }
            park();
            state = self.state.load(Ordering::Acquire);
        }
    }

    // The worker's side.

    /// Whether a job lies here. Only a hint: it may be taken back.
    pub(crate) fn has_job(&self) -> bool {
        // Relaxed: `claim` does the ordering.
        self.state.load(Ordering::Relaxed) >= JOB
    }

    /// Step 2: the job, if there is one.
    pub(super) fn claim(&self) -> Option<Job> {
        let mut state = self.state.load(Ordering::Relaxed);
        while state & !AWAITED == JOB {
            // Acquire: pairs with the Release of `publish`.
            match self.state.compare_exchange(state, state + (BUSY - JOB), Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => {
                    return Some(Job {
                        call: self.call.load(Ordering::Relaxed),
                        data: self.data.load(Ordering::Relaxed),
                        number: self.number.load(Ordering::Relaxed),
                        polls: self.polls.load(Ordering::Relaxed),
                    });
                }
                Err(now) => state = now,
            }
        }
        None
    }

    /// Step 4. The last access to the job's world.
    pub(super) fn finish(&self) {
        // Release: pairs with the Acquire of `is_free` and `park_until_free`.
        // Acquire on failure: pairs with the Release that set AWAITED; the handle lies in `waiter`.
        if self.state.compare_exchange(BUSY, IDLE, Ordering::Release, Ordering::Acquire).is_err() {
            let waiter = self.waiter.lock().unwrap_or_else(PoisonError::into_inner).take();
            // Release: as above.
            self.state.store(IDLE, Ordering::Release);
            if let Some(thread) = waiter {
                thread.unpark();
            }
        }
    }

    /// Step 7: sleeps until a job arrives; returns at once when one is there. May return without one, if it was taken back.
    pub(crate) fn sleep(&self) {
        *self.sleeper.lock().unwrap_or_else(PoisonError::into_inner) = Some(current());
        // Release: pairs with the Acquire of `publish`; the handle is there when ASLEEP is seen. Relaxed on failure: the job is
        // read after `claim` only.
        if self.state.compare_exchange(IDLE, ASLEEP, Ordering::Release, Ordering::Relaxed).is_ok() {
            // Relaxed: `claim` does the ordering.
            while self.state.load(Ordering::Relaxed) == ASLEEP {
                park();
            }
        }
    }
}

/// Wakes the thread that left its handle. The handle stays: it is the worker's, and a worker never changes its slot.
fn unpark(sleeper: &Mutex<Option<Thread>>) {
    let thread = sleeper.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(thread) = thread {
        thread.unpark();
    }
}

#[cfg(all(test, loom))]
mod loom_tests;
