//! One task: the user's function on one input, and what the policy makes of its failure.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::error::Failure;
use super::policy::Policy;

/// How the value of a function is read: as it is, or as a `Result` whose `Err` is a failure.
pub trait Reading<B> {
    type Value;
    type Error;

    fn read(value: B) -> Result<Self::Value, Failure<Self::Error>>;
}

/// Of `run` and its like.
pub(super) struct Plain;

/// Of the `try_` methods.
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

/// Runs a task. An `Err` ends the map.
#[inline]
pub(super) fn attempt<A, T, E, P: Policy<A, T, E>>(
    policy: &P,
    input: A,
    call: impl FnOnce(A) -> Result<T, Failure<E>>,
) -> Result<P::Slot, Failure<E>> {
    let kept = policy.keep(&input);
    // Unwind safe as far as we are concerned: either the panic goes on in the caller, or the user has asked for what it leaves.
    match catch_unwind(AssertUnwindSafe(|| call(input))) {
        Ok(Ok(value)) => Ok(policy.done(value)),
        Ok(Err(failure)) => policy.failed(kept, failure),
        Err(payload) => policy.failed(kept, Failure::Panicked(payload)),
    }
}
