//! Threads that are kept, and jobs whose results are fetched later: the interface of Python's `multiprocessing.Pool`.
//!
//! 1. `map` and `starmap` wait for their results, so they are a [`Map`] with as many workers. They may borrow.
//! 2. What returns before its jobs have run (`later.rs`) puts them into the queue (`queue.rs`), each as a [`Job`](job::Job) that a handle
//!    waits for (`handle.rs`). The pool's own threads, started as they are needed, take them from there.
//! 3. `map_async` puts a job for each worker there, and they share the inputs (`gather.rs`).
//! 4. `imap` keeps some jobs in the queue, and puts another one in for each result that is taken (`imap.rs`).

mod gather;
mod handle;
mod imap;
mod job;
mod later;
mod queue;
mod spread;

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;

pub use handle::{Handle, NotReady};
pub use imap::Results;

pub use spread::{Apart, Spread, Whole};

use super::builder::Map;
use super::engine::feed::Order;
use crate::count::Count;
use queue::Queue;

/// Threads for jobs whose results are fetched later.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::Pool;
///
/// let pool = Pool::new(2);
/// let later = pool.apply_async(|| (1..=20_u64).product::<u64>());
/// assert_eq!(pool.map(|n: u64| n * n, 1..=3), [1, 4, 9]);
/// assert_eq!(pool.starmap(u32::pow, [(2, 3), (3, 2)]), [8, 9]);
/// assert_eq!(pool.imap(|n: u64| n + 1, 0..).take(3).collect::<Vec<_>>(), [1, 2, 3]);
/// assert_eq!(later.get(), 2_432_902_008_176_640_000);
/// pool.close();
/// ```
///
/// After `close` or `terminate` the pool is gone, and its use does not compile:
///
/// ```compile_fail,E0382
/// # use pymp_runtime as pymp;
/// let pool = pymp::map::Pool::new(2);
/// pool.close();
/// pool.map(|n: u64| n, 0..3);
/// ```
///
/// | Python | here |
/// |---|---|
/// | `map`, `starmap` | the same: the caller waits, and works too; functions and inputs may borrow |
/// | `imap`, `imap_unordered` | the same, a few inputs ahead; functions and inputs own what they use |
/// | `apply(f, args)` | `apply(\|\| f(args))` |
/// | `apply_async`, `map_async`, `starmap_async` | the same, they return a [`Handle`] |
/// | `close()` and `join()` | [`close`](Pool::close) |
/// | `terminate()` | [`terminate`](Pool::terminate) |
/// | leaving `with` drops what was asked | a pool that is dropped finishes it, as `close` does |
///
/// A job may use the pool that it runs on: a thread of the pool that waits for a job which nobody has begun runs it.
pub struct Pool {
    workers: NonZeroUsize,
    queue: Arc<Queue>,
}

impl Pool {
    /// A pool of so many workers. Its threads start when they are first needed.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let pool = pymp::map::Pool::new(4);
    /// assert_eq!(pool.workers(), 4);
    /// ```
    ///
    /// # Panics
    ///
    /// When `workers` is 0 or below.
    #[track_caller]
    pub fn new(workers: impl Count) -> Self {
        let workers = workers.positive("workers");
        Self { workers, queue: Arc::new(Queue::new(workers.get())) }
    }

    /// How many workers it has.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// assert_eq!(pymp::map::Pool::new(3).workers(), 3);
    /// ```
    pub fn workers(&self) -> usize {
        self.workers.get()
    }

    /// The values of all inputs, in their order, as [`parmap`](super::parmap).
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Pool;
    ///
    /// let offsets = [10, 20, 30];
    /// assert_eq!(Pool::new(2).map(|i: usize| offsets[i], 0..3), [10, 20, 30]);
    /// ```
    ///
    /// # Panics
    ///
    /// With the payload of the lowest input that panics.
    #[track_caller]
    pub fn map<F, I, B>(&self, f: F, inputs: I) -> Vec<B>
    where
        I: IntoIterator<Item: Send>,
        F: Fn(I::Item) -> B + Sync,
        B: Send,
    {
        Map::new(f).workers(self.workers).run(inputs)
    }

    /// The same for a function of several arguments, over tuples of them. A function of one tuple will do too.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Pool;
    ///
    /// let pool = Pool::new(2);
    /// assert_eq!(pool.starmap(f64::hypot, [(3.0, 4.0), (5.0, 12.0)]), [5.0, 13.0]);
    /// assert_eq!(pool.starmap(|(x, y): (u32, u32)| x + y, [(1, 2)]), [3]);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`map`](Self::map).
    #[track_caller]
    pub fn starmap<F, I, M>(&self, f: F, inputs: I) -> Vec<F::Value>
    where
        I: IntoIterator<Item: Send>,
        F: Spread<I::Item, M> + Sync,
        F::Value: Send,
    {
        Map::new(|input| f.spread(input)).workers(self.workers).run(inputs)
    }

    /// The values one after the other, in the order of the inputs, while later ones are computed. Inputs are pulled as they are needed,
    /// four for each worker ahead.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Pool;
    ///
    /// let pool = Pool::new(2);
    /// let first = pool.imap(|n: u64| n * n, 1..).find(|square| *square > 1000);
    /// assert_eq!(first, Some(1024));
    /// ```
    ///
    /// The workers go on between two calls of `next`, so what they use is owned, or `'static`. [`Map::iter`] can borrow. Inputs whose
    /// tasks have not begun when the iterator is dropped are dropped too.
    ///
    /// # Panics
    ///
    /// `next` panics in the place of an input that panicked; the iterator goes on after it.
    pub fn imap<F, I, B>(&self, f: F, inputs: I) -> Results<'_, I::IntoIter, F, B>
    where
        I: IntoIterator<Item: Send + 'static>,
        F: Fn(I::Item) -> B + Send + Sync + 'static,
        B: Send + 'static,
    {
        Results::new(self, f, inputs.into_iter(), Order::Inputs)
    }

    /// The same, but those first that are ready first.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// # if !cfg!(feature = "threads") {
    /// #     return;
    /// # }
    /// use std::time::Duration;
    ///
    /// use pymp::map::Pool;
    ///
    /// let nap = |ms| {
    ///     std::thread::sleep(Duration::from_millis(ms));
    ///     ms
    /// };
    /// let pool = Pool::new(3);
    /// assert_eq!(pool.imap_unordered(nap, [400, 200, 0]).collect::<Vec<_>>(), [0, 200, 400]);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`imap`](Self::imap).
    pub fn imap_unordered<F, I, B>(&self, f: F, inputs: I) -> Results<'_, I::IntoIter, F, B>
    where
        I: IntoIterator<Item: Send + 'static>,
        F: Fn(I::Item) -> B + Send + Sync + 'static,
        B: Send + 'static,
    {
        Results::new(self, f, inputs.into_iter(), Order::Ready)
    }

    /// Runs one job and waits for it: on the calling thread, which has nothing else to do.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let words = ["to", "be"];
    /// assert_eq!(pymp::map::Pool::new(2).apply(|| words.concat()), "tobe");
    /// ```
    pub fn apply<T>(&self, job: impl FnOnce() -> T) -> T {
        job()
    }

    /// Finishes all that was asked, and ends the threads. Handles are good afterwards too.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let pool = pymp::map::Pool::new(2);
    /// let answer = pool.apply_async(|| 6 * 7);
    /// pool.close();
    /// assert!(answer.ready());
    /// assert_eq!(answer.get(), 42);
    /// ```
    pub fn close(self) {
        // Here, since a drop asks whether the thread panics.
        self.queue.close();
    }

    /// Drops what was asked and has not begun, waits for what has, and ends the threads. A thread cannot be stopped in the middle of
    /// a task; [`Engine::Process`](super::Engine) can.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// # if !cfg!(feature = "threads") {
    /// #     return;
    /// # }
    /// use std::time::Duration;
    ///
    /// use pymp::map::Pool;
    ///
    /// let pool = Pool::new(1);
    /// let jobs: Vec<_> = (0..1000).map(|_| pool.apply_async(|| std::thread::sleep(Duration::from_millis(20)))).collect();
    /// pool.terminate(); // not after 20 seconds
    /// assert!(jobs.into_iter().any(|job| job.result().is_err()));
    /// ```
    pub fn terminate(self) {
        self.queue.terminate();
    }
}

/// As [`close`](Pool::close); as [`terminate`](Pool::terminate) if the thread panics.
impl Drop for Pool {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.queue.terminate();
        }
        self.queue.close();
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("workers", &self.workers).field("queued", &self.queue.len()).finish()
    }
}
