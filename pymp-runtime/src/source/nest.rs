//! The loops of a `collapse`: one iteration space, row after row.

use std::ops::Range;

use super::progression::{Indexed, Progression, clamp};
use super::{Countable, Cut, IntoCut, Repeat, Source, take_by_part};

/// The product of two loops. Number `k` is row `k / width`, column `k % width`, and a chunk says so once: it yields rows, each
/// with a chunk of the inner loop, of which the first and the last may be short.
///
/// ```
/// use pymp_runtime::{IntoCut, Source, nest};
///
/// let cells = nest((0..3).into_cut(), (0..4).into_cut());
/// assert_eq!(cells.count(), Some(12));
/// // SAFETY: no other part of this source is taken.
/// let (_, rows) = unsafe { cells.take(2..9) }.unwrap();
/// let mut seen = vec![];
/// for (i, row) in rows {
///     for j in row {
///         seen.push((i, j));
///     }
/// }
/// assert_eq!(seen, [(0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (1, 3), (2, 0)]);
/// ```
#[derive(Clone, Debug)]
pub struct Nest<A, B> {
    outer: A,
    inner: B,
    width: usize,
    count: usize,
}

/// Two loops as one; three are `nest(a, nest(b, c))`, whose rows are rows of rows.
///
/// # Panics
///
/// When there are more than `usize::MAX` iterations.
#[track_caller]
pub fn nest<A: Nested, B: Nested>(outer: A, inner: B) -> Nest<A::Loop, B::Loop> {
    let (outer, inner) = (outer.into_loop(), inner.into_loop());
    let (rows, width) = (outer.total(), inner.total());
    let Some(count) = rows.checked_mul(width) else {
        panic!("the collapsed loops have {rows} * {width} iterations, more than usize::MAX")
    };
    Nest { outer, inner, width, count }
}

/// What can be a loop of a `collapse`: the head of one, or loops already collapsed.
#[diagnostic::on_unimplemented(
    message = "`collapse` cannot be applied to a loop over `{Self}`",
    label = "the number of iterations is not known",
    note = "it needs loops whose number of iterations is known before they start: integer ranges, `.iter()`, `.chunks(n)`, `.windows(n)`",
    note = "see `pymp::errors::collapse`"
)]
pub trait Nested {
    /// The loop as a source.
    type Loop: Repeat;

    /// The loop as a source.
    fn into_loop(self) -> Self::Loop;
}

impl<S: Repeat> Nested for Cut<S> {
    type Loop = S;

    fn into_loop(self) -> S {
        self.into_source()
    }
}

impl<A: Repeat, B: Repeat> Nested for Nest<A, B> {
    type Loop = Self;

    fn into_loop(self) -> Self {
        self
    }
}

impl<A: Repeat, B: Repeat> IntoCut for Nest<A, B> {
    type Source = Self;

    fn into_cut(self) -> Cut<Self> {
        Cut::new(self)
    }
}

// SAFETY: what may be had any number of times does not alias.
unsafe impl<A: Repeat, B: Repeat> Source for Nest<A, B> {
    type Item = (A::Item, B::Chunk);
    type Chunk = NestChunk<A::Chunk, B>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<A: Repeat, B: Repeat> Countable for Nest<A, B> {
    #[inline]
    fn total(&self) -> usize {
        self.count
    }

    #[inline]
    unsafe fn part(&self, numbers: Range<usize>) -> Self::Chunk {
        self.again(numbers)
    }
}

#[diagnostic::do_not_recommend]
impl<A: Repeat, B: Repeat> Repeat for Nest<A, B> {
    fn again(&self, numbers: Range<usize>) -> Self::Chunk {
        let (rows, column) = if numbers.is_empty() {
            (0..0, 0)
        } else {
            let first = numbers.start / self.width;
            (first..numbers.end.div_ceil(self.width), numbers.start - first * self.width)
        };
        NestChunk { rows: self.outer.again(rows), inner: self.inner.clone(), width: self.width, column, left: numbers.len() }
    }
}

#[diagnostic::do_not_recommend]
impl<A: Repeat + Indexed, B: Repeat + Indexed> Indexed for Nest<A, B> {
    /// The index `i * width + j`.
    ///
    /// # Panics
    ///
    /// When the inner loop does not run from 0 by ones, or the outer one not by ones: `i * width + j` is then no progression.
    #[track_caller]
    fn progression(&self) -> Progression {
        let (outer, inner) = (self.outer.progression(), self.inner.progression());
        // A loop of at most one iteration has no step.
        let outer_by_ones = outer.step == 1 || self.outer.total() <= 1;
        let inner_by_ones = inner.step == 1 || self.width <= 1;
        assert!(
            self.count == 0 || (outer_by_ones && inner_by_ones && inner.first == 0),
            "under `collapse` an iteration owns `a[[i, j]]` and `y[i * n + j]` when `j` runs over `0..n` and `i` over a range, both by \
             ones; let `j` run over `0..n` and put an `if` in the body, or leave out `collapse`: then iteration `i` owns row `i`"
        );
        let first = outer.first as i128 * self.width as i128;
        Progression { first: clamp(first), step: 1 }
    }
}

/// A chunk of a [`Nest`]: its rows.
#[derive(Debug)]
pub struct NestChunk<R, B> {
    rows: R,
    inner: B,
    width: usize,
    // Where the next row starts; only the first one starts elsewhere than at 0.
    column: usize,
    // Iterations, not rows.
    left: usize,
}

impl<R: Iterator, B: Repeat> Iterator for NestChunk<R, B> {
    type Item = (R::Item, B::Chunk);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        let start = std::mem::take(&mut self.column);
        let columns = start..self.width.min(start.saturating_add(self.left));
        self.left -= columns.len();
        Some((row, self.inner.again(columns)))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

/// The iterations of rows one by one, each with its row's item: for loops that number them.
pub fn flat<R, A, B, I>(rows: R, inner: impl Fn(B) -> I + Clone) -> impl Iterator<Item = (A, I::Item)>
where
    R: Iterator<Item = (A, B)>,
    A: Clone,
    I: Iterator,
{
    rows.flat_map(move |(item, row)| inner(row).map(move |inner| (item.clone(), inner)))
}
