//! `break`, `return` and `?`: the lowest iteration that leaves the loop decides how.

use std::convert::Infallible;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;

/// What a loop's function returns, if an iteration says so.
pub struct Exit<T> {
    /// The lowest iteration that has left so far, and its value unless it left by `break`.
    lowest: Mutex<Option<(usize, Option<T>)>>,
}

impl<T> Default for Exit<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Exit<T> {
    /// No iteration has left.
    pub const fn new() -> Self {
        Self { lowest: Mutex::new(None) }
    }

    pub(super) fn put(&self, number: usize, value: Option<T>) {
        let mut lowest = self.lowest.lock().unwrap_or_else(PoisonError::into_inner);
        if lowest.as_ref().is_none_or(|(other, _)| number < *other) {
            let dropped = lowest.replace((number, value));
            // A value's own drop may do anything, so not under the lock.
            drop(lowest);
            drop(dropped);
        }
    }

    /// Of the type of what leaves, of which it is asked whether it may.
    pub fn carried(&self) -> *const T {
        std::ptr::null()
    }

    /// The value to return, if the lowest iteration that left has one.
    pub fn take(&mut self) -> Option<T> {
        self.lowest.get_mut().unwrap_or_else(PoisonError::into_inner).take().and_then(|(_, value)| value)
    }
}

impl<T> fmt::Debug for Exit<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exit").finish_non_exhaustive()
    }
}

/// `return` and `?` in one iteration. In fields, so that rustc says of a wrong value what it says at `return`.
#[derive(Debug)]
pub struct Leave<'e, T> {
    /// Where it is kept.
    pub exit: &'e Exit<T>,
    /// The number of the iteration.
    pub number: usize,
    /// What the function returns, if no lower iteration leaves the loop.
    pub value: T,
}

/// What `?` can be written after: `Result`, `Option`, `ControlFlow` and the `Poll`s that std allows.
#[diagnostic::on_unimplemented(
    message = "`?` cannot be written after `{Self}`",
    label = "neither a `Result` nor an `Option`, nor their like",
    note = "see `pymp::errors::question`"
)]
pub trait Question {
    /// What the expression is when it goes on.
    type Output;
    /// What leaves the function otherwise.
    type Residual;
    /// Which of the two it is.
    fn branch(self) -> ControlFlow<Self::Residual, Self::Output>;
}

/// What a `?` can make its function return.
#[diagnostic::on_unimplemented(
    message = "this `?` would return `{R}` from a function that returns `{Self}`",
    label = "does not fit what the function returns",
    note = "`?` in a loop's body leaves the function, as in the plain loop; `Result<Infallible, E>` is an `Err(E)`, `Option<Infallible>` is `None`",
    note = "see `pymp::errors::question`"
)]
pub trait Residual<R> {
    /// The value to return.
    fn from_residual(residual: R) -> Self;
}

impl<T, E> Question for Result<T, E> {
    type Output = T;
    type Residual = Result<Infallible, E>;

    #[inline]
    fn branch(self) -> ControlFlow<Result<Infallible, E>, T> {
        match self {
            Ok(value) => ControlFlow::Continue(value),
            Err(error) => ControlFlow::Break(Err(error)),
        }
    }
}

impl<T, E, F: From<E>> Residual<Result<Infallible, E>> for Result<T, F> {
    #[inline]
    fn from_residual(residual: Result<Infallible, E>) -> Self {
        match residual {
            Err(error) => Err(F::from(error)),
        }
    }
}

impl<T> Question for Option<T> {
    type Output = T;
    type Residual = Option<Infallible>;

    #[inline]
    fn branch(self) -> ControlFlow<Option<Infallible>, T> {
        match self {
            Some(value) => ControlFlow::Continue(value),
            None => ControlFlow::Break(None),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T> Residual<Option<Infallible>> for Option<T> {
    #[inline]
    fn from_residual(_residual: Option<Infallible>) -> Self {
        None
    }
}

impl<B, C> Question for ControlFlow<B, C> {
    type Output = C;
    type Residual = ControlFlow<B, Infallible>;

    #[inline]
    fn branch(self) -> ControlFlow<ControlFlow<B, Infallible>, C> {
        match self {
            Self::Continue(value) => ControlFlow::Continue(value),
            Self::Break(value) => ControlFlow::Break(ControlFlow::Break(value)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<B, C> Residual<ControlFlow<B, Infallible>> for ControlFlow<B, C> {
    #[inline]
    fn from_residual(residual: ControlFlow<B, Infallible>) -> Self {
        match residual {
            ControlFlow::Break(value) => Self::Break(value),
        }
    }
}

impl<T, E> Question for Poll<Result<T, E>> {
    type Output = Poll<T>;
    type Residual = Result<Infallible, E>;

    #[inline]
    fn branch(self) -> ControlFlow<Result<Infallible, E>, Poll<T>> {
        match self {
            Self::Ready(Ok(value)) => ControlFlow::Continue(Poll::Ready(value)),
            Self::Ready(Err(error)) => ControlFlow::Break(Err(error)),
            Self::Pending => ControlFlow::Continue(Poll::Pending),
        }
    }
}
