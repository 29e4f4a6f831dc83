//! Slices that are read, and the hidden names of the methods that take a slice to pieces.

use std::ops::Range;

use super::{ChunksExactMut, ChunksMut, Countable, Cut, Repeat, SliceMut, Source, take_by_part};

/// A slice, by reference; its chunks are `slice::Iter`s of its parts.
#[derive(Debug)]
pub struct Slice<'a, T> {
    items: &'a [T],
}

impl<'a, T> Slice<'a, T> {
    pub(super) fn new(items: &'a [T]) -> Self {
        Self { items }
    }
}

impl<T> Clone for Slice<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Slice<'_, T> {}

// SAFETY: shared references may alias, and `T` is `Sync`.
unsafe impl<'a, T: Sync> Source for Slice<'a, T> {
    type Item = &'a T;
    type Chunk = std::slice::Iter<'a, T>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<'a, T: Sync> Countable for Slice<'a, T> {
    #[inline]
    fn total(&self) -> usize {
        self.items.len()
    }

    #[inline]
    unsafe fn part(&self, numbers: Range<usize>) -> std::slice::Iter<'a, T> {
        self.again(numbers)
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: Sync> Repeat for Slice<'a, T> {
    #[inline]
    fn again(&self, numbers: Range<usize>) -> std::slice::Iter<'a, T> {
        self.items[numbers].iter()
    }
}

/// What the macro writes for `v.chunks_mut(n)` at the head of a loop, since std's iterator does not give its slice back.
/// Found through auto-deref, as the methods it stands for are.
pub trait SliceParts<T> {
    /// `chunks_mut`.
    ///
    /// # Panics
    ///
    /// When `size` is 0.
    fn __pymp_chunks_mut(&mut self, size: usize) -> Cut<ChunksMut<'_, T>>;

    /// `chunks_exact_mut`.
    ///
    /// # Panics
    ///
    /// When `size` is 0.
    fn __pymp_chunks_exact_mut(&mut self, size: usize) -> Cut<ChunksExactMut<'_, T>>;
}

impl<T: Send> SliceParts<T> for [T] {
    #[track_caller]
    fn __pymp_chunks_mut(&mut self, size: usize) -> Cut<ChunksMut<'_, T>> {
        assert!(size != 0, "chunk size must be non-zero");
        Cut::new(ChunksMut { items: SliceMut::new(self), size })
    }

    #[track_caller]
    fn __pymp_chunks_exact_mut(&mut self, size: usize) -> Cut<ChunksExactMut<'_, T>> {
        assert!(size != 0, "chunk size must be non-zero");
        Cut::new(ChunksExactMut { items: SliceMut::new(self), size })
    }
}
