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
pub(super) unsafe trait Plan {
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
    Static(Static),
    Chunked(Chunked),
    Stealing(Stealing<'t>),
    Counting(Counting<'t>),
    Guided(Guided<'t>),
}

impl<'t> Dispatch<'t> {
    /// The plan for a loop. `cursors` are words of this loop alone, one a thread; they are set here, before the team starts, which
    /// then publishes them. `monotonic`: each thread's chunks ascend, and chunks start in order, as `ordered` needs it.
    ///
    /// [`Schedule::Runtime`] is for the caller to look up, and means `static` when it has not.
    #[inline]
    pub(crate) fn new(
        schedule: Schedule,
        units: usize,
        team: usize,
        monotonic: bool,
        cursors: &'t [CachePadded<AtomicU64>],
    ) -> Self {
        Self::plan(schedule, units, team, monotonic, cursors, true)
    }

    /// The plan of a loop that is under way, for a thread that comes to it: the words were set by `new`, with the same arguments.
    #[inline]
    pub(crate) fn under_way(
        schedule: Schedule,
        units: usize,
        team: usize,
        monotonic: bool,
        cursors: &'t [CachePadded<AtomicU64>],
    ) -> Self {
        Self::plan(schedule, units, team, monotonic, cursors, false)
    }

    #[inline]
    fn plan(
        schedule: Schedule,
        units: usize,
        team: usize,
        monotonic: bool,
        cursors: &'t [CachePadded<AtomicU64>],
        begin: bool,
    ) -> Self {
        // One thread gets everything in one chunk: no other could tell.
        let kind = if team == 1 || schedule == Schedule::Static {
            Kind::Static(Static { units, team })
        } else {
            Kind::new(schedule, units, team, monotonic, cursors, begin)
        };
        Self { kind }
    }

    /// A thread's place at the start. Each thread has one: two hands of a thread would both get its units.
    #[inline]
    pub(crate) fn hand(&self, thread: usize) -> Hand {
        let place = match &self.kind {
            Kind::Chunked(plan) => plan.first(thread),
            _ => 0,
        };
        Hand { thread, place, done: false }
    }
}

impl<'t> Kind<'t> {
    fn new(
        schedule: Schedule,
        units: usize,
        team: usize,
        monotonic: bool,
        cursors: &'t [CachePadded<AtomicU64>],
        begin: bool,
    ) -> Self {
        match schedule {
            Schedule::Static | Schedule::Runtime => Self::Static(Static { units, team }),
            Schedule::StaticChunk(chunk) => Self::Chunked(Chunked::new(units, team, chunk.get())),
            Schedule::Dynamic(chunk) => on_demand(units, chunk.get(), monotonic, &cursors[..team], begin),
            Schedule::Auto => on_demand(units, auto::chunk(units, team), monotonic, &cursors[..team], begin),
            Schedule::Guided(chunk) => {
                Self::Guided(Guided { units, team, chunk: chunk.get(), next: counter(&cursors[0], begin) })
            }
        }
    }
}

fn on_demand(units: usize, chunk: usize, monotonic: bool, cursors: &[CachePadded<AtomicU64>], begin: bool) -> Kind<'_> {
    let stealing = if monotonic { None } else { Stealing::new(units, chunk, cursors) };
    match stealing {
        Some(stealing) => {
            if begin {
                stealing.begin();
            }
            Kind::Stealing(stealing)
        }
        None => Kind::Counting(Counting { units, chunk, next: counter(&cursors[0], begin) }),
    }
}

#[inline]
fn counter(cursor: &AtomicU64, begin: bool) -> &AtomicU64 {
    if begin {
        // Relaxed, since the start of the team publishes it.
        cursor.store(0, Ordering::Relaxed);
    }
    cursor
}

/// A thread's place in a plan.
#[derive(Debug)]
pub(crate) struct Hand {
    pub(super) thread: usize,
    /// Where its next chunk starts, when that is settled beforehand.
    pub(super) place: usize,
    pub(super) done: bool,
}

impl Hand {
    /// This thread's next chunk, never empty; `None` once, and then always, when there is no more.
    #[inline]
    pub(crate) fn next(&mut self, dispatch: &Dispatch<'_>) -> Option<Range<usize>> {
        if self.done {
            return None;
        }
        // In line for what is settled beforehand alone, or every loop would hold the code of all.
        let chunk = match &dispatch.kind {
            Kind::Static(plan) => plan.next(self),
            Kind::Chunked(plan) => plan.next(self),
            _ => self.next_of_others(dispatch),
        };
        self.done |= chunk.is_none();
        chunk
    }

    #[inline(never)]
    fn next_of_others(&mut self, dispatch: &Dispatch<'_>) -> Option<Range<usize>> {
        match &dispatch.kind {
            Kind::Static(plan) => plan.next(self),
            Kind::Chunked(plan) => plan.next(self),
            Kind::Stealing(plan) => plan.next(self),
            Kind::Counting(plan) => plan.next(self),
            Kind::Guided(plan) => plan.next(self),
        }
    }
}
