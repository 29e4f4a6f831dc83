//! Who gets which iterations.
//!
//! Each kind is a pure state machine in its own file, from (units, team, chunk) to chunks: no thread is started, parked or
//! looked at here. What the threads share are words that are handed in. A unit is an iteration, or a block of them.
//!
//! 1. Before the team starts, `Dispatch::new` chooses the plan for a loop and sets the words.
//! 2. Each thread gets a `Hand` and asks it for chunks until there are none.
//! 3. The law of every `Plan`: all hands together get every unit exactly once, in chunks that are not empty.

mod auto;
mod chunked;
mod clause;
mod dispatch;
mod dynamic;
mod guided;
mod parse;
mod static_;
#[cfg(test)]
mod tests;

use std::num::NonZeroUsize;

pub(crate) use chunked::{Chunked, Steps};
pub use clause::{AUTO, DYNAMIC, GUIDED, IntoSchedule, RUNTIME, STATIC};
pub(crate) use dispatch::{Dispatch, Hand, Plan, Settled, Words, next_of_others};
pub use parse::ParseScheduleError;
pub(crate) use static_::split;

/// Who gets which iterations of a loop.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::Schedule;
///
/// let schedule: Schedule = "dynamic, 64".parse().unwrap();
/// assert_eq!(schedule, Schedule::dynamic(64));
/// assert_eq!(schedule.to_string(), "dynamic,64");
/// ```
///
/// The pictures show 24 iterations on 3 threads, a column for each iteration, the thread's number in it.
///
/// # `static`
///
/// One contiguous piece a thread, decided before the loop starts; when it does not come out even the first threads get one
/// more. Costs nothing, keeps each thread on its own memory, and is the default.
///
/// ```text
/// iteration  0         1         2
///            012345678901234567890123
/// thread 0   00000000
/// thread 1           11111111
/// thread 2                   22222222
/// ```
///
/// # `static,2`
///
/// Chunks of that size, dealt out in turn, decided before the loop starts. For work that grows or shrinks along the loop.
///
/// ```text
/// iteration  0         1         2
///            012345678901234567890123
/// thread 0   00    00    00    00
/// thread 1     11    11    11    11
/// thread 2       22    22    22    22
/// ```
///
/// # `dynamic,2`
///
/// Chunks of that size (1 when none is given), on demand. Each thread first eats its own piece, then takes half of what the
/// slowest one has left. For iterations that differ widely. Here thread 0 is slow, and the others help it out.
///
/// ```text
/// iteration  0         1         2
///            012345678901234567890123
/// thread 0   0000
/// thread 1       11  11111111
/// thread 2         22        22222222
/// ```
///
/// # `guided,2`
///
/// On demand, in chunks that shrink: each is what is left divided by the number of threads, rounded up, and at least the
/// chunk given (1 when none is). Few chunks at first, small ones at the end to even out. Which thread gets which is chance.
///
/// ```text
/// iteration  0         1         2
///            012345678901234567890123
/// thread 0   00000000            00
/// thread 1           111111    11
/// thread 2                 2222    22
/// ```
///
/// # `auto`
///
/// As `dynamic`, in eight chunks a thread: close to `static` when the iterations are alike, and even when they are not.
///
/// ```text
/// iteration  0         1         2
///            012345678901234567890123
/// thread 0   00000000
/// thread 1           11111111
/// thread 2                   22222222
/// ```
///
/// # `runtime`
///
/// Whatever `PYMP_SCHEDULE` or `OMP_SCHEDULE` says when the program runs.
///
/// # Which one
///
/// Leave it at `static`. When the iterations take different times, write `dynamic`, and give it a chunk that takes at least
/// a microsecond.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Schedule {
    /// One contiguous piece a thread.
    #[default]
    Static,
    /// Chunks of this size in turn.
    StaticChunk(NonZeroUsize),
    /// Chunks of this size on demand.
    Dynamic(NonZeroUsize),
    /// Shrinking chunks on demand, at least this size.
    Guided(NonZeroUsize),
    /// Left to the library.
    Auto,
    /// Left to the environment.
    Runtime,
}

impl Schedule {
    /// `static` in chunks.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::Schedule;
    ///
    /// assert_eq!(Schedule::static_chunk(8), "static,8".parse().unwrap());
    /// ```
    ///
    /// # Panics
    ///
    /// When `chunk` is 0.
    #[must_use]
    pub const fn static_chunk(chunk: usize) -> Self {
        Self::StaticChunk(at_least_one(chunk))
    }

    /// `dynamic` in chunks.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::Schedule;
    ///
    /// assert_eq!(Schedule::dynamic(64), "dynamic,64".parse().unwrap());
    /// ```
    ///
    /// # Panics
    ///
    /// When `chunk` is 0.
    #[must_use]
    pub const fn dynamic(chunk: usize) -> Self {
        Self::Dynamic(at_least_one(chunk))
    }

    /// `guided`, in chunks of at least this size.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::Schedule;
    ///
    /// assert_eq!(Schedule::guided(8), "guided,8".parse().unwrap());
    /// ```
    ///
    /// # Panics
    ///
    /// When `chunk` is 0.
    #[must_use]
    pub const fn guided(chunk: usize) -> Self {
        Self::Guided(at_least_one(chunk))
    }

    /// The chunk it names, if any.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::Schedule;
    ///
    /// assert_eq!((Schedule::guided(8).chunk(), Schedule::Auto.chunk()), (Some(8), None));
    /// ```
    #[must_use]
    pub const fn chunk(self) -> Option<usize> {
        match self {
            Self::StaticChunk(chunk) | Self::Dynamic(chunk) | Self::Guided(chunk) => Some(chunk.get()),
            Self::Static | Self::Auto | Self::Runtime => None,
        }
    }
}

#[track_caller]
const fn at_least_one(chunk: usize) -> NonZeroUsize {
    match NonZeroUsize::new(chunk) {
        Some(chunk) => chunk,
        None => panic!("the chunk of a schedule must be at least 1, and it is 0"),
    }
}
