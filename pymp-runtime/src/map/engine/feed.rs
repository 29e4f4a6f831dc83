//! What the workers of a map share that gives its results one after the other: the inputs, and the results that lie ahead. It knows nothing
//! of threads, and is kept under a lock.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::map::error::{Failure, Payload};

/// In which order results come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// That of their inputs.
    Inputs,
    /// That in which they were ready.
    Ready,
}

/// A result, if it is there; behind a failure there never is one.
pub(super) type Place<S, E> = Option<Result<S, Failure<E>>>;

/// What the workers share.
pub(super) struct Feed<I, S, E> {
    /// `None` when it has ended, and while it is being asked.
    inputs: Option<I>,
    order: Order,
    /// How many inputs have been pulled, and how many results have been handed out.
    pulled: usize,
    given: usize,
    /// Results by their inputs' order, the first that of input `given`; or as they got ready, without gaps.
    ready: VecDeque<Place<S, E>>,
    in_hand: usize,
    stopped: bool,
    /// A panic of the inputs' own, to be resumed after the results before it.
    broken: Option<Payload>,
}

/// When a round is over.
pub(super) struct Round {
    pub(super) ahead: usize,
    pub(super) moment: Duration,
    pub(super) start: Instant,
}

impl<I: Iterator, S, E> Feed<I, S, E> {
    pub(super) fn new(inputs: I, order: Order) -> Self {
        let ready = VecDeque::new();
        Self { inputs: Some(inputs), order, pulled: 0, given: 0, ready, in_hand: 0, stopped: false, broken: None }
    }

    /// Whether no more inputs will be pulled.
    #[inline]
    pub(super) fn has_ended(&self) -> bool {
        self.inputs.is_none()
    }

    /// What the inputs panicked with.
    pub(super) fn broken(&mut self) -> Option<Payload> {
        self.broken.take()
    }

    /// Nobody takes anything any more.
    pub(super) fn stop(&mut self) {
        self.stopped = true;
    }

    /// Whether another input should be taken.
    #[inline]
    pub(super) fn more(&self, round: &Round, elapsed: Duration) -> bool {
        self.wants(round) && (elapsed < round.moment || !self.can_give())
    }

    /// Whether another input may be taken.
    #[inline]
    pub(super) fn wants(&self, round: &Round) -> bool {
        let lies_ahead = match self.order {
            Order::Inputs => self.ready.len(),
            Order::Ready => self.ready.len() + self.in_hand,
        };
        self.inputs.is_some() && !self.stopped && lies_ahead < round.ahead
    }

    #[inline]
    pub(super) fn is_in_hand(&self) -> bool {
        self.in_hand > 0
    }

    #[inline]
    fn can_give(&self) -> bool {
        matches!(self.ready.front(), Some(Some(_)))
    }

    /// Takes inputs, and says which number the first has. A worker that has some must put a result for each.
    pub(super) fn take(&mut self, most: usize, batch: &mut Vec<I::Item>) -> usize {
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

    pub(super) fn put(&mut self, results: &mut Vec<(usize, Place<S, E>)>) {
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
    #[inline]
    pub(super) fn give(&mut self) -> Option<Result<S, Failure<E>>> {
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
    pub(super) fn close(&mut self) {
        (self.inputs, self.broken) = (None, None);
        self.ready.clear();
    }
}
