//! The wrapper around what can be cut, with the adapters of `Iterator` that keep it so.

use std::collections::VecDeque;

use super::{
    Chain, ChainOperand, Cloned, Copied, Countable, Enumerate, Map, Owned, Rev, Skip, Slice, SliceMut, StepBy, Take, ZipOperand,
};

/// Something that can be cut into chunks, under the method names of `Iterator`.
///
/// ```
/// use pymp_runtime::IntoCut;
///
/// let v = [10, 20, 30, 40];
/// let pairs = v.iter().into_cut().enumerate().rev().step_by(2);
/// assert!(pairs.into_iter().eq(v.iter().enumerate().rev().step_by(2)));
/// ```
#[derive(Clone, Debug)]
pub struct Cut<S>(S);

impl<S> Cut<S> {
    pub(crate) fn new(source: S) -> Self {
        Self(source)
    }

    /// What the loop runs over.
    pub fn into_source(self) -> S {
        self.0
    }
}

impl<S: Countable> Cut<S> {
    /// As [`Iterator::enumerate`]; its counter may be indexed with.
    pub fn enumerate(self) -> Cut<Enumerate<S>> {
        Cut(Enumerate::new(self.0))
    }

    /// As [`Iterator::rev`].
    pub fn rev(self) -> Cut<Rev<S>>
    where
        S::Chunk: DoubleEndedIterator,
    {
        Cut(Rev::new(self.0))
    }

    /// As [`Iterator::step_by`].
    ///
    /// # Panics
    ///
    /// When `step` is 0.
    #[track_caller]
    pub fn step_by(self, step: usize) -> Cut<StepBy<S>> {
        Cut(StepBy::new(self.0, step))
    }

    /// As [`Iterator::take`].
    pub fn take(self, count: usize) -> Cut<Take<S>> {
        Cut(Take::new(self.0, count))
    }

    /// As [`Iterator::skip`].
    pub fn skip(self, count: usize) -> Cut<Skip<S>> {
        Cut(Skip::new(self.0, count))
    }

    /// As [`Iterator::map`]; the closure is called by all threads at once, so it is `Fn` and `Sync`.
    pub fn map<R, F: Fn(S::Item) -> R + Send + Sync>(self, function: F) -> Cut<Map<S, F>> {
        Cut(Map::new(self.0, function))
    }

    /// As [`Iterator::copied`].
    pub fn copied<'a, T: Copy + 'a>(self) -> Cut<Copied<S>>
    where
        S: Countable<Item = &'a T>,
    {
        Cut(Copied::new(self.0))
    }

    /// As [`Iterator::cloned`].
    pub fn cloned<'a, T: Clone + 'a>(self) -> Cut<Cloned<S>>
    where
        S: Countable<Item = &'a T>,
    {
        Cut(Cloned::new(self.0))
    }

    /// As [`Iterator::zip`]; with something that cannot be cut it is an ordinary iterator again.
    pub fn zip<O: ZipOperand<S>>(self, other: O) -> O::Output {
        other.zipped(self)
    }

    /// As [`Iterator::chain`]; with something that cannot be cut it is an ordinary iterator again.
    pub fn chain<O: ChainOperand<S>>(self, other: O) -> O::Output {
        other.chained(self)
    }
}

impl<S: Countable> IntoIterator for Cut<S> {
    type Item = S::Item;
    type IntoIter = S::Chunk;

    fn into_iter(self) -> S::Chunk {
        let all = 0..self.0.total();
        // SAFETY: within `0..total`. A `Cut` is made around a fresh source, asks nothing of it, and goes away here, so that this is the only
        // part ever taken; its clones are other sources (law of `Source`, 1).
        unsafe { self.0.part(all) }
    }
}

/// What can be cut: the leaves of a loop's head.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing to iterate over",
    label = "write a range, `0..n`, or a slice, a `Vec`, an iterator of one",
    note = "see `pymp::errors::not_iterable`"
)]
pub trait IntoCut {
    /// What it is cut as.
    type Source: Countable;

    /// Makes it cuttable.
    fn into_cut(self) -> Cut<Self::Source>;
}

impl<S: Countable> IntoCut for Cut<S> {
    type Source = S;

    fn into_cut(self) -> Self {
        self
    }
}

/// `$type => $source, |$value| $made` for the kinds that are a slice in some wrapping.
macro_rules! leaf {
    ($([$($generics:tt)*] $type:ty => $source:ty, |$value:ident| $made:expr;)*) => { $(
        impl<$($generics)*> IntoCut for $type {
            type Source = $source;

            fn into_cut(self) -> Cut<$source> {
                let $value = self;
                Cut($made)
            }
        }
    )* };
}

leaf! {
    ['a, T: Sync] &'a [T] => Slice<'a, T>, |v| Slice::new(v);
    ['a, T: Sync] &'a Vec<T> => Slice<'a, T>, |v| Slice::new(v);
    ['a, T: Sync] &'a Box<[T]> => Slice<'a, T>, |v| Slice::new(v);
    ['a, T: Sync, const N: usize] &'a [T; N] => Slice<'a, T>, |v| Slice::new(v);
    ['a, T: Sync] std::slice::Iter<'a, T> => Slice<'a, T>, |v| Slice::new(v.as_slice());
    ['a, T: Send] &'a mut [T] => SliceMut<'a, T>, |v| SliceMut::new(v);
    ['a, T: Send] &'a mut Vec<T> => SliceMut<'a, T>, |v| SliceMut::new(v);
    ['a, T: Send] &'a mut Box<[T]> => SliceMut<'a, T>, |v| SliceMut::new(v);
    ['a, T: Send, const N: usize] &'a mut [T; N] => SliceMut<'a, T>, |v| SliceMut::new(v);
    ['a, T: Send] std::slice::IterMut<'a, T> => SliceMut<'a, T>, |v| SliceMut::new(v.into_slice());
    [T: Send] Vec<T> => Owned<T>, |v| Owned::new(v);
    [T: Send] Box<[T]> => Owned<T>, |v| Owned::new(v.into_vec());
    [T: Send] VecDeque<T> => Owned<T>, |v| Owned::new(v.into());
    [T: Send] std::vec::IntoIter<T> => Owned<T>, |v| Owned::new(v.collect());
    [T: Send, const N: usize] [T; N] => Owned<T>, |v| Owned::new(Vec::from(v));
    ['a, T: Send] std::slice::ChunksMut<'a, T> => Owned<&'a mut [T]>, |v| Owned::new(v.collect());
    ['a, T: Send] std::slice::ChunksExactMut<'a, T> => Owned<&'a mut [T]>, |v| Owned::new(v.collect());
    ['a, T: Send] &'a mut VecDeque<T> => Chain<SliceMut<'a, T>, SliceMut<'a, T>>, |v| {
        let (front, back) = v.as_mut_slices();
        Chain::new(SliceMut::new(front), SliceMut::new(back))
    };
    ['a, T: Sync] &'a VecDeque<T> => Chain<Slice<'a, T>, Slice<'a, T>>, |v| {
        let (front, back) = v.as_slices();
        Chain::new(Slice::new(front), Slice::new(back))
    };
}
