//! What stands in the argument of `.zip(..)` and `.chain(..)`: something that can be cut, too, or something that cannot, which
//! makes an ordinary iterator of both.

use std::ops::{Range, RangeInclusive};

use super::{
    Any, Chain, Cheap, Countable, Cut, Cuttable, Ints, IntsInclusive, Nothing, Opened, Owned, Rayon, Slice, SliceMut, Zip,
};
use crate::space::Int;

/// Something that cannot be cut, beside something that can.
#[derive(Clone, Debug)]
pub struct Uncut<I>(pub(super) I);

/// The argument of a [`Cut`]'s `.zip(..)`.
pub trait ZipOperand<S: Countable> {
    /// Both together, item by item.
    type Output;

    /// As [`Iterator::zip`], called on the argument.
    fn zipped(self, left: Cut<S>) -> Self::Output;
}

impl<A: Countable, B: Countable> ZipOperand<A> for Cut<B> {
    type Output = Cut<Zip<A, B>>;

    fn zipped(self, left: Cut<A>) -> Self::Output {
        Cut::new(Zip::new(left.into_source(), self.into_source()))
    }
}

impl<A: Countable, I: IntoIterator> ZipOperand<A> for Uncut<I> {
    type Output = std::iter::Zip<A::Chunk, I::IntoIter>;

    fn zipped(self, left: Cut<A>) -> Self::Output {
        left.into_iter().zip(self.0)
    }
}

/// The argument of a [`Cut`]'s `.chain(..)`.
pub trait ChainOperand<S: Countable> {
    /// Both together, one after the other.
    type Output;

    /// As [`Iterator::chain`], called on the argument.
    fn chained(self, first: Cut<S>) -> Self::Output;
}

impl<A: Countable, B: Countable<Item = A::Item>> ChainOperand<A> for Cut<B> {
    type Output = Cut<Chain<A, B>>;

    fn chained(self, first: Cut<A>) -> Self::Output {
        Cut::new(Chain::new(first.into_source(), self.into_source()))
    }
}

impl<A: Countable, I: IntoIterator<Item = A::Item>> ChainOperand<A> for Uncut<I> {
    type Output = std::iter::Chain<A::Chunk, I::IntoIter>;

    fn chained(self, first: Cut<A>) -> Self::Output {
        first.into_iter().chain(self.0)
    }
}

/// The kind of the argument of a rayon iterator's `.zip(..)` or `.chain(..)`: rayon takes it as it was before it was cut.
pub trait RayonOperand<T> {
    /// What rayon is given.
    type Operand;

    /// The argument as rayon takes it.
    fn beside_rayon(self, argument: T) -> Self::Operand;
}

impl<S: Uncuttable> RayonOperand<Cut<S>> for Cuttable {
    type Operand = S::Before;

    fn beside_rayon(self, argument: Cut<S>) -> S::Before {
        S::before(argument)
    }
}

macro_rules! as_it_is {
    ($($kind:ty)*) => { $(
        impl<T> RayonOperand<T> for $kind {
            type Operand = T;

            fn beside_rayon(self, argument: T) -> T {
                argument
            }
        }
    )* };
}

as_it_is!(Opened Cheap Rayon Any Nothing);

/// What was cut and has no adapters on it, so that rayon can take it.
#[diagnostic::on_unimplemented(
    message = "rayon's `zip` and `chain` take a slice, a Vec, a range or a parallel iterator",
    label = "an ordinary iterator stands beside a parallel one here",
    note = "write `v` or `v.par_iter()` for `v.iter()`, and rayon's adapters after it",
    note = "see `pymp::errors::not_iterable`"
)]
pub trait Uncuttable {
    /// What it was.
    type Before;

    /// Makes it that again.
    fn before(cut: Cut<Self>) -> Self::Before
    where
        Self: Sized;
}

macro_rules! uncuttable {
    ($([$($generics:tt)*] $source:ty => $before:ty, |$chunk:ident| $made:expr;)*) => { $(
        impl<$($generics)*> Uncuttable for $source {
            type Before = $before;

            fn before(cut: Cut<Self>) -> $before {
                let $chunk = cut.into_iter();
                $made
            }
        }
    )* };
}

uncuttable! {
    ['a, T: Sync] Slice<'a, T> => &'a [T], |items| items.as_slice();
    ['a, T: Send] SliceMut<'a, T> => &'a mut [T], |items| items.into_slice();
    [T: Send] Owned<T> => Vec<T>, |items| items.collect();
    [T: Int] IntsInclusive<T> => RangeInclusive<T>, |ints| ints.into_range();
}

impl<T: Int> Uncuttable for Ints<T>
where
    Range<T>: Iterator<Item = T>,
{
    type Before = Range<T>;

    fn before(cut: Cut<Self>) -> Range<T> {
        cut.into_iter()
    }
}
