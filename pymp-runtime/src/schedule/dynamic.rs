//! `dynamic`: on demand, in chunks of one size.
//!
//! [`Stealing`]: each thread has a word with a range of chunks, packed as `start << 32 | end`.
//! 1. At first it is the thread's piece of a static split.
//! 2. The thread takes the first chunk of its own range.
//! 3. When that is empty it looks for the largest range, cuts the upper half off, runs that half's first chunk and makes the rest
//!    its own range. When all are empty it is done.
//!
//! Why no chunk is run twice and none is lost: the chunks that nobody runs or has run are exactly those in the words, each in one.
//! Every step is one atomic change of one word, from a range to the rest of it, and hands out what it cut off. A word that
//! came back to an earlier value between a thief's look and its cut does no harm (ABA): its value is the whole state, those
//! chunks are there again, and there to be cut. Only the owner refills a word, and only an empty one, from which nothing can
//! be cut: its plain store overwrites nobody's change.
//! While a thief holds a half in its hands no word shows it; another thread may then find all words empty and be done early. That
//! loses no chunk, the thief runs them.
//!
//! [`Counting`]: one counter for all, from which chunks come in order. For loops with `ordered`, and for more chunks than the words
//! can hold.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use crossbeam_utils::CachePadded;

use super::dispatch::{Hand, Plan};
use super::split;

// Relaxed, all of the operations here: a word is all that is handed on, and each is changed as a whole. What the units work on
// was written before the team started, or is read after it has stopped; the team publishes both, and the first words too.
const RELAXED: Ordering = Ordering::Relaxed;

/// Chunk `k` of so many units.
#[inline]
fn chunk(units: usize, size: usize, k: u64) -> Range<usize> {
    let start = k as usize * size;
    start..start.saturating_add(size).min(units)
}

#[derive(Debug)]
pub(super) struct Stealing<'t> {
    units: usize,
    chunk: usize,
    ranges: &'t [CachePadded<AtomicU64>],
}

fn pack(start: u64, end: u64) -> u64 {
    start << 32 | end
}

fn unpack(word: u64) -> (u64, u64) {
    (word >> 32, word & u64::from(u32::MAX))
}

/// How many chunks a range has. The start may be one past the end: see `first`.
fn len(word: u64) -> u64 {
    let (start, end) = unpack(word);
    end.saturating_sub(start)
}

impl<'t> Stealing<'t> {
    /// One range a word, for as many threads; `None` when there are more chunks than a word can hold.
    pub(super) fn new(units: usize, chunk: usize, ranges: &'t [CachePadded<AtomicU64>]) -> Option<Self> {
        // Below the largest, so that a start one past the end does not overflow either. Fewer units than that need no division.
        let fits = |count: usize| count < u32::MAX as usize;
        (fits(units) || fits(units.div_ceil(chunk))).then_some(Self { units, chunk, ranges })
    }

    /// Deals the chunks out, before any thread asks.
    pub(super) fn begin(&self) {
        let chunks = self.units.div_ceil(self.chunk);
        for (thread, range) in self.ranges.iter().enumerate() {
            let own = split(chunks, self.ranges.len(), thread);
            range.store(pack(own.start as u64, own.end as u64), RELAXED);
        }
    }

    /// The first chunk of a thread's own range.
    #[inline]
    fn first(&self, thread: usize) -> Option<u64> {
        let own = &self.ranges[thread];
        // Looking first keeps the start from moving more than one past the end.
        if len(own.load(RELAXED)) == 0 {
            return None;
        }
        // An addition and no exchange: it always succeeds. When a thief emptied the range meanwhile the start is one past the end.
        let (start, end) = unpack(own.fetch_add(pack(1, 0), RELAXED));
        (start < end).then_some(start)
    }

    /// The upper half of the largest range, of which the first chunk is returned and the rest becomes the thread's own.
    #[cold]
    fn steal(&self, thread: usize) -> Option<u64> {
        loop {
            let seen = self.ranges.iter().map(|range| (range, range.load(RELAXED)));
            let (victim, word) = seen.max_by_key(|&(_, word)| len(word)).filter(|&(_, word)| len(word) > 0)?;
            let (start, end) = unpack(word);
            let middle = end - len(word).div_ceil(2);
            if victim.compare_exchange(word, pack(start, middle), RELAXED, RELAXED).is_ok() {
                self.ranges[thread].store(pack(middle + 1, end), RELAXED);
                return Some(middle);
            }
            // Somebody took chunks from it: not us, but the loop has come on.
        }
    }
}

// SAFETY: see the top of this file: a chunk lies in one word or was cut off it by one atomic change, by whoever got it.
unsafe impl Plan for Stealing<'_> {
    #[inline]
    fn next(&self, hand: &mut Hand) -> Option<Range<usize>> {
        let k = self.first(hand.thread).or_else(|| self.steal(hand.thread))?;
        Some(chunk(self.units, self.chunk, k))
    }
}

#[derive(Debug)]
pub(super) struct Counting<'t> {
    pub(super) units: usize,
    pub(super) chunk: usize,
    /// The first chunk not yet given out.
    pub(super) next: &'t AtomicU64,
}

// SAFETY: each number of a chunk comes out of `next` once, since it only grows: to wrap around would take 2^63 threads that ask
// once too often.
unsafe impl Plan for Counting<'_> {
    #[inline]
    fn next(&self, _: &mut Hand) -> Option<Range<usize>> {
        // Without a division, which would take longer than all the rest: what starts behind the end is no chunk.
        let is_chunk = |k: u64| k.saturating_mul(self.chunk as u64) < self.units as u64;
        // An addition always succeeds. It runs past the end, at most once for each thread; so never around, but where the end is near
        // the largest number: there an exchange does not run past it.
        let k = if self.units < usize::MAX / 2 {
            self.next.fetch_add(1, RELAXED)
        } else {
            self.next.fetch_update(RELAXED, RELAXED, |k| is_chunk(k).then(|| k + 1)).ok()?
        };
        is_chunk(k).then(|| chunk(self.units, self.chunk, k))
    }
}
