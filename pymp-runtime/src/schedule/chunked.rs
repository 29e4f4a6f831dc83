//! `static,c`: chunks in turn.

use std::ops::Range;

use super::dispatch::{Hand, Plan};

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
