//! Where the threads of a team meet for the loops that are shared out in a region: at work shares, one for each loop. libgomp calls them
//! so; libomp's dispatch buffers are the same.
//!
//! Each thread counts the loops that it comes to, and all come to them in the same order: so the number says which loop it is.
//!
//! 1. The team has some, used in turn: loop `k` belongs to work share `k % WORK_SHARES`. They are kept with the team, so that a loop
//!    allocates nothing.
//! 2. The first thread that comes to a loop opens the work share: it moves the state to OPENING with the loop's number, by an exchange
//!    that one thread alone succeeds with, writes what the loop is and where it starts, and stores OPEN. Where all threads will write
//!    to the work share anyway, to its counter, that exchange is tried before the state is known.
//! 3. It is opened again only when all threads have left the loop that it was open for last, its `occupant`. Each thread tells how far
//!    it has come: its `floor` is the first loop that it may still be in, or come to. Floors are seldom looked at: who looks
//!    remembers that all are past some loop.
//! 4. When somebody has not left yet, the first thread moves the state to ELSEWHERE with the loop's number, by the same exchange. Such a
//!    loop has a work share of its own, found by its number under a lock. So nobody waits, however far ahead a thread is.
//! 5. A thread that comes later finds the state at its loop's number, or past it, and knows from the occupant which of the two it was:
//!    while it has not left the loop, no other one can occupy the work share.
//! 6. The numbers go on from region to region, and `base` is the first one of this region. What is below it was left by all.
//!
//! Progress: between OPENING and OPEN there are some stores, and nothing of the user's. Nobody waits for anything else here.

pub(super) mod elsewhere;
mod visitor;

pub(super) use visitor::Visitor;

use crate::schedule::{Dispatch, Schedule, Words};
use crate::sync::{AtomicU64, AtomicUsize, Ordering};
use crossbeam_utils::CachePadded;
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64 as Word, AtomicUsize as Turn};

/// How many loops a thread may be ahead of the slowest one before it has to make work shares.
const WORK_SHARES: u64 = if cfg!(loom) { 1 } else { 16 };
/// A loop with at most so many chunks for each thread has one counter: to set up the words for stealing would take longer.
const FEW: usize = 4;

/// The work shares of a team.
#[derive(Debug)]
pub(crate) struct WorkShares {
    /// Made by the first loop: most teams run regions without one, or no regions at all.
    ring: OnceLock<Box<[WorkShare]>>,
    /// One for each thread, and written by it alone.
    floors: Box<[CachePadded<AtomicU64>]>,
    base: AtomicU64,
}

/// What the threads of one loop share.
#[derive(Debug)]
pub(super) struct WorkShare {
    gate: CachePadded<Gate>,
    /// The iteration whose ordered block may run.
    // What a loop is dealt out from is of std in the model too: it is published with the work share, and carries no protocol of its own.
    pub(super) turn: CachePadded<Turn>,
    ranges: Box<[CachePadded<Word>]>,
}

/// What every thread reads that comes to the loop, in one place.
#[derive(Debug, Default)]
struct Gate {
    /// The number of a loop, and what has been decided about it.
    state: AtomicU64,
    /// The loop that this work share is, or was last, open for.
    occupant: AtomicU64,
    what: [AtomicUsize; 3],
    counter: Word,
}

const OPEN: u64 = 0;
const OPENING: u64 = 1;
const ELSEWHERE: u64 = 2;
/// The loop's number is above the two bits that say what.
const NUMBER: u32 = 2;

/// What a loop is, as far as all threads have to agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Loop { units: usize, schedule: Schedule, ordered: bool },
    Iterate,
}

impl What {
    /// Different for different ones.
    fn words(self) -> [usize; 3] {
        let What::Loop { units, schedule, ordered } = self else { return [0; 3] };
        let (kind, chunk) = match schedule {
            Schedule::Static => (1, 0),
            Schedule::StaticChunk(chunk) => (2, chunk.get()),
            Schedule::Dynamic(chunk) => (3, chunk.get()),
            Schedule::Guided(chunk) => (4, chunk.get()),
            Schedule::Auto => (5, 0),
            Schedule::Runtime => (6, 0),
        };
        [kind << 1 | usize::from(ordered), chunk, units]
    }

    /// Whether it is dealt out by one counter.
    #[inline]
    fn is_counted(self, team: usize) -> bool {
        match self {
            What::Loop { schedule: Schedule::Guided(_), .. } => true,
            What::Loop { units, schedule, ordered } => ordered || are_few(units, schedule, team),
            What::Iterate => false,
        }
    }

    /// The plan of a loop at its work share; where a thread is alone there is none. `None` of what is no loop.
    pub(super) fn dispatch(self, work_share: Option<&WorkShare>, team: usize) -> Option<Dispatch<'_>> {
        let What::Loop { units, schedule, ordered } = self else { return None };
        match work_share {
            Some(work_share) => {
                let monotonic = ordered || are_few(units, schedule, team);
                Some(Dispatch::under_way(schedule, units, team, monotonic, work_share.words()))
            }
            None => Dispatch::settled(schedule, units, team),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Iterate => f.write_str("an `iterate`"),
            What::Loop { units, schedule, .. } => write!(f, "a loop of {units} iterations under schedule {schedule}"),
        }
    }
}

/// Where a loop is met.
#[derive(Debug)]
pub(super) enum Meeting<'t> {
    Here(&'t WorkShare),
    Elsewhere,
}

/// Another thread is at something else.
#[derive(Debug)]
pub(super) struct Diverged;

impl WorkShares {
    pub(crate) fn new(team: usize) -> Self {
        WorkShares {
            ring: OnceLock::new(),
            floors: (0..team).map(|_| CachePadded::default()).collect(),
            // The states and occupants of new work shares are 0, below it.
            base: AtomicU64::new(1),
        }
    }

    /// A region has ended, whose loops were numbered below `next`.
    pub(crate) fn advance(&self, next: u64) {
        // Relaxed: the next region's start publishes it.
        if next > self.base.load(Ordering::Relaxed) {
            self.base.store(next, Ordering::Relaxed);
        }
    }

    fn work_share(&self, number: u64) -> &WorkShare {
        let ring = self.ring.get_or_init(|| (0..WORK_SHARES).map(|_| WorkShare::new(self.floors.len())).collect());
        &ring[(number % WORK_SHARES) as usize]
    }
}

impl WorkShare {
    fn new(team: usize) -> Self {
        WorkShare {
            gate: CachePadded::default(),
            turn: CachePadded::default(),
            ranges: (0..team).map(|_| CachePadded::default()).collect(),
        }
    }

    /// A work share of a loop's own.
    pub(super) fn elsewhere(what: What, team: usize) -> Self {
        let work_share = WorkShare::new(team);
        work_share.prepare(what, team);
        work_share
    }

    /// Sets the loop up. Relaxed, all of it: what the caller does next publishes it, the state or a lock.
    fn prepare(&self, what: What, team: usize) {
        for (place, word) in self.gate.what.iter().zip(what.words()) {
            place.store(word, Ordering::Relaxed);
        }
        if let What::Loop { units, schedule, ordered } = what {
            Dispatch::new(schedule, units, team, ordered || are_few(units, schedule, team), self.words());
            if ordered {
                self.turn.store(0, Ordering::Relaxed);
            }
        }
    }

    pub(super) fn is(&self, what: What) -> bool {
        self.gate.what.iter().zip(what.words()).all(|(place, word)| place.load(Ordering::Relaxed) == word)
    }

    #[inline]
    fn words(&self) -> Words<'_> {
        Words { counter: &self.gate.counter, ranges: &self.ranges }
    }
}

#[inline]
fn are_few(units: usize, schedule: Schedule, team: usize) -> bool {
    match schedule {
        Schedule::Dynamic(chunk) => units <= chunk.get().saturating_mul(FEW * team),
        _ => false,
    }
}

#[cfg(all(test, loom))]
mod loom_tests;
#[cfg(all(test, not(loom)))]
mod tests;
