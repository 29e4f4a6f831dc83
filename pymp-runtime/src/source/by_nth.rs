//! std's own iterators, cut by `nth` on clones.

use std::ops::{Range, RangeInclusive};
use std::{iter, slice};

use super::progression::{Indexed, Progression, clamp};
use super::{Countable, Cut, IntoCut, Repeat, Source, take_by_part};
use crate::space::{Int, too_many};

/// An iterator of std that is cheap to clone, whose `nth` takes constant time, and that does nothing but iterate: skipping its
/// items on one clone and using them on another is the same as using them all once.
pub trait Nth: Iterator + Clone + Send + Sync {}

impl<T: Int> Nth for Range<T> where Range<T>: Iterator<Item = T> {}
impl<T: Int> Nth for RangeInclusive<T> where RangeInclusive<T>: Iterator<Item = T> {}
impl<T: Sync> Nth for slice::Iter<'_, T> {}
impl<T: Sync> Nth for slice::Chunks<'_, T> {}
impl<T: Sync> Nth for slice::ChunksExact<'_, T> {}
impl<T: Sync> Nth for slice::RChunks<'_, T> {}
impl<T: Sync> Nth for slice::RChunksExact<'_, T> {}
impl<T: Sync> Nth for slice::Windows<'_, T> {}
impl<T: Sync> Nth for std::collections::vec_deque::Iter<'_, T> {}
impl<I: Nth + DoubleEndedIterator> Nth for iter::Rev<I> {}
impl<I: Nth> Nth for iter::Enumerate<I> {}
impl<I: Nth> Nth for iter::Take<I> {}
impl<I: Nth> Nth for iter::Skip<I> {}
impl<I: Nth> Nth for iter::StepBy<I> {}
impl<'a, T: Copy + Sync + 'a, I: Nth<Item = &'a T>> Nth for iter::Copied<I> {}
// Of these pairs std moves both by index.
impl<T: Sync, U: Sync> Nth for iter::Zip<slice::Iter<'_, T>, slice::Iter<'_, U>> {}

/// One of those iterators; a chunk is a clone, moved to its start.
#[derive(Clone, Debug)]
pub struct ByNth<I> {
    iterator: I,
    count: usize,
}

impl<I: Nth> ByNth<I> {
    #[track_caller]
    fn new(iterator: I) -> Self {
        // Exact for all of them, and of the range types for which it is not, none has a length.
        let (count, upper) = iterator.size_hint();
        if upper != Some(count) {
            too_many("too many");
        }
        Self { iterator, count }
    }
}

// SAFETY: an `Nth` iterator gives values and shared references.
unsafe impl<I: Nth> Source for ByNth<I> {
    type Item = I::Item;
    type Chunk = iter::Take<I>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<I: Nth> Countable for ByNth<I> {
    fn total(&self) -> usize {
        self.count
    }

    unsafe fn part(&self, numbers: Range<usize>) -> iter::Take<I> {
        self.again(numbers)
    }
}

#[diagnostic::do_not_recommend]
impl<I: Nth> Repeat for ByNth<I> {
    fn again(&self, numbers: Range<usize>) -> iter::Take<I> {
        let mut iterator = self.iterator.clone();
        if let Some(before) = numbers.start.checked_sub(1) {
            iterator.nth(before);
        }
        iterator.take(numbers.len())
    }
}

/// The iterators whose items are equally spaced integers, or carry the counter of `.enumerate()`.
pub trait Spaced: Nth {
    /// The index that an item stands for.
    fn index(item: &Self::Item) -> isize;
}

macro_rules! spaced_ints {
    ($($iterator:ty)*) => { $(
        impl<T: Int> Spaced for $iterator
        where
            $iterator: Nth<Item = T>,
        {
            fn index(item: &T) -> isize {
                item.index()
            }
        }
    )* };
}

spaced_ints!(Range<T> RangeInclusive<T>);

macro_rules! spaced_as {
    ($($iterator:ident)*) => { $(
        impl<I: Spaced> Spaced for iter::$iterator<I>
        where
            iter::$iterator<I>: Nth<Item = I::Item>,
        {
            fn index(item: &I::Item) -> isize {
                I::index(item)
            }
        }
    )* };
}

spaced_as!(Rev Take Skip StepBy);

impl<I: Nth> Spaced for iter::Enumerate<I> {
    fn index(item: &Self::Item) -> isize {
        item.0.index()
    }
}

#[diagnostic::do_not_recommend]
impl<I: Spaced> Indexed for ByNth<I> {
    fn progression(&self) -> Progression {
        // Looking at the first two items says it all, and an iterator already begun is right too.
        let mut items = self.iterator.clone().map(|item| I::index(&item));
        let first = items.next().unwrap_or(0);
        let step = items.next().map_or(1, |second| clamp(second as i128 - first as i128));
        Progression { first, step }
    }
}

macro_rules! leaf {
    ($([$($generics:tt)*] $type:ty;)*) => { $(
        impl<$($generics)*> IntoCut for $type
        where
            $type: Nth,
        {
            type Source = ByNth<$type>;

            #[track_caller]
            fn into_cut(self) -> Cut<ByNth<$type>> {
                Cut::new(ByNth::new(self))
            }
        }
    )* };
}

leaf! {
    ['a, T] slice::Chunks<'a, T>;
    ['a, T] slice::ChunksExact<'a, T>;
    ['a, T] slice::RChunks<'a, T>;
    ['a, T] slice::RChunksExact<'a, T>;
    ['a, T] slice::Windows<'a, T>;
    ['a, T] std::collections::vec_deque::Iter<'a, T>;
    [I] iter::Rev<I>;
    [I] iter::Enumerate<I>;
    [I] iter::Take<I>;
    [I] iter::Skip<I>;
    [I] iter::StepBy<I>;
    [I] iter::Copied<I>;
    [A, B] iter::Zip<A, B>;
}
