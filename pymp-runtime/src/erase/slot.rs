//! The mailbox of one worker: one cache line that hands a job over, and hands the thread back.
//!
//! The state is one of these, and the number of the last job:
//!
//! | state    | meaning                                             | who leaves it |
//! |----------|-----------------------------------------------------|---------------|
//! | IDLE     | no job                                              | the entering thread |
//! | GAINED   | the same, and a gain lies in the letter             | the entering thread |
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
//! 5. The worker is done: it has put what the share gained into the letter, and JOB -> IDLE or GAINED. From here on it touches nothing
//!    that the job lent.
//! 6. The entering thread polls until the state is neither OFFER nor JOB.
//! 7. If that takes too long, it leaves its handle in `waiter`, sets AWAITED, and parks. Step 5 then fails, and the worker takes the
//!    handle out *before* it leaves JOB: afterwards the mailbox may already serve someone else.
//! 8. A worker that finds nothing for long leaves its handle in `sleeper`, says that it is `asleep`, fences, looks once more, and
//!    parks. Of the two fences, in 2 and here, one is the first: either the worker sees the job, or the entering thread sees
//!    that it is asleep.
//!
//! Parking may end for no reason, so both sleepers look again in a loop; a late `unpark` can therefore do no harm either.
//!
//! Progress: a job is run by its worker or by the entering thread, and neither waits for anything in between.

mod seat;

use super::letter::Letter;
use crate::context::Frame;
use crate::sync::{AtomicBool, AtomicPtr, AtomicU32, Mutex, Ordering, Thread, UnsafeCell, current, fence, park};
pub(crate) use seat::Seat;
use std::fmt;
use std::sync::{Arc, PoisonError};

const IDLE: u32 = 0;
const OFFER: u32 = 1;
const JOB: u32 = 2;
const AWAITED: u32 = 4;
const GAINED: u32 = 8;
/// One job more. A worker learns of those that were taken back, too, and it is a hint only: so the number may wrap around.
const NEXT: u32 = 16;

/// What kind of state it is.
const fn kind(state: u32) -> u32 {
    state % NEXT
}

const fn is_free(state: u32) -> bool {
    state & (OFFER | JOB) == 0
}

/// The function that finds its body by the letter, the region and thread number it is to be run as. Plain words; what they mean, and that
/// what they lead to is alive, is argued in [`super`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Job {
    pub(super) call: *mut (),
    pub(super) frame: Frame,
}

/// The mailbox, as the entering thread sees it.
#[derive(Debug)]
#[repr(C, align(128))]
pub(crate) struct Slot {
    // With the job, and with a small body in the letter, 64 bytes: all that an empty hot region passes from core to core. Each further line that
    // the entering thread writes and a worker reads costs as much again, or twice that.
    state: AtomicU32,
    /// How often the worker may poll for the next job.
    polls: AtomicU32,
    // Invariant: job and letter are the entering thread's while the mailbox is free, and of nobody while the state is OFFER; while it is JOB they
    // are those of the one who has claimed it, the only worker. Who hands them on stores the state by Release, who takes them over has
    // loaded it by Acquire. But a body that lies in the letter is only read, by the whole team, from `publish` until all mailboxes are free.
    job: JobCell,
    letter: Letter,
    cold: Cold,
    own: Own,
}

/// A job that belongs to one thread at a time.
struct JobCell(UnsafeCell<Job>);

// SAFETY: whoever reaches for the job has it for himself, by the invariant. What its words mean is no matter here.
unsafe impl Send for JobCell {}
// SAFETY: as above.
unsafe impl Sync for JobCell {}

impl fmt::Debug for JobCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").finish_non_exhaustive()
    }
}

/// The entering thread's. Hardly ever does the worker come here: in the other letter's lines it looks for jobs meanwhile.
#[derive(Debug)]
#[repr(align(128))]
struct Own {
    /// What is common to the region.
    common: AtomicPtr<()>,
    /// What a share gained that was taken back.
    gained: AtomicBool,
    letter: Letter,
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

/// A mailbox: the entering thread's end and the worker's.
pub(crate) fn mailbox() -> (Arc<Slot>, Seat) {
    let slot = Arc::new(Slot {
        state: AtomicU32::new(IDLE),
        polls: AtomicU32::new(0),
        job: JobCell(UnsafeCell::new(Job { call: std::ptr::null_mut(), frame: Frame::new(0, 1, 0, 0) })),
        letter: Letter::new(),
        cold: Cold { asleep: AtomicBool::new(true), sleeper: Mutex::new(None), waiter: Mutex::new(None) },
        own: Own { common: AtomicPtr::new(std::ptr::null_mut()), gained: AtomicBool::new(false), letter: Letter::new() },
    });
    (Arc::clone(&slot), Seat::new(slot))
}

/// Between step 1 and step 2, once for the team.
#[inline]
pub(super) fn published() {
    // SeqCst: pairs with the fence in `Seat::sleep`, see step 8.
    fence(Ordering::SeqCst);
}

/// The entering thread's side.
impl Slot {
    /// Step 1. Followed by [`published`] and [`rouse`](Self::rouse).
    ///
    /// # Safety
    /// The mailbox is the caller's, and free: leased, and the last job over.
    #[inline]
    pub(super) unsafe fn publish(&self, job: Job, common: *mut (), polls: u32, may_be_taken_back: bool) {
        debug_assert!(self.is_free(), "a job was published over another one");
        // SAFETY: the caller's promise, and the invariant: the mailbox is free.
        self.job.0.with_mut(|place| unsafe { place.write(job) });
        // Relaxed, all: the state orders them, and is this thread's.
        self.own.common.store(common, Ordering::Relaxed);
        self.tell_taken(false);
        self.polls.store(polls, Ordering::Relaxed);
        let state = self.state.load(Ordering::Relaxed);
        let next = (state - kind(state)).wrapping_add(NEXT) | if may_be_taken_back { OFFER } else { JOB };
        // Release: pairs with the Acquire of `Seat::claim`, which then sees the job and all that the body borrows.
        self.state.store(next, Ordering::Release);
    }

    /// What goes with the next job. It is the entering thread's while the mailbox is free.
    #[inline]
    pub(super) fn letter(&self) -> &Letter {
        &self.letter
    }

    /// Where the gain of a share goes that was taken back. It is the entering thread's.
    #[inline]
    pub(super) fn taken(&self) -> &Letter {
        &self.own.letter
    }

    /// Whether a gain lies there.
    #[inline]
    pub(super) fn tell_taken(&self, gained: bool) {
        // Relaxed: nobody else asks.
        self.own.gained.store(gained, Ordering::Relaxed);
    }

    /// The letter with the gain of the last job, when it is over: then it is the entering thread's. `None` if there was no gain.
    #[inline]
    pub(super) fn gain(&self) -> Option<&Letter> {
        // Relaxed: `is_free` has ordered it.
        let letter = (self.state.load(Ordering::Relaxed) & GAINED != 0).then_some(&self.letter);
        letter.or_else(|| self.own.gained.load(Ordering::Relaxed).then_some(&self.own.letter))
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
        kind(self.state.load(Ordering::Relaxed)) != OFFER
    }

    /// Step 4: whether the job was still on offer, and is ours again.
    #[inline]
    pub(super) fn take_back(&self) -> bool {
        // Relaxed: what was published comes back to the thread that published it.
        let state = self.state.load(Ordering::Relaxed);
        let idle = state - kind(state) + IDLE;
        kind(state) == OFFER && self.state.compare_exchange(state, idle, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// Step 6: whether the mailbox holds no job any more.
    #[inline]
    pub(crate) fn is_free(&self) -> bool {
        // Acquire: pairs with the Release of `Seat::finish`; what the job wrote is seen by the entering thread.
        is_free(self.state.load(Ordering::Acquire))
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
        // Relaxed: which job it is, this thread knows.
        let state = self.state.load(Ordering::Relaxed);
        if kind(state) == JOB {
            let _ = self.state.compare_exchange(state, state | AWAITED, Ordering::Release, Ordering::Relaxed);
        }
        while !self.is_free() {
            park();
        }
    }
}

/// Nothing unwinds while these are held, so there is nothing that poison could tell.
fn lock(handle: &Mutex<Option<Thread>>) -> crate::sync::MutexGuard<'_, Option<Thread>> {
    handle.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, loom))]
mod loom_tests;
