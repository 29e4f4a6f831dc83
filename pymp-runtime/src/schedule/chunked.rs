//! `static,c`: chunks in turn.

use std::ops::Range;

use super::dispatch::{Hand, Plan};
use super::static_::divided;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunked {
    units: usize,
    chunk: usize,
    /// From a thread's chunk to its next one.
    stride: usize,
}

impl Chunked {
    #[inline]
    pub(super) fn new(units: usize, team: usize, chunk: usize) -> Self {
        Self { units, chunk, stride: team.saturating_mul(chunk) }
    }
}

// SAFETY: chunk `t + turn * T` belongs to hand `t` alone: `gone` is `turn * T * chunk`, and only grows. What saturates is not below
// `units`, and ends it.
unsafe impl Plan for Chunked {
    // Always: around a chunk of one iteration a call shows.
    #[inline(always)]
    fn next(&self, hand: &mut Hand) -> Option<Range<usize>> {
        // Thread t gets the chunks t, t + T, t + 2T ..
        let start = hand.thread.saturating_mul(self.chunk).saturating_add(hand.gone);
        hand.gone = hand.gone.saturating_add(self.stride);
        (start < self.units).then(|| start..start.saturating_add(self.chunk).min(self.units))
    }
}

/// Numbers at equal distances.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Steps {
    next: usize,
    /// As far behind the last one as those are apart.
    end: usize,
    by: usize,
}

impl Steps {
    /// `first`, and every `by`th from there on, below `units`: what a thread gets under `static,1`. `None` when that wraps around.
    #[inline]
    pub(crate) fn every(by: usize, first: usize, units: usize) -> Option<Self> {
        let (size, more) = divided(units.saturating_sub(first), by);
        let count = size + usize::from(more > 0);
        Some(Steps { next: first, end: first.checked_add(count.checked_mul(by)?)?, by })
    }

    /// When they are consecutive.
    #[inline]
    pub(crate) fn range(&self) -> Option<Range<usize>> {
        (self.by == 1).then_some(self.next..self.end)
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.next == self.end
    }
}

impl From<Range<usize>> for Steps {
    #[inline]
    fn from(numbers: Range<usize>) -> Self {
        Steps { next: numbers.start, end: numbers.end, by: 1 }
    }
}

impl Iterator for Steps {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let number = self.next;
        // One number that counts, and one comparison: an iteration of a loop costs nothing else.
        (number != self.end).then(|| {
            self.next = number + self.by;
            number
        })
    }
}
