//! Results one after the other, while inputs are still being pulled.
//!
//! An iterator over results may be leaked, and then nothing stops threads that work for it; threads that borrow from the caller
//! must not outlive what they borrow. So the workers run only inside of `next`, in rounds:
//!
//! 1. `next` finds a result that is ready, and returns it. Only when there is none it begins a round.
//! 2. In a round every worker takes inputs under the lock, some at a time, runs them, and puts the results back.
//! 3. A worker stops taking when enough results lie ahead, or when one can be handed out and the round has lasted a moment. The
//!    round is over when the tasks in hand are done: no thread runs anything when `next` returns.
//! 4. So a slow task holds the round. Who would stop meanwhile waits for as long as its own last tasks took, and then takes more: what ends
//!    soon comes before what ends late. Of quick tasks enough lie ahead by then.
//! 5. After a failure that ends the map nothing more is taken. Inputs are numbered as they are pulled, and those below the
//!    failure have been taken before it, so that the lowest one that fails is known when the round is over.

use std::fmt;
use std::iter::FusedIterator;
use std::mem::forget;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex, MutexGuard};

use super::feed::{Feed, Order, Round};
use crate::map::error::Failure;
use crate::map::progress::Tally;
use crate::map::shape::Shape;
use crate::map::task::Tasks;

/// A round that can hand out a result ends after this time.
const MOMENT: Duration = Duration::from_millis(1);

/// Inputs that a worker takes at a time, if the user does not say; it begins with one, so that slow tasks are shared out evenly.
const AT_MOST: usize = 4;

/// No chunk is larger: one of an endless input would have no end.
const LARGEST: usize = 1 << 16;

/// A worker doubles what it takes while that is done sooner than this.
const QUICK: Duration = Duration::from_micros(20);

/// Chunks that may lie ahead for each worker.
const CHUNKS_AHEAD: usize = 4;

/// The same where nobody waits for results.
const MANY_CHUNKS: usize = 1024;

/// How far the workers may be ahead of who takes the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ahead {
    /// A few chunks: the results are wanted as soon as they are there.
    Little,
    /// So far that rounds are long: nobody looks at the results.
    Far,
    /// All results are wanted at once.
    All,
}

/// The results of the tasks over the inputs.
pub(super) struct Rounds<I: Iterator, G: Tasks<I::Item>, T: Tally> {
    feed: Mutex<Feed<I, G::Slot, G::Error>>,
    /// No task is in hand any more, or the map has ended.
    idle: Condvar,
    tasks: G,
    tally: T,
    shape: Shape,
    ahead: Ahead,
}

impl<I, G, T> Rounds<I, G, T>
where
    I: Iterator<Item: Send> + Send,
    G: Tasks<I::Item> + Sync,
    T: Tally + Sync,
{
    pub(super) fn new(inputs: I, shape: Shape, order: Order, ahead: Ahead, tasks: G, tally: T) -> Self {
        let shape = shape.for_inputs(inputs.size_hint().1.unwrap_or(usize::MAX));
        Self { feed: Mutex::new(Feed::new(inputs, order)), idle: Condvar::new(), tasks, tally, shape, ahead }
    }

    fn round(&self) {
        let Shape { engine, workers, chunk } = self.shape;
        let chunk = chunk.map(|chunk| chunk.min(LARGEST));
        let most = chunk.unwrap_or(AT_MOST);
        let chunks = |n: usize| n.saturating_mul(most).saturating_mul(workers);
        let (ahead, moment) = match self.ahead {
            // One worker that looks ahead only makes the caller wait.
            Ahead::Little if workers == 1 => (1, Duration::ZERO),
            Ahead::Little => (chunks(CHUNKS_AHEAD), MOMENT),
            Ahead::Far => (chunks(MANY_CHUNKS), Duration::MAX),
            Ahead::All => (usize::MAX, Duration::MAX),
        };
        let round = Round { ahead, moment, start: Instant::now() };
        engine.staff(
            workers,
            || self.feed.lock().more(&round, round.start.elapsed()),
            || self.work(&round, chunk.unwrap_or(1), most),
        );
    }

    /// What one worker does in a round.
    fn work(&self, round: &Round, mut take: usize, most: usize) {
        let (mut batch, mut results) = (Vec::new(), Vec::new());
        let (mut before, mut took) = (None, Duration::ZERO);
        let unwinding = Unwinding(self);
        loop {
            let first = {
                let mut feed = self.feed.lock();
                feed.put(&mut results);
                if !feed.is_in_hand() {
                    self.idle.notify_all();
                }
                // Who comes late may find that the round is over.
                let elapsed = before.unwrap_or_else(|| round.start.elapsed());
                if !feed.more(round, elapsed) && (took < QUICK || !self.is_held(&mut feed, round, took.max(MOMENT))) {
                    break;
                }
                feed.take(take, &mut batch)
            };
            if batch.is_empty() {
                break;
            }
            let end = first + batch.len();
            self.tasks.run((first..end).zip(batch.drain(..)), |number, result| {
                let goes_on = result.is_ok();
                results.push((number, Some(result)));
                goes_on
            });
            let done = results.len();
            self.tally.add(done);
            // Nobody will wait for those behind a failure.
            results.extend((first + done..end).map(|number| (number, None)));
            let now = round.start.elapsed();
            took = now.saturating_sub(before.unwrap_or_default());
            if took < QUICK {
                take = take.saturating_mul(2).min(most);
            }
            before = Some(now);
        }
        forget(unwinding);
    }

    /// Waits for the round to end; whether others hold it up for so long that there is time for more.
    fn is_held(&self, feed: &mut MutexGuard<'_, Feed<I, G::Slot, G::Error>>, round: &Round, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        while feed.wants(round) && feed.is_in_hand() {
            if self.idle.wait_until(feed, until).timed_out() {
                return feed.wants(round) && feed.is_in_hand();
            }
        }
        false
    }
}

/// Dropped only when a worker unwinds: what it had in hand is never put, and those that wait are told.
struct Unwinding<'r, I: Iterator, G: Tasks<I::Item>, T: Tally>(&'r Rounds<I, G, T>);

impl<I: Iterator, G: Tasks<I::Item>, T: Tally> Drop for Unwinding<'_, I, G, T> {
    fn drop(&mut self) {
        self.0.feed.lock().stop();
        self.0.idle.notify_all();
    }
}

impl<I, G, T> Iterator for Rounds<I, G, T>
where
    I: Iterator<Item: Send> + Send,
    G: Tasks<I::Item> + Sync,
    T: Tally + Sync,
{
    type Item = Result<G::Slot, Failure<G::Error>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let feed = self.feed.get_mut();
            if let Some(result) = feed.give() {
                if result.is_err() {
                    self.tally.end();
                }
                return Some(result);
            }
            if feed.has_ended() {
                let broken = feed.broken();
                self.tally.end();
                return broken.map(|payload| resume_unwind(payload));
            }
            if let Err(payload) = catch_unwind(AssertUnwindSafe(|| self.round())) {
                // What a policy's own function panicked in has no result, and none is waited for.
                self.feed.get_mut().close();
                resume_unwind(payload);
            }
        }
    }
}

impl<I: Iterator, G: Tasks<I::Item>, T: Tally> FusedIterator for Rounds<I, G, T> where Self: Iterator {}

impl<I: Iterator, G: Tasks<I::Item>, T: Tally> Drop for Rounds<I, G, T> {
    fn drop(&mut self) {
        self.tally.leave();
    }
}

impl<I: Iterator, G: Tasks<I::Item>, T: Tally> fmt::Debug for Rounds<I, G, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rounds").field("shape", &self.shape).field("ahead", &self.ahead).finish_non_exhaustive()
    }
}
