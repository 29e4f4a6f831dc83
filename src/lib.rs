//! OpenMP for Rust: put `#[parallel]` on a `for` loop and it runs on every core. A data race does not compile, and the error
//! names the clause to write.
//!
//! ```
//! use pymp::prelude::*;
//!
//! #[parallel]
//! fn saxpy(a: f32, x: &[f32], y: &mut [f32]) {
//!     #[parallel(num_threads = 4, schedule = "dynamic")]
//!     for i in 0..x.len() {
//!         y[i] += a * x[i];
//!     }
//! }
//!
//! let mut y = vec![1.0; 1000];
//! saxpy(2.0, &[3.0; 1000], &mut y);
//! assert!(y.iter().all(|&y| y == 7.0));
//!
//! let mut sum = 0.0;
//! parallel_for!(schedule = "guided", reduction(+: sum), for i in 0..y.len() {
//!     sum += y[i];
//! });
//! assert_eq!(sum, 7000.0);
//! ```
//!
//! - [`parallel`] and [`parallel_for!`]: the directive, its clauses, and what a loop may write.
//! - [`region!`], [`Parallel`] and [`Region`]: a block that every thread of a team runs, with barriers, singles and loops of its own.
//! - [`Schedule`]: who gets which iterations.
//! - [`Reduction`]: operators of your own.
//! - [`Disjoint`]: arrays of your own whose elements iterations own, with what they hand over in [`disjoint`]; [`Grid`] for two
//!   indices.
//! - [`shared`]: arrays, lists, dicts, queues and locks that every thread may use at once.
//! - [`map`]: a function over many inputs: [`parmap!`], lazy results, pools, processes, futures.
//! - [`config`]: the environment and the defaults.
//! - [`errors`]: what each message of the compiler means, and what to write instead.
//! - [`docs`]: the guide, for those who come [from OpenMP](docs::from_openmp), [from Python's pymp](docs::from_pymp), or from
//!   [multiprocessing, joblib or parmap](docs::from_multiprocessing).

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod disjoint;
pub mod docs;
pub mod errors;
pub mod map;

#[doc = include_str!("docs/ordered.md")]
pub use pymp_macros::ordered;
#[doc = include_str!("docs/parallel.md")]
pub use pymp_macros::parallel;
#[doc = include_str!("docs/parallel_for.md")]
pub use pymp_macros::parallel_for;
#[doc(no_inline)]
pub use pymp_macros::parmap;
#[doc = include_str!("docs/region.md")]
pub use pymp_macros::region;
pub use pymp_runtime::shared;
pub use pymp_runtime::{
    Disjoint, Grid, Parallel, Parts, Reduction, Region, Schedule, active_level, ancestor_thread_num, config, in_parallel, level,
    max_threads, num_procs, num_threads, pprintln, region, team_size, thread_limit, thread_num, wtick, wtime,
};

/// What most programs need: `use pymp::prelude::*;`.
pub mod prelude {
    pub use crate::{Disjoint, Grid, Parallel, Parts, Reduction, Region, Schedule, ordered, parallel, parallel_for, pprintln};
    // The function and the macro.
    pub use crate::map::{ParallelMap, foreach, parmap};
    // The macro alone, not the module of that name.
    pub use pymp_macros::region;
}

/// What generated code calls. Not part of the interface: it may change in any release.
#[doc(hidden)]
pub mod __private {
    pub use core::clone::Clone;
    pub use core::ops::ControlFlow::{Break, Continue};
    pub use core::option::Option::{None, Some};
    pub use pymp_macros::parallel;
    pub use pymp_runtime::__private::{cut, for_editors, join, like, place, site, source};
    pub use pymp_runtime::Count;
    pub use pymp_runtime::disjoint::handed;
    pub use pymp_runtime::looping::seen::{Asked, Carried, Through, Used, seers};
    pub use pymp_runtime::looping::unchanged::{self, AllThreads, MayTake};
    pub use pymp_runtime::looping::{END, EndOfLoop, Ended, Exit, Leave, Loop, Question, Residual};
    pub use pymp_runtime::map::parts::*;
    pub use pymp_runtime::reader::Fit;
    pub use pymp_runtime::reduction::{fitting, op, variable::InParts};
    pub use pymp_runtime::region::{gather, with_chunk};
    pub use pymp_runtime::schedule::IntoSchedule;
    pub use pymp_runtime::source::{SliceParts, counted, flat, nest};
    pub use pymp_runtime::{Begins, Cloned, Parallel, Reduction, TypeOf, extent, reader, schedule};
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
