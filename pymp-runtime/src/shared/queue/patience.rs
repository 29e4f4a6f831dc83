//! Waiting for a condition under a lock.

use std::time::{Duration, Instant};

use crossbeam_utils::Backoff;
use parking_lot::{Condvar, MutexGuard};

use crate::region::leaving;

/// How long a thread sleeps before it looks whether its region is being left.
const LOOK: Duration = Duration::from_millis(50);

/// How long to wait.
#[derive(Clone, Copy)]
pub(super) enum Patience {
    None,
    Until(Instant),
    Endless,
}

impl Patience {
    pub(super) fn of(timeout: Duration) -> Self {
        // What lies beyond the clock's end does not come.
        Instant::now().checked_add(timeout).map_or(Patience::Endless, Patience::Until)
    }
}

/// Waits until `ready`, and says whether it is.
#[inline]
pub(super) fn wait<S>(
    condition: &Condvar,
    state: &mut MutexGuard<'_, S>,
    patience: Patience,
    mut ready: impl FnMut(&S) -> bool,
) -> bool {
    let backoff = Backoff::new();
    while !ready(state) {
        let timed_out = match patience {
            // The other side is often at work right now: a few polls cost less than to sleep and be woken (measured, one thread
            // putting and one getting with a bound of 64 items: 0.2 us an item; 1 us without).
            Patience::Until(_) | Patience::Endless if !backoff.is_completed() => {
                MutexGuard::unlocked(state, || backoff.snooze());
                false
            }
            Patience::None => return false,
            // What came in the last moment counts.
            Patience::Until(end) if Instant::now() >= end => return ready(state),
            Patience::Until(end) => condition.wait_until(state, end.min(Instant::now() + LOOK)).timed_out(),
            Patience::Endless => condition.wait_for(state, LOOK).timed_out(),
        };
        if timed_out {
            // The other side may have panicked, so that nothing ever comes.
            leaving::look();
        }
    }
    true
}
