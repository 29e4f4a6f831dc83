//! The mailbox of one worker: one cache line that hands a job over, and hands the thread back.
//!
//! The state is one of three words, and a flag:
//!
//! | state    | meaning                                             | who leaves it |
//! |----------|-----------------------------------------------------|---------------|
//! | IDLE     | no job                                              | the entering thread |
//! | OFFER    | a job that the worker has not begun, and that may be taken back | both |
//! | JOB      | a job that is the worker's, begun or not            | the worker    |
//! | JOB + AWAITED | the same, and the entering thread sleeps until it is done | the worker |
//!
//! The protocol, once for each region:
//!
//! 1. The entering thread, who alone may publish between lease and return, writes the job's words and stores JOB or OFFER. It does
//!    so for the whole team, with plain stores: they travel to the other cores at the same time, and the words of one mailbox
//!    together, so that a worker who polls the line does not pull it away half written.
//! 2. After *one* fence for the whole team, it wakes those who are `asleep`.
//! 3. The worker sees JOB, or makes JOB of OFFER, reads the job's words and runs it.
//! 4. Or the entering thread, done with its own share, takes back an OFFER: OFFER -> IDLE. Either 3 or 4 happens, never both:
//!    both are a compare-exchange from OFFER.
//! 5. The worker is done: JOB -> IDLE. From here on it touches nothing that the job lent.
//! 6. The entering thread polls until the state is IDLE.
//! 7. If that takes too long, it leaves its handle in `waiter`, sets AWAITED, and parks. Step 5 then fails, and the worker takes the
//!    handle out *before* it stores IDLE: afterwards the mailbox may already serve someone else.
//! 8. A worker that finds nothing for long leaves its handle in `sleeper`, says that it is `asleep`, fences, looks once more, and
//!    parks. Of the two fences, in 2 and here, one is the first: either the worker sees the job, or the entering thread sees
//!    that it is asleep.
//!
//! Parking may end for no reason, so both sleepers look again in a loop; a late `unpark` can therefore do no harm either.
//!
//! Progress: a job is run by its worker or by the entering thread, and neither waits for anything in between.

use crate::context::Frame;
use crate::sync::{AtomicBool, AtomicPtr, AtomicU32, AtomicU64, Mutex, Ordering, Thread, current, fence, park, park_timeout};
use std::sync::{Arc, PoisonError};
use std::time::Instant;

const IDLE: u32 = 0;
const OFFER: u32 = 1;
const JOB: u32 = 2;
const AWAITED: u32 = 4;

/// What lies in the mailbox: a function and its two arguments, the region and thread number it is to be run as, and how often the
/// worker may poll for the next job. Plain words; what they mean, and that they are alive, is argued in [`super`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Job {
    pub(super) call: *mut (),
    pub(super) body: *mut (),
    pub(super) common: *mut (),
    pub(super) frame: Frame,
    pub(super) polls: u32,
}

/// The mailbox, as the entering thread sees it.
///
/// The job's words are atomics and not a cell, so that no unsafe code is needed here: the state orders them, and a relaxed access
/// costs what a plain one costs.
#[derive(Debug)]
#[repr(C, align(128))]
pub(crate) struct Slot {
    // Less than 64 bytes: all that an empty hot region passes from core to core. Each further line that the entering thread writes
    // and a worker reads costs as much again, or twice that.
    state: AtomicU32,
    polls: AtomicU32,
    /// How many jobs were published: a worker learns of those that were taken back, too.
    jobs: AtomicU32,
    frame: [AtomicU64; 2],
    call: AtomicPtr<()>,
    body: AtomicPtr<()>,
    common: AtomicPtr<()>,
    cold: Cold,
}

/// Read in every region, written around sleeping only.
#[derive(Debug)]
#[repr(align(128))]
struct Cold {
    /// True from the start: a thread that is not there yet is as good as asleep.
    asleep: AtomicBool,
    /// The worker, when it sleeps.
    sleeper: Mutex<Option<Thread>>,
    /// The entering thread, when it sleeps.
    waiter: Mutex<Option<Thread>>,
}

/// The worker's end of the mailbox. There is one for each, so that a job is begun once.
#[derive(Debug)]
pub(crate) struct Seat {
    slot: Arc<Slot>,
    /// The jobs that the worker knows of.
    known: u32,
}

/// A mailbox: the entering thread's end and the worker's.
pub(crate) fn mailbox() -> (Arc<Slot>, Seat) {
    let slot = Arc::new(Slot {
        state: AtomicU32::new(IDLE),
        polls: AtomicU32::new(0),
        jobs: AtomicU32::new(0),
        frame: [0; 2].map(AtomicU64::new),
        call: AtomicPtr::new(std::ptr::null_mut()),
        body: AtomicPtr::new(std::ptr::null_mut()),
        common: AtomicPtr::new(std::ptr::null_mut()),
        cold: Cold { asleep: AtomicBool::new(true), sleeper: Mutex::new(None), waiter: Mutex::new(None) },
    });
    (Arc::clone(&slot), Seat { slot, known: 0 })
}

/// Between step 1 and step 2, once for the team.
#[inline]
pub(super) fn published() {
    // SeqCst: pairs with the fence in `Seat::sleep`, see step 8.
    fence(Ordering::SeqCst);
}

/// The entering thread's side.
impl Slot {
    /// Step 1. The mailbox must be free: leased, and the last job over. Followed by [`published`] and [`rouse`](Self::rouse).
    #[inline]
    pub(super) fn publish(&self, job: Job, may_be_taken_back: bool) {
        debug_assert!(self.is_free(), "a job was published over another one");
        self.call.store(job.call, Ordering::Relaxed);
        self.body.store(job.body, Ordering::Relaxed);
        self.common.store(job.common, Ordering::Relaxed);
        for (word, value) in self.frame.iter().zip(job.frame.words()) {
            word.store(value, Ordering::Relaxed);
        }
        self.polls.store(job.polls, Ordering::Relaxed);
        self.jobs.store(self.jobs.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
        // Release: pairs with the Acquire of `Seat::claim`, which then sees the words above and all that the body borrows.
        self.state.store(if may_be_taken_back { OFFER } else { JOB }, Ordering::Release);
    }

    /// Step 2. Whether the worker is a new one, that has yet to come to its mailbox.
    #[inline]
    pub(super) fn rouse(&self) -> bool {
        // Acquire: pairs with the Release in `Seat::sleep`; the handle is there.
        self.cold.asleep.load(Ordering::Acquire) && self.unpark()
    }

    #[cold]
    fn unpark(&self) -> bool {
        // Relaxed: `unpark` orders it. Also when the job is taken back the worker is awake afterwards, and ready for the next one.
        self.cold.asleep.store(false, Ordering::Relaxed);
        let sleeper = lock(&self.cold.sleeper).clone();
        if let Some(thread) = &sleeper {
            thread.unpark();
        }
        sleeper.is_none()
    }

    /// Whether the worker has begun, or is done already.
    #[inline]
    pub(super) fn is_begun(&self) -> bool {
        // Relaxed: only a reason to wait no longer for a beginning.
        self.state.load(Ordering::Relaxed) != OFFER
    }

    /// Step 4: whether the job was still on offer, and is ours again.
    #[inline]
    pub(super) fn take_back(&self) -> bool {
        // Relaxed: what was published comes back to the thread that published it.
        self.state.load(Ordering::Relaxed) == OFFER
            && self.state.compare_exchange(OFFER, IDLE, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// Step 6: whether the mailbox holds no job any more.
    #[inline]
    pub(crate) fn is_free(&self) -> bool {
        // Acquire: pairs with the Release of `Seat::finish`; what the job wrote is seen by the entering thread.
        self.state.load(Ordering::Acquire) == IDLE
    }

    /// Step 7: sleeps until the mailbox is free. A job that is still on offer is withdrawn: the worker would not know of us.
    #[cold]
    pub(super) fn park_until_free(&self) {
        if self.take_back() {
            return;
        }
        *lock(&self.cold.waiter) = Some(current());
        // Release: pairs with the Acquire of the failed exchange in `Seat::finish`, so that the handle is there to be taken.
        // A failure means that the job is over, and the loop ends at once.
        let _ = self.state.compare_exchange(JOB, JOB | AWAITED, Ordering::Release, Ordering::Relaxed);
        while !self.is_free() {
            park();
        }
    }
}

/// The worker's side.
impl Seat {
    /// Whether a job lies here. Only a hint: it may be taken back.
    #[inline]
    pub(crate) fn has_job(&self) -> bool {
        // Relaxed: `claim` does the ordering.
        self.slot.state.load(Ordering::Relaxed) != IDLE
    }

    /// Whether a job has come, be it that it was taken back.
    #[inline]
    pub(crate) fn has_news(&self) -> bool {
        // Relaxed: as above.
        self.has_job() || self.slot.jobs.load(Ordering::Relaxed) != self.known
    }

    /// Step 3: the job, if there is one. It is over when [`finish`](Self::finish) is called, and that comes next.
    #[inline]
    pub(super) fn claim(&mut self) -> Option<Job> {
        let slot = &*self.slot;
        // Acquire, here and below: pairs with the Release of `publish`.
        let state = slot.state.load(Ordering::Acquire);
        self.known = slot.jobs.load(Ordering::Relaxed);
        if state == IDLE {
            return None;
        }
        if state == OFFER && slot.state.compare_exchange(OFFER, JOB, Ordering::Acquire, Ordering::Relaxed).is_err() {
            return None;
        }
        Some(Job {
            call: slot.call.load(Ordering::Relaxed),
            body: slot.body.load(Ordering::Relaxed),
            common: slot.common.load(Ordering::Relaxed),
            frame: Frame::from_words(std::array::from_fn(|word| slot.frame[word].load(Ordering::Relaxed))),
            polls: slot.polls.load(Ordering::Relaxed),
        })
    }

    /// Step 5. The last access to the job's world.
    #[inline]
    pub(super) fn finish(&mut self) {
        // Release: pairs with the Acquire of `is_free`.
        // Acquire on failure: pairs with the Release that set AWAITED; the handle lies in `waiter`.
        if self.slot.state.compare_exchange(JOB, IDLE, Ordering::Release, Ordering::Acquire).is_err() {
            self.finish_awaited();
        }
    }

    #[cold]
    fn finish_awaited(&mut self) {
        let waiter = lock(&self.slot.cold.waiter).take();
        // Release: as in `finish`.
        self.slot.state.store(IDLE, Ordering::Release);
        if let Some(thread) = waiter {
            thread.unpark();
        }
    }

    /// Step 8: sleeps until a job arrives. May return without one, if it was taken back.
    #[cold]
    pub(crate) fn sleep(&mut self) {
        self.lie_down();
        while self.is_asleep() {
            park();
        }
        self.get_up();
    }

    /// The same, until then at most.
    #[cold]
    pub(crate) fn nap(&mut self, most: Instant) {
        self.lie_down();
        while self.is_asleep() {
            let left = most.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            park_timeout(left);
        }
        self.get_up();
    }

    fn lie_down(&mut self) {
        let cold = &self.slot.cold;
        *lock(&cold.sleeper) = Some(current());
        // Release: pairs with the Acquire of `rouse`; the handle is there.
        cold.asleep.store(true, Ordering::Release);
        // SeqCst: pairs with the fence in `published`, see step 8.
        fence(Ordering::SeqCst);
    }

    fn is_asleep(&self) -> bool {
        // Relaxed: `claim` does the ordering.
        !self.has_job() && self.slot.cold.asleep.load(Ordering::Relaxed)
    }

    /// Who still sees it asleep wakes it once too often: its next sleep ends at once, and it looks again.
    fn get_up(&mut self) {
        self.slot.cold.asleep.store(false, Ordering::Relaxed);
    }
}

/// Nothing unwinds while these are held, so there is nothing that poison could tell.
fn lock(handle: &Mutex<Option<Thread>>) -> crate::sync::MutexGuard<'_, Option<Thread>> {
    handle.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, loom))]
mod loom_tests;
