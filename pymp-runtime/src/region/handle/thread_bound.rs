//! What belongs to one thread, in something that others may look at too.

#![expect(unsafe_code, reason = "only the thread that made the value reaches it")]

use crate::context;

/// A value that only the thread that made it can reach.
pub(in crate::region) struct ThreadBound<T> {
    thread: usize,
    value: T,
}

impl<T> ThreadBound<T> {
    #[inline]
    pub(in crate::region) fn new(value: T) -> Self {
        ThreadBound { thread: context::this_thread(), value }
    }

    /// The value, on its thread.
    #[inline]
    pub(in crate::region) fn get(&self) -> Option<&T> {
        (self.thread == context::this_thread()).then_some(&self.value)
    }

    /// The value, for whoever owns it.
    #[inline]
    pub(in crate::region) fn into_inner(self) -> T {
        self.value
    }
}

// SAFETY: a reference gives another thread nothing but `None`, since `get` compares before it reaches for the value, and the numbers of
// threads that live at once differ. A thread that has got the number of one that has ended may reach the value, but no other thread then
// does: that is to send the value, hence `Send`. Panics change nothing of it: `value` is never replaced.
unsafe impl<T: Send> Sync for ThreadBound<T> {}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn only_its_thread_reaches_it() {
        let mine = ThreadBound::new(Cell::new(1));
        std::thread::scope(|scope| {
            let others = [0; 4].map(|_| scope.spawn(|| mine.get().is_none()));
            assert!(others.map(|thread| thread.join().unwrap()).iter().all(|none| *none));
        });
        mine.get().unwrap().set(2);
        assert_eq!(mine.get().map(Cell::get), Some(2));
    }
}
