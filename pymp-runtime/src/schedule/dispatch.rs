//! One loop's plan, and each thread's place in it.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use crossbeam_utils::CachePadded;

use super::chunked::Chunked;
use super::dynamic::{Counting, Stealing};
use super::guided::Guided;
use super::static_::Static;
use super::{Schedule, auto};

/// Who gets which units.
///
/// The law: whatever the order in which the hands of a team ask, and in whichever threads, all of them together get every unit of
/// `0..units` exactly once, in chunks that are not empty. A hand that got `None` is done.
///
/// # Safety
///
/// An implementor promises the half of the law that arrays are cut by: no unit is given out twice, and none outside of `0..units`, as
/// long as each thread of the team has one hand.
pub(crate) unsafe trait Plan {
    /// The hand's next chunk.
    fn next(&self, hand: &mut Hand) -> Option<Range<usize>>;
}

/// One loop's plan, shared by its team.
#[derive(Debug)]
pub(crate) struct Dispatch<'t> {
    kind: Kind<'t>,
}

#[derive(Debug)]
enum Kind<'t> {
    Settled(Settled),
    Stealing(Stealing<'t>),
    Counting(Counting<'t>),
    Guided(Guided<'t>),
}

/// The plan of a loop of which it is settled who gets what: nothing is shared.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Settled {
    Whole(Static),
    Turns(Chunked),
}

impl Settled {
    /// `None` when it is not settled.
    #[inline]
    pub(crate) fn new(schedule: Schedule, units: usize, team: usize) -> Option<Self> {
        match schedule {
            // One thread gets everything in one chunk: no other could tell.
            _ if team == 1 => Some(Self::Whole(Static { units, team })),
            Schedule::Static | Schedule::Runtime => Some(Self::Whole(Static { units, team })),
            Schedule::StaticChunk(chunk) => Some(Self::Turns(Chunked::new(units, team, chunk.get()))),
            Schedule::Dynamic(_) | Schedule::Guided(_) | Schedule::Auto => None,
        }
    }
}

/// The words that a loop is dealt out from, of that loop alone. They may be one and the same: no plan uses both.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words<'t> {
    /// For plans with one counter.
    pub(crate) counter: &'t AtomicU64,
    /// One for each thread.
    pub(crate) ranges: &'t [CachePadded<AtomicU64>],
}

impl<'t> From<&'t [CachePadded<AtomicU64>]> for Words<'t> {
    #[inline]
    fn from(cursors: &'t [CachePadded<AtomicU64>]) -> Self {
        Self { counter: &cursors[0], ranges: cursors }
    }
}

impl<'t> Dispatch<'t> {
    /// The plan for a loop. The words are set here, before the team starts, which then publishes them. `monotonic`: each thread's
    /// chunks ascend, and chunks start in order, as `ordered` needs it.
    ///
    /// [`Schedule::Runtime`] is for the caller to look up, and means `static` when it has not.
    #[inline]
    pub(crate) fn new(schedule: Schedule, units: usize, team: usize, monotonic: bool, words: impl Into<Words<'t>>) -> Self {
        match Settled::new(schedule, units, team) {
            Some(plan) => Self { kind: Kind::Settled(plan) },
            None => {
                let dispatch = Self { kind: Kind::on_demand(schedule, units, team, monotonic, words.into()) };
                dispatch.begin();
                dispatch
            }
        }
    }

    /// The plan of a loop that is under way, for a thread that comes to it: the words were set by `new`, with the same arguments.
    #[inline]
    pub(crate) fn under_way(schedule: Schedule, units: usize, team: usize, monotonic: bool, words: impl Into<Words<'t>>) -> Self {
        let kind = match Settled::new(schedule, units, team) {
            Some(plan) => Kind::Settled(plan),
            None => Kind::on_demand(schedule, units, team, monotonic, words.into()),
        };
        Self { kind }
    }

    /// The plan of a loop where nothing is shared; `None` when something is.
    pub(crate) fn settled(schedule: Schedule, units: usize, team: usize) -> Option<Self> {
        Some(Self { kind: Kind::Settled(Settled::new(schedule, units, team)?) })
    }

    #[inline]
    fn begin(&self) {
        match &self.kind {
            Kind::Settled(_) => {}
            Kind::Stealing(plan) => plan.begin(),
            // Relaxed, since the start of the team publishes it.
            Kind::Counting(Counting { next, .. }) | Kind::Guided(Guided { next, .. }) => next.store(0, Ordering::Relaxed),
        }
    }

    /// Whether a thread that has got this chunk on demand need not ask again: there was none, or it is the last one, where they are
    /// given out in order.
    #[inline]
    pub(crate) fn is_over(&self, chunk: &Range<usize>) -> bool {
        chunk.is_empty()
            || match &self.kind {
                Kind::Counting(Counting { units, .. }) | Kind::Guided(Guided { units, .. }) => chunk.end == *units,
                Kind::Settled(_) | Kind::Stealing(_) => false,
            }
    }

    /// A thread's place at the start. Each thread has one: two hands of a thread would both get its units.
    #[inline]
    pub(crate) fn hand(&self, thread: usize) -> Hand {
        Hand::new(thread)
    }
}

impl<'t> Kind<'t> {
    /// What is not settled.
    fn on_demand(schedule: Schedule, units: usize, team: usize, monotonic: bool, words: Words<'t>) -> Self {
        let chunk = match schedule {
            Schedule::Guided(chunk) => {
                return Self::Guided(Guided { units, team, chunk: chunk.get(), next: words.counter });
            }
            Schedule::Dynamic(chunk) => chunk.get(),
            _ => auto::chunk(units, team),
        };
        let stealing = if monotonic { None } else { Stealing::new(units, chunk, &words.ranges[..team]) };
        match stealing {
            Some(stealing) => Kind::Stealing(stealing),
            None => Kind::Counting(Counting { units, chunk, next: words.counter }),
        }
    }
}

/// A thread's place in a plan.
#[derive(Debug)]
pub(crate) struct Hand {
    pub(super) thread: usize,
    /// How many units the whole team has gone past, where that decides the next chunk.
    pub(super) gone: usize,
    pub(super) done: bool,
}

impl Hand {
    /// As [`Dispatch::hand`].
    #[inline]
    pub(crate) fn new(thread: usize) -> Self {
        Hand { thread, gone: 0, done: false }
    }

    /// This thread's next chunk, never empty; `None` once, and then always, when there is no more.
    #[inline]
    pub(crate) fn next(&mut self, dispatch: &Dispatch<'_>) -> Option<Range<usize>> {
        if self.done {
            return None;
        }
        // In line for what is settled beforehand alone, or every loop would hold the code of all.
        let chunk = match &dispatch.kind {
            Kind::Settled(Settled::Whole(plan)) => plan.next(self),
            Kind::Settled(Settled::Turns(plan)) => plan.next(self),
            // By its number: a hand whose address is taken lies in memory, and all of the share with it, in every loop.
            _ => {
                let chunk = next_of_others(dispatch, self.thread);
                self.done = dispatch.is_over(&chunk);
                Some(chunk).filter(|chunk| !chunk.is_empty())
            }
        };
        self.done |= chunk.is_none();
        chunk
    }
}

/// The next chunk of a thread that is not done, empty when there is none: an option would not fit into registers. These plans ask nothing
/// else of a hand.
#[inline(never)]
pub(crate) fn next_of_others(dispatch: &Dispatch<'_>, thread: usize) -> Range<usize> {
    let mut hand = Hand::new(thread);
    let chunk = match &dispatch.kind {
        Kind::Settled(_) => unreachable!("what is settled is in line"),
        Kind::Stealing(plan) => plan.next(&mut hand),
        Kind::Counting(plan) => plan.next(&mut hand),
        Kind::Guided(plan) => plan.next(&mut hand),
    };
    chunk.unwrap_or(0..0)
}
