//! What an implementation of [`Disjoint`] says: the type of what it hands over.
//!
//! ```
//! use pymp::disjoint::{Disjoint, Elements};
//! use pymp::prelude::*;
//!
//! struct Signal {
//!     samples: Vec<f32>,
//! }
//!
//! impl Disjoint for Signal {
//!     type Whole<'a> = Elements<'a, f32>;
//!     fn as_disjoint(&mut self) -> Elements<'_, f32> {
//!         self.samples.as_disjoint()
//!     }
//! }
//!
//! let mut signal = Signal { samples: vec![0.0; 8] };
//! parallel_for!(for i in 0..8 {
//!     signal[i] = i as f32;
//! });
//! assert_eq!(signal.samples[7], 7.0);
//! ```
//!
//! A matrix hands its cells over as a [`GridWhole`]. In the loop it is indexed as before, and `m[(i, j)]` and `m[[i, j]]` are the same:
//!
//! ```
//! use pymp::disjoint::{Disjoint, GridWhole};
//! use pymp::prelude::*;
//!
//! struct Matrix {
//!     cells: Vec<f64>,
//!     columns: usize,
//! }
//!
//! impl Disjoint for Matrix {
//!     type Whole<'a> = GridWhole<'a, f64>;
//!     fn as_disjoint(&mut self) -> GridWhole<'_, f64> {
//!         let rows = self.cells.len() / self.columns;
//!         GridWhole::new(&mut self.cells, [rows, self.columns])
//!     }
//! }
//!
//! let mut m = Matrix { cells: vec![5.0; 9], columns: 3 };
//! parallel_for!(collapse = 2, for i in 0..3 {
//!     for j in 0..3 {
//!         m[(i, j)] = if i == j { 1.0 } else { 0.0 };
//!     }
//! });
//! assert_eq!(m.cells, [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
//! ```

pub use pymp_runtime::disjoint::{Disjoint, Elements, Grid, GridWhole};
