//! [`Dealt`]: the iterator over a loop that a schedule deals out.

use super::deal::{State, resolved};
use crate::count::Count;
use crate::region::Region;
use crate::schedule::{IntoSchedule, Plan, Schedule, Steps};
use crate::source::{Cut, Repeat};
use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroUsize;

/// A thread's share of a loop of its region, dealt out by a schedule: [`Region::xrange`], [`Region::loop_over`].
///
/// The loop is met when its first item is asked for.
#[must_use = "iterators do nothing unless they are iterated"]
pub struct Dealt<'p, 'team, 'env, S: Repeat> {
    region: &'p Region<'team, 'env>,
    source: S,
    schedule: Schedule,
    ordered: bool,
    state: State<'team>,
    /// What is left of this thread's chunk: the numbers, when items are had by their numbers,
    numbers: Steps,
    /// else the items.
    items: Option<S::Chunk>,
    on_this_thread: PhantomData<*const ()>,
}

impl<'p, 'team, 'env, S: Repeat> Dealt<'p, 'team, 'env, S> {
    #[inline]
    pub(super) fn new(region: &'p Region<'team, 'env>, cut: Cut<S>, schedule: Schedule) -> Self {
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
                let units = self.source.total();
                if let Some(numbers) = self.region.whole_share(units, self.schedule, self.ordered, S::BY_NUMBER) {
                    self.state = State::Ended;
                    numbers
                } else {
                    let (state, numbers) = self.region.begin(units, self.schedule, self.ordered);
                    self.state = state;
                    numbers.into()
                }
            }
            State::Turns(hand, plan) => plan.next(hand).unwrap_or(0..0).into(),
            State::Shared(number, plan) => {
                let numbers = self.region.claim_shared(*number, plan);
                if plan.is_over(&numbers) {
                    self.state = State::Ended;
                }
                numbers.into()
            }
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
        match self.state {
            State::Shared(number, _) => self.region.leave_shared(number),
            State::Dealt(id) => self.region.leave(id),
            State::New | State::Turns(..) | State::Ended => {}
        }
    }
}

impl<S: Repeat> fmt::Debug for Dealt<'_, '_, '_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dealt").field("region", self.region).field("schedule", &self.schedule).finish_non_exhaustive()
    }
}
