//! Results one after the other, while inputs are still being pulled.
//!
//! An iterator over results may be leaked, and then nothing stops threads that work for it; threads that borrow from the caller
//! must not outlive what they borrow. So the workers run only inside of `next`, in rounds:
//!
//! 1. `next` finds a result that is ready, and returns it. Only when there is none it begins a round.
//! 2. In a round every worker takes inputs under the lock, some at a time, runs them, and puts the results back.
//! 3. A worker stops taking when enough results lie ahead, or when one can be handed out and the round has lasted a moment. The
//!    round is over when the tasks in hand are done: no thread runs anything when `next` returns.
//! 4. After a failure that ends the map nothing more is taken. Inputs are numbered as they are pulled, and those below the
//!    failure have been taken before it, so that the lowest one that fails is known when the round is over.

use std::collections::VecDeque;
use std::fmt;
use std::iter::FusedIterator;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::error::{Failure, Payload};
use super::progress::Tally;
use super::shape::Shape;
use super::task::Tasks;

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

/// In which order results come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// That of their inputs.
    Inputs,
    /// That in which they were ready.
    Ready,
}

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
    tasks: G,
    tally: T,
    shape: Shape,
    ahead: Ahead,
}

/// A result, if it is there; behind a failure there never is one.
type Place<S, E> = Option<Result<S, Failure<E>>>;

/// What the workers share.
struct Feed<I, S, E> {
    /// `None` when it has ended, and while it is being asked.
    inputs: Option<I>,
    order: Order,
    /// How many inputs have been pulled, and how many results have been handed out.
    pulled: usize,
    given: usize,
    /// Results by their inputs' order, the first that of input `given`; or as they got ready, without gaps.
    ready: VecDeque<Place<S, E>>,
    in_hand: usize,
    /// A panic of the inputs' own, to be resumed after the results before it.
    broken: Option<Payload>,
}

impl<I, G, T> Rounds<I, G, T>
where
    I: Iterator<Item: Send> + Send,
    G: Tasks<I::Item> + Sync,
    T: Tally + Sync,
{
    pub(super) fn new(inputs: I, shape: Shape, order: Order, ahead: Ahead, tasks: G, tally: T) -> Self {
        let shape = shape.for_inputs(inputs.size_hint().1.unwrap_or(usize::MAX));
        let feed = Feed { inputs: Some(inputs), order, pulled: 0, given: 0, ready: VecDeque::new(), in_hand: 0, broken: None };
        Self { feed: Mutex::new(feed), tasks, tally, shape, ahead }
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
        let mut before = Duration::ZERO;
        loop {
            let first = {
                let mut feed = self.feed.lock();
                feed.put(&mut results);
                if !feed.more(round, before) {
                    return;
                }
                feed.take(take, &mut batch)
            };
            if batch.is_empty() {
                return;
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
            if now.saturating_sub(before) < QUICK {
                take = take.saturating_mul(2).min(most);
            }
            before = now;
        }
    }
}

/// When a round is over.
struct Round {
    ahead: usize,
    moment: Duration,
    start: Instant,
}

impl<I: Iterator, S, E> Feed<I, S, E> {
    /// Whether another input should be taken.
    fn more(&self, round: &Round, elapsed: Duration) -> bool {
        let lies_ahead = match self.order {
            Order::Inputs => self.ready.len(),
            Order::Ready => self.ready.len() + self.in_hand,
        };
        self.inputs.is_some() && lies_ahead < round.ahead && (elapsed < round.moment || !self.can_give())
    }

    fn can_give(&self) -> bool {
        matches!(self.ready.front(), Some(Some(_)))
    }

    /// Takes inputs, and says which number the first has. A worker that has some must put a result for each.
    fn take(&mut self, most: usize, batch: &mut Vec<I::Item>) -> usize {
        let first = self.pulled;
        let Some(mut inputs) = self.inputs.take() else { return first };
        match catch_unwind(AssertUnwindSafe(|| batch.extend(inputs.by_ref().take(most)))) {
            Ok(()) if batch.len() == most => self.inputs = Some(inputs),
            Ok(()) => {}
            Err(payload) => self.broken = Some(payload),
        }
        self.pulled += batch.len();
        self.in_hand += batch.len();
        if self.order == Order::Inputs {
            self.ready.extend(batch.iter().map(|_| None));
        }
        first
    }

    fn put(&mut self, results: &mut Vec<(usize, Place<S, E>)>) {
        self.in_hand -= results.len();
        for (number, result) in results.drain(..) {
            if matches!(result, Some(Err(_))) {
                self.inputs = None;
            }
            match self.order {
                Order::Ready if result.is_some() => self.ready.push_back(result),
                Order::Ready => {}
                Order::Inputs => {
                    let given = self.given;
                    if let Some(place) = self.ready.get_mut(number - given) {
                        *place = result;
                    }
                }
            }
        }
    }

    /// A result that may be handed out.
    fn give(&mut self) -> Option<Result<S, Failure<E>>> {
        if !self.can_give() {
            return None;
        }
        let result = self.ready.pop_front().flatten()?;
        self.given += 1;
        if result.is_err() {
            self.close();
        }
        Some(result)
    }

    /// The end, whatever is ready or went wrong behind it.
    fn close(&mut self) {
        (self.inputs, self.broken) = (None, None);
        self.ready.clear();
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
            if feed.inputs.is_none() {
                let broken = feed.broken.take();
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
