//! What the threads of one region share.
//!
//! **Loops that are shared out** meet at the [sites](super::sites) of the team. What has no room there lies in [`Crew::elsewhere`] under its
//! number: the first thread that comes puts it there, the last one that leaves takes it away.
//!
//! **Leaving.** A thread that panics, or returns an error, breaks the crew up. Whoever waits is woken; whoever asks for a chunk,
//! an element, a turn or a barrier afterwards leaves its share by unwinding, with [`Quit`], quietly.

use super::bell::Bell;
use super::item::Line;
use super::sites::Site;
use crate::barrier::Barrier;
use crate::context;
use crate::panic::Panics;
use crate::pool::{Pool, Workers};
use crate::schedule::Schedule;
use crate::shared::guarded::Guarded;
use crate::wait::Patience;
use crossbeam_utils::CachePadded;
use std::any::Any;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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

/// The payload of a thread that leaves because of another one. Nobody but us sees it.
#[derive(Debug)]
pub(super) struct Quit;

pub(super) struct Crew<'env> {
    pub(super) threads: usize,
    polls: u32,
    pub(super) schedule: Option<Schedule>,
    barrier: Barrier,
    /// How many singles have been claimed.
    claims: CachePadded<AtomicUsize>,
    /// The results of the last two singles that have one.
    pub(super) results: [Mutex<Option<Box<dyn Any + Send>>>; 2],
    pub(super) lock: Guarded<()>,
    bell: Bell,
    elsewhere: Mutex<Option<BTreeMap<u64, Met<'env>>>>,
    /// Where thread 0 is. What the others do, their mailboxes tell. On a line of its own, since hardly anybody asks.
    first: CachePadded<AtomicU8>,
    /// The first number that no loop of the region has, as far as its threads have told; 0 if there was no loop.
    next: AtomicU64,
}

/// A loop that has no site in the team, or an iterator.
struct Met<'env> {
    place: Place<'env>,
    left: usize,
}

#[derive(Clone)]
pub(super) enum Place<'env> {
    Loop(Arc<Site>),
    Line(Arc<dyn Line<'env> + 'env>),
}

impl<'env> Crew<'env> {
    #[inline]
    pub(super) fn new(threads: usize, polls: u32, schedule: Option<Schedule>) -> Self {
        Crew {
            threads,
            polls,
            schedule,
            barrier: Barrier::new(threads),
            claims: CachePadded::default(),
            results: [const { Mutex::new(None) }; 2],
            lock: Guarded::new(()),
            bell: Bell::default(),
            elsewhere: Mutex::default(),
            first: CachePadded::new(AtomicU8::new(OUTSIDE)),
            next: AtomicU64::new(0),
        }
    }

    /// Waits for the whole team, as long as none of it has left: `gone` says how many have. A thread that `unwinds` will not wait,
    /// and nobody shall wait for it.
    #[inline]
    #[track_caller]
    pub(super) fn barrier(&self, unwinds: bool, gone: impl Fn() -> usize) {
        if self.threads == 1 {
            return;
        }
        if unwinds {
            return self.break_up();
        }
        self.check();
        if let Some(round) = self.barrier.arrive() {
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
                        !self.bell.in_vain(|asleep| asleep > 0 && self.is_stuck(asleep, &gone)) || over(),
                        "a thread waits for the whole team, and another one for its turn in an ordered loop, which cannot come before: \
                         all threads must come to the same barriers, singles and sections"
                    );
                }
            }
            self.check();
        }
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
    /// But in a crew that breaks up a thread may leave its barrier, and be counted twice: who finds this true looks once more.
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
    }

    #[inline]
    pub(super) fn is_broken(&self) -> bool {
        self.barrier.is_broken()
    }

    /// Leaves, if the region is being left.
    #[inline]
    fn check(&self) {
        if self.is_broken() {
            quit();
        }
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

    /// What lies under the number of a loop; made by the first thread that comes.
    pub(super) fn elsewhere(&self, number: u64, make: impl FnOnce() -> Place<'env>) -> Place<'env> {
        locked(&self.elsewhere)
            .get_or_insert_default()
            .entry(number)
            .or_insert_with(|| Met { place: make(), left: 0 })
            .place
            .clone()
    }

    /// A thread does nothing more in what lies there.
    pub(super) fn leave_elsewhere(&self, number: u64) {
        let mut all = locked(&self.elsewhere);
        let Some(all_met) = &mut *all else { return };
        let Some(met) = all_met.get_mut(&number) else { return };
        met.left += 1;
        let last = if met.left == self.threads { all_met.remove(&number) } else { None };
        drop(all);
        // The destructor of an iterator does not run under the lock.
        drop(last);
    }

    /// All have stopped: drops what is left of the user's values. Beside it there is nothing to drop.
    // Asked for first, and elsewhere: what this moves would lie where other threads have looked, and the caller would wait until
    // the line is its own again.
    #[inline]
    pub(super) fn clear(&mut self, panics: &Panics) {
        if owned(&mut self.elsewhere).is_some() || self.results.iter_mut().any(|result| owned(result).is_some()) {
            self.drop_leftovers(panics);
        }
    }

    #[cold]
    fn drop_leftovers(&mut self, panics: &Panics) {
        let elsewhere = owned(&mut self.elsewhere).take();
        let results = self.results.each_mut().map(|result| owned(result).take());
        panics.catch(|| drop((elsewhere, results)));
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
        if !context::is_worker() || !Workers::lend() {
            return false;
        }
    }
    true
}

/// Leaves the share because of another thread.
#[cold]
pub(super) fn quit() -> ! {
    std::panic::resume_unwind(Box::new(Quit))
}

/// Of the user's only a clone may unwind while one of these is held, and what it copies stays whole.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As [`locked`], where nobody else is left.
fn owned<T>(mutex: &mut Mutex<T>) -> &mut T {
    mutex.get_mut().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn a_worker_that_was_not_told_to_begin_has_not_left() {
        let crew = Crew::new(4, 0, None);
        assert_eq!(crew.gone(|| 2), 0);
        crew.begins(1);
        assert_eq!(crew.gone(|| 2), 0);
        crew.begins(0);
        assert_eq!(crew.gone(|| 2), 2);
        crew.ended(0, 0);
        assert_eq!(crew.gone(|| 3), 4);
    }
}
