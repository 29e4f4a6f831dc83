//! How many threads are in regions, and how many of them are workers.
//!
//! One word holds both, so that a region costs one addition when it begins and one when it ends.

use crossbeam_utils::CachePadded;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::count::MOST_THREADS;

/// Threads in the upper half, workers in the lower.
static ACCOUNT: CachePadded<AtomicU64> = CachePadded::new(AtomicU64::new(0));

const THREAD: u64 = 1 << 32;
const WORKER: u64 = 1;

// Relaxed everywhere: these are counts. What one lease hands to the next is ordered by the place where teams are kept.

/// What one lease has entered into the account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry(u64);

/// Enters a team of `size` threads, the entering one counted if it is `new`, that is not in an active region already.
/// Returns what fits under the limit, at least 1; a team of 1 is not entered. Also, how many threads there are now.
#[inline]
pub(crate) fn enter(size: usize, new: bool, limit: usize) -> (usize, Entry, usize) {
    // So that the halves of the word do not overflow into one another.
    let size = size.min(MOST_THREADS);
    if limit != usize::MAX {
        return enter_limited(size, new, limit);
    }
    let entry = entry(size, new);
    (size, entry, threads(ACCOUNT.fetch_add(entry.0, Relaxed) + entry.0))
}

/// Never exceeds the limit, not even for a moment: what is entered here, threads are started for.
fn enter_limited(size: usize, new: bool, limit: usize) -> (usize, Entry, usize) {
    let mut account = ACCOUNT.load(Relaxed);
    loop {
        // The entering thread of an inner region is in the account already.
        let left = limit.saturating_sub(threads(account)) + usize::from(!new);
        let size = size.min(left).max(1);
        let entry = entry(size, new);
        match ACCOUNT.compare_exchange_weak(account, account + entry.0, Relaxed, Relaxed) {
            Ok(_) => return (size, entry, threads(account + entry.0)),
            Err(now) => account = now,
        }
    }
}

fn entry(size: usize, new: bool) -> Entry {
    if size <= 1 {
        return Entry(0);
    }
    let workers = (size - 1) as u64;
    Entry((workers + u64::from(new)) * THREAD + workers * WORKER)
}

fn threads(account: u64) -> usize {
    (account >> 32) as usize
}

/// How many workers the regions of now are entitled to.
pub(crate) fn workers() -> usize {
    (ACCOUNT.load(Relaxed) & (THREAD - 1)) as usize
}

impl Entry {
    /// The team turned out smaller than entered.
    pub(crate) fn shrink(self, size: usize, new: bool) -> Entry {
        let smaller = entry(size, new);
        ACCOUNT.fetch_sub(self.0 - smaller.0, Relaxed);
        smaller
    }

    /// The region has ended.
    #[inline]
    pub(crate) fn leave(self) {
        ACCOUNT.fetch_sub(self.0, Relaxed);
    }
}
