//! Whether an operator fits its variable: asked by a method, of which rustc takes the first that fits. Where none does, the one that tells the
//! error is left; of what that gives rustc knows nothing, and says no more about it, in the body neither.

use std::marker::PhantomData;

use super::variable::InParts;

/// The traits that are asked, without names.
pub mod asking {
    pub use super::{Fits as _, Misfit as _};
}

/// An operator, beside the type of the variable that it is for.
#[derive(Debug)]
pub struct Operator<V: ?Sized, R>(PhantomData<*const V>, R);

impl<V: ?Sized, R> Operator<V, R> {
    /// This one.
    #[inline(always)]
    pub fn of(_: &V, op: R) -> Self {
        Self(PhantomData, op)
    }
}

/// Asked first.
pub trait Fits {
    /// The operator's type.
    type Op;

    /// The operator.
    fn __pymp_fits(self) -> Self::Op;
}

impl<V: ?Sized, R: InParts<V>> Fits for Operator<V, R> {
    type Op = R;

    #[inline(always)]
    fn __pymp_fits(self) -> R {
        self.1
    }
}

/// Asked last.
pub trait Misfit {
    /// The variable's type.
    type Variable: ?Sized;
    /// The operator's type.
    type Op;

    /// Is refused.
    fn __pymp_fits<Nothing>(&self) -> Nothing
    where
        Self::Op: InParts<Self::Variable>,
    {
        unreachable!("what is refused has an error")
    }
}

impl<V: ?Sized, R> Misfit for Operator<V, R> {
    type Variable = V;
    type Op = R;
}
