//! What the macro `region!` expands to calls.

use std::num::NonZeroUsize;

use crate::count::Count;
use crate::schedule::Schedule;

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
