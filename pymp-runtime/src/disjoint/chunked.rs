//! `chunks(c, n)`: iteration number `k` owns `c[k * n .. (k + 1) * n]`.

use std::fmt;
use std::num::NonZeroUsize;
use std::ops::{Index, IndexMut, Range};

use super::view::{Rule, View};
use super::whole::Whole;
use super::{Parts, Split};

/// An array handed over whole; iteration number `k` owns its `k`th chunk.
pub struct Chunked<'a, T> {
    whole: Whole<'a, T>,
    rule: BySize,
}

struct BySize(NonZeroUsize);

/// The chunk of one iteration, under its indices in the whole array: `c[i * n + j]`, and `c[i * n..(i + 1) * n]` for a row.
#[derive(Debug)]
pub struct Window<'p, T>(View<'p, T>);

/// The chunks of a range of iterations; [`ChunkedPart::window`] gives the one of an iteration.
#[derive(Debug)]
pub struct ChunkedPart<'p, T> {
    view: View<'p, T>,
    size: usize,
}

impl<'a, T> Chunked<'a, T> {
    pub(super) fn new(whole: Whole<'a, T>, size: NonZeroUsize) -> Self {
        Self { whole, rule: BySize(size) }
    }
}

impl<T> ChunkedPart<'_, T> {
    /// What iteration number `number` owns; it keeps its indices in the whole array.
    #[inline]
    pub fn window(&mut self, number: usize) -> Window<'_, T> {
        let start = number.saturating_mul(self.size);
        Window(self.view.part(start..start.saturating_add(self.size)))
    }
}

impl<T> Window<'_, T> {
    /// Length of the whole array, as the loop's body expects of `c.len()`.
    #[inline]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Swaps two elements of the chunk.
    #[inline]
    #[track_caller]
    pub fn swap(&mut self, a: usize, b: usize) {
        let (first, last) = (a.min(b), a.max(b));
        self.0.range_mut(first..last.saturating_add(1)).swap(a - first, b - first);
    }

    /// Whether the whole array is empty.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Index<usize> for Window<'_, T> {
    type Output = T;

    #[inline(always)]
    #[track_caller]
    fn index(&self, index: usize) -> &T {
        &self.0[index]
    }
}

impl<T> IndexMut<usize> for Window<'_, T> {
    #[inline(always)]
    #[track_caller]
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.0[index]
    }
}

impl<T> Index<Range<usize>> for Window<'_, T> {
    type Output = [T];

    #[inline]
    #[track_caller]
    fn index(&self, range: Range<usize>) -> &[T] {
        self.0.range(range)
    }
}

impl<T> IndexMut<Range<usize>> for Window<'_, T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, range: Range<usize>) -> &mut [T] {
        self.0.range_mut(range)
    }
}

impl<T> fmt::Debug for Chunked<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[..{}] by {}", self.whole.name, self.whole.len(), self.rule.0)
    }
}

impl Rule for BySize {
    fn owner(&self, index: usize) -> String {
        format!("iteration {}", index / self.0)
    }

    fn way(&self, name: &str) -> String {
        format!(
            "; under `chunks` iteration 0 is the loop's first, whatever its range: start the loop at 0 and `continue` at the edges, or \
             hand over a part of `{name}`"
        )
    }
}

// SAFETY: numbers are multiplied by one size, so disjoint ranges of numbers give disjoint ranges of elements.
unsafe impl<T> Parts for Chunked<'_, T> {
    type Part<'p>
        = ChunkedPart<'p, T>
    where
        Self: 'p;

    #[inline]
    unsafe fn part<'p>(&'p self, numbers: &Range<usize>) -> ChunkedPart<'p, T> {
        let size = self.rule.0.get();
        let range = numbers.start.saturating_mul(size)..numbers.end.saturating_mul(size);
        // SAFETY: the caller's ranges are disjoint, so are they after the multiplication; a product that saturates is past the end.
        let view = unsafe { self.whole.view(range, &self.rule) };
        ChunkedPart { view, size }
    }
}

// SAFETY: the elements may be sent.
unsafe impl<S: ?Sized, T: Send> Split<S> for Chunked<'_, T> {
    fn begin(&mut self, _source: &S, _team: usize) {}
}
