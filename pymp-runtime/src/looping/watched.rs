//! Items that know whether their `for` has asked for all of them, for bodies that may hold a `break` nobody sees.

use std::fmt;

/// The items of a chunk around which a macro of the user's stands; made by [`Share::watched`](super::Share::watched).
pub struct Watched<I> {
    /// One more than the iteration that runs.
    next: usize,
    items: I,
    ended: bool,
}

impl<I> Watched<I> {
    #[inline]
    pub(super) fn new(first: usize, items: I) -> Self {
        Self { next: first, items, ended: false }
    }

    /// The iteration that ended the `for` before its items did.
    #[inline]
    pub fn left(&self) -> Option<usize> {
        // A `for` that has run asked at least once.
        (!self.ended).then(|| self.next.saturating_sub(1))
    }

    /// What stands after the `for` of collapsed loops.
    ///
    /// # Panics
    ///
    /// When it was left: which of the loops a hidden `break` would have ended, nobody knows.
    #[inline]
    pub fn not_left(&self) {
        assert!(
            self.ended,
            "a `break` inside a macro ends an inner one of the collapsed loops, which have become one; write it in the body itself, or leave out `collapse`"
        );
    }
}

impl<I: Iterator> Iterator for Watched<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        let item = self.items.next();
        match item {
            Some(_) => self.next += 1,
            None => self.ended = true,
        }
        item
    }
}

impl<I> fmt::Debug for Watched<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watched").field("next", &self.next).field("ended", &self.ended).finish_non_exhaustive()
    }
}
