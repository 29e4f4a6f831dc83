//! How the expansion asks for an array, so that what is wrong with it is said once, where it is written, and in words of the loop.
//!
//! 1. [`HandedOver`] is for all that are [`Disjoint`]: of a method that a bound keeps away rustc speaks in the words of the bound; of one that is
//!    not there, in words about the method, which the user never wrote.
//! 2. What has come is asked by [`Handed`] for elements that may go to other threads. Rustc takes the first method that fits, [`Given`]'s;
//!    and where it does not, [`Refused`]'s, whose bound tells the error. Of what that gives rustc knows nothing, and says no more about it.

use std::marker::PhantomData;

use super::Disjoint;

/// The traits that are asked, without names, so that they meet none of the user's.
pub mod asking {
    pub use super::{Given as _, HandedOver as _, Refused as _};
}

/// What a loop may be handed.
pub trait HandedOver: Disjoint {
    /// [`Disjoint::as_disjoint`].
    fn __pymp_handed_over(&mut self) -> Self::Whole<'_> {
        self.as_disjoint()
    }
}

#[diagnostic::do_not_recommend]
impl<A: Disjoint + ?Sized> HandedOver for A {}

/// Elements that iterations own, which may run on any thread.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given to another thread",
    label = "the iterations run on several threads, and this goes from one to another",
    note = "write another type: `Arc` for `Rc`, an index or a slice for a raw pointer, `T: Send + Sync` for a type parameter",
    note = "see `pymp::errors::not_sent`"
)]
pub trait GivenToThreads {}

// Recommended: of `T` rustc says that it should be `T: Send`, and of a struct which of its fields is not.
impl<T: Send> GivenToThreads for T {}

/// A whole with elements of type `T`.
#[derive(Debug)]
pub struct Handed<W, T>(W, PhantomData<*const T>);

impl<W, T> Handed<W, T> {
    /// With a pointer of the elements' type, the whole.
    #[inline(always)]
    pub fn of(_: *const T, whole: W) -> Self {
        Self(whole, PhantomData)
    }
}

/// Asked first.
pub trait Given {
    /// What was handed over.
    type Whole;

    /// Is that.
    fn __pymp_given(self) -> Self::Whole;
}

impl<W, T: Send> Given for Handed<W, T> {
    type Whole = W;

    #[inline(always)]
    fn __pymp_given(self) -> W {
        self.0
    }
}

/// Asked last.
pub trait Refused {
    /// Of this type.
    type Element;

    /// Is refused.
    fn __pymp_given<Nothing>(&self) -> Nothing
    where
        // The comment is for users: rustc shows the line, also where a part of the type is the reason and it has words of its own.
        Self::Element: GivenToThreads, // it goes from thread to thread, with all in it: see `pymp::errors::not_sent`
    {
        unreachable!("what is refused has an error")
    }
}

impl<W, T> Refused for Handed<W, T> {
    type Element = T;
}
