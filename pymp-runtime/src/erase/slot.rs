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
//! 5. The worker is done: it has put what the share gained in the job's place, and JOB -> IDLE. From here on it touches nothing that
//!    the job lent.
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

mod seat;

use super::letter::Letter;
use crate::context::Frame;
use crate::sync::{AtomicBool, AtomicU32, Mutex, Ordering, Thread, current, fence, park};
pub(crate) use seat::Seat;
use std::sync::{Arc, PoisonError};

const IDLE: u32 = 0;
const OFFER: u32 = 1;
const JOB: u32 = 2;
const AWAITED: u32 = 4;

/// A function and its two arguments, the region and thread number it is to be run as, and how often the worker may poll for the next
/// job. Plain words; what they mean, and that they are alive, is argued in [`super`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub(super) struct Job {
    pub(super) call: *mut (),
    pub(super) body: *mut (),
    pub(super) common: *mut (),
    pub(super) frame: Frame,
    pub(super) polls: u32,
}

/// The mailbox, as the entering thread sees it.
#[derive(Debug)]
#[repr(C, align(128))]
pub(crate) struct Slot {
    // With the job 64 bytes: all that an empty hot region passes from core to core. Each further line that the entering thread writes
    // and a worker reads costs as much again, or twice that.
    state: AtomicU32,
    /// How many jobs were published: a worker learns of those that were taken back, too.
    jobs: AtomicU32,
    /// Whether a gain lies in the letter.
    gained: AtomicBool,
    // Invariant: the letter is the entering thread's while the state is IDLE, and of nobody while it is OFFER; while it is JOB it is that of
    // the one who has claimed it, the only worker. Who hands it on stores the state by Release, who takes it over has loaded it by
    // Acquire.
    letter: Letter,
    cold: Cold,
    taken: Taken,
}

/// What a share gained that was taken back. Nobody but the entering thread comes here: in the other letter's lines the worker looks for
/// jobs meanwhile.
#[derive(Debug)]
#[repr(align(128))]
struct Taken {
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
        jobs: AtomicU32::new(0),
        gained: AtomicBool::new(false),
        letter: Letter::new(),
        cold: Cold { asleep: AtomicBool::new(true), sleeper: Mutex::new(None), waiter: Mutex::new(None) },
        taken: Taken { gained: AtomicBool::new(false), letter: Letter::new() },
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
    pub(super) unsafe fn publish(&self, job: Job, may_be_taken_back: bool) {
        debug_assert!(self.is_free(), "a job was published over another one");
        // SAFETY: the caller's promise, and the invariant: the state is IDLE.
        unsafe { self.letter.put_job(job) };
        // Relaxed, all: the state orders them.
        self.gained.store(false, Ordering::Relaxed);
        self.tell_taken(false);
        self.jobs.store(self.jobs.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
        // Release: pairs with the Acquire of `Seat::claim`, which then sees the job and all that the body borrows.
        self.state.store(if may_be_taken_back { OFFER } else { JOB }, Ordering::Release);
    }

    /// Where the gain of a share goes that was taken back. It is the entering thread's.
    #[inline]
    pub(super) fn taken(&self) -> &Letter {
        &self.taken.letter
    }

    /// Whether a gain lies there.
    #[inline]
    pub(super) fn tell_taken(&self, gained: bool) {
        // Relaxed: nobody else asks.
        self.taken.gained.store(gained, Ordering::Relaxed);
    }

    /// The letter with the gain of the last job, when it is over: then it is the entering thread's. `None` if there was no gain.
    #[inline]
    pub(super) fn gain(&self) -> Option<&Letter> {
        // Relaxed: the state has ordered it.
        let letter = self.gained.load(Ordering::Relaxed).then_some(&self.letter);
        letter.or_else(|| self.taken.gained.load(Ordering::Relaxed).then_some(&self.taken.letter))
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

/// Nothing unwinds while these are held, so there is nothing that poison could tell.
fn lock(handle: &Mutex<Option<Thread>>) -> crate::sync::MutexGuard<'_, Option<Thread>> {
    handle.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, loom))]
mod loom_tests;
