//! `p.ordered(|| ..)`: blocks that run in the order of a loop's items.
//!
//! 1. The loop has a turn: the number of the iteration whose block may run. It starts at 0.
//! 2. A thread that takes an item gets its place. Its block waits until the turn is its number.
//! 3. After the block, or at the next item if none was run, the turn passes on.
//! 4. A thread that breaks out of the loop passes on the places of its chunk, and under a static schedule of all its chunks,
//!    as if their iterations had no block.
//!
//! Progress: each thread takes its chunks in rising order, and the lowest iteration that has not passed the turn on is one that
//! some thread is at, or comes to next.

use super::Region;
use super::crew::{Crew, LoopSite, Node, Site};
use super::ranges::{Dealt, State};
use crate::schedule::Schedule;
use crate::source::Repeat;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// A thread's place in the order of the loop that it is in.
pub(super) struct Place<'env> {
    /// None: a team of one.
    node: Option<Arc<Node<'env>>>,
    number: usize,
    passed: bool,
}

fn site<'n>(node: &'n Arc<Node<'_>>) -> Option<&'n LoopSite> {
    match &node.site {
        Site::Loop(site) => Some(site),
        Site::Line(_) => None,
    }
}

impl Crew<'_> {
    /// Waits for the turn of `number`; false when the region is being left.
    fn await_turn(&self, site: &LoopSite, number: usize) -> bool {
        // Acquire: pairs with the Release in `pass_turn`; this block sees what the earlier ones wrote.
        self.wait_for(|| site.turn.load(Ordering::Acquire) == number)
    }

    /// The turn is at `number` next.
    fn pass_turn(&self, site: &LoopSite, number: usize) {
        site.turn.store(number, Ordering::Release);
        self.ring();
    }
}

impl Region<'_, '_> {
    /// Runs `body` when the blocks of all earlier iterations of the loop have run. The loop is the innermost one of this thread that says
    /// [`.ordered()`](Dealt::ordered).
    ///
    /// ```
    /// use pymp_runtime::{Parallel, shared};
    ///
    /// let squares = shared::list::<u32>();
    /// Parallel::new(2).run(|p| {
    ///     for i in p.loop_over(0..100).schedule("dynamic").ordered() {
    ///         let square = i * i; // in parallel
    ///         p.ordered(|| squares.push(square)); // in order
    ///     }
    /// });
    /// assert_eq!(squares.to_vec(), (0..100).map(|i| i * i).collect::<Vec<_>>());
    /// ```
    ///
    /// # Panics
    ///
    /// Outside of such a loop, and the second time in one iteration.
    ///
    /// OpenMP: `#pragma omp ordered`.
    #[track_caller]
    pub fn ordered<T>(&self, body: impl FnOnce() -> T) -> T {
        let (node, number) = {
            let mut place = self.place.borrow_mut();
            let Some(place) = place.as_mut() else { panic!("`ordered` stands in a loop that says `.ordered()`") };
            assert!(!place.passed, "iteration {} has run its ordered block already; an iteration has one", place.number);
            place.passed = true;
            (place.node.clone(), place.number)
        };
        let Some(site) = node.as_ref().and_then(site) else { return body() };
        self.crew.await_turn(site, number);
        self.crew.check();
        let value = body();
        self.crew.pass_turn(site, number + 1);
        value
    }
}

impl<S: Repeat> Dealt<'_, '_, '_, S> {
    /// Step 2.
    pub(super) fn take_place(&mut self) {
        let number = self.numbers.start;
        self.numbers.start += 1;
        let mut place = self.region.place.borrow_mut();
        match (&mut *place, &self.state) {
            (Some(place), _) => (place.number, place.passed) = (number, false),
            (empty, State::Shared(_, node)) => *empty = Some(Place { node: Some(Arc::clone(node)), number, passed: false }),
            (empty, _) => *empty = Some(Place { node: None, number, passed: false }),
        }
    }

    /// Step 3, for an iteration that had no block.
    pub(super) fn end_turn(&mut self) {
        let mut own = self.region.place.borrow_mut();
        let Some(place) = own.as_mut().filter(|place| !place.passed) else { return };
        place.passed = true;
        let (node, number) = (place.node.clone(), place.number);
        drop(own);
        if let Some(site) = node.as_ref().and_then(site)
            && self.region.crew.await_turn(site, number)
        {
            self.region.crew.pass_turn(site, number + 1);
        }
    }

    /// Step 4. At the end of the loop there is nothing left to pass on.
    pub(super) fn leave_order(&mut self) {
        if !std::thread::panicking() {
            self.end_turn();
            let node = match &self.state {
                State::Shared(_, node) => Some(Arc::clone(node)),
                _ => None,
            };
            if let Some(site) = node.as_ref().and_then(site) {
                self.skip(site);
            }
        }
        *self.region.place.borrow_mut() = None;
    }

    fn skip(&mut self, site: &LoopSite) {
        let crew = self.region.crew;
        while !crew.is_broken() {
            if !self.numbers.is_empty() {
                if !crew.await_turn(site, self.numbers.start) {
                    return;
                }
                crew.pass_turn(site, self.numbers.end);
                self.numbers.start = self.numbers.end;
            }
            let is_static = matches!(site.schedule, Schedule::Static | Schedule::StaticChunk(_));
            match if is_static { self.claim() } else { None } {
                Some(numbers) => self.numbers = numbers,
                None => return,
            }
        }
    }
}
