//! Arrays that a loop only reads, held so that the loop over them compiles to what a plain loop does.
//!
//! 1. In the body `a[i]` on a captured `Vec` would load the `Vec`'s pointer and length again after every write, since the compiler
//!    cannot know that the writes do not hit them. [`reader!`](crate::reader) gives the frame a slice of its own.
//! 2. In a plain `for i in 0..a.len()` the compiler sees that `i` is in bounds. Here the chunk comes from elsewhere, so each chunk is
//!    asked once whether it [fits](Slice::fits) all arrays that it indexes by `i`. The answer, a [`Fit`], selects between a check that
//!    the compiler then proves away, and one that stays. Both check; only their speed differs.

use std::hint::black_box;
use std::ops::{Index, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

/// The traits that the macros ask, without names. All at once, since an import that is not used would draw a warning.
pub mod asking {
    pub use super::{AsItself as _, AsSlice as _, KnownExtent as _, UnknownExtent as _};
}

/// Whether the indices of a chunk are in bounds of all arrays that the loop's variable indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// They are.
    Fits,
    /// Some are not; it is for each access to find out which.
    Misses,
    /// The chunk is no range of indices.
    Unknown,
}

impl Fit {
    /// The answer that was found.
    #[inline(always)]
    pub fn of(fits: bool) -> Self {
        if fits { Self::Fits } else { Self::Misses }
    }
}

/// The number, of which the compiler then knows nothing, and would not: the loop that checks it becomes one of its own, and the other
/// one gets the registers. No call, or whatever lives longer than it would lie in memory, in both loops.
#[cold]
#[inline(always)]
pub(crate) fn apart(number: usize) -> usize {
    black_box(number)
}

/// What [`reader!`](crate::reader) asks the type of an array.
#[derive(Debug)]
pub struct Probe<'a, T: ?Sized>(pub &'a T);

/// An array that is a slice.
#[derive(Debug)]
pub struct Slice<'a, T>(&'a [T]);

/// Anything else, as it is.
#[derive(Debug)]
pub struct Itself<'a, T: ?Sized>(&'a T);

/// A slice inside a chunk. Its name stands in the error of a method that would change an element.
#[derive(Clone, Copy, Debug)]
pub struct ReadUnlessClauseOwned<'a, T> {
    items: &'a [T],
    fit: Fit,
}

/// `Vec`s, boxed slices, arrays, and references to them.
pub trait AsSlice<'a> {
    /// What the elements are.
    type Item: 'a;
    /// The elements.
    fn seen(&self) -> Slice<'a, Self::Item>;
}

macro_rules! slices {
    ($(($($generics:tt)*) $type:ty),* $(,)?) => {$(
        impl<'a, $($generics)*> AsSlice<'a> for Probe<'a, $type> {
            type Item = T;

            #[inline(always)]
            fn seen(&self) -> Slice<'a, T> {
                Slice(self.0)
            }
        }
    )*};
}

slices! {
    (T) Vec<T>, (T) &'a Vec<T>, (T) &'a mut Vec<T>,
    (T) Box<[T]>, (T) &'a Box<[T]>, (T) &'a mut Box<[T]>,
    (T) &'a [T], (T) &'a mut [T], (T) [T],
    (T, const N: usize) [T; N],
}

/// Every other type.
pub trait AsItself<'a> {
    /// The type.
    type Seen: ?Sized + 'a;
    /// The value.
    fn seen(&self) -> Itself<'a, Self::Seen>;
}

impl<'a, T: ?Sized> AsItself<'a> for &Probe<'a, T> {
    type Seen = T;

    #[inline(always)]
    fn seen(&self) -> Itself<'a, T> {
        Itself(self.0)
    }
}

/// The array `$array` as the frame of a loop should hold it.
#[doc(hidden)]
#[macro_export]
macro_rules! reader {
    ($array:expr) => {{
        use $crate::reader::asking::*;
        (&$crate::reader::Probe(&$array)).seen()
    }};
}

impl<'a, T> Slice<'a, T> {
    /// For an array that is not indexed by the loop's variable.
    #[inline(always)]
    pub fn plain(&self) -> &'a [T] {
        self.0
    }

    /// Whether every index below `end` is in bounds.
    #[inline(always)]
    pub fn fits(&self, end: usize) -> bool {
        end <= self.0.len()
    }

    /// For a chunk that fits, or does not.
    #[inline(always)]
    pub fn fitted(&self, fit: Fit) -> ReadUnlessClauseOwned<'a, T> {
        ReadUnlessClauseOwned { items: self.0, fit }
    }
}

impl<'a, T: ?Sized> Itself<'a, T> {
    /// The value.
    #[inline(always)]
    pub fn plain(&self) -> &'a T {
        self.0
    }

    /// Nothing is known of it, so nothing is wrong.
    #[inline(always)]
    pub fn fits(&self, _end: usize) -> bool {
        true
    }

    /// The value.
    #[inline(always)]
    pub fn fitted(&self, _fit: Fit) -> &'a T {
        self.0
    }
}

impl<T> ReadUnlessClauseOwned<'_, T> {
    /// Number of elements.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<T, I: ArrayIndex<T>> Index<I> for ReadUnlessClauseOwned<'_, T> {
    type Output = I::Output;

    #[inline(always)]
    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        index.of(self)
    }
}

/// What stands between the brackets. A trait of ours, so that the words are, too.
#[diagnostic::on_unimplemented(
    message = "an array cannot be indexed by `{Self}`",
    label = "an index is a `usize`: write `i as usize`, or run the loop over a range of `usize`",
    note = "see `pymp::errors::not_indexed`"
)]
pub trait ArrayIndex<T> {
    /// What is found there.
    type Output: ?Sized;

    /// Finds it.
    fn of<'r>(self, reader: &'r ReadUnlessClauseOwned<'_, T>) -> &'r Self::Output;
}

impl<T> ArrayIndex<T> for usize {
    type Output = T;

    #[inline(always)]
    #[track_caller]
    fn of<'r>(self, reader: &'r ReadUnlessClauseOwned<'_, T>) -> &'r T {
        if reader.fit == Fit::Misses { &reader.items[apart(self)] } else { &reader.items[self] }
    }
}

macro_rules! ranges {
    ($($range:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T> ArrayIndex<T> for $range {
            type Output = [T];

            #[inline]
            #[track_caller]
            fn of<'r>(self, reader: &'r ReadUnlessClauseOwned<'_, T>) -> &'r [T] {
                &reader.items[self]
            }
        }
    )*};
}

ranges! { Range<usize> RangeFrom<usize> RangeFull RangeInclusive<usize> RangeTo<usize> RangeToInclusive<usize> }

/// What [`extent!`](crate::extent) asks the type of a chunk.
#[derive(Debug)]
pub struct Extent<'a, C>(pub &'a C);

/// Chunks that are ranges of indices.
pub trait KnownExtent {
    /// The first index, and the one after the last.
    fn extent(&self) -> Option<(usize, usize)>;
}

impl KnownExtent for Extent<'_, Range<usize>> {
    #[inline(always)]
    fn extent(&self) -> Option<(usize, usize)> {
        Some((self.0.start, self.0.end))
    }
}

/// All other chunks.
pub trait UnknownExtent {
    /// Not known.
    fn extent(&self) -> Option<(usize, usize)>;
}

impl<C> UnknownExtent for &Extent<'_, C> {
    #[inline(always)]
    fn extent(&self) -> Option<(usize, usize)> {
        None
    }
}

/// The indices that the iterations of `$chunk` stand for, if it is a range of them.
#[doc(hidden)]
#[macro_export]
macro_rules! extent {
    ($chunk:ident) => {{
        use $crate::reader::asking::*;
        (&$crate::reader::Extent(&$chunk)).extent()
    }};
}

#[cfg(test)]
mod tests {
    use super::Fit;
    use std::collections::BTreeMap;

    #[test]
    fn what_is_a_slice_is_seen_as_one() {
        let numbers = vec![1, 2, 3];
        let (borrowed, array) = (&numbers, [1, 2, 3]);
        for seen in [crate::reader!(numbers).plain(), crate::reader!(borrowed).plain(), crate::reader!(array).plain()] {
            assert_eq!(seen, [1, 2, 3]);
        }
        let map = BTreeMap::from([(1, 2)]);
        let seen: &BTreeMap<_, _> = crate::reader!(map).plain();
        assert_eq!(seen[&1], 2);
    }

    #[test]
    fn fitting_changes_no_answer() {
        let numbers = vec![1, 2, 3];
        let reader = crate::reader!(numbers);
        assert!(reader.fits(3) && !reader.fits(4));
        for fit in [Fit::Fits, Fit::Misses, Fit::Unknown] {
            let seen = reader.fitted(fit);
            assert_eq!((seen[2], &seen[1..], seen.len()), (3, &[2, 3][..], 3));
            std::panic::catch_unwind(|| seen[3]).expect_err("index 3 of 3 elements");
        }
    }

    #[test]
    fn only_ranges_of_indices_have_an_extent() {
        let (indices, numbers) = (2..5usize, 2..5u8);
        assert_eq!((crate::extent!(indices), crate::extent!(numbers)), (Some((2, 5)), None));
    }
}
