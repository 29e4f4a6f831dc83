//! Regions: a closure that every thread of a team runs.
//!
//! 1. [`Parallel`] holds the clauses; [`Parallel::run`] leases a team and lets every thread of it run the closure.
//! 2. Each thread gets a [`Region`], the handle `p`: who it is, its share of loops, and the meeting points of the team.
//! 3. A panic makes the other threads leave, at their next chunk or meeting point, and is resumed on the caller.

mod bell;
mod crew;
mod deal;
mod dealt;
mod elsewhere;
mod expanded;
mod handle;
pub mod item;
mod iterate;
pub(crate) mod leaving;
mod locks;
// Unsafe: what only one thread can reach may be seen by all.
mod mine;
mod named;
mod ordered;
mod parallel;
mod parts;
mod print;
mod ranges;
mod run;
mod sections;
mod share_out;
mod single;
mod sites;

pub use dealt::Dealt;
#[doc(hidden)]
pub use expanded::{gather, with_chunk};
pub use handle::Region;
pub use item::{Item, OwnedItem};
pub use iterate::{Iterate, Supply, Turns};
pub use locks::Guard;
pub use parallel::Parallel;
pub use parts::{Part, Parts};
pub use print::print;
pub use share_out::ShareOut;
pub use single::Nowait;
pub(crate) use sites::Sites;
