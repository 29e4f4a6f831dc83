//! `chunks(c, n)`: iteration number `k` owns `c[k * n .. (k + 1) * n]`.

use std::fmt;
use std::num::NonZeroUsize;
use std::ops::Range;

use super::Split;
use super::view::{Rule, View};
use super::whole::Whole;

/// An array handed over whole; iteration number `k` owns its `k`th chunk.
pub struct Chunked<'a, T> {
    whole: Whole<'a, T>,
    rule: BySize,
}

struct BySize(NonZeroUsize);

/// The chunks of a range of iterations; [`ChunkedPart::window`] gives the one of an iteration.
#[derive(Debug)]
pub struct ChunkedPart<'p, T> {
    view: View<'p, T>,
    size: usize,
}

impl<'a, T> Chunked<'a, T> {
    pub(super) fn new(whole: Whole<'a, T>, size: NonZeroUsize) -> Self {
        Self { whole, rule: BySize(size) }
    }
}

impl<T> ChunkedPart<'_, T> {
    /// What iteration number `number` owns; it keeps its indices in the whole array.
    #[inline]
    pub fn window(&mut self, number: usize) -> View<'_, T> {
        let len = self.view.items.len();
        let from = number.saturating_mul(self.size);
        let start = from.saturating_sub(self.view.first).min(len);
        let end = start.saturating_add(self.size).min(len);
        let first = self.view.first + start;
        View { items: &mut self.view.items[start..end], first, fits: true, ledger: self.view.ledger }
    }
}

impl<T> fmt::Debug for Chunked<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[..{}] by {}", self.whole.name, self.whole.len(), self.rule.0)
    }
}

impl Rule for BySize {
    fn owner(&self, index: usize) -> String {
        format!("iteration {}", index / self.0)
    }
}

// SAFETY: numbers are multiplied by one size, so disjoint ranges of numbers give disjoint ranges of elements.
unsafe impl<S: ?Sized, T: Send> Split<S> for Chunked<'_, T> {
    type Part<'p>
        = ChunkedPart<'p, T>
    where
        Self: 'p;

    fn begin(&mut self, _source: &S) {}

    #[inline]
    unsafe fn part<'p>(&'p self, numbers: &Range<usize>) -> ChunkedPart<'p, T> {
        let size = self.rule.0.get();
        let range = numbers.start.saturating_mul(size)..numbers.end.saturating_mul(size);
        // SAFETY: the caller's ranges are disjoint, so are they after the multiplication; a product that saturates is past the end.
        let view = unsafe { self.whole.view(range, &self.rule) };
        ChunkedPart { view, size }
    }
}
