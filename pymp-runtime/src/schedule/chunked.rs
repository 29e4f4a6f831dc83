//! `static,c`: chunks in turn.

use std::ops::Range;

use super::dispatch::{Hand, Plan};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunked {
    pub(super) units: usize,
    pub(super) team: usize,
    pub(super) chunk: usize,
}

// SAFETY: chunk `t + turn * T` belongs to hand `t` alone, whose turn only grows; an overflow ends it.
unsafe impl Plan for Chunked {
    #[inline]
    fn next(&self, hand: &mut Hand) -> Option<Range<usize>> {
        // Thread t gets the chunks t, t + T, t + 2T .. A start that overflows is past the end.
        let start = hand.thread.checked_add(hand.turn.checked_mul(self.team)?)?.checked_mul(self.chunk)?;
        hand.turn += 1;
        (start < self.units).then(|| start..start.saturating_add(self.chunk).min(self.units))
    }
}
