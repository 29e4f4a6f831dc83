//! Where the threads of a region sleep until their turn comes, or it is found that it cannot.

use super::LOOK_ROUND;
use crate::sync::{AtomicUsize, Condvar, Mutex, MutexGuard, Ordering, fence};
use std::sync::PoisonError;

/// Where threads sleep until something rare happens.
#[derive(Debug, Default)]
pub(super) struct Bell {
    sleepers: AtomicUsize,
    vain: Mutex<Vain>,
    rung: Condvar,
}

/// How many sleepers have looked since the bell was rung last, and will not look again before it is rung again.
#[derive(Debug, Default)]
struct Vain {
    rings: usize,
    sleepers: usize,
}

impl Bell {
    /// Until `ready`, or, in which case it returns false, so many sleep in vain that this one is `stuck`.
    #[cold]
    pub(super) fn sleep(&self, ready: impl Fn() -> bool, stuck: impl Fn(usize) -> bool) -> bool {
        let mut vain = self.vain();
        let mut looked = None;
        // Relaxed: the fence that follows orders it.
        self.sleepers.fetch_add(1, Ordering::Relaxed);
        // SeqCst: pairs with the one in `ring`. Either this thread sees what has changed, or the ringer sees the sleeper.
        fence(Ordering::SeqCst);
        let is_ready = loop {
            if ready() {
                break true;
            }
            if looked.replace(vain.rings) != Some(vain.rings) {
                vain.sleepers += 1;
            }
            if stuck(vain.sleepers) {
                // Also true when a thread was counted twice, on its way out of a region that breaks up.
                break ready();
            }
            vain = self.rung.wait_timeout(vain, LOOK_ROUND).unwrap_or_else(PoisonError::into_inner).0;
        };
        if looked == Some(vain.rings) {
            vain.sleepers -= 1;
        }
        // Relaxed: who still sees the sleeper rings once too often.
        self.sleepers.fetch_sub(1, Ordering::Relaxed);
        is_ready
    }

    /// What is true of how many sleep in vain.
    #[cold]
    pub(super) fn in_vain(&self, ask: impl Fn(usize) -> bool) -> bool {
        ask(self.vain().sleepers)
    }

    /// Nothing of the user's unwinds while it is held.
    fn vain(&self) -> MutexGuard<'_, Vain> {
        self.vain.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[inline]
    pub(super) fn ring(&self) {
        // SeqCst: pairs with the one in `sleep`; what the caller has changed comes before the look for sleepers.
        fence(Ordering::SeqCst);
        if self.sleepers.load(Ordering::Relaxed) > 0 {
            self.wake();
        }
    }

    #[cold]
    fn wake(&self) {
        // Under the lock, so that nobody is between looking and sleeping.
        let mut vain = self.vain();
        vain.rings = vain.rings.wrapping_add(1);
        vain.sleepers = 0;
        drop(vain);
        self.rung.notify_all();
    }
}

#[cfg(all(test, loom))]
mod loom_tests;

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn who_sleeps_in_vain_is_told() {
        let bell = Bell::default();
        assert!(!bell.sleep(|| false, |asleep| asleep == 1));
        assert!(bell.in_vain(|asleep| asleep == 0));
    }

    #[test]
    fn what_came_while_it_was_asked_whether_it_can_come_has_come() {
        let looks = Cell::new(0);
        let ready = || looks.replace(looks.get() + 1) > 0;
        assert!(Bell::default().sleep(ready, |_| true));
    }
}
