//! Tasks: the user's function on one input after the other, and what becomes of its values and failures.

use std::convert::Infallible;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::error::Failure;
use super::policy::Policy;

/// How the value of a function is read: as it is, or as a `Result` whose `Err` is a failure.
pub(super) trait Reading<B> {
    type Value;
    type Error;

    fn read(value: B) -> Result<Self::Value, Failure<Self::Error>>;
}

/// Of `run` and its like.
#[derive(Debug)]
pub(super) struct Plain;

/// Of the `try_` methods.
#[derive(Debug)]
pub(super) struct Fallible;

impl<B> Reading<B> for Plain {
    type Value = B;
    type Error = Infallible;

    #[inline]
    fn read(value: B) -> Result<B, Failure<Infallible>> {
        Ok(value)
    }
}

impl<T, E> Reading<Result<T, E>> for Fallible {
    type Value = T;
    type Error = E;

    #[inline]
    fn read(value: Result<T, E>) -> Result<T, Failure<E>> {
        value.map_err(Failure::Failed)
    }
}

/// What a task puts into the results: a reading of its value, and the policy for its failure.
pub trait Outcome<A, B> {
    type Slot: Send;
    type Error: Send;
    /// What must be known of the input when the task has failed.
    type Kept;

    fn keep(&self, input: &A) -> Self::Kept;

    /// An `Err` ends the map.
    fn settle(&self, kept: Self::Kept, value: Result<B, Failure<Self::Error>>) -> Result<Self::Slot, Failure<Self::Error>>;
}

/// What an engine hands out for each task.
pub(super) type Settled<O, A, B> = Result<<O as Outcome<A, B>>::Slot, Failure<<O as Outcome<A, B>>::Error>>;

/// The values read as `V`, under a policy that is a map's own, or borrowed from it.
#[derive(Debug)]
pub(super) struct By<V, P> {
    policy: P,
    reading: PhantomData<fn() -> V>,
}

impl<V, P> By<V, P> {
    pub(super) fn new(policy: P) -> Self {
        Self { policy, reading: PhantomData }
    }
}

impl<A, B, V, P> Outcome<A, B> for By<V, P>
where
    V: Reading<B, Error: Send>,
    P: Policy<A, V::Value, V::Error, Slot: Send>,
{
    type Slot = P::Slot;
    type Error = V::Error;
    type Kept = P::Kept;

    #[inline]
    fn keep(&self, input: &A) -> P::Kept {
        self.policy.keep(input)
    }

    #[inline]
    fn settle(&self, kept: P::Kept, value: Result<B, Failure<V::Error>>) -> Result<P::Slot, Failure<V::Error>> {
        match value.and_then(V::read) {
            Ok(value) => Ok(self.policy.done(value)),
            Err(failure) => self.policy.failed(kept, failure),
        }
    }
}

/// Calls a function on inputs, on the thread that asks for it.
pub(super) trait Tasks<A> {
    type Slot: Send;
    type Error: Send;

    /// Runs a task for each input until `put` says that it wants no more. Each input has a key, which comes back with the result.
    fn run<K>(&self, inputs: impl Iterator<Item = (K, A)>, put: impl FnMut(K, Result<Self::Slot, Failure<Self::Error>>) -> bool);
}

pub(super) struct Calls<C, O> {
    pub(super) call: C,
    pub(super) outcome: O,
}

impl<A, B, E: Send, C, O> Tasks<A> for Calls<C, O>
where
    C: Fn(A) -> Result<B, Failure<E>>,
    O: Outcome<A, B, Error = E>,
{
    type Slot = O::Slot;
    type Error = E;

    /// Catching costs as much as several of the shortest tasks, so a whole run of them is caught at once: the one that has begun and
    /// has no result is the one that panicked.
    #[inline]
    fn run<K>(&self, mut inputs: impl Iterator<Item = (K, A)>, mut put: impl FnMut(K, Result<O::Slot, Failure<E>>) -> bool) {
        let mut begun: Option<(K, O::Kept)> = None;
        loop {
            // Unwind safe as far as we are concerned: either the panic goes on in the caller, or the user has asked for what it leaves.
            let caught = catch_unwind(AssertUnwindSafe(|| {
                for (key, input) in inputs.by_ref() {
                    begun = Some((key, self.outcome.keep(&input)));
                    let value = (self.call)(input);
                    let Some((key, kept)) = begun.take() else { return };
                    if !put(key, self.outcome.settle(kept, value)) {
                        return;
                    }
                }
            }));
            let Err(payload) = caught else { return };
            // No task was running, so it was the inputs, or the policy's own function.
            let Some((key, kept)) = begun.take() else { resume_unwind(payload) };
            if !put(key, self.outcome.settle(kept, Err(Failure::Panicked(payload)))) {
                return;
            }
        }
    }
}
