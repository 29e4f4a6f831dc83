//! Items with the numbers of their iterations, for loops that an iteration may leave.

use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

thread_local! {
    /// Where the last numbered chunk on this thread was left by a panic.
    static REACHED: Cell<usize> = const { Cell::new(0) };
}

/// Forgets where an earlier panic left a chunk.
#[inline]
pub(super) fn begin() {
    // In line, unlike `set`. It is always there, since it needs no drop.
    let _ = REACHED.try_with(|reached| reached.set(0));
}

/// The iteration whose panic unwinds, or 0 when its chunk was not numbered.
pub(super) fn reached() -> usize {
    REACHED.get()
}

/// The items of a chunk with the numbers of their iterations; made by [`Share::numbered`](super::Share::numbered).
pub struct Numbered<'l, I> {
    /// One more than the iteration that runs.
    next: usize,
    items: I,
    bound: &'l AtomicUsize,
}

impl<'l, I> Numbered<'l, I> {
    #[inline]
    pub(super) fn new(first: usize, items: I, bound: &'l AtomicUsize) -> Self {
        Self { next: first, items, bound }
    }
}

impl<I: Iterator> Iterator for Numbered<'_, I> {
    type Item = (usize, I::Item);

    #[inline]
    fn next(&mut self) -> Option<(usize, I::Item)> {
        let number = self.next;
        // Relaxed: reading an old bound only runs an iteration whose effects the loop's rules allow.
        if number >= self.bound.load(Ordering::Relaxed) {
            return None;
        }
        let item = self.items.next()?;
        self.next = number + 1;
        Some((number, item))
    }
}

impl<I> Drop for Numbered<'_, I> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            REACHED.set(self.next.saturating_sub(1));
        }
    }
}

impl<I> fmt::Debug for Numbered<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Numbered").field("next", &self.next).finish_non_exhaustive()
    }
}
