//! What the threads of one region share.
//!
//! **Loops that are shared out** meet at the [work shares](super::work_shares) of the team, or [elsewhere](super::work_shares::elsewhere).
//!
//! **Leaving.** A thread that panics, or returns an error, breaks the region up. Whoever waits is woken; whoever asks for a chunk,
//! an element, a turn or a barrier afterwards leaves its share by unwinding, with [`Quit`], quietly. Who waits at a queue [looks](leaving)
//! whether it should.

mod bell;

use bell::Bell;

use super::leaving;
use super::work_shares::WorkShares;
use super::work_shares::elsewhere::Elsewhere;
use crate::barrier::{Arrival, Barrier, Construct};
use crate::context;
use crate::erase::Slot;
use crate::panic::Panics;
use crate::pool::{Pool, Workers};
use crate::schedule::Schedule;
use crate::shared::guarded::Guarded;
use crate::team::Lease;
use crate::wait::Patience;
use crossbeam_utils::CachePadded;
use parking_lot::Mutex;
use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

thread_local! {
    /// The thread's record of waiting inside of regions: it outlives them, so that what was learned in one helps in the next.
    static PATIENCE: Patience = const { Patience::new() };
}

/// How long a thread sleeps before it looks whether the others can still come, or let it go on.
pub(super) const LOOK_ROUND: Duration = Duration::from_millis(50);

/// Where thread 0 is: it publishes the region, runs its share, has come to its end.
const OUTSIDE: u8 = 0;
const INSIDE: u8 = 1;
const LEFT: u8 = 2;

/// The payload of a thread that leaves the region of this number because of another one. Nobody but us sees it.
#[derive(Debug)]
pub(super) struct Quit(usize);

impl Quit {
    pub(super) fn is_of(&self, state: &RegionState<'_, '_>) -> bool {
        self.0 == leaving::number(state)
    }
}

// What the threads ask for first lies in one line: a worker that comes to no construct looks at none of it.
#[repr(C, align(128))]
pub(super) struct RegionState<'team, 'env> {
    pub(super) threads: usize,
    polls: u32,
    pub(super) schedule: Option<Schedule>,
    pub(super) workers: &'team [Arc<Slot>],
    /// Where the team meets for loops; `None` for a team of one.
    pub(super) work_shares: Option<&'team WorkShares>,
    pub(super) panics: Panics,
    barrier: Barrier,
    /// How many singles have been claimed.
    claims: CachePadded<AtomicUsize>,
    /// The results of the last two singles that have one.
    pub(super) results: [Mutex<Option<Box<dyn Any + Send>>>; 2],
    pub(super) lock: Guarded<()>,
    bell: Bell,
    pub(super) elsewhere: Elsewhere<'env>,
    /// Where thread 0 is. What the others do, their mailboxes tell. On a line of its own, since hardly anybody asks.
    first: CachePadded<AtomicU8>,
    /// The first number that no loop of the region has, as far as its threads have told; 0 if there was no loop.
    next: AtomicU64,
}

impl<'team> RegionState<'team, '_> {
    #[inline]
    pub(super) fn new(lease: &'team Lease, schedule: Option<Schedule>) -> Self {
        RegionState {
            threads: lease.size(),
            polls: lease.polls(),
            schedule,
            workers: lease.workers(),
            work_shares: lease.work_shares(),
            panics: Panics::new(),
            barrier: Barrier::new(lease.size()),
            claims: CachePadded::default(),
            results: [const { Mutex::new(None) }; 2],
            lock: Guarded::new(()),
            bell: Bell::default(),
            elsewhere: Elsewhere::default(),
            first: CachePadded::new(AtomicU8::new(OUTSIDE)),
            next: AtomicU64::new(0),
        }
    }

    /// Waits for the whole team, as long as none of it has left: `gone` says how many have. A thread that `unwinds` will not wait,
    /// and nobody shall wait for it. False when another thread has come to something else.
    #[inline]
    #[track_caller]
    pub(super) fn barrier(&self, at: Construct, unwinds: bool, gone: impl Fn() -> usize) -> bool {
        if self.threads == 1 {
            return true;
        }
        if unwinds {
            self.break_up();
            return true;
        }
        self.check();
        let arrival = self.barrier.arrive(at);
        if let Arrival::Early(round) = arrival {
            let over = || self.barrier.is_over(round);
            if !self.wait(over) {
                while !self.barrier.sleep(round, LOOK_ROUND) {
                    // In this order: who has left after it let this round end is no reason to complain.
                    assert!(
                        gone() == 0 || over(),
                        "a thread waits for the whole team, and another one has left the region: \
                         all threads must come to the same barriers, singles and sections"
                    );
                    assert!(
                        !self.lock.is_kept_from_others() || over(),
                        "a thread waits for the whole team while it holds the lock of the region, and another one waits for that lock: \
                         drop the guard before the barrier, single or sections"
                    );
                    assert!(
                        !self.bell.in_vain(|asleep| asleep > 0 && self.is_stuck(asleep, &gone)) || over(),
                        "a thread waits for the whole team, and another one for its turn in an ordered loop, which cannot come before: \
                         all threads must come to the same barriers, singles and sections"
                    );
                }
            }
            self.check();
        }
        arrival != Arrival::Astray
    }

    /// Polls and yields, then runs what was put aside on this thread: whether `ready` came true.
    #[inline]
    fn wait(&self, ready: impl Fn() -> bool) -> bool {
        PATIENCE.with(|patience| patience.wait(self.polls, &ready)) || idle(ready)
    }

    /// Waits for its turn, which [`ring`](Self::ring) tells of. False when the region is being left. One that `unwinds` does
    /// not panic when it cannot come.
    pub(super) fn wait_for(&self, unwinds: bool, ready: impl Fn() -> bool, gone: impl Fn() -> usize) -> bool {
        let over = || ready() || self.is_broken();
        if !self.wait(over) && !self.bell.sleep(over, |asleep| self.is_stuck(asleep, &gone)) && !unwinds {
            panic!(
                "a thread waits for its turn in an ordered loop, or for an iterator that another one makes, which cannot come: the others \
                 wait for it, or have left the region; \
                 all threads must come to the same loops, barriers, singles and sections"
            );
        }
        !self.is_broken()
    }

    /// Whether nobody is left who could go on: some are asleep and their turn has not come, some are at a barrier that others have not
    /// come to, and some have left. None of them changes while the bell is held, and no other thread is there to end it.
    /// But in a region that breaks up a thread may leave its barrier, and be counted twice: who finds this true looks once more.
    fn is_stuck(&self, asleep: usize, gone: impl Fn() -> usize) -> bool {
        asleep + self.barrier.arrived() + gone() == self.threads
    }

    /// Something has changed that a thread may wait for.
    #[inline]
    pub(super) fn ring(&self) {
        self.bell.ring();
    }

    #[cold]
    pub(super) fn break_up(&self) {
        self.barrier.break_up();
        self.bell.ring();
        leaving::tell(leaving::number(self));
    }

    #[inline]
    pub(super) fn is_broken(&self) -> bool {
        self.barrier.is_broken()
    }

    /// Leaves, if the region is being left.
    #[inline]
    fn check(&self) {
        if self.is_broken() {
            self.quit();
        }
    }

    /// Leaves the share because of another thread.
    #[cold]
    pub(super) fn quit(&self) -> ! {
        quit(leaving::number(self))
    }

    /// The calling thread comes to the region's `number`th single: `None` when it is the first to do so, else how many have been claimed.
    ///
    /// Each thread comes to them in order, and goes on only when the one before has been claimed: so the count is `number` until
    /// somebody claims this one, and larger ever after.
    #[inline]
    pub(super) fn claim(&self, number: usize) -> Option<usize> {
        // Relaxed: the claim orders nothing, the barrier does.
        // Without a look first, for which the word would travel twice.
        self.claims.compare_exchange(number, number + 1, Ordering::Relaxed, Ordering::Relaxed).err()
    }

    /// How many threads have left, when so many mailboxes of workers are free. Before thread 0 is inside, some of them have not even been
    /// told to begin.
    pub(super) fn gone(&self, free: impl FnOnce() -> usize) -> usize {
        // Acquire: pairs with the Releases in `begins` and `ended`. Who is told INSIDE sees that every mailbox was filled; who is told LEFT,
        // what thread 0 did before, the rounds that it let end.
        match self.first.load(Ordering::Acquire) {
            OUTSIDE => 0,
            INSIDE => free(),
            _ => free() + 1,
        }
    }

    /// A thread begins.
    #[inline]
    pub(super) fn begins(&self, thread: usize) {
        if thread == 0 {
            // Release: pairs with the Acquire in `gone`.
            self.first.store(INSIDE, Ordering::Release);
        }
    }

    /// A thread has ended, and no loop that it came to had this number, or a higher one.
    #[inline]
    pub(super) fn ended(&self, thread: usize, next: u64) {
        if thread == 0 {
            // Release: pairs with the Acquire in `gone`.
            self.first.store(LEFT, Ordering::Release);
        }
        if next > 0 {
            // Relaxed: read when all have stopped.
            self.next.fetch_max(next, Ordering::Relaxed);
        }
    }

    /// Whether it holds values of the user's, when all have stopped.
    #[inline]
    pub(super) fn has_values(&mut self) -> bool {
        let has_results = self.results.iter_mut().any(|result| result.get_mut().is_some());
        has_results || !self.elsewhere.is_empty()
    }

    /// Drops them, which may panic.
    #[cold]
    pub(super) fn drop_values(&mut self) {
        drop((std::mem::take(&mut self.results), std::mem::take(&mut self.elsewhere)));
    }

    /// The first number that no loop of the region had.
    pub(super) fn next(&self) -> u64 {
        // Relaxed: all have stopped, and the team's end has published what they stored.
        self.next.load(Ordering::Relaxed)
    }
}

/// On a worker: runs what `rayon::spawn` has put aside on it. Another thread may hold what such a job needs, so it is not touched.
#[cold]
fn idle(ready: impl Fn() -> bool) -> bool {
    while !ready() {
        if !context::is_worker() || !leaving::outside(Workers::lend) {
            return false;
        }
    }
    true
}

/// Leaves the share of the region of this number.
#[cold]
pub(super) fn quit(region: usize) -> ! {
    std::panic::resume_unwind(Box::new(Quit(region)))
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn a_worker_that_was_not_told_to_begin_has_not_left() {
        let lease = crate::team::lease(1);
        let state = RegionState { threads: 4, ..RegionState::new(&lease, None) };
        assert_eq!(state.gone(|| 2), 0);
        state.begins(1);
        assert_eq!(state.gone(|| 2), 0);
        state.begins(0);
        assert_eq!(state.gone(|| 2), 2);
        state.ended(0, 0);
        assert_eq!(state.gone(|| 3), 4);
    }
}
