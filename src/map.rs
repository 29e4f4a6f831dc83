//! Maps: a function over many inputs, in parallel.
//!
//! ```
//! use pymp::map::{Map, ParallelMap, parmap};
//!
//! fn hypot(x: u32, y: u32, n: u32) -> u32 {
//!     x.pow(n) + y.pow(n)
//! }
//! let square = |n: u32| n * n;
//!
//! assert_eq!(parmap(square, 1..=4), [1, 4, 9, 16]);
//! assert_eq!(square.parallel(1..=4), [1, 4, 9, 16]);
//! assert_eq!(parmap!(hypot, 1..=2, 1..=3, n = 2, workers = 4), [2, 5, 10, 5, 8, 13]);
//! assert_eq!(Map::new(square).workers(2).chunk(2).run(1..=4), [1, 4, 9, 16]);
//! ```
//!
//! - [`parmap()`], [`foreach`] and [`ParallelMap::parallel`] for the plain case; [`parmap!`](macro@parmap) for several inputs.
//! - [`Map`] for the rest: lazy results, what to do about failures, progress.
//! - [`Engine`]: who runs the tasks.
//! - [`Pool`]: threads that are kept, and jobs whose results are fetched later.
//!
//! A table of names for those who come from Python is in [the guide](crate::docs::from_multiprocessing).

#[doc = include_str!("docs/parmap.md")]
pub use pymp_macros::parmap;
#[doc(inline)]
pub use pymp_runtime::map::*;
