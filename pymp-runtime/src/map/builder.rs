//! [`Map`]: what is asked of a map, before it runs.

use std::fmt;
use std::num::NonZeroUsize;

use super::engine::Engine;
use super::engine::runs::Kind;
use super::error::TaskError;
use super::policy::{Collect, DefaultValue, DefaultWith, Skip, Stop};
use super::progress::{IntoProgress, Progress, Quiet, Report};
use crate::count::Count;

/// A function, and how it is to be mapped over inputs.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::{Engine, Map};
///
/// let primes = [2, 3, 5, 7]; // tasks use what is around them by plain reference
/// let is_prime = |n: u32| primes.iter().all(|p| n % p != 0 || n == *p);
///
/// let found = Map::new(is_prime).workers(2).chunk(16).run(2..100);
/// assert_eq!(found.iter().filter(|&&prime| prime).count(), 25);
///
/// // All pairs, the last input fastest; side by side; one after the other, lazily.
/// assert_eq!(Map::new(|(x, y)| x + y).run_product(([0, 10], [1, 2])), [1, 2, 11, 12]);
/// assert_eq!(Map::new(|(x, y)| x + y).run_zip(([0, 10], [1, 2])), [1, 12]);
/// assert_eq!(Map::new(|n: u64| n * n).iter(1..).find(|square| *square > 50), Some(64));
///
/// // What may fail, and what becomes of it.
/// let root = |x: f64| if x < 0.0 { Err(format!("{x} is negative")) } else { Ok(x.sqrt()) };
/// assert_eq!(Map::new(root).try_run([4.0, -1.0, -2.0]), Err("-1 is negative".to_owned()));
/// assert_eq!(Map::new(root).skip().try_run([4.0, -1.0]), [Some(2.0), None]);
/// ```
///
/// | to run | results |
/// |---|---|
/// | [`run`](Map::run), [`run_product`](Map::run_product), [`run_zip`](Map::run_zip) | all, in the order of the inputs |
/// | [`iter`](Map::iter) | one after the other, in that order, while later tasks are running |
/// | [`iter_unordered`](Map::iter_unordered) | one after the other, those first that are ready first among the tasks in hand |
/// | [`for_each`](Map::for_each) | none |
///
/// Each of them has a twin, [`try_run`](Map::try_run) and so on, for a function that returns a `Result`.
///
/// The four types are what the map was given: the function, the policy for failures, the engine, and who learns of the progress.
/// A closure that calls methods of its argument says its type, `|word: &str| word.len()`, since the inputs come later.
#[must_use = "a map does nothing until it is run"]
pub struct Map<F, P = Stop, E = Engine, R = Quiet> {
    pub(super) function: F,
    pub(super) policy: P,
    pub(super) engine: E,
    pub(super) workers: Option<NonZeroUsize>,
    pub(super) chunk: Option<NonZeroUsize>,
    pub(super) progress: Progress<R>,
}

impl<F> Map<F> {
    /// A map of this function.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let map = pymp::map::Map::new(|n: u64| n * n);
    /// assert_eq!(map.run([2, 3]), [4, 9]);
    /// assert_eq!(map.run(0..3), [0, 1, 4]); // it can be run again
    /// ```
    pub fn new(function: F) -> Self {
        let progress = Progress::new(Quiet);
        Self { function, policy: Stop, engine: Engine::default(), workers: None, chunk: None, progress }
    }
}

impl<F, P, E, R> Map<F, P, E, R> {
    /// How many tasks may run at once. Without it, see [`Engine`].
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    ///
    /// use pymp::map::Map;
    ///
    /// let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    /// let task = |_| {
    ///     most.fetch_max(running.fetch_add(1, SeqCst) + 1, SeqCst);
    ///     running.fetch_sub(1, SeqCst);
    /// };
    /// Map::new(task).workers(3).for_each(0..1000);
    /// assert!(most.into_inner() <= 3);
    /// ```
    ///
    /// # Panics
    ///
    /// When `n` is 0 or below.
    #[track_caller]
    pub fn workers(mut self, n: impl Count) -> Self {
        self.workers = Some(n.positive("workers"));
        self
    }

    /// How many inputs a worker takes at a time. Without it, a few for many short tasks, and one for few or long ones.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let squares = pymp::map::Map::new(|n: u64| n * n).chunk(100).run(0..10_000);
    /// assert_eq!(squares[99], 9801);
    /// ```
    ///
    /// # Panics
    ///
    /// When `n` is 0 or below.
    #[track_caller]
    pub fn chunk(mut self, n: impl Count) -> Self {
        self.chunk = Some(n.positive("chunk"));
        self
    }

    /// Who runs the tasks: an [`Engine`]. `Engine::Process` and `Engine::Async` are types of their own, each with a cargo feature of
    /// its name.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::{Engine, Map};
    ///
    /// let lengths = Map::new(|name: &str| name.len()).engine(Engine::Blocking).run(["a.txt", "b.txt"]);
    /// assert_eq!(lengths, [5, 5]);
    /// ```
    pub fn engine<N: Kind>(self, engine: N) -> Map<F, P, N::Chosen, R> {
        let Self { function, policy, engine: _, workers, chunk, progress } = self;
        Map { function, policy, engine: engine.chosen(), workers, chunk, progress }
    }

    /// The time that a task may take, from its own start.
    ///
    /// Only processes and futures can be stopped in the middle of a task: the process is killed, the future dropped. A thread
    /// can not, so a map on threads has no timeout:
    ///
    /// ```compile_fail,E0277
    /// # use pymp_runtime as pymp;
    /// use std::time::Duration;
    ///
    /// pymp::map::Map::new(|n: u32| n).timeout(Duration::from_secs(1));
    /// ```
    ///
    /// So choose the engine first: `.engine(Engine::Process).timeout(limit)`.
    pub fn timeout(mut self, limit: std::time::Duration) -> Self
    where
        E: Stoppable,
    {
        self.engine.set_timeout(limit);
        self
    }

    /// Shows how far the map is: a label, or a closure that is called with (done, total).
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let mut calls = Vec::new();
    /// Map::new(|n: u32| n).progress(|done, total| calls.push((done, total))).run(0..3);
    /// assert_eq!(calls, [(1, 3), (2, 3), (3, 3)]);
    ///
    /// Map::new(|n: u32| n).progress("counting").run(0..3); // on stderr
    /// ```
    ///
    /// `done` rises from call to call. Up to 256 tasks are reported one by one; of longer maps every millisecond, and at the end. A
    /// map that does not know how many tasks there are, since its inputs do not, counts those that it has seen.
    ///
    /// With the cargo feature `progress` a label draws a bar, if stderr is a terminal. Else it writes a line every few seconds.
    ///
    /// # Panics
    ///
    /// A panic in the closure ends the reports; the map's own work is done first, and then it is resumed.
    pub fn progress<G: IntoProgress>(self, progress: G) -> Map<F, P, E, G::Report> {
        self.progress_to(progress.into_progress())
    }

    /// The same for a [`Report`] of your own.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::{Map, Report};
    ///
    /// #[derive(Default)]
    /// struct Ends(usize);
    ///
    /// impl Report for &mut Ends {
    ///     fn report(&mut self, _done: usize, _total: usize) {}
    ///
    ///     fn end(&mut self) {
    ///         self.0 += 1;
    ///     }
    /// }
    ///
    /// let mut ends = Ends::default();
    /// Map::new(|n: u32| n).progress_to(&mut ends).run(0..3);
    /// assert_eq!(ends.0, 1);
    /// ```
    pub fn progress_to<G: Report>(self, report: G) -> Map<F, P, E, G> {
        let Self { function, policy, engine, workers, chunk, progress: _ } = self;
        Map { function, policy, engine, workers, chunk, progress: Progress::new(report) }
    }

    /// Every input gets a `Result`, whatever happens: an `Err` of the function, or a panic with its message, becomes a [`TaskError`].
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let all = Map::new(|n: usize| [10, 20][n]).collect().run([1, 2]);
    /// assert_eq!(all[0], Ok(20));
    /// assert!(all[1].is_err());
    /// ```
    pub fn collect(self) -> Map<F, Collect, E, R> {
        self.policy(Collect)
    }

    /// Every input gets an `Option`: `None` where the task failed.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let numbers = Map::new(|word: &str| word.parse::<u32>()).skip().try_run(["1", "two", "3"]);
    /// assert_eq!(numbers, [Some(1), None, Some(3)]);
    /// ```
    pub fn skip(self) -> Map<F, Skip, E, R> {
        self.policy(Skip)
    }

    /// A task that fails has this value.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let numbers = Map::new(|word: &str| word.parse::<u32>()).default(0).try_run(["1", "two", "3"]);
    /// assert_eq!(numbers, [1, 0, 3]);
    /// ```
    pub fn default<T>(self, value: T) -> Map<F, DefaultValue<T>, E, R> {
        self.policy(DefaultValue(value))
    }

    /// A task that fails has the value of this function, which gets the input and the [`TaskError`].
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let lengths = Map::new(|word: &str| word.parse::<usize>()).default_with(|word, _error| word.len()).try_run(["1", "two"]);
    /// assert_eq!(lengths, [1, 3]);
    /// ```
    ///
    /// The inputs are cloned, one by one, before their tasks begin.
    ///
    /// # Panics
    ///
    /// A panic in this function ends the map.
    pub fn default_with<A, B, X, T, G>(self, fallback: G) -> Map<F, DefaultWith<G>, E, R>
    where
        F: Fn(A) -> B,
        G: Fn(A, TaskError<X>) -> T,
    {
        self.policy(DefaultWith(fallback))
    }

    fn policy<Q>(self, policy: Q) -> Map<F, Q, E, R> {
        let Self { function, policy: _, engine, workers, chunk, progress } = self;
        Map { function, policy, engine, workers, chunk, progress }
    }
}

/// An engine that can stop a task: see [`Map::timeout`].
#[diagnostic::on_unimplemented(
    message = "a map on threads has no timeout, since a thread cannot be stopped in the middle of a task",
    label = "this engine cannot stop a task",
    note = "write `.engine(Engine::Process)` before it: a process is killed; or `.engine(Engine::Async)`: a future is dropped",
    note = "see `pymp::errors::engine`"
)]
pub trait Stoppable {
    #[doc(hidden)]
    fn set_timeout(&mut self, limit: std::time::Duration);
}

impl<F: Clone, P: Clone, E: Clone> Clone for Map<F, P, E> {
    fn clone(&self) -> Self {
        let Self { function, policy, engine, workers, chunk, progress: _ } = self;
        let (function, policy, engine) = (function.clone(), policy.clone(), engine.clone());
        Self { function, policy, engine, workers: *workers, chunk: *chunk, progress: Progress::new(Quiet) }
    }
}

impl<F, P: fmt::Debug, E: fmt::Debug, R> fmt::Debug for Map<F, P, E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { policy, engine, workers, chunk, .. } = self;
        let mut f = f.debug_struct("Map");
        f.field("policy", policy).field("engine", engine).field("workers", workers).field("chunk", chunk);
        f.finish_non_exhaustive()
    }
}
