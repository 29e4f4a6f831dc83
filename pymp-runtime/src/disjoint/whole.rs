//! A slice that was handed over, cut by raw parts. All unsafe splitting of captured arrays is here.

use std::marker::PhantomData;
use std::ops::Range;

use super::view::{Ledger, Rule, View};

/// A mutable slice that several threads hold at once, each taking other elements.
pub(super) struct Whole<'a, T> {
    // Invariant: `first` and `len` are those of the `&'a mut [T]` that `new` consumed.
    first: *mut T,
    len: usize,
    pub(super) name: &'static str,
    borrow: PhantomData<&'a mut [T]>,
}

// SAFETY: through a shared `Whole` a thread reaches elements only by `part` and `element`, whose callers promise that no two
// of the results alias; so elements move between threads (`T: Send`), and are never shared.
unsafe impl<T: Send> Sync for Whole<'_, T> {}

// SAFETY: it stands for a `&mut [T]`, which is `Send` when `T` is.
unsafe impl<T: Send> Send for Whole<'_, T> {}

impl<'a, T> Whole<'a, T> {
    pub(super) fn new(items: &'a mut [T]) -> Self {
        Self { first: items.as_mut_ptr(), len: items.len(), name: "the array", borrow: PhantomData }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The elements `range`, cut to the slice's length.
    ///
    /// # Safety
    ///
    /// No two results that are alive at once, of this or of `element`, share an index.
    #[inline]
    pub(super) unsafe fn part(&self, range: Range<usize>) -> &'a mut [T] {
        let end = range.end.min(self.len);
        let start = range.start.min(end);
        // SAFETY: start <= len, so the result stays within the slice or one past it.
        let first = unsafe { self.first.add(start) };
        // SAFETY: start..end lies in the slice that `new` borrowed for 'a (field invariant); the caller promises that nothing
        // alive aliases it. An unwinding body only ends the result's life earlier.
        unsafe { std::slice::from_raw_parts_mut(first, end - start) }
    }

    /// The view of the elements `range`, cut to the slice's length; `rule` knows their owners.
    ///
    /// # Safety
    ///
    /// As for `part`.
    #[inline]
    pub(super) unsafe fn view<'p>(&'p self, range: Range<usize>, rule: &'p dyn Rule) -> View<'p, T> {
        let first = range.start.min(self.len);
        // SAFETY: the caller's promise is the one asked for.
        let items = unsafe { self.part(range) };
        View::new(items, first, Ledger { name: self.name, len: self.len, rule })
    }

    /// All elements, for cells that stand in their places.
    #[inline]
    pub(super) fn elements(&self) -> *mut [T] {
        std::ptr::slice_from_raw_parts_mut(self.first, self.len)
    }

    /// The element `index`.
    ///
    /// # Safety
    ///
    /// As for `part`, and `index < len`.
    #[inline]
    pub(super) unsafe fn element(&self, index: usize) -> *mut T {
        debug_assert!(index < self.len);
        // SAFETY: the caller promises index < len, so the result stays within the slice.
        unsafe { self.first.add(index) }
    }
}

/// The panic that serial Rust gives.
#[cold]
#[inline(never)]
#[track_caller]
pub(super) fn out_of_bounds(index: usize, len: usize) -> ! {
    panic!("index out of bounds: the len is {len} but the index is {index}")
}
