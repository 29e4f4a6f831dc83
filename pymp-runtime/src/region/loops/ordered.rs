//! `p.ordered(|| ..)`: blocks that run in the order of a loop's items.
//!
//! 1. The loop has a turn: the number of the iteration whose block may run. It starts at 0.
//! 2. A thread that takes an item is at its iteration. Its block waits until the turn is its number.
//! 3. After the block, or at the next item if none was run, the turn passes on.
//! 4. A thread that breaks out of the loop passes on the places of its chunk, and under a static schedule of all its chunks,
//!    as if their iterations had no block.
//!
//! Progress: each thread takes its chunks in rising order, and the lowest iteration that has not passed the turn on is one that
//! some thread is at, or comes to next.

use super::deal::At;
use crate::region::Region;
use std::ops::Range;
use std::sync::atomic::Ordering;

/// Does something when it is dropped.
pub(in crate::region) struct Then<F: Fn()>(pub(in crate::region) F);

impl<F: Fn()> Drop for Then<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

impl<'team> Region<'team, '_> {
    /// Waits for the turn of an iteration; false when the region is being left.
    fn await_turn(&self, at: &At<'team>, number: usize) -> bool {
        at.work_share().is_none_or(|work_share| {
            // Acquire: pairs with the Release in `pass_turn`; this block sees what the earlier ones wrote.
            let has_come = || work_share.turn.load(Ordering::Acquire) == number;
            self.state.wait_for(self.unwinds(), has_come, || self.gone())
        })
    }

    /// The turn is at `number` next.
    fn pass_turn(&self, at: &At<'team>, number: usize) {
        if let Some(work_share) = at.work_share() {
            // Release: pairs with the Acquire in `await_turn`; the next block sees what this one has written.
            work_share.turn.store(number, Ordering::Release);
            self.state.ring();
        }
    }

    /// Runs `body` when the blocks of all earlier iterations of the loop have run. The loop is the innermost one of this thread that says
    /// [`.ordered()`](crate::region::Dealt::ordered).
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
    /// Outside of such a loop, and the second time in one iteration. When the turn cannot come, since the other threads wait for this one,
    /// or have left the region.
    ///
    /// OpenMP: `#pragma omp ordered`.
    #[track_caller]
    pub fn ordered<T>(&self, body: impl FnOnce() -> T) -> T {
        let at = self.course().deals.with_ordered(|deal| {
            assert!(!deal.passed, "iteration {} has run its ordered block already; an iteration has one", deal.turn);
            deal.passed = true;
            (deal.at.clone(), deal.turn)
        });
        let Some((at, number)) = at else {
            panic!("`ordered` is for loops that say `.ordered()`, as in `p.xrange(0..n).ordered()`")
        };
        self.await_turn(&at, number);
        self.check();
        // Also when the body panics, since the iteration may catch that and go on.
        let _then = Then(|| self.pass_turn(&at, number + 1));
        body()
    }

    /// Step 2: a chunk of one item, empty when there is none.
    #[inline(never)]
    pub(super) fn claim_turn(&self, id: usize) -> Range<usize> {
        self.end_turn(id);
        let has_more = self.course().deals.with(id, |deal| !deal.numbers.is_empty());
        if has_more != Some(true) {
            self.claim(id);
        }
        let number = self.course().deals.with(id, |deal| {
            let number = deal.numbers.next()?;
            (deal.turn, deal.passed) = (number, false);
            Some(number)
        });
        number.flatten().map_or(0..0, |number| number..number + 1)
    }

    /// Step 3, for an iteration that had no block.
    fn end_turn(&self, id: usize) {
        let at = self.course().deals.with(id, |deal| {
            let passed = std::mem::replace(&mut deal.passed, true);
            (!passed).then(|| (deal.at.clone(), deal.turn))
        });
        if let Some((at, number)) = at.flatten()
            && self.await_turn(&at, number)
        {
            self.pass_turn(&at, number + 1);
        }
    }

    /// Step 4. At the end of the loop there is nothing left to pass on.
    pub(super) fn leave_order(&self, id: usize) {
        if self.unwinds() {
            return;
        }
        self.end_turn(id);
        while !self.state.is_broken() {
            let rest = self.course().deals.with(id, |deal| {
                let numbers = deal.numbers.clone();
                deal.numbers.start = deal.numbers.end;
                (deal.at.clone(), numbers, deal.settled)
            });
            let Some((at, numbers, settled)) = rest else { return };
            if !numbers.is_empty() {
                if !self.await_turn(&at, numbers.start) {
                    return;
                }
                self.pass_turn(&at, numbers.end);
            }
            // Under the other schedules the other threads take the rest.
            if !settled || self.take(id).is_empty() {
                return;
            }
        }
    }
}
