//! Slices written from a region: each thread its own part.

use crate::region::Region;
use crate::schedule::split;
use std::fmt;
use std::ops::{Deref, DerefMut, Index, IndexMut, Range};
use std::slice::SliceIndex;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A slice that the threads of a region share out: made before the region, used in it by [`Region::range_mut`].
///
/// ```
/// use pymp_runtime::{Parallel, Parts};
///
/// let mut v = vec![0; 10];
/// let parts = Parts::new(&mut v);
/// Parallel::new(3).run(|p| {
///     let mut mine = p.range_mut(&parts);
///     let start = mine.range().start;
///     for (k, x) in mine.iter_mut().enumerate() {
///         *x = start + k;
///     }
/// });
/// assert_eq!(v, (0..10).collect::<Vec<_>>());
///
/// let parts = Parts::new(&mut v);
/// Parallel::new(3).run(|p| {
///     for x in &mut p.range_mut(&parts) {
///         *x *= 2;
///     }
/// });
/// assert_eq!(v[9], 18);
/// ```
pub struct Parts<'a, T> {
    unit: usize,
    // Of std, which is unwind safe: so are the parts.
    state: Mutex<State<'a, T>>,
}

enum State<'a, T> {
    Whole(&'a mut [T]),
    /// One for each thread, unless it holds it or has used it up: its first index, and its elements.
    Split(Vec<Option<(usize, &'a mut [T])>>),
}

impl<'a, T> Parts<'a, T> {
    /// The elements of `slice`, to be shared out as [`Region::range`] shares `0..slice.len()` out.
    ///
    /// ```
    /// # use pymp_runtime::{Parallel, Parts};
    /// let mut v = vec![1, 2, 3];
    /// let parts = Parts::new(&mut v);
    /// Parallel::new(2).run(|p| p.range_mut(&parts).fill(7));
    /// assert_eq!(v, [7, 7, 7]);
    /// ```
    pub fn new(slice: &'a mut [T]) -> Self {
        Self::of_units(slice, 1)
    }

    /// The same in units of `unit` elements that stay together: the rows of a matrix.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// # use pymp_runtime::{Parallel, Parts};
    /// let mut rows = vec![0; 3 * 4];
    /// let parts = Parts::of_units(&mut rows, 4);
    /// let lengths = Parallel::new(2).map(|p| p.range_mut(&parts).len());
    /// assert_eq!(lengths, [8, 4]);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When `unit` is 0.
    #[track_caller]
    pub fn of_units(slice: &'a mut [T], unit: usize) -> Self {
        assert!(unit > 0, "a unit has at least one element");
        Parts { unit, state: Mutex::new(State::Whole(slice)) }
    }

    /// Nothing of the user's runs, or unwinds, while it is held.
    fn state(&self) -> MutexGuard<'_, State<'a, T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Region<'_, '_> {
    /// This thread's part of a slice: that of the indices that [`range(0..len)`](Self::range) would give it. It holds the part until it
    /// drops it, and may then have it again. A loop over `&mut` the part leaves it whole; one over the part itself uses it up.
    ///
    /// ```
    /// # use pymp_runtime::{Parallel, Parts};
    /// let mut v = vec![1, 2, 3];
    /// let parts = Parts::new(&mut v);
    /// Parallel::new(2).run(|p| {
    ///     for x in &mut p.range_mut(&parts) {
    ///         *x *= 10;
    ///     }
    /// });
    /// assert_eq!(v, [10, 20, 30]);
    /// ```
    ///
    /// # Panics
    ///
    /// When this thread holds it already or has used it up, or `parts` has been used in a region with a team of another size: a slice is split once.
    #[track_caller]
    pub fn range_mut<'s, 'a, T>(&self, parts: &'s Parts<'a, T>) -> Part<'s, 'a, T> {
        let (threads, thread) = (self.num_threads(), self.thread_num());
        let mut state = parts.state();
        if let State::Whole(slice) = &mut *state {
            let (mut rest, mut pieces, mut start) = (std::mem::take(slice), Vec::with_capacity(threads), 0);
            let units = rest.len().div_ceil(parts.unit);
            for k in 0..threads {
                let end = split(units, threads, k).end.saturating_mul(parts.unit).min(start + rest.len());
                let (piece, more) = rest.split_at_mut(end - start);
                pieces.push(Some((start, piece)));
                (rest, start) = (more, end);
            }
            *state = State::Split(pieces);
        }
        let State::Split(pieces) = &mut *state else { unreachable!("it has just been split") };
        assert!(
            pieces.len() == threads,
            "the slice was split for a team of {} and cannot be split again for one of {threads}: make its `Parts` anew",
            pieces.len()
        );
        let Some((start, slice)) = pieces[thread].take() else {
            panic!(
                "thread {thread} holds its part already, or has used it up: to come back to it, loop over `&mut p.range_mut(..)`"
            )
        };
        Part { parts, thread, start, slice }
    }
}

/// A thread's part of a slice, until dropped: a `&mut [T]`. See [`Region::range_mut`].
pub struct Part<'s, 'a, T> {
    parts: &'s Parts<'a, T>,
    thread: usize,
    start: usize,
    slice: &'a mut [T],
}

impl<T> Part<'_, '_, T> {
    /// The indices of its elements in the whole slice.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// # use pymp_runtime::{Parallel, Parts};
    /// let mut v = [0; 5];
    /// let parts = Parts::new(&mut v);
    /// assert_eq!(Parallel::new(2).map(|p| p.range_mut(&parts).range()), [0..3, 3..5]);
    /// # }
    /// ```
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.slice.len()
    }
}

impl<T> Deref for Part<'_, '_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.slice
    }
}

impl<T> DerefMut for Part<'_, '_, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.slice
    }
}

impl<T> Part<'_, '_, T> {
    #[cold]
    #[track_caller]
    fn has_no(&self, index: &dyn fmt::Debug) -> ! {
        let (len, range) = (self.slice.len(), self.range());
        panic!(
            "a part is indexed from 0, and this one has {len} elements, {range:?} of the slice: there is no {index:?}; for the indices of \
             the whole slice loop over `part.range().zip(&mut part)`, or take `part.range().start` away"
        )
    }
}

/// As a slice, from 0; the panic says so.
impl<T, I: SliceIndex<[T]> + Clone + fmt::Debug> Index<I> for Part<'_, '_, T> {
    type Output = I::Output;

    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        match self.slice.get(index.clone()) {
            Some(found) => found,
            None => self.has_no(&index),
        }
    }
}

impl<T, I: SliceIndex<[T]> + Clone + fmt::Debug> IndexMut<I> for Part<'_, '_, T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        // Looked at first: the part is needed for the message, and is not at hand while its element is borrowed.
        if self.slice.get(index.clone()).is_none() {
            self.has_no(&index);
        }
        &mut self.slice[index]
    }
}

/// For a part that is needed once: its elements outlive it, so the thread cannot have it again.
impl<'a, T> IntoIterator for Part<'_, 'a, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(mut self) -> Self::IntoIter {
        let slice = std::mem::take(&mut self.slice);
        // Its place stays empty: what it was given out for may be kept.
        std::mem::forget(self);
        slice.iter_mut()
    }
}

impl<'p, T> IntoIterator for &'p mut Part<'_, '_, T> {
    type Item = &'p mut T;
    type IntoIter = std::slice::IterMut<'p, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<'p, T> IntoIterator for &'p Part<'_, '_, T> {
    type Item = &'p T;
    type IntoIter = std::slice::Iter<'p, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Drop for Part<'_, '_, T> {
    fn drop(&mut self) {
        if let State::Split(pieces) = &mut *self.parts.state() {
            pieces[self.thread] = Some((self.start, std::mem::take(&mut self.slice)));
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Part<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("range", &self.range()).field("slice", &self.slice).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Parts<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").field("unit", &self.unit).finish_non_exhaustive()
    }
}
