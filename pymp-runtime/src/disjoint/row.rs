//! An array of arrays as a grid: `a[i][j]` in collapsed loops, which the macro spells `a[[i, j]]`.

use super::Elements;
use super::grid::{Cells, GridWhole};
use super::whole::Whole;

/// A row of an array of rows, of which all are equally long and lie one behind the other.
#[diagnostic::on_unimplemented(
    message = "`collapse` cannot share out the elements of rows of type `{Self}`",
    label = "rows are arrays here, as in `[[f64; 8]; 4]`, a `Vec<[f64; 8]>` or a `&mut [[f64; 8]]`",
    note = "leave out `collapse`: then iteration `i` owns all of `a[i]`",
    note = "see `pymp::errors::other_element`"
)]
pub trait Row: Sized {
    /// An element.
    type Cell;

    /// How many elements it has.
    const COLUMNS: usize;

    /// All elements of the rows.
    fn cells(rows: &mut [Self]) -> &mut [Self::Cell];
}

impl<T, const COLUMNS: usize> Row for [T; COLUMNS] {
    type Cell = T;
    const COLUMNS: usize = COLUMNS;

    fn cells(rows: &mut [Self]) -> &mut [T] {
        rows.as_flattened_mut()
    }
}

impl<'a, R> Elements<'a, R> {
    /// Iteration `(i, j)` of a collapsed loop owns element `j` of row `i`.
    // `C`, since what is named by `R::Cell` is not there for rows that are refused.
    pub fn cells<C>(self) -> Cells<'a, C>
    where
        R: Row<Cell = C>,
    {
        let (rows, name) = (self.whole.len(), self.whole.name);
        // SAFETY: the whole is consumed here, before a loop has had it, so nothing else of it is or will be taken.
        let rows_of_all = unsafe { self.whole.part(0..rows) };
        let whole = GridWhole { whole: Whole::new(R::cells(rows_of_all)), shape: [rows, R::COLUMNS] };
        whole.named(name).cells()
    }
}

#[cfg(test)]
mod tests {
    use crate::disjoint::Disjoint;

    #[test]
    fn rows_are_seen_as_a_grid_of_their_name() {
        let mut rows = vec![[0_u8; 3]; 2];
        let cells = rows.as_disjoint().named("rows").cells();
        assert_eq!(format!("{cells:?}"), "2 x 3 grid by cells");
        let mut none: [[u8; 0]; 2] = [[]; 2];
        assert_eq!(format!("{:?}", none.as_disjoint().cells()), "2 x 0 grid by cells");
    }
}
