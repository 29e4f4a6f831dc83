//! Panics of a team: the first payload is kept and resumed on the entering thread once all have stopped; the others are dropped
//! (their messages were printed by the panic hook when they happened).

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

/// What a panic carries.
pub(crate) type Payload = Box<dyn Any + Send>;

/// The panics of one region.
#[derive(Debug, Default)]
pub(crate) struct Panics {
    any: AtomicBool,
    first: Mutex<Option<Payload>>,
}

impl Panics {
    pub(crate) fn new() -> Self {
        Panics::default()
    }

    /// Runs a share; never unwinds. Whether it came to its end.
    #[inline]
    pub(crate) fn catch(&self, share: impl FnOnce()) -> bool {
        caught(share).map_err(|payload| self.keep(payload)).is_ok()
    }

    /// Keeps the payload of a share that was caught elsewhere.
    #[cold]
    pub(crate) fn keep(&self, payload: Payload) {
        // Relaxed: as in `is_any`.
        self.any.store(true, Ordering::Relaxed);
        let mut first = self.first.lock();
        if first.is_none() {
            *first = Some(payload);
        } else {
            // A payload's own Drop must not run under the lock.
            drop(first);
            discard(payload);
        }
    }

    /// Whether there was one, as far as the calling thread knows.
    #[inline]
    pub(crate) fn is_any(&self) -> bool {
        // Relaxed: only a reason not to begin something, and those that the calling thread has kept it sees. A lock for each share of a
        // large team would take as long as all the rest of it.
        self.any.load(Ordering::Relaxed)
    }

    /// What the threads have made, unless there was a panic, which is resumed. Then what they have made is dropped before: while a
    /// thread unwinds a second panic would abort the program.
    #[inline]
    pub(crate) fn resume_or<T>(self, made: T) -> T {
        if let Some(payload) = self.first.into_inner() {
            discard(made);
            resume_unwind(payload);
        }
        made
    }

    /// Resumes the first panic, if there was one.
    #[inline]
    pub(crate) fn resume(self) {
        self.resume_or(());
    }
}

/// Runs a share; never unwinds. The payload, if it did not come to its end.
#[inline]
pub(crate) fn caught(share: impl FnOnce()) -> Result<(), Payload> {
    // Unwind safe as far as we are concerned: the payload is resumed on the thread that lent what the share touched.
    catch_unwind(AssertUnwindSafe(share))
}

/// Drops a payload, or what threads had made before one of them panicked, whose Drop may panic in turn. What *that* panic carries is
/// leaked rather than dropped: it could go on for ever, and a leak harms nobody. (The hook has printed its message.)
pub(crate) fn discard<T>(value: T) {
    if let Err(worse) = catch_unwind(AssertUnwindSafe(|| drop(value))) {
        std::mem::forget(worse);
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            std::panic::panic_any(Bomb);
        }
    }

    #[test]
    fn the_first_payload_is_kept() {
        let panics = Panics::new();
        panics.catch(|| ());
        panics.catch(|| std::panic::panic_any(1));
        panics.catch(|| std::panic::panic_any(2));
        let payload = catch_unwind(AssertUnwindSafe(|| panics.resume())).unwrap_err();
        assert_eq!(payload.downcast_ref(), Some(&1));
    }

    #[test]
    fn without_a_panic_nothing_is_resumed() {
        let panics = Panics::new();
        panics.catch(|| ());
        panics.resume();
    }

    #[test]
    fn a_payload_whose_drop_panics_is_dropped_once_and_no_more() {
        let panics = Panics::new();
        panics.catch(|| std::panic::panic_any("first"));
        panics.catch(|| std::panic::panic_any(Bomb));
        let payload = catch_unwind(AssertUnwindSafe(|| panics.resume())).unwrap_err();
        assert_eq!(payload.downcast_ref(), Some(&"first"));
    }
}
