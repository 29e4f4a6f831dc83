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
    fn next(&self, _: &mut Hand) -> Option<Range<usize>> {
        // Relaxed: the word is all that is handed on. What the units work on was written before the team started, or is read
        // after it has stopped.
        let mut start = self.next.load(Ordering::Relaxed);
        loop {
            let rest = self.units - start as usize;
            let size = rest.div_ceil(self.team).max(self.chunk).min(rest);
            if size == 0 {
                return None;
            }
            let end = start + size as u64;
            match self.next.compare_exchange_weak(start, end, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return Some(start as usize..end as usize),
                Err(now) => start = now,
            }
        }
    }
}
