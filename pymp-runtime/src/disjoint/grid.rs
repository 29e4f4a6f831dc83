//! Two indices: `a[[i, j]]` and `a[(i, j)]`.

use std::fmt;
use std::ops::{Index, IndexMut, Range};

use super::element::{interval, moving};
use super::view::{Rule, View};
use super::whole::{Whole, out_of_bounds};
use super::{Disjoint, Parts, Split};
use crate::source::{Indexed, Progression};

/// A slice seen as rows and columns, row by row: `grid[[i, j]]` or `grid[(i, j)]`.
///
/// # Examples
///
/// ```
/// # use pymp_runtime as pymp;
/// let mut cells = vec![0; 6];
/// let mut grid = pymp::Grid::new(&mut cells, [2, 3]);
/// grid[[1, 2]] = 7;
/// assert_eq!(grid[(1, 2)], 7);
/// assert_eq!(grid.shape(), [2, 3]);
/// assert_eq!(cells[5], 7);
/// ```
///
/// In a loop the iteration `i` owns row `i`; under `collapse = 2` the iteration `(i, j)` owns the cell `[i, j]`.
///
/// # Panics
///
/// Indexing panics outside the grid.
pub struct Grid<'a, T> {
    cells: &'a mut [T],
    shape: [usize; 2],
}

impl<'a, T> Grid<'a, T> {
    /// Sees `cells` as `shape[0]` rows of `shape[1]` columns.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let mut cells = [1, 2, 3, 4, 5, 6];
    /// assert_eq!(pymp::Grid::new(&mut cells, [2, 3])[[1, 0]], 4);
    /// ```
    ///
    /// # Panics
    ///
    /// When rows times columns is not the slice's length.
    #[track_caller]
    pub fn new(cells: &'a mut [T], shape: [usize; 2]) -> Self {
        fits(cells.len(), shape);
        Self { cells, shape }
    }

    /// Rows and columns.
    pub fn shape(&self) -> [usize; 2] {
        self.shape
    }
}

#[track_caller]
fn fits(cells: usize, [rows, columns]: [usize; 2]) {
    assert_eq!(rows.checked_mul(columns), Some(cells), "a grid of {rows} rows and {columns} columns needs as many cells");
}

/// A grid whose rows are owned by the iterations of a loop.
pub struct Rows<'a, T>(Parted<'a, T, ByRow>);

/// A grid whose cells are owned by the iterations of a collapsed loop.
pub struct Cells<'a, T>(Parted<'a, T, ByCell>);

struct Parted<'a, T, R> {
    whole: Whole<'a, T>,
    shape: [usize; 2],
    rule: R,
}

struct ByRow(Progression, usize);
struct ByCell(Progression, usize);

/// The view of a grid inside a loop's body.
#[derive(Debug)]
pub struct GridView<'p, T> {
    view: View<'p, T>,
    shape: [usize; 2],
}

/// What a grid hands to the runtime.
pub struct GridWhole<'a, T> {
    pub(super) whole: Whole<'a, T>,
    pub(super) shape: [usize; 2],
}

impl<T> Disjoint for Grid<'_, T> {
    type Whole<'a>
        = GridWhole<'a, T>
    where
        Self: 'a;

    fn as_disjoint(&mut self) -> GridWhole<'_, T> {
        GridWhole { whole: Whole::new(self.cells), shape: self.shape }
    }
}

impl<'a, T> GridWhole<'a, T> {
    /// For a matrix type of one's own, which implements [`Disjoint`]: its cells, row by row.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let mut cells = [0; 6];
    /// assert_eq!(format!("{:?}", pymp::disjoint::GridWhole::new(&mut cells, [2, 3])), "2 x 3 grid");
    /// ```
    ///
    /// # Panics
    ///
    /// When rows times columns is not the slice's length.
    #[track_caller]
    pub fn new(cells: &'a mut [T], shape: [usize; 2]) -> Self {
        fits(cells.len(), shape);
        Self { whole: Whole::new(cells), shape }
    }

    /// The grid's name in messages.
    pub fn named(mut self, name: &'static str) -> Self {
        self.whole.name = name;
        self
    }

    /// Of the cells' type, of which the macros ask whether it may be given to threads.
    #[doc(hidden)]
    pub fn element(&self) -> *const T {
        std::ptr::null()
    }

    /// Iteration `i` owns row `i`.
    pub fn rows(self) -> Rows<'a, T> {
        let rule = ByRow(Progression { first: 0, step: 1 }, self.shape[1]);
        Rows(Parted { whole: self.whole, shape: self.shape, rule })
    }

    /// Iteration `(i, j)` of a collapsed loop owns cell `[i, j]`.
    pub fn cells(self) -> Cells<'a, T> {
        let rule = ByCell(Progression { first: 0, step: 1 }, self.shape[1]);
        Cells(Parted { whole: self.whole, shape: self.shape, rule })
    }
}

impl<T, R: Rule> Parted<'_, T, R> {
    /// # Safety
    ///
    /// The ranges of all calls on one whole are disjoint.
    #[inline]
    unsafe fn view(&self, range: Range<usize>) -> GridView<'_, T> {
        // SAFETY: the caller's promise is the one asked for.
        let view = unsafe { self.whole.view(range, &self.rule) };
        GridView { view, shape: self.shape }
    }
}

impl Rule for ByRow {
    fn owner(&self, index: usize) -> String {
        format!("iteration {}", index / self.1)
    }
}

impl Rule for ByCell {
    fn owner(&self, index: usize) -> String {
        format!("iteration ({}, {})", index / self.1, index % self.1)
    }
}

// SAFETY: rows are multiplied by one number of columns, so disjoint row intervals give disjoint ranges of cells.
unsafe impl<T> Parts for Rows<'_, T> {
    type Part<'p>
        = GridView<'p, T>
    where
        Self: 'p;

    #[inline]
    unsafe fn part<'p>(&'p self, numbers: &Range<usize>) -> GridView<'p, T> {
        let [rows, columns] = self.0.shape;
        let range = interval(self.0.rule.0, numbers, rows);
        // SAFETY: the caller's ranges are disjoint, so are their rows; rows * columns fits, since so many cells exist.
        unsafe { self.0.view(range.start * columns..range.end * columns) }
    }
}

// SAFETY: the elements may be sent.
unsafe impl<S: Indexed + ?Sized, T: Send> Split<S> for Rows<'_, T> {
    fn begin(&mut self, source: &S, _team: usize) {
        self.0.rule.0 = moving(source);
    }
}

// SAFETY: `interval` takes disjoint ranges of numbers to disjoint ranges of cells.
unsafe impl<T> Parts for Cells<'_, T> {
    type Part<'p>
        = GridView<'p, T>
    where
        Self: 'p;

    #[inline]
    unsafe fn part<'p>(&'p self, numbers: &Range<usize>) -> GridView<'p, T> {
        let range = interval(self.0.rule.0, numbers, self.0.whole.len());
        // SAFETY: the caller's ranges are disjoint, so are their intervals.
        unsafe { self.0.view(range) }
    }
}

// SAFETY: the elements may be sent.
unsafe impl<S: Indexed + ?Sized, T: Send> Split<S> for Cells<'_, T> {
    fn begin(&mut self, source: &S, _team: usize) {
        self.0.rule.0 = moving(source);
    }
}

/// The place of `[row, column]`, or the panic of an index outside the grid.
#[inline(always)]
#[track_caller]
fn flat([rows, columns]: [usize; 2], [row, column]: [usize; 2]) -> usize {
    if column >= columns {
        out_of_bounds(column, columns);
    }
    if row >= rows {
        out_of_bounds(row, rows);
    }
    row * columns + column
}

macro_rules! two_indices {
    ($(($type:ty, $pattern:pat => $pair:expr)),*) => {$(
        impl<T> Index<$type> for Grid<'_, T> {
            type Output = T;

            #[inline]
            #[track_caller]
            fn index(&self, $pattern: $type) -> &T {
                &self.cells[flat(self.shape, $pair)]
            }
        }

        impl<T> IndexMut<$type> for Grid<'_, T> {
            #[inline]
            #[track_caller]
            fn index_mut(&mut self, $pattern: $type) -> &mut T {
                &mut self.cells[flat(self.shape, $pair)]
            }
        }

        impl<T> Index<$type> for GridView<'_, T> {
            type Output = T;

            #[inline(always)]
            #[track_caller]
            fn index(&self, $pattern: $type) -> &T {
                &self.view[flat(self.shape, $pair)]
            }
        }

        impl<T> IndexMut<$type> for GridView<'_, T> {
            #[inline(always)]
            #[track_caller]
            fn index_mut(&mut self, $pattern: $type) -> &mut T {
                &mut self.view[flat(self.shape, $pair)]
            }
        }
    )*};
}

two_indices! { ([usize; 2], pair => pair), ((usize, usize), (row, column) => [row, column]) }

impl<T> GridView<'_, T> {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.shape[0]
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.shape[0] == 0
    }

    /// Rows and columns of the whole grid.
    pub fn shape(&self) -> [usize; 2] {
        self.shape
    }
}

macro_rules! debug_by_shape {
    ($($type:ident $($field:tt).*: $word:literal),*) => {$(
        impl<T> fmt::Debug for $type<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let [rows, columns] = self.$($field).*;
                write!(f, concat!("{} x {} ", $word), rows, columns)
            }
        }
    )*};
}

debug_by_shape! { Grid shape: "grid", GridWhole shape: "grid", Rows 0.shape: "grid by rows", Cells 0.shape: "grid by cells" }
