//! Where the threads of a region wait for one another.
//!
//! One word holds the round, and two flags; another one counts who has arrived.
//!
//! 1. A thread notes the round and counts itself in. That it is the last it knows from the count alone.
//!    It counts what it has come to with the same step: so the last one knows too whether all have come to the same construct. Of three
//!    or more threads at three constructs it may miss it.
//! 2. The last one sets the count to zero, then moves the round on. Nobody can arrive for the next round in between: those who
//!    wait leave only when they see the new round.
//! 3. The others poll the round, which nobody writes meanwhile, so that it stays in their caches.
//! 4. Who has polled for long sets SLEEPING, under a lock, provided that the round is still the one it noted, and sleeps. Whoever
//!    moves the round on takes the flag away with the same step, sees it, and wakes all. It takes the lock first, so that nobody
//!    is between the flag and the sleep.
//! 5. A thread that will not come any more sets BROKEN. Everybody who waits, or comes later, is told so.
//!
//! Progress: all threads of the team must come, or one of them must break the barrier. The team's lease sees to it that all are
//! running: none waits for another one's place.

use crate::sync::{AtomicU32, Condvar, Mutex, MutexGuard, Ordering};
use crossbeam_utils::CachePadded;
use std::fmt;
use std::sync::PoisonError;
use std::time::Duration;

const BROKEN: u32 = 1;
const SLEEPING: u32 = 2;
/// One round. The rounds wrap around, long after everybody has left the round of the same number.
const ROUND: u32 = 4;
/// One above the largest count of threads.
const CONSTRUCT: u32 = 1 << 16;

#[derive(Debug)]
pub(crate) struct Barrier {
    team: u32,
    arrived: CachePadded<AtomicU32>,
    state: CachePadded<AtomicU32>,
    lock: Mutex<()>,
    moved: Condvar,
}

/// What ends with a barrier, or is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Construct {
    Barrier,
    Single,
    Sections,
}

impl fmt::Display for Construct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Construct::Barrier => "a `barrier`",
            Construct::Single => "a `single`",
            Construct::Sections => "a `sections`",
        })
    }
}

/// How a thread has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// Not as the last one of the round.
    Early(Round),
    /// As the last one, and the others have been let go.
    Last,
    /// As the last one, and another thread has come to another construct. The others wait.
    Astray,
}

/// What a thread that is not the last one waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Round(u32);

impl Barrier {
    /// For a team of so many threads.
    #[inline]
    pub(crate) fn new(team: usize) -> Self {
        Barrier {
            // Teams are far smaller.
            team: u32::try_from(team).unwrap_or(u32::MAX),
            arrived: CachePadded::new(AtomicU32::new(0)),
            state: CachePadded::new(AtomicU32::new(0)),
            lock: Mutex::new(()),
            moved: Condvar::new(),
        }
    }

    /// Steps 1 and 2.
    #[inline]
    pub(crate) fn arrive(&self, at: Construct) -> Arrival {
        // Relaxed: this thread has seen the round begin, when it left the last one, and the round cannot end without it.
        // A barrier that is broken already is no round to wait for the end of: without the flag it is over at once.
        let round = self.state.load(Ordering::Relaxed) & !(SLEEPING | BROKEN);
        // Release: what this thread has written is seen by the last one. Acquire: the last one sees it.
        let step = 1 + at as u32 * CONSTRUCT;
        let arrived = self.arrived.fetch_add(step, Ordering::AcqRel).wrapping_add(step);
        if arrived != self.team.wrapping_mul(step) {
            return if arrived % CONSTRUCT == self.team { Arrival::Astray } else { Arrival::Early(Round(round)) };
        }
        // Relaxed: the round's Release comes after it.
        self.arrived.store(0, Ordering::Relaxed);
        self.move_on(|state| (state & !SLEEPING).wrapping_add(ROUND));
        Arrival::Last
    }

    /// Step 3: whether the round is over.
    #[inline]
    pub(crate) fn is_over(&self, round: Round) -> bool {
        // Acquire: pairs with the Release of `move_on`; what all have written before the barrier is seen after it.
        self.state.load(Ordering::Acquire) & !SLEEPING != round.0
    }

    /// Step 4, for so long at most. Whether the round is over.
    #[cold]
    pub(crate) fn sleep(&self, round: Round, most: Duration) -> bool {
        let mut guard = self.locked();
        // Relaxed: the lock orders the flag and the sleep. It fails when another one sleeps already, or the round is over.
        let _ = self.state.compare_exchange(round.0, round.0 | SLEEPING, Ordering::Relaxed, Ordering::Relaxed);
        while !self.is_over(round) {
            let (again, slept) = self.moved.wait_timeout(guard, most).unwrap_or_else(PoisonError::into_inner);
            guard = again;
            if slept.timed_out() {
                return self.is_over(round);
            }
        }
        true
    }

    /// How many wait for the others in this round, as far as the calling thread has seen; it may be fewer, and is never more: the thread
    /// itself has seen the rounds before end.
    #[cold]
    pub(crate) fn arrived(&self) -> usize {
        // Relaxed: see above.
        (self.arrived.load(Ordering::Relaxed) % CONSTRUCT) as usize
    }

    /// Step 5. Never undone.
    #[cold]
    pub(crate) fn break_up(&self) {
        self.move_on(|state| (state & !SLEEPING) | BROKEN);
    }

    #[inline]
    pub(crate) fn is_broken(&self) -> bool {
        // Acquire: pairs with the Release of `break_up`; whoever leaves sees what its cause has written.
        self.state.load(Ordering::Acquire) & BROKEN != 0
    }

    #[inline]
    fn move_on(&self, to: impl Fn(u32) -> u32) {
        // Release: pairs with the Acquire of `is_over`. What the others wrote came with the count, and goes on with it.
        let mut state = self.state.load(Ordering::Relaxed);
        while let Err(now) = self.state.compare_exchange_weak(state, to(state), Ordering::Release, Ordering::Relaxed) {
            state = now;
        }
        if state & SLEEPING != 0 {
            self.wake();
        }
    }

    #[cold]
    fn wake(&self) {
        drop(self.locked());
        self.moved.notify_all();
    }

    fn locked(&self) -> MutexGuard<'_, ()> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(all(test, loom))]
mod loom_tests;
#[cfg(all(test, not(loom)))]
mod tests;
