//! Regions: a closure that every thread of a team runs.
//!
//! 1. [`Parallel`] holds the clauses; [`Parallel::run`] leases a team and lets every thread of it run the closure.
//! 2. Each thread gets a [`Region`], the handle `p`: who it is, its share of loops, and the meeting points of the team.
//! 3. A panic makes the other threads leave, at their next chunk or meeting point, and is resumed on the caller.

mod expanded;
mod handle;
mod iterate;
pub(crate) mod leaving;
mod locks;
mod loops;
mod parallel;
mod print;
mod run;
mod sections;
mod single;
mod state;
mod work_shares;

#[doc(hidden)]
pub use expanded::{gather, with_chunk};
pub use handle::Region;
pub use iterate::item::{self, Item, OwnedItem};
pub use iterate::{Iterate, Supply, Turns};
pub use locks::Guard;
pub use loops::{Dealt, Part, Parts, ShareOut};
pub use parallel::Parallel;
pub use print::print;
pub use single::Nowait;
pub(crate) use work_shares::WorkShares;
