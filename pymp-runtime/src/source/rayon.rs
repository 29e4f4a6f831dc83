//! rayon's indexed iterators.
//!
//! rayon lends its producers to a callback and does not let them go, while a chunk has to be an iterator that the loop's body
//! stands around. So a chunk asks for some items at a time: it clones the iterator, splits its producer at both ends and keeps
//! the items between. That is right for the iterators whose clones cost nothing. Those that hold their items, or lend them
//! mutably, are collected before the loop starts, as rayon collects, and handed out as an owned Vec is.

use std::{fmt, ops::Range, vec};

use rayon::iter::plumbing::{Producer, ProducerCallback};
use rayon::iter::{self, IndexedParallelIterator};
use rayon::{range, range_inclusive, slice};

use super::{Countable, Repeat, Source, take_by_part};

/// How many items a chunk asks for at once: enough to make the asking cheap, few enough to stay in the first cache.
const AT_ONCE: usize = 256;

/// A parallel iterator whose clones are cheap: it borrows its items, or computes them.
pub trait CheapClone: IndexedParallelIterator + Clone + Sync {}

impl<T: Sync> CheapClone for slice::Iter<'_, T> {}
impl<T: Sync> CheapClone for slice::Chunks<'_, T> {}
impl<T: Sync> CheapClone for slice::ChunksExact<'_, T> {}
impl<T: Sync> CheapClone for slice::Windows<'_, T> {}
impl<T: Sync> CheapClone for range::Iter<T> where Self: IndexedParallelIterator + Clone {}
impl<T: Sync> CheapClone for range_inclusive::Iter<T> where Self: IndexedParallelIterator + Clone {}
impl<I: CheapClone> CheapClone for iter::Enumerate<I> {}
impl<I: CheapClone> CheapClone for iter::Rev<I> {}
impl<I: CheapClone> CheapClone for iter::StepBy<I> {}
impl<I: CheapClone> CheapClone for iter::Take<I> {}
impl<A: CheapClone, B: CheapClone> CheapClone for iter::Zip<A, B> {}
impl<A: CheapClone, B: CheapClone<Item = A::Item>> CheapClone for iter::Chain<A, B> {}
impl<'a, T: Copy + Send + Sync + 'a, I: CheapClone + IndexedParallelIterator<Item = &'a T>> CheapClone for iter::Copied<I> {}
impl<'a, T: Clone + Send + Sync + 'a, I: CheapClone + IndexedParallelIterator<Item = &'a T>> CheapClone for iter::Cloned<I> {}
impl<I: CheapClone, F: Clone + Sync> CheapClone for iter::Map<I, F> where Self: IndexedParallelIterator + Clone {}

/// A parallel iterator of rayon, split where the schedule wants it.
#[derive(Clone, Debug)]
pub struct Produced<I> {
    iterator: I,
    count: usize,
}

impl<I: CheapClone> Produced<I> {
    pub(super) fn new(iterator: I) -> Self {
        let count = iterator.len();
        Self { iterator, count }
    }
}

// SAFETY: a chunk's items come from a clone of its own, through rayon's safe interface.
unsafe impl<I: CheapClone> Source for Produced<I> {
    type Item = I::Item;
    type Chunk = ProducedChunk<I>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<I: CheapClone> Countable for Produced<I> {
    fn total(&self) -> usize {
        self.count
    }

    unsafe fn part(&self, numbers: Range<usize>) -> ProducedChunk<I> {
        self.again(numbers)
    }
}

#[diagnostic::do_not_recommend]
impl<I: CheapClone> Repeat for Produced<I> {
    fn again(&self, numbers: Range<usize>) -> ProducedChunk<I> {
        ProducedChunk { iterator: self.iterator.clone(), items: Vec::new().into_iter(), left: numbers }
    }
}

/// A chunk of a [`Produced`].
pub struct ProducedChunk<I: IndexedParallelIterator> {
    iterator: I,
    // Those asked for and not yet given.
    items: vec::IntoIter<I::Item>,
    // Those not yet asked for.
    left: Range<usize>,
}

impl<I: IndexedParallelIterator> fmt::Debug for ProducedChunk<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProducedChunk").field("left", &self.left).finish_non_exhaustive()
    }
}

impl<I: CheapClone> Iterator for ProducedChunk<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.items.len() == 0 && !self.left.is_empty() {
            let end = self.left.start.saturating_add(AT_ONCE).min(self.left.end);
            let part = std::mem::replace(&mut self.left.start, end)..end;
            self.items = self.iterator.clone().with_producer(Part(part)).into_iter();
        }
        self.items.next()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.items.len() + self.left.len();
        (len, Some(len))
    }
}

impl<I: CheapClone> ExactSizeIterator for ProducedChunk<I> {}

/// Asks a producer for some of its items.
struct Part(Range<usize>);

impl<T> ProducerCallback<T> for Part {
    type Output = Vec<T>;

    fn callback<P: Producer<Item = T>>(self, producer: P) -> Vec<T> {
        let (_, rest) = producer.split_at(self.0.start);
        let (part, _) = rest.split_at(self.0.len());
        part.into_iter().collect()
    }
}
