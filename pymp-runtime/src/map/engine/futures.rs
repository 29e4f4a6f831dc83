//! The engine `Engine::Async`: the tasks of a map are futures, on tokio.
//!
//! All futures of a map are polled on one thread, which is the caller's: they need be neither `Send` nor `'static`, and borrow as the
//! tasks of the other engines do. Within a runtime of tokio's that thread may not block, so there the map takes one of its own.

use std::borrow::Borrow;
use std::fmt;
use std::future::Future;
use std::iter::FusedIterator;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use futures_util::stream::{self, Stream, StreamExt};
use futures_util::{FutureExt, TryStreamExt};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::time::timeout;

use super::Engine;
use super::feed::Order;
use super::rounds::Ahead;
use super::runs::{Job, Kind, Runs};
use crate::map::builder::Stoppable;
use crate::map::error::Failure;
use crate::map::progress::{Leaving, Progress, Report, Tally};
use crate::map::task::{Outcome, Settled};

/// Futures in hand, if the user does not say.
const IN_HAND: usize = 1024;

/// The engine whose tasks are futures, for many tasks that wait: the function is an `async fn`, or returns a future. `Engine::Async` is
/// its value.
///
/// ```
/// # use pymp_runtime as pymp;
/// use std::time::{Duration, Instant};
///
/// use pymp::map::{Engine, Map};
///
/// async fn slow_square(n: u64) -> u64 {
///     tokio::time::sleep(Duration::from_millis(100)).await;
///     n * n
/// }
///
/// let start = Instant::now();
/// let squares = Map::new(slow_square).engine(Engine::Async).run(0..1000);
/// assert_eq!(squares[999], 998_001);
/// assert!(start.elapsed() < Duration::from_secs(5)); // all at once
/// ```
///
/// All futures are polled on the calling thread; they may borrow, and need not be `Send`. `workers(n)` says how many are in hand at once,
/// 1024 without it. Tokio's timers and sockets work in them, and so does `tokio::spawn`. A task that computes for long keeps the others
/// waiting: that is work for threads.
///
/// A task whose [`timeout`](crate::map::Map::timeout) is over is dropped where it waits. A panic is caught at its task, as everywhere.
///
/// # Within a runtime
///
/// `run` and its like block the calling thread until all is done. Inside of an async task they take a thread of their own for the
/// map, and the runtime's thread waits for it. Lazy results (`iter`, `iter_unordered`, `for_each`) panic there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Async {
    timeout: Option<Duration>,
}

impl Async {
    /// Without a timeout.
    pub const NEW: Self = Self { timeout: None };
}

impl Stoppable for Async {
    fn set_timeout(&mut self, limit: Duration) {
        self.timeout = Some(limit);
    }
}

impl Kind for Async {
    type Chosen = Self;

    fn chosen(self) -> Self {
        self
    }

    fn staffing(&self) -> (Engine, usize) {
        (Engine::Blocking, IN_HAND)
    }
}

impl<F, A, B, U> Runs<F, A, B> for Async
where
    F: Fn(A) -> U,
    U: Future<Output = B>,
    A: Send,
{
    fn results<O: Outcome<A, B> + Sync>(
        self,
        job: Job<impl Borrow<F> + Sync, O, impl Tally + Sync>,
        inputs: impl Iterator<Item = A> + Send,
        order: Order,
        _ahead: Ahead,
    ) -> impl FusedIterator<Item = Settled<O, A, B>> {
        assert!(
            Handle::try_current().is_err(),
            "lazy results of `Engine::Async` would block the async task that asks for them; inside of a runtime write `run`"
        );
        let Job { function, outcome, progress, shape } = job;
        // The task owns what it needs of the map, so that the stream owns all.
        let parts = Arc::new((function, outcome));
        let started = inputs.map(move |input| {
            let parts = Arc::clone(&parts);
            async move { task::<F, A, B, U, O>(parts.0.borrow(), &parts.1, input, self.timeout).await }
        });
        let started = stream::iter(started);
        let results = match order {
            Order::Inputs => started.buffered(shape.workers).left_stream(),
            Order::Ready => started.buffer_unordered(shape.workers).right_stream(),
        };
        Results { results: Some(Box::pin(results)), runtime: runtime(), progress }
    }

    fn all<O: Outcome<A, B> + Sync>(
        &self,
        job: Job<&F, O, &Progress<impl Report + Send>>,
        inputs: impl Iterator<Item = A>,
    ) -> Result<Vec<O::Slot>, Failure<O::Error>>
    where
        F: Sync,
    {
        let Job { function, outcome, progress, shape } = job;
        let inputs: Vec<A> = inputs.collect();
        progress.begin(inputs.len());
        let _leaving = Leaving(progress);
        let all = || {
            let started = inputs.into_iter().map(|input| task::<F, A, B, U, O>(function, &outcome, input, self.timeout));
            let results = stream::iter(started).buffered(shape.workers).inspect(|_| progress.add(1));
            runtime().block_on(results.try_collect::<Vec<_>>())
        };
        let all = match Handle::try_current() {
            Err(_) => all(),
            Ok(_) => thread::scope(|scope| scope.spawn(all).join()).unwrap_or_else(|payload| resume_unwind(payload)),
        };
        progress.end();
        all
    }
}

/// One task. The time counts from when it is first polled, which is when it starts.
async fn task<F, A, B, U, O>(function: &F, outcome: &O, input: A, limit: Option<Duration>) -> Settled<O, A, B>
where
    F: Fn(A) -> U,
    U: Future<Output = B>,
    O: Outcome<A, B>,
{
    let kept = outcome.keep(&input);
    let value = async {
        match limit {
            None => Ok(function(input).await),
            Some(limit) => timeout(limit, function(input)).await.map_err(|_| Failure::TimedOut(limit)),
        }
    };
    let value = AssertUnwindSafe(value).catch_unwind().await;
    outcome.settle(kept, value.unwrap_or_else(|payload| Err(Failure::Panicked(payload))))
}

#[track_caller]
fn runtime() -> Runtime {
    match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => panic!("no async runtime can be started: {error}"),
    }
}

/// Results one after the other: the futures go on while `next` waits.
struct Results<S, T: Tally> {
    // Before the runtime, in which what the futures hold may have to be dropped.
    results: Option<Pin<Box<S>>>,
    runtime: Runtime,
    progress: T,
}

impl<B, E, S: Stream<Item = Result<B, E>>, T: Tally> Iterator for Results<S, T> {
    type Item = Result<B, E>;

    fn next(&mut self) -> Option<Self::Item> {
        // Taken, so that after a panic of the inputs or of a policy there is nothing more.
        let mut results = self.results.take()?;
        match self.runtime.block_on(results.next()) {
            Some(result) => {
                self.progress.add(1);
                match result {
                    Ok(_) => self.results = Some(results),
                    Err(_) => self.progress.end(),
                }
                Some(result)
            }
            None => {
                self.progress.end();
                None
            }
        }
    }
}

impl<S, T: Tally> FusedIterator for Results<S, T> where Self: Iterator {}

impl<S, T: Tally> Drop for Results<S, T> {
    fn drop(&mut self) {
        self.progress.leave();
    }
}

impl<S, T: Tally> fmt::Debug for Results<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Results").finish_non_exhaustive()
    }
}
