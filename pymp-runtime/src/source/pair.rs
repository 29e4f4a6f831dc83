//! The adapters that put two things together: `enumerate`, `zip`, `chain`.

use std::ops::Range;

use super::progression::{Indexed, Progression};
use super::{Countable, Repeat, Source, take_by_part};
use crate::space::too_many;

/// Each item with its number.
#[derive(Clone, Debug)]
pub struct Enumerate<S> {
    inner: S,
}

impl<S> Enumerate<S> {
    pub(super) fn new(inner: S) -> Self {
        Self { inner }
    }
}

// SAFETY: the numbers are passed on as they are.
unsafe impl<S: Countable> Source for Enumerate<S> {
    type Item = (usize, S::Item);
    type Chunk = std::iter::Zip<Range<usize>, S::Chunk>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<S: Countable> Countable for Enumerate<S> {
    #[inline]
    fn total(&self) -> usize {
        self.inner.total()
    }

    #[inline]
    unsafe fn part(&self, numbers: Range<usize>) -> Self::Chunk {
        // SAFETY: the caller's promise, number for number.
        let part = unsafe { self.inner.part(numbers.clone()) };
        numbers.zip(part)
    }
}

#[diagnostic::do_not_recommend]
impl<S: Repeat> Repeat for Enumerate<S> {
    fn again(&self, numbers: Range<usize>) -> Self::Chunk {
        numbers.clone().zip(self.inner.again(numbers))
    }
}

#[diagnostic::do_not_recommend]
impl<S: Countable> Indexed for Enumerate<S> {
    fn progression(&self) -> Progression {
        Progression::COUNTER
    }
}

/// The items of two sources in pairs, as many as the shorter one has.
#[derive(Clone, Debug)]
pub struct Zip<A, B> {
    left: A,
    right: B,
}

impl<A, B> Zip<A, B> {
    pub(super) fn new(left: A, right: B) -> Self {
        Self { left, right }
    }
}

// SAFETY: the numbers are passed on as they are, and the two sources are two values.
unsafe impl<A: Countable, B: Countable> Source for Zip<A, B> {
    type Item = (A::Item, B::Item);
    type Chunk = std::iter::Zip<A::Chunk, B::Chunk>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<A: Countable, B: Countable> Countable for Zip<A, B> {
    #[inline]
    fn total(&self) -> usize {
        self.left.total().min(self.right.total())
    }

    #[inline]
    unsafe fn part(&self, numbers: Range<usize>) -> Self::Chunk {
        // SAFETY: the caller's promise, within the shorter count and so within this one.
        let left = unsafe { self.left.part(numbers.clone()) };
        // SAFETY: the same.
        let right = unsafe { self.right.part(numbers) };
        left.zip(right)
    }
}

#[diagnostic::do_not_recommend]
impl<A: Repeat, B: Repeat> Repeat for Zip<A, B> {
    fn again(&self, numbers: Range<usize>) -> Self::Chunk {
        self.left.again(numbers.clone()).zip(self.right.again(numbers))
    }
}

/// One source after the other.
#[derive(Clone, Debug)]
pub struct Chain<A, B> {
    first: A,
    second: B,
    middle: usize,
}

impl<A: Countable, B: Countable> Chain<A, B> {
    pub(super) fn new(first: A, second: B) -> Self {
        let middle = first.total();
        if middle.checked_add(second.total()).is_none() {
            too_many(middle as u128 + second.total() as u128);
        }
        Self { first, second, middle }
    }

    /// A range of ours as one of each source.
    fn both(&self, numbers: &Range<usize>) -> (Range<usize>, Range<usize>) {
        let first = numbers.start.min(self.middle)..numbers.end.min(self.middle);
        let second = numbers.start.max(self.middle) - self.middle..numbers.end.max(self.middle) - self.middle;
        (first, second)
    }
}

// SAFETY: disjoint numbers are disjoint numbers of each source, and the two sources are two values.
unsafe impl<A: Countable, B: Countable<Item = A::Item>> Source for Chain<A, B> {
    type Item = A::Item;
    type Chunk = std::iter::Chain<A::Chunk, B::Chunk>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<A: Countable, B: Countable<Item = A::Item>> Countable for Chain<A, B> {
    #[inline]
    fn total(&self) -> usize {
        self.middle + self.second.total()
    }

    unsafe fn part(&self, numbers: Range<usize>) -> Self::Chunk {
        let (first, second) = self.both(&numbers);
        // SAFETY: the caller's promise, cut at the end of the first source.
        let first = unsafe { self.first.part(first) };
        // SAFETY: the same, from there on.
        let second = unsafe { self.second.part(second) };
        first.chain(second)
    }
}

#[diagnostic::do_not_recommend]
impl<A: Repeat, B: Repeat + Countable<Item = A::Item>> Repeat for Chain<A, B> {
    fn again(&self, numbers: Range<usize>) -> Self::Chunk {
        let (first, second) = self.both(&numbers);
        self.first.again(first).chain(self.second.again(second))
    }
}
