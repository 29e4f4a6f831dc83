//! `p.range(r)`, `p.xrange(r)` and `p.loop_over(r)`: loops over what can be cut.

use super::Region;
use super::deal::{State, resolved};
use crate::count::Count;
use crate::schedule::{IntoSchedule, Plan, Schedule, Steps, split};
use crate::source::{Countable, Cut, IntoCut, Repeat};
use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroUsize;

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
    #[track_caller]
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
    #[track_caller]
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
    #[track_caller]
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
    region: &'p Region<'team, 'env>,
    source: S,
    schedule: Schedule,
    ordered: bool,
    state: State,
    /// What is left of this thread's chunk: the numbers, when items are had by their numbers,
    numbers: Steps,
    /// else the items.
    items: Option<S::Chunk>,
    on_this_thread: PhantomData<*const ()>,
}

impl<'p, 'team, 'env, S: Repeat> Dealt<'p, 'team, 'env, S> {
    #[inline]
    fn new(region: &'p Region<'team, 'env>, cut: Cut<S>, schedule: Schedule) -> Self {
        Dealt {
            region,
            source: cut.into_source(),
            schedule,
            ordered: false,
            state: State::New,
            numbers: Steps::default(),
            items: None,
            on_this_thread: PhantomData,
        }
    }

    /// Who gets which: a [`Schedule`], or its text.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// # use pymp_runtime::Parallel;
    /// let taken = Parallel::new(2).map(|p| p.loop_over(0..4).schedule("static,1").collect::<Vec<_>>());
    /// assert_eq!(taken, [[0, 2], [1, 3]]);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When the text is not a schedule, or an item has been taken.
    #[inline]
    #[track_caller]
    pub fn schedule(mut self, schedule: impl IntoSchedule) -> Self {
        self.assert_new();
        self.schedule = schedule.into_schedule();
        self
    }

    /// How many at once.
    ///
    /// ```
    /// # use pymp_runtime::Parallel;
    /// let taken = Parallel::new(2).map(|p| p.xrange(0..10).chunk(4).count());
    /// assert_eq!(taken.iter().sum::<usize>(), 10);
    /// ```
    ///
    /// # Panics
    ///
    /// When `n` is 0 or below, when the schedule is `auto`, or when an item has been taken.
    #[inline]
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
    /// ```
    /// # use pymp_runtime::{Parallel, shared};
    /// let list = shared::list::<i32>();
    /// Parallel::new(2).run(|p| {
    ///     for i in p.xrange(0..4).ordered() {
    ///         p.ordered(|| list.push(i));
    ///     }
    /// });
    /// assert_eq!(list.to_vec(), [0, 1, 2, 3]);
    /// ```
    ///
    /// # Panics
    ///
    /// When an item has been taken.
    #[inline]
    #[track_caller]
    pub fn ordered(mut self) -> Self {
        self.assert_new();
        self.ordered = true;
        self
    }

    #[inline]
    #[track_caller]
    fn assert_new(&self) {
        assert!(matches!(self.state, State::New), "the clauses of a loop come before its first item");
    }

    /// The next item of this thread's chunk.
    #[inline(always)]
    fn at_hand(&mut self) -> Option<S::Item> {
        if S::BY_NUMBER { self.numbers.next().map(|number| self.source.at(number)) } else { self.items.as_mut()?.next() }
    }

    /// Gets this thread's next chunk, if there is one. Hands out values only, no reference to itself: see [`deal`](super::deal).
    // Always: out of line, it would have a reference to all of this.
    #[inline(always)]
    #[track_caller]
    fn more(&mut self) -> Option<()> {
        let numbers = match &mut self.state {
            State::New => {
                let (state, numbers) = self.region.begin(self.source.total(), self.schedule, self.ordered, S::BY_NUMBER);
                self.state = state;
                numbers
            }
            State::Turns(hand, plan) => plan.next(hand).unwrap_or(0..0).into(),
            State::Dealt(id) if self.ordered => self.region.claim_turn(*id).into(),
            State::Dealt(id) => self.region.claim(*id).into(),
            State::Ended => Steps::default(),
        };
        if numbers.is_empty() {
            return None;
        }
        if S::BY_NUMBER {
            self.numbers = numbers;
        } else {
            self.items = numbers.range().map(|numbers| self.source.again(numbers));
        }
        Some(())
    }
}

impl<S: Repeat> Iterator for Dealt<'_, '_, '_, S> {
    type Item = S::Item;

    #[inline(always)]
    #[track_caller]
    fn next(&mut self) -> Option<S::Item> {
        if let Some(item) = self.at_hand() {
            return Some(item);
        }
        self.more()?;
        // Not in a loop, which the compiler would take for what is done most often: a chunk has an item.
        self.at_hand()
    }

    #[inline]
    #[track_caller]
    fn fold<B, F: FnMut(B, S::Item) -> B>(mut self, init: B, mut each: F) -> B {
        let mut value = init;
        loop {
            // A chunk at a time: the compiler sees a plain loop.
            if let Some(chunk) = self.items.take() {
                value = chunk.fold(value, &mut each);
            }
            let numbers = std::mem::take(&mut self.numbers);
            value = match numbers.range() {
                _ if numbers.is_empty() => value,
                Some(numbers) => self.source.again(numbers).fold(value, &mut each),
                None => numbers.fold(value, |value, number| each(value, self.source.at(number))),
            };
            if self.more().is_none() {
                return value;
            }
        }
    }
}

impl<S: Repeat> Drop for Dealt<'_, '_, '_, S> {
    #[inline]
    fn drop(&mut self) {
        if let State::Dealt(id) = self.state {
            self.region.leave(id);
        }
    }
}

impl<S: Repeat> fmt::Debug for Dealt<'_, '_, '_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dealt").field("region", self.region).field("schedule", &self.schedule).finish_non_exhaustive()
    }
}
