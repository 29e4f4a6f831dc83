//! Integer ranges.

use std::ops::{Range, RangeInclusive};

use super::progression::{Indexed, Progression};
use super::{Countable, Cut, IntoCut, Repeat, Source, take_by_part};
use crate::space::{self, Int};

/// `first..end` for any integer type; its chunks are `Range`s.
#[derive(Clone, Copy, Debug)]
pub struct Ints<T> {
    first: T,
    count: usize,
}

impl<T: Int> IntoCut for Range<T>
where
    Range<T>: Iterator<Item = T>,
{
    type Source = Ints<T>;

    #[track_caller]
    fn into_cut(self) -> Cut<Ints<T>> {
        Cut::new(Ints { first: self.start, count: space::count(&self) })
    }
}

// SAFETY: integers are values, nothing is shared.
unsafe impl<T: Int> Source for Ints<T>
where
    Range<T>: Iterator<Item = T>,
{
    type Item = T;
    type Chunk = Range<T>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<T: Int> Countable for Ints<T>
where
    Range<T>: Iterator<Item = T>,
{
    #[inline]
    fn total(&self) -> usize {
        self.count
    }

    #[inline]
    unsafe fn part(&self, numbers: Range<usize>) -> Range<T> {
        self.again(numbers)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Int> Repeat for Ints<T>
where
    Range<T>: Iterator<Item = T>,
{
    const BY_NUMBER: bool = true;

    #[inline]
    fn again(&self, numbers: Range<usize>) -> Range<T> {
        self.first.forward(numbers.start)..self.first.forward(numbers.end)
    }

    #[inline]
    fn at(&self, number: usize) -> T {
        self.first.forward(number)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Int> Indexed for Ints<T>
where
    Range<T>: Iterator<Item = T>,
{
    fn progression(&self) -> Progression {
        Progression { first: self.first.index(), step: 1 }
    }
}

/// `first..=last` for any integer type. Its chunks count what is left: the chunk that ends at the type's last value has no end
/// that a `Range` could name, and a `RangeInclusive` asks two questions an iteration.
#[derive(Clone, Copy, Debug)]
pub struct IntsInclusive<T> {
    first: T,
    count: usize,
}

impl<T: Int> IntoCut for RangeInclusive<T> {
    type Source = IntsInclusive<T>;

    #[track_caller]
    fn into_cut(self) -> Cut<IntsInclusive<T>> {
        Cut::new(IntsInclusive { first: *self.start(), count: space::count_inclusive(&self) })
    }
}

// SAFETY: integers are values, nothing is shared.
unsafe impl<T: Int> Source for IntsInclusive<T> {
    type Item = T;
    type Chunk = Upto<T>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<T: Int> Countable for IntsInclusive<T> {
    #[inline]
    fn total(&self) -> usize {
        self.count
    }

    #[inline]
    unsafe fn part(&self, numbers: Range<usize>) -> Upto<T> {
        self.again(numbers)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Int> Repeat for IntsInclusive<T> {
    const BY_NUMBER: bool = true;

    #[inline]
    fn again(&self, numbers: Range<usize>) -> Upto<T> {
        Upto { next: self.first.forward(numbers.start), left: numbers.len() }
    }

    #[inline]
    fn at(&self, number: usize) -> T {
        self.first.forward(number)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Int> Indexed for IntsInclusive<T> {
    fn progression(&self) -> Progression {
        Progression { first: self.first.index(), step: 1 }
    }
}

/// The next so many integers: a chunk of an inclusive range.
#[derive(Clone, Debug)]
pub struct Upto<T> {
    next: T,
    left: usize,
}

impl<T> Upto<T> {
    pub(super) fn new(next: T, left: usize) -> Self {
        Self { next, left }
    }
}

impl<T: Int> Upto<T> {
    pub(super) fn into_range(self) -> RangeInclusive<T> {
        match self.left.checked_sub(1) {
            Some(steps) => self.next..=self.next.forward(steps),
            None => {
                // Empty: from the larger of two neighbours, or of the ends, to the smaller.
                let other = self.next.forward(1);
                self.next.max(other)..=self.next.min(other)
            }
        }
    }
}

impl<T: Int> Iterator for Upto<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        self.left = self.left.checked_sub(1)?;
        let value = self.next;
        // Past the type's last value this wraps, and is never looked at.
        self.next = value.forward(1);
        Some(value)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }

    #[inline]
    fn nth(&mut self, steps: usize) -> Option<T> {
        let steps = steps.min(self.left);
        self.left -= steps;
        self.next = self.next.forward(steps);
        self.next()
    }
}

impl<T: Int> DoubleEndedIterator for Upto<T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        self.left = self.left.checked_sub(1)?;
        Some(self.next.forward(self.left))
    }
}

impl<T: Int> ExactSizeIterator for Upto<T> {}
