//! What the macro `region!` expands to calls.

use std::num::NonZeroUsize;

use super::{Parallel, Region};
use crate::count::Count;
use crate::looping::seen::{All, Answers, Asked, Refused};
use crate::schedule::Schedule;

/// The block of a region that uses what the answers `Is` are about.
pub trait Block<'env, Is, T> {
    /// What the threads call.
    type Called: Fn(&Region<'_, 'env>) -> T + Sync;

    /// Makes it.
    fn called(self) -> Self::Called;
}

impl<'env, T, F: Fn(&Region<'_, 'env>) -> T + Sync> Block<'env, All, T> for F {
    type Called = F;

    fn called(self) -> F {
        self
    }
}

impl<'env, T: 'env, F> Block<'env, Refused, T> for F {
    type Called = fn(&Region<'_, 'env>) -> T;

    fn called(self) -> Self::Called {
        unreachable!("what is refused has an error")
    }
}

impl Parallel {
    /// [`run`](Self::run), once it is asked of each variable whether every thread may use it.
    #[doc(hidden)]
    #[track_caller]
    pub fn run_seen<'env, T: Send, F, A: Answers>(self, _asked: Asked<A>, block: F) -> T
    where
        // The comment is for users: rustc shows the line when a region changes or takes what all threads see.
        F: Fn(&Region<'_, 'env>) -> T + Block<'env, A::Is, T>, // all threads run the region's block
    {
        self.run(block.called())
    }

    /// [`map`](Self::map), the same way.
    #[doc(hidden)]
    #[track_caller]
    pub fn map_seen<'env, T: Send, F, A: Answers>(self, _asked: Asked<A>, block: F) -> Vec<T>
    where
        F: Fn(&Region<'_, 'env>) -> T + Block<'env, A::Is, T>, // all threads run the region's block
    {
        self.map(block.called())
    }
}

/// Hands the parts that the threads of [`Parallel::map`](super::Parallel::map) have made of reductions to `combine`, in thread
/// order. What thread 0 returned beside its part.
pub fn gather<T, V>(threads: Vec<(T, V)>, mut combine: impl FnMut(V)) -> T {
    let mut first = None;
    for (value, part) in threads {
        combine(part);
        first = first.or(Some(value));
    }
    match first {
        Some(value) => value,
        None => unreachable!("a team has one thread at least"),
    }
}

/// `schedule(dynamic, n)`: the schedule with this chunk.
///
/// # Panics
///
/// When `n` is 0 or below.
#[track_caller]
pub fn with_chunk(schedule: Schedule, n: impl Count) -> Schedule {
    let n: NonZeroUsize = n.positive("chunk");
    match schedule {
        Schedule::Static | Schedule::StaticChunk(_) => Schedule::StaticChunk(n),
        Schedule::Dynamic(_) => Schedule::Dynamic(n),
        Schedule::Guided(_) => Schedule::Guided(n),
        Schedule::Auto | Schedule::Runtime => schedule,
    }
}
