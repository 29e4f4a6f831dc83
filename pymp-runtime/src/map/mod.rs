//! Maps: a function over many inputs, in parallel.
//!
//! ```
//! # use pymp_runtime as pymp;
//! use pymp::map::{Map, ParallelMap, parmap};
//!
//! let square = |n: u64| n * n;
//! assert_eq!(parmap(square, 1..=4), [1, 4, 9, 16]);
//! assert_eq!(square.parallel(1..=4), [1, 4, 9, 16]);
//! assert_eq!(Map::new(square).workers(2).chunk(2).run(1..=4), [1, 4, 9, 16]);
//! ```
//!
//! - [`parmap`], [`foreach`] and [`ParallelMap::parallel`] for the plain case.
//! - [`Map`] for the rest: several inputs, lazy results, what to do about failures, progress.
//! - [`Engine`]: who runs the tasks.
//! - [`Pool`]: threads that are kept, and jobs whose results are fetched later.

mod builder;
mod eager;
mod engine;
mod error;
mod inputs;
mod lazy;
mod policy;
mod pool;
mod progress;
mod shape;
mod task;

pub use builder::{Map, Stoppable};
#[cfg(feature = "async")]
pub use engine::Async;
#[cfg(feature = "process")]
pub use engine::Process;
pub use engine::{Engine, Kind, ParseEngineError, Runs};
pub use error::TaskError;
pub use inputs::{Inputs, Zipped};
pub use policy::{Collect, DefaultValue, DefaultWith, Policy, Returns, Skip, Stop};
pub use pool::{Apart, Handle, NotReady, Pool, Results, Spread, Whole};
pub use progress::{Callback, IntoProgress, Label, Quiet, Report};

/// What `parmap!` expands to. Not for use by hand.
#[doc(hidden)]
pub mod parts {
    use super::{Engine, Inputs, Map};

    pub const ENGINE_SERIAL: Engine = Engine::Serial;
    pub const ENGINE_THREADS: Engine = Engine::Threads;
    pub const ENGINE_BLOCKING: Engine = Engine::Blocking;
    pub use crate::{__pymp_async_engine as async_engine, __pymp_process_engine as process_engine};

    /// So that a closure knows what it is called with.
    pub fn map_over<I: Inputs, B, F: Fn(I::Tuple) -> B>(_inputs: &I, function: F) -> Map<F> {
        Map::new(function)
    }
}

use crate::count::Count;

/// `f` over all inputs, in parallel; the values in the order of the inputs.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::parmap;
///
/// fn is_prime(n: u64) -> bool {
///     n > 1 && (2..).take_while(|d| d * d <= n).all(|d| n % d != 0)
/// }
/// assert_eq!(parmap(is_prime, 2..6), [true, true, false, true]);
///
/// let names = ["ann".to_owned(), "bo".to_owned()];
/// assert_eq!(parmap(|name| name.len(), &names), [3, 2]);
/// ```
///
/// It is [`Map::new(f).run(inputs)`](Map::run). The macro of the same name takes several inputs, and fixed arguments.
///
/// # Panics
///
/// With the payload of the lowest input that panics.
#[track_caller]
pub fn parmap<F, I, B>(f: F, inputs: I) -> Vec<B>
where
    // The comments are for users: rustc shows the lines.
    I: IntoIterator<Item: Send>, // inputs go to the threads: see `pymp::errors::not_sent`
    F: Fn(I::Item) -> B + Sync,  // every thread calls it, with all that it uses: see `pymp::errors::not_shared`
    B: Send,                     // results come back from the threads: see `pymp::errors::not_sent`
{
    Map::new(f).run(inputs)
}

/// `f` over all inputs on so many threads, one input at a time to the thread that is ready for it.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::foreach;
/// use pymp::shared;
///
/// let squares = shared::array::<usize>(100);
/// foreach(|x: usize| squares.set(x, x * x), 0..100, 3);
/// assert_eq!(squares.get(99), 9801);
///
/// assert_eq!(foreach(|x: u32| x + 1, 0..3, 2), [1, 2, 3]); // `return_=True`
/// ```
///
/// It is `Map::new(f).workers(threads).chunk(1).run(inputs)`. With one thread it is a plain loop.
///
/// handythread: `foreach(f, l, threads=3, return_=False)`.
///
/// # Panics
///
/// With the payload of the lowest input that panics. When `threads` is 0 or below.
#[track_caller]
pub fn foreach<F, I, B>(f: F, inputs: I, threads: impl Count) -> Vec<B>
where
    // The comments are for users: rustc shows the lines.
    I: IntoIterator<Item: Send>, // inputs go to the threads: see `pymp::errors::not_sent`
    F: Fn(I::Item) -> B + Sync,  // every thread calls it, with all that it uses: see `pymp::errors::not_shared`
    B: Send,                     // results come back from the threads: see `pymp::errors::not_sent`
{
    Map::new(f).workers(threads.positive("threads")).chunk(1).run(inputs)
}

/// Maps a function by a method of its own.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::ParallelMap;
///
/// fn cube(n: u64) -> u64 {
///     n * n * n
/// }
/// assert_eq!(cube.parallel(1..=3), [1, 8, 27]);
/// ```
///
/// easy_parallelize: `f.parallel(sequence)`, there after an attribute on `f`, and without the `None`s.
pub trait ParallelMap<A, B> {
    /// The values of all inputs, in their order, as [`parmap`].
    ///
    /// # Panics
    ///
    /// As `parmap`.
    fn parallel<I: IntoIterator<Item = A>>(&self, inputs: I) -> Vec<B>;
}

impl<A: Send, B: Send, F: Fn(A) -> B + Sync> ParallelMap<A, B> for F {
    #[track_caller]
    fn parallel<I: IntoIterator<Item = A>>(&self, inputs: I) -> Vec<B> {
        parmap(self, inputs)
    }
}
