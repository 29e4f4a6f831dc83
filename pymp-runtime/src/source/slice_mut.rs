//! Splitting what was handed over: `&mut` slices into parts, owned ones into items. The one idea is that a range of numbers is
//! given out at most once.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::{fmt, ptr, slice};

use super::{Countable, Source, take_by_part};

/// A slice, by `&mut`; its chunks are `slice::IterMut`s of its parts.
pub struct SliceMut<'a, T> {
    // Invariant: `first` and `len` are those of a slice that is borrowed mutably for `'a`, by this value alone.
    first: *mut T,
    len: usize,
    borrow: PhantomData<&'a mut [T]>,
}

impl<T> fmt::Debug for SliceMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SliceMut").field("len", &self.len).finish_non_exhaustive()
    }
}

// SAFETY: it is a `&mut [T]`, which may be sent when `T` may.
unsafe impl<T: Send> Send for SliceMut<'_, T> {}

// SAFETY: through `&self` only `slice` does anything, which gives each element to one caller: that sends it, no more.
unsafe impl<T: Send> Sync for SliceMut<'_, T> {}

impl<'a, T> SliceMut<'a, T> {
    pub(super) fn new(items: &'a mut [T]) -> Self {
        Self { first: items.as_mut_ptr(), len: items.len(), borrow: PhantomData }
    }

    /// The elements of a range.
    ///
    /// # Safety
    ///
    /// 1. The range lies within `0..len`.
    /// 2. No two ranges asked for overlap.
    #[inline]
    unsafe fn slice(&self, range: Range<usize>) -> &'a mut [T] {
        debug_assert!(range.start <= range.end && range.end <= self.len);
        // SAFETY: by 1. the offset stays inside the slice of the invariant.
        let first = unsafe { self.first.add(range.start) };
        // SAFETY: by 1. all of it is inside the slice, which is borrowed mutably for `'a`; by 2. no other reference that came
        // from here reaches it, and by the invariant no other one exists.
        unsafe { slice::from_raw_parts_mut(first, range.len()) }
    }
}

// SAFETY: disjoint ranges are disjoint elements, `T` is `Send`, and the parts borrow for `'a`, not from the source.
unsafe impl<'a, T: Send> Source for SliceMut<'a, T> {
    type Item = &'a mut T;
    type Chunk = slice::IterMut<'a, T>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<'a, T: Send> Countable for SliceMut<'a, T> {
    #[inline]
    fn total(&self) -> usize {
        self.len
    }

    #[inline]
    unsafe fn part(&self, numbers: Range<usize>) -> slice::IterMut<'a, T> {
        // SAFETY: 1. and 2. are the caller's promise.
        unsafe { self.slice(numbers) }.iter_mut()
    }
}

macro_rules! chunks_mut {
    ($name:ident, $method:ident, $total:ident, $doc:literal) => {
        #[doc = $doc]
        #[derive(Debug)]
        pub struct $name<'a, T> {
            pub(super) items: SliceMut<'a, T>,
            pub(super) size: usize,
        }

        // SAFETY: disjoint numbers are disjoint pieces of `size` elements, and the rest is as for `SliceMut`.
        unsafe impl<'a, T: Send> Source for $name<'a, T> {
            type Item = &'a mut [T];
            type Chunk = slice::$name<'a, T>;
            take_by_part!();
        }

        // SAFETY: as above.
        #[diagnostic::do_not_recommend]
        unsafe impl<'a, T: Send> Countable for $name<'a, T> {
            #[inline]
            fn total(&self) -> usize {
                $total(self.items.len, self.size)
            }

            #[inline]
            unsafe fn part(&self, numbers: Range<usize>) -> slice::$name<'a, T> {
                // Only the last piece can be shorter, so only its end can lie past the slice's, and overflow.
                let end = numbers.end.saturating_mul(self.size).min(self.items.len);
                let start = numbers.start.saturating_mul(self.size).min(end);
                // SAFETY: 1. the ends were cut to `len`; 2. disjoint ranges of pieces are disjoint ranges of elements.
                unsafe { self.items.slice(start..end) }.$method(self.size)
            }
        }
    };
}

fn rounded_up(len: usize, size: usize) -> usize {
    len.div_ceil(size)
}

fn rounded_down(len: usize, size: usize) -> usize {
    len / size
}

chunks_mut!(ChunksMut, chunks_mut, rounded_up, "`v.chunks_mut(size)`.");
chunks_mut!(ChunksExactMut, chunks_exact_mut, rounded_down, "`v.chunks_exact_mut(size)`.");

/// Items by value. The buffer is shared by the source and its chunks, so that a chunk outlives the source; what no chunk took
/// is dropped with the buffer.
#[derive(Debug)]
pub struct Owned<T> {
    shared: Arc<Buffer<T>>,
}

struct Buffer<T> {
    // Invariant: the items whose numbers are in `left` are here; each other one belongs to the chunk whose range holds it, or
    // was moved out by that chunk. `left` maps starts to ends.
    items: *mut MaybeUninit<T>,
    len: usize,
    left: Mutex<BTreeMap<usize, usize>>,
    owner: PhantomData<Box<[T]>>,
}

impl<T> fmt::Debug for Buffer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffer").field("len", &self.len).field("left", &self.left).finish_non_exhaustive()
    }
}

// SAFETY: it is a `Box<[T]>`.
unsafe impl<T: Send> Send for Buffer<T> {}

// SAFETY: through `&self` an item goes to the one chunk that was given its number: that sends it, no more.
unsafe impl<T: Send> Sync for Buffer<T> {}

impl<T> Owned<T> {
    pub(super) fn new(items: Vec<T>) -> Self {
        let len = items.len();
        let items = Box::into_raw(items.into_boxed_slice()).cast::<MaybeUninit<T>>();
        let left = Mutex::new(BTreeMap::from([(0, len)]));
        Self { shared: Arc::new(Buffer { items, len, left, owner: PhantomData }) }
    }
}

impl<T> Buffer<T> {
    /// Strikes a range off what is left.
    ///
    /// # Panics
    ///
    /// When it is not there any more.
    fn claim(&self, range: &Range<usize>) {
        if range.is_empty() {
            return;
        }
        // Nothing panics while it is locked but the check below, which has not changed anything yet.
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let piece = left.range(..=range.start).next_back().map(|(&start, &end)| start..end);
        let piece = piece.filter(|piece| range.end <= piece.end);
        let piece = piece.unwrap_or_else(|| panic!("the items {range:?} were handed out twice"));
        left.remove(&piece.start);
        if piece.start < range.start {
            left.insert(piece.start, range.start);
        }
        if range.end < piece.end {
            left.insert(range.end, piece.end);
        }
    }

    /// A pointer to items.
    fn at(&self, range: &Range<usize>) -> *mut [T] {
        debug_assert!(range.start <= range.end && range.end <= self.len);
        ptr::slice_from_raw_parts_mut(self.items.cast::<T>().wrapping_add(range.start), range.len())
    }
}

impl<T> Drop for Buffer<T> {
    fn drop(&mut self) {
        // Freed at the end, also when an item's `drop` panics.
        let _memory = Memory(ptr::slice_from_raw_parts_mut(self.items, self.len));
        let left = std::mem::take(self.left.get_mut().unwrap_or_else(PoisonError::into_inner));
        for (start, end) in left {
            // SAFETY: by the invariant these items are here and nobody else's, and they are struck off `left` already.
            unsafe { ptr::drop_in_place(self.at(&(start..end))) };
        }
    }
}

/// The memory of a buffer that is being dropped, without its items.
struct Memory<T>(*mut [MaybeUninit<T>]);

impl<T> Drop for Memory<T> {
    fn drop(&mut self) {
        // SAFETY: this is the pointer that `into_raw` gave, given back once; `MaybeUninit` drops no item.
        drop(unsafe { Box::from_raw(self.0) });
    }
}

// SAFETY: disjoint ranges are disjoint items, given away for good, `T` is `Send`, and a chunk keeps the buffer alive.
unsafe impl<T: Send> Source for Owned<T> {
    type Item = T;
    type Chunk = OwnedChunk<T>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<T: Send> Countable for Owned<T> {
    fn total(&self) -> usize {
        self.shared.len
    }

    unsafe fn part(&self, numbers: Range<usize>) -> OwnedChunk<T> {
        self.shared.claim(&numbers);
        OwnedChunk { shared: Arc::clone(&self.shared), numbers }
    }
}

/// A chunk of items by value; dropping it drops those that were not asked for.
#[derive(Debug)]
pub struct OwnedChunk<T> {
    shared: Arc<Buffer<T>>,
    // Invariant: these items are in the buffer, and this chunk's alone.
    numbers: Range<usize>,
}

impl<T> OwnedChunk<T> {
    /// Moves an item out.
    ///
    /// # Safety
    ///
    /// `number` was among `numbers`, and has just been taken away from them.
    unsafe fn move_out(&self, number: usize) -> T {
        // SAFETY: by the invariant the item was here, and now that its number is gone no one reads it again.
        unsafe { self.shared.at(&(number..number + 1)).cast::<T>().read() }
    }
}

impl<T> Iterator for OwnedChunk<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let number = self.numbers.next()?;
        // SAFETY: it was the first one.
        Some(unsafe { self.move_out(number) })
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.numbers.size_hint()
    }
}

impl<T> DoubleEndedIterator for OwnedChunk<T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        let number = self.numbers.next_back()?;
        // SAFETY: it was the last one.
        Some(unsafe { self.move_out(number) })
    }
}

impl<T> ExactSizeIterator for OwnedChunk<T> {}

impl<T> Drop for OwnedChunk<T> {
    fn drop(&mut self) {
        let rest = self.shared.at(&std::mem::take(&mut self.numbers));
        // SAFETY: by the invariant these items are here and this chunk's, and their numbers are gone.
        unsafe { ptr::drop_in_place(rest) };
    }
}
