//! `p.range(r)`, `p.xrange(r)` and `p.loop_over(r)`: loops over what can be cut.

use super::Region;
use super::crew::{LoopSite, Node, Site};
use crate::config;
use crate::count::Count;
use crate::schedule::{Dispatch, Hand, IntoSchedule, Schedule, split};
use crate::source::{Countable, Cut, IntoCut, Repeat};
use std::fmt;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::Arc;

impl<'team, 'env> Region<'team, 'env> {
    /// This thread's contiguous part of a range: `schedule(static)`.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// use pymp_runtime::Parallel;
    ///
    /// let parts = Parallel::new(3).map(|p| p.range(0..10).collect::<Vec<_>>());
    /// assert_eq!(parts, [vec![0, 1, 2, 3], vec![4, 5, 6], vec![7, 8, 9]]);
    /// let parts = Parallel::new(2).map(|p| p.range((1..=10).rev().step_by(3)).collect::<Vec<_>>());
    /// assert_eq!(parts, [vec![10, 7], vec![4, 1]]);
    /// # }
    /// ```
    ///
    /// Takes ranges of every integer type, inclusive ones too, with `.rev()` and `.step_by(k)`, and slices. The first threads get one
    /// more when it does not come out even, the last ones nothing when there are too few. Nothing is shared: nobody waits, and
    /// if one thread alone comes here, only its part is run.
    ///
    /// pymp: `p.range(..)`. OpenMP: `#pragma omp for schedule(static) nowait`.
    #[inline]
    pub fn range<R>(&self, range: R) -> <R::Source as crate::Source>::Chunk
    where
        R: IntoCut<Source: Repeat>,
    {
        let source = range.into_cut().into_source();
        source.again(split(source.total(), self.num_threads(), self.thread_num()))
    }

    /// The indices of a range, each to the thread that asks next: `schedule(dynamic, 1)`.
    ///
    /// ```
    /// use pymp_runtime::{Parallel, shared};
    ///
    /// let hits = shared::array::<u32>(100);
    /// Parallel::new(2).run(|p| {
    ///     for i in p.xrange(0..100) {
    ///         hits.fetch_add(i, 1);
    ///     }
    ///     for i in p.xrange(0..100).chunk(8) {
    ///         hits.fetch_add(i, 1);
    ///     }
    /// });
    /// assert!(hits.to_vec().iter().all(|&hits| hits == 2));
    /// ```
    ///
    /// A thread that breaks out of it leaves the rest to the others, and nothing of it to the next loop. Nobody waits at the end.
    ///
    /// pymp: `p.xrange(..)`. OpenMP: `#pragma omp for schedule(dynamic) nowait`.
    #[inline]
    pub fn xrange<R>(&self, range: R) -> Dealt<'_, 'team, 'env, R::Source>
    where
        R: IntoCut<Source: Repeat>,
    {
        Dealt::new(self, range.into_cut(), Schedule::dynamic(1))
    }

    /// A range, or a slice, under any schedule: that of the region ([`Parallel::schedule`](super::Parallel::schedule)), or static, if it does
    /// not say.
    ///
    /// ```
    /// use pymp_runtime::{Parallel, shared};
    ///
    /// let words = ["a", "bb", "ccc"];
    /// let letters = shared::array::<usize>(1);
    /// Parallel::new(2).run(|p| {
    ///     for word in p.loop_over(&words).schedule("guided") {
    ///         letters.fetch_add(0, word.len());
    ///     }
    /// });
    /// assert_eq!(letters.get(0), 6);
    /// ```
    ///
    /// OpenMP: `#pragma omp for schedule(..) nowait`.
    #[inline]
    pub fn loop_over<R>(&self, range: R) -> Dealt<'_, 'team, 'env, R::Source>
    where
        R: IntoCut<Source: Repeat>,
    {
        Dealt::new(self, range.into_cut(), self.crew.schedule.unwrap_or_default())
    }
}

/// A thread's share of a loop of its region, dealt out by a schedule: [`Region::xrange`], [`Region::loop_over`].
///
/// The loop is met when its first item is asked for.
#[must_use = "iterators do nothing unless they are iterated"]
pub struct Dealt<'p, 'team, 'env, S: Repeat> {
    pub(super) region: &'p Region<'team, 'env>,
    source: S,
    schedule: Schedule,
    pub(super) ordered: bool,
    pub(super) state: State<'env>,
    /// The number of the next item, for `ordered`, and the first one after its chunk.
    pub(super) numbers: Range<usize>,
    items: Option<S::Chunk>,
}

pub(super) enum State<'env> {
    New,
    /// What is not shared, or shared with nobody.
    Own(Hand),
    Shared(Hand, Arc<Node<'env>>),
}

impl<'p, 'team, 'env, S: Repeat> Dealt<'p, 'team, 'env, S> {
    fn new(region: &'p Region<'team, 'env>, cut: Cut<S>, schedule: Schedule) -> Self {
        let source = cut.into_source();
        Dealt { region, source, schedule, ordered: false, state: State::New, numbers: 0..0, items: None }
    }

    /// Who gets which: a [`Schedule`], or its text.
    ///
    /// # Panics
    ///
    /// When the text is not a schedule, or an item has been taken.
    #[track_caller]
    pub fn schedule(mut self, schedule: impl IntoSchedule) -> Self {
        self.assert_new();
        self.schedule = schedule.into_schedule();
        self
    }

    /// How many at once.
    ///
    /// # Panics
    ///
    /// When `n` is 0 or below, when the schedule is `auto`, or when an item has been taken.
    #[track_caller]
    pub fn chunk(mut self, n: impl Count) -> Self {
        self.assert_new();
        let chunk: NonZeroUsize = n.positive("chunk");
        self.schedule = match resolved(self.schedule) {
            Schedule::Dynamic(_) => Schedule::Dynamic(chunk),
            Schedule::Guided(_) => Schedule::Guided(chunk),
            Schedule::Auto => panic!("`chunk` does not go with the schedule `auto`, which chooses it"),
            _ => Schedule::StaticChunk(chunk),
        };
        self
    }

    /// Lets [`Region::ordered`] run blocks in the order of the items.
    ///
    /// # Panics
    ///
    /// When an item has been taken.
    #[track_caller]
    pub fn ordered(mut self) -> Self {
        self.assert_new();
        self.ordered = true;
        self
    }

    #[track_caller]
    fn assert_new(&self) {
        assert!(matches!(self.state, State::New), "the clauses of a loop come before its first item");
    }

    /// This thread's next chunk.
    #[inline]
    pub(super) fn claim(&mut self) -> Option<Range<usize>> {
        if let State::New = self.state {
            self.begin();
        }
        let (units, team) = (self.source.total(), self.region.num_threads());
        match &mut self.state {
            State::New => None,
            State::Own(hand) => hand.next(&Dispatch::under_way(self.schedule, units, team, false, &[])),
            State::Shared(hand, node) => {
                self.region.crew.check();
                let Site::Loop(site) = &node.site else { return None };
                hand.next(&Dispatch::under_way(site.schedule, units, team, site.ordered, &site.cursors))
            }
        }
    }

    /// Meets the loop.
    #[cold]
    fn begin(&mut self) {
        self.schedule = resolved(self.schedule);
        let (schedule, units, team, ordered) = (self.schedule, self.source.total(), self.region.num_threads(), self.ordered);
        let by_itself = matches!(schedule, Schedule::Static | Schedule::StaticChunk(_)) && !ordered;
        if by_itself || team == 1 {
            let hand = Dispatch::under_way(Schedule::Static, units, team, false, &[]).hand(self.region.thread_num());
            self.schedule = if team == 1 { Schedule::Static } else { schedule };
            self.state = State::Own(hand);
            return;
        }
        let node = self.region.next_node(|| Site::Loop(Box::new(LoopSite::new(units, schedule, ordered, team))));
        let Site::Loop(site) = &node.site else { self.region.diverged("a loop") };
        if (site.units, site.schedule, site.ordered) != (units, schedule, ordered) {
            self.region.diverged(&format!("a loop of {units} iterations, schedule {schedule}"));
        }
        let hand = Dispatch::under_way(schedule, units, team, ordered, &site.cursors).hand(self.region.thread_num());
        self.state = State::Shared(hand, node);
    }
}

impl LoopSite {
    fn new(units: usize, schedule: Schedule, ordered: bool, team: usize) -> Self {
        let cursors: Box<[_]> = (0..team).map(|_| Default::default()).collect();
        // Sets the words; the lock under which the node is made publishes them.
        Dispatch::new(schedule, units, team, ordered, &cursors);
        LoopSite { units, schedule, ordered, cursors, turn: Default::default() }
    }
}

fn resolved(schedule: Schedule) -> Schedule {
    if schedule == Schedule::Runtime { config::schedule() } else { schedule }
}

impl<S: Repeat> Iterator for Dealt<'_, '_, '_, S> {
    type Item = S::Item;

    #[inline]
    fn next(&mut self) -> Option<S::Item> {
        if self.ordered {
            self.end_turn();
        }
        loop {
            if let Some(item) = self.items.as_mut().and_then(Iterator::next) {
                if self.ordered {
                    self.take_place();
                }
                return Some(item);
            }
            let numbers = self.claim()?;
            self.items = Some(self.source.again(numbers.clone()));
            self.numbers = numbers;
        }
    }
}

impl<S: Repeat> Drop for Dealt<'_, '_, '_, S> {
    #[inline]
    fn drop(&mut self) {
        if self.ordered {
            self.leave_order();
        }
    }
}

impl<S: Repeat> fmt::Debug for Dealt<'_, '_, '_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dealt").field("region", self.region).field("schedule", &self.schedule).finish_non_exhaustive()
    }
}
