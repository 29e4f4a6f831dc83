//! What stands in the argument of `.zip(..)` and `.chain(..)`: something that can be cut, too, or something that cannot, which
//! makes an ordinary iterator of both.

use super::{Chain, Countable, Cut, Zip};

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
