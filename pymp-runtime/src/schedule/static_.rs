//! `static`: one contiguous piece a thread.

use std::ops::Range;

use super::dispatch::{Hand, Plan};

/// Piece `k` of `0..n` in `parts` contiguous ones, of which the first `n % parts` have one more.
///
/// Nothing overflows: `k * (n / parts) + min(k, n % parts)` is at most `n` for every `k` up to `parts`.
#[inline]
pub(crate) fn split(n: usize, parts: usize, k: usize) -> Range<usize> {
    let (size, more) = divided(n, parts);
    let start = k * size + k.min(more);
    start..start + size + usize::from(k < more)
}

/// `n / parts` and `n % parts`, for a team of so many threads.
#[inline]
pub(super) fn divided(n: usize, parts: usize) -> (usize, usize) {
    // Most teams are of 1, 2, 4 or 8 threads, and a division takes as long as all the rest of entering a loop.
    let below = parts.wrapping_sub(1);
    if parts & below == 0 { (n >> parts.trailing_zeros(), n & below) } else { (n / parts, n % parts) }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Static {
    pub(super) units: usize,
    pub(super) team: usize,
}

// SAFETY: the pieces of `split` are disjoint and within `0..units`, and a hand gets its own once: then it is `done`.
unsafe impl Plan for Static {
    #[inline]
    fn next(&self, hand: &mut Hand) -> Option<Range<usize>> {
        hand.done = true;
        Some(split(self.units, self.team, hand.thread)).filter(|piece| !piece.is_empty())
    }
}
