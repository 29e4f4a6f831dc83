//! The adapters that change each item: `map`, `copied`, `cloned`.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::progression::{Indexed, Progression};
use super::{Countable, Repeat, Source, take_by_part};

macro_rules! by_reference {
    ($name:ident, $bound:ident, $method:ident, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Debug)]
        pub struct $name<S> {
            inner: S,
        }

        impl<S> $name<S> {
            pub(super) fn new(inner: S) -> Self {
                Self { inner }
            }
        }

        // SAFETY: the numbers are passed on as they are.
        unsafe impl<'a, T: $bound + 'a, S: Countable<Item = &'a T>> Source for $name<S> {
            type Item = T;
            type Chunk = std::iter::$name<S::Chunk>;
            take_by_part!();
        }

        // SAFETY: as above.
        #[diagnostic::do_not_recommend]
        unsafe impl<'a, T: $bound + 'a, S: Countable<Item = &'a T>> Countable for $name<S> {
            #[inline]
            fn total(&self) -> usize {
                self.inner.total()
            }

            #[inline]
            unsafe fn part(&self, numbers: Range<usize>) -> Self::Chunk {
                // SAFETY: the caller's promise, number for number.
                unsafe { self.inner.part(numbers) }.$method()
            }
        }

        #[diagnostic::do_not_recommend]
        impl<'a, T: $bound + 'a, S: Repeat + Countable<Item = &'a T>> Repeat for $name<S> {
            fn again(&self, numbers: Range<usize>) -> Self::Chunk {
                self.inner.again(numbers).$method()
            }
        }

        #[diagnostic::do_not_recommend]
        impl<'a, T: $bound + 'a, S: Indexed + Countable<Item = &'a T>> Indexed for $name<S> {
            fn progression(&self) -> Progression {
                self.inner.progression()
            }
        }
    };
}

by_reference!(Copied, Copy, copied, "Copies of the items.");
by_reference!(Cloned, Clone, cloned, "Clones of the items, made by the thread that gets them.");

/// What a function makes of the items, on the thread that gets them.
pub struct Map<S, F> {
    inner: S,
    // Shared, since a chunk does not borrow from its source.
    function: Arc<F>,
}

impl<S, F> Map<S, F> {
    pub(super) fn new(inner: S, function: F) -> Self {
        Self { inner, function: Arc::new(function) }
    }
}

impl<S: Clone, F> Clone for Map<S, F> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), function: Arc::clone(&self.function) }
    }
}

impl<S: fmt::Debug, F> fmt::Debug for Map<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Map").field("inner", &self.inner).finish_non_exhaustive()
    }
}

// SAFETY: the numbers are passed on as they are.
unsafe impl<R, S: Countable, F: Fn(S::Item) -> R + Send + Sync> Source for Map<S, F> {
    type Item = R;
    type Chunk = MapChunk<S::Chunk, F>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<R, S: Countable, F: Fn(S::Item) -> R + Send + Sync> Countable for Map<S, F> {
    #[inline]
    fn total(&self) -> usize {
        self.inner.total()
    }

    #[inline]
    unsafe fn part(&self, numbers: Range<usize>) -> Self::Chunk {
        // SAFETY: the caller's promise, number for number.
        let items = unsafe { self.inner.part(numbers) };
        MapChunk { items, function: Arc::clone(&self.function) }
    }
}

#[diagnostic::do_not_recommend]
impl<R, S: Repeat, F: Fn(S::Item) -> R + Send + Sync> Repeat for Map<S, F> {
    fn again(&self, numbers: Range<usize>) -> Self::Chunk {
        MapChunk { items: self.inner.again(numbers), function: Arc::clone(&self.function) }
    }
}

/// A chunk of a [`Map`].
pub struct MapChunk<I, F> {
    items: I,
    function: Arc<F>,
}

impl<I: fmt::Debug, F> fmt::Debug for MapChunk<I, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapChunk").field("items", &self.items).finish_non_exhaustive()
    }
}

impl<R, I: Iterator, F: Fn(I::Item) -> R> Iterator for MapChunk<I, F> {
    type Item = R;

    #[inline]
    fn next(&mut self) -> Option<R> {
        self.items.next().map(&*self.function)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }

    // As std's `step_by` and `skip` want it. Unlike std's `map` this does not call the function for what is passed over.
    #[inline]
    fn nth(&mut self, n: usize) -> Option<R> {
        self.items.nth(n).map(&*self.function)
    }
}

impl<R, I: DoubleEndedIterator, F: Fn(I::Item) -> R> DoubleEndedIterator for MapChunk<I, F> {
    #[inline]
    fn next_back(&mut self) -> Option<R> {
        self.items.next_back().map(&*self.function)
    }
}

impl<R, I: ExactSizeIterator, F: Fn(I::Item) -> R> ExactSizeIterator for MapChunk<I, F> {}
