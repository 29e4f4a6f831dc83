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

pub use pymp_runtime::disjoint::{Disjoint, Elements, Grid, GridWhole};
