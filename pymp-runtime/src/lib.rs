//! Teams, schedules, reductions and disjoint views: what the macros of [pymp] call, usable by hand.
//!
//! Who gets which indices: [`Schedule`], [`Source`]. What is done with them: [`Loop`], [`Disjoint`], [`Reduction`]. Who runs it:
//! teams, which [`config`] sizes.
//!
//! [pymp]: https://docs.rs/pymp

#![deny(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod account;
mod barrier;
mod binding;
pub mod config;
mod context;
mod count;
mod depot;
#[expect(unsafe_code, reason = "splitting arrays that were handed over")]
pub mod disjoint;
#[expect(unsafe_code, reason = "lending the entering thread's stack to the team")]
mod erase;
pub mod looping;
pub mod map;
mod panic;
mod pool;
mod query;
pub mod reader;
pub mod reduction;
pub mod region;
#[expect(unsafe_code, reason = "promising that no iteration is given out twice")]
pub mod schedule;
pub mod shared;
#[expect(unsafe_code, reason = "splitting slices that are iterated")]
pub mod source;
mod space;
mod sync;
mod team;
#[cfg(all(test, not(loom)))]
mod testing;
mod type_of;
mod wait;
mod worker;

pub use count::Count;
pub use disjoint::{Disjoint, Grid};
pub use looping::{Loop, Share};
pub use query::{
    active_level, ancestor_thread_num, in_parallel, level, max_threads, num_procs, num_threads, team_size, thread_limit,
    thread_num, wtick, wtime,
};
pub use reduction::Reduction;
pub use region::{Parallel, Parts, Region};
pub use schedule::{ParseScheduleError, Schedule};
pub use source::{Countable, Cut, Indexed, IntoCut, Progression, Repeat, Source, nest};
pub use space::Int;
pub use type_of::{Begins, Cloned, TypeOf};

/// What the macros expand to. Not for use by hand.
#[doc(hidden)]
pub mod __private {
    pub use crate::source::*;
    pub use crate::{
        __pymp_cut as cut, __pymp_for_editors as for_editors, __pymp_join as join, __pymp_like as like, __pymp_place as place,
        __pymp_site as site, __pymp_source as source,
    };
}

/// What only editors are to see: half-typed code that the macros cannot read and rustc has complained of already, and words that the macros
/// have taken away and that have documentation.
#[doc(hidden)]
#[macro_export]
#[cfg(rust_analyzer)]
macro_rules! __pymp_for_editors {
    ($($code:tt)*) => { $($code)* };
}

#[doc(hidden)]
#[macro_export]
#[cfg(not(rust_analyzer))]
macro_rules! __pymp_for_editors {
    ($($code:tt)*) => {};
}
