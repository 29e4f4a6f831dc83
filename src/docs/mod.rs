//! The guide: for those who know another system, its constructs and ours beside each other.
//!
//! - [`from_pymp`]: Coming from Python's pymp.
//! - [`from_openmp`]: Coming from OpenMP.
//! - [`from_multiprocessing`]: Coming from multiprocessing, joblib or parmap.
//!
//! The first two begin with a region, a closure that every thread of a team runs:
//!
//! ```
//! use pymp::prelude::*;
//!
//! let sums = Parallel::new(3).map(|p| p.range(1..=10).sum::<u32>());
//! assert_eq!(sums.iter().sum::<u32>(), 55);
//! ```
//!
//! For a single loop the directive [`parallel`](macro@crate::parallel) is shorter, and checks what the loop writes.

#[doc = include_str!("from_openmp.md")]
pub mod from_openmp {}

#[doc = include_str!("from_pymp.md")]
pub mod from_pymp {}

#[doc = include_str!("from_multiprocessing.md")]
pub mod from_multiprocessing {}
