//! The worker's side of a mailbox; the steps are those of [`super`].

use super::{GAINED, IDLE, JOB, Job, Letter, OFFER, Slot, is_free, kind, lock};
use crate::sync::{Ordering, current, fence, park, park_timeout};
use std::sync::Arc;
use std::time::Instant;

/// The worker's end of the mailbox. There is one for each, so that a job is begun once.
#[derive(Debug)]
pub(crate) struct Seat {
    slot: Arc<Slot>,
    /// The state that the worker knows of, when it has no job.
    known: u32,
}

impl Seat {
    pub(super) fn new(slot: Arc<Slot>) -> Self {
        Seat { slot, known: 0 }
    }

    /// Whether a job lies here. Only a hint: it may be taken back.
    #[inline]
    pub(crate) fn has_job(&self) -> bool {
        // Relaxed: `claim` does the ordering.
        !is_free(self.slot.state.load(Ordering::Relaxed))
    }

    /// Whether a job has come, be it that it was taken back.
    #[inline]
    pub(crate) fn has_news(&self) -> bool {
        // Relaxed: as above.
        self.slot.state.load(Ordering::Relaxed) != self.known
    }

    /// Step 3: the job, if there is one.
    #[inline]
    pub(in crate::erase) fn claim(&mut self) -> Option<Claimed<'_>> {
        let slot = &*self.slot;
        // Acquire, here and below: pairs with the Release of `publish`.
        let state = slot.state.load(Ordering::Acquire);
        // Before what may fail: then it is taken back, and over.
        self.known = state - kind(state) + IDLE;
        if is_free(state) {
            self.known = state;
            return None;
        }
        let claimed = self.known + JOB;
        if kind(state) == OFFER && slot.state.compare_exchange(state, claimed, Ordering::Acquire, Ordering::Relaxed).is_err() {
            return None;
        }
        // SAFETY: by the invariant, since the state is JOB, and this is the worker, who has no other job now: `Claimed` borrows its end.
        let job = slot.job.0.with_mut(|job| unsafe { job.read() });
        Some(Claimed { seat: self, job, gained: false })
    }

    /// Step 5. The last access to the job's world.
    #[inline]
    fn finish(&mut self, gained: bool) {
        let job = self.known + JOB;
        self.known += if gained { GAINED } else { IDLE };
        // Release: pairs with the Acquire of `is_free`.
        // Acquire on failure: pairs with the Release that set AWAITED; the handle lies in `waiter`.
        if self.slot.state.compare_exchange(job, self.known, Ordering::Release, Ordering::Acquire).is_err() {
            self.finish_awaited();
        }
    }

    #[cold]
    fn finish_awaited(&mut self) {
        let waiter = lock(&self.slot.cold.waiter).take();
        // Release: as in `finish`.
        self.slot.state.store(self.known, Ordering::Release);
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

/// A job that is the worker's, until this is dropped: step 5.
pub(in crate::erase) struct Claimed<'s> {
    seat: &'s mut Seat,
    pub(in crate::erase) job: Job,
    /// Whether a gain was put into the letter.
    pub(in crate::erase) gained: bool,
}

impl Claimed<'_> {
    /// The worker's, until this is dropped.
    #[inline]
    pub(in crate::erase) fn letter(&self) -> &Letter {
        &self.seat.slot.letter
    }

    /// What is common to the region.
    #[inline]
    pub(in crate::erase) fn common(&self) -> *mut () {
        // Relaxed: the state has ordered it.
        self.seat.slot.own.common.load(Ordering::Relaxed)
    }

    /// How often the worker may poll for the next job.
    #[inline]
    pub(in crate::erase) fn polls(&self) -> u32 {
        // Relaxed: as above.
        self.seat.slot.polls.load(Ordering::Relaxed)
    }
}

impl Drop for Claimed<'_> {
    #[inline]
    fn drop(&mut self) {
        self.seat.finish(self.gained);
    }
}
