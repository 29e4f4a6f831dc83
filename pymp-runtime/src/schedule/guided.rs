//! `guided`: on demand, in chunks that shrink with what is left.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use super::dispatch::{Hand, Plan};

#[derive(Debug)]
pub(super) struct Guided<'t> {
    pub(super) units: usize,
    pub(super) team: usize,
    /// The smallest chunk; only the last one may be smaller.
    pub(super) chunk: usize,
    /// The first unit not yet given out.
    pub(super) next: &'t AtomicU64,
}

// SAFETY: each chunk is cut off `next` by one exchange, which only grows and ends at `units`.
unsafe impl Plan for Guided<'_> {
    fn next(&self, hand: &mut Hand) -> Option<Range<usize>> {
        let size = |start: usize| {
            let rest = self.units - start;
            rest.div_ceil(self.team).max(self.chunk).min(rest)
        };
        // Relaxed: the word is all that is handed on. What the units work on was written before the team started, or is read
        // after it has stopped.
        let take = |start: u64| {
            let size = size(start as usize);
            (size > 0).then(|| start + size as u64)
        };
        let start = self.next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).ok()? as usize;
        let end = start + size(start);
        // Who has the last chunk need not ask again.
        hand.done = end == self.units;
        Some(start..end)
    }
}
