//! What a failed task means: named, one of five, chosen per map.

use std::fmt;
use std::panic::Location;

use super::error::{Failure, TaskError};

/// What a map does about a task that fails. The five there are: [`Stop`], [`Collect`], [`Skip`], [`DefaultValue`], [`DefaultWith`].
///
/// `A` is the input of the task, `T` its value, `E` the error type of a function that returns a `Result`.
pub trait Policy<A, T, E>: private::Sealed {
    /// What stands for a task in the results.
    type Slot;

    /// What must be known of the input when the task has failed.
    #[doc(hidden)]
    type Kept;

    #[doc(hidden)]
    fn keep(&self, input: &A) -> Self::Kept;

    #[doc(hidden)]
    fn done(&self, value: T) -> Self::Slot;

    /// An `Err` ends the map.
    #[doc(hidden)]
    fn failed(&self, kept: Self::Kept, failure: Failure<E>) -> Result<Self::Slot, Failure<E>>;
}

/// What the `try_` methods return under a policy.
pub trait Returns: private::Sealed {
    /// `Result<C, E>` where an `Err` ends the map, else `C`.
    type Tried<C, E>;

    /// What `for_each` returns: the slots of [`Collect`], nothing of the others.
    type Each<S>;

    #[doc(hidden)]
    #[track_caller]
    fn tried<C, E>(result: Result<C, Failure<E>>, map: &Location<'_>) -> Self::Tried<C, E>;

    #[doc(hidden)]
    fn each<S, E>(slots: impl Iterator<Item = Result<S, Failure<E>>>) -> Result<Self::Each<S>, Failure<E>>;
}

mod private {
    pub trait Sealed {}
}

/// A map that is run by reference lends its policy.
impl<P: private::Sealed> private::Sealed for &P {}

impl<A, T, E, P: Policy<A, T, E>> Policy<A, T, E> for &P {
    type Slot = P::Slot;
    type Kept = P::Kept;

    #[inline]
    fn keep(&self, input: &A) -> P::Kept {
        P::keep(self, input)
    }

    #[inline]
    fn done(&self, value: T) -> P::Slot {
        P::done(self, value)
    }

    fn failed(&self, kept: P::Kept, failure: Failure<E>) -> Result<P::Slot, Failure<E>> {
        P::failed(self, kept, failure)
    }
}

/// The first failure ends the map, the default: a panic is resumed, and a `try_` method returns the `Err`. If several fail, that of
/// the lowest input is the first.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::Map;
///
/// let half = |n: u32| if n % 2 == 0 { Ok(n / 2) } else { Err(n) };
/// assert_eq!(Map::new(half).try_run([4, 5, 7]), Err(5));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Stop;

/// Each input gets a `Result`; see [`Map::collect`](super::Map::collect).
#[derive(Clone, Copy, Debug, Default)]
pub struct Collect;

/// Each input gets an `Option`; see [`Map::skip`](super::Map::skip).
#[derive(Clone, Copy, Debug, Default)]
pub struct Skip;

/// A value for those that fail; see [`Map::default`](super::Map::default).
#[derive(Clone, Copy, Debug)]
pub struct DefaultValue<T>(pub(super) T);

/// A function for those that fail; see [`Map::default_with`](super::Map::default_with).
#[derive(Clone, Copy)]
pub struct DefaultWith<G>(pub(super) G);

impl<G> fmt::Debug for DefaultWith<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DefaultWith").finish_non_exhaustive()
    }
}

impl<A, T, E> Policy<A, T, E> for Stop {
    type Slot = T;
    type Kept = ();

    #[inline]
    fn keep(&self, _input: &A) {}

    #[inline]
    fn done(&self, value: T) -> T {
        value
    }

    fn failed(&self, (): (), failure: Failure<E>) -> Result<T, Failure<E>> {
        Err(failure)
    }
}

impl private::Sealed for Stop {}

impl Returns for Stop {
    type Tried<C, E> = Result<C, E>;
    type Each<S> = ();

    #[track_caller]
    fn tried<C, E>(result: Result<C, Failure<E>>, map: &Location<'_>) -> Result<C, E> {
        // No `map_err`, which would not know whose line this is.
        match result {
            Ok(value) => Ok(value),
            Err(failure) => Err(failure.into_err(map)),
        }
    }

    fn each<S, E>(mut slots: impl Iterator<Item = Result<S, Failure<E>>>) -> Result<(), Failure<E>> {
        slots.try_for_each(|slot| slot.map(drop))
    }
}

/// The policies under which no failure ends the map.
macro_rules! go_on {
    ($([$($generic:ident)?] $policy:ty, $slot:ident => $each:ty, $collect:expr;)*) => {$(
        impl<$($generic)?> private::Sealed for $policy {}

        impl<$($generic)?> Returns for $policy {
            type Tried<C, E> = C;
            type Each<$slot> = $each;

            #[track_caller]
            fn tried<C, E>(result: Result<C, Failure<E>>, map: &Location<'_>) -> C {
                go_on(result, map)
            }

            fn each<S, E>(slots: impl Iterator<Item = Result<S, Failure<E>>>) -> Result<$each, Failure<E>> {
                Ok($collect(slots.map(|result| go_on(result, Location::caller()))))
            }
        }
    )*};
}

go_on! {
    [] Collect, S => Vec<S>, Iterator::collect;
    [] Skip, S => (), |slots| Iterator::for_each(slots, drop);
    [T] DefaultValue<T>, S => (), |slots| Iterator::for_each(slots, drop);
    [G] DefaultWith<G>, S => (), |slots| Iterator::for_each(slots, drop);
}

#[track_caller]
fn go_on<C, E>(result: Result<C, Failure<E>>, map: &Location<'_>) -> C {
    match result {
        Ok(value) => value,
        Err(failure) => {
            failure.into_err(map);
            unreachable!("under this policy no failure ends the map")
        }
    }
}

impl<A, T, E> Policy<A, T, E> for Collect {
    type Slot = Result<T, TaskError<E>>;
    type Kept = ();

    #[inline]
    fn keep(&self, _input: &A) {}

    #[inline]
    fn done(&self, value: T) -> Self::Slot {
        Ok(value)
    }

    fn failed(&self, (): (), failure: Failure<E>) -> Result<Self::Slot, Failure<E>> {
        Ok(Err(failure.into_error()))
    }
}

impl<A, T, E> Policy<A, T, E> for Skip {
    type Slot = Option<T>;
    type Kept = ();

    #[inline]
    fn keep(&self, _input: &A) {}

    #[inline]
    fn done(&self, value: T) -> Option<T> {
        Some(value)
    }

    fn failed(&self, (): (), failure: Failure<E>) -> Result<Option<T>, Failure<E>> {
        // Its payload may have a drop of its own.
        drop(failure.into_error());
        Ok(None)
    }
}

impl<A, T: Clone, E> Policy<A, T, E> for DefaultValue<T> {
    type Slot = T;
    type Kept = ();

    #[inline]
    fn keep(&self, _input: &A) {}

    #[inline]
    fn done(&self, value: T) -> T {
        value
    }

    fn failed(&self, (): (), failure: Failure<E>) -> Result<T, Failure<E>> {
        drop(failure.into_error());
        Ok(self.0.clone())
    }
}

impl<A: Clone, T, E, G: Fn(A, TaskError<E>) -> T> Policy<A, T, E> for DefaultWith<G> {
    type Slot = T;
    type Kept = A;

    #[inline]
    fn keep(&self, input: &A) -> A {
        input.clone()
    }

    #[inline]
    fn done(&self, value: T) -> T {
        value
    }

    fn failed(&self, kept: A, failure: Failure<E>) -> Result<T, Failure<E>> {
        Ok((self.0)(kept, failure.into_error()))
    }
}
