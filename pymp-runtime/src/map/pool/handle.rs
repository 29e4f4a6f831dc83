//! A job that was started, as seen by who waits for it.

use std::error::Error;
use std::fmt;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::job::{Cell, Job, State};
use super::queue;
use crate::map::error::{TaskError, message};

/// A job that was started, and its value.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::Pool;
///
/// let pool = Pool::new(2);
/// let answer = pool.apply_async(|| 6 * 7);
/// answer.wait();
/// assert!(answer.ready());
/// assert_eq!(answer.get(), 42);
/// ```
///
/// A handle that is dropped leaves the job alone: it is run all the same.
///
/// A job may wait for another one of its own pool. While nobody has begun the other one, the thread that waits runs it, which may
/// take longer than a limit that it gave.
///
/// # Deadlocks
///
/// Jobs that wait for each other in a circle wait for ever. A job that only asks whether another one is `ready`, again and again, keeps its
/// thread from running it; `wait_timeout` does not.
pub struct Handle<T> {
    cell: Arc<Cell<T>>,
    /// What does the work.
    jobs: Vec<Arc<dyn Job>>,
}

impl<T: Send> Handle<T> {
    pub(super) fn new(cell: Arc<Cell<T>>, jobs: Vec<Arc<dyn Job>>) -> Self {
        Self { cell, jobs }
    }

    /// Waits for the job, and returns its value.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let pool = pymp::map::Pool::new(2);
    /// assert_eq!(pool.apply_async(|| 6 * 7).get(), 42);
    /// ```
    ///
    /// # Panics
    ///
    /// With the payload of the job's own panic. When the pool was terminated before the job was done, or the value was fetched by
    /// [`get_timeout`](Self::get_timeout).
    #[track_caller]
    pub fn get(self) -> T {
        fetched(self.ended())
    }

    /// Waits for the job, but no longer than `limit`.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use std::time::Duration;
    ///
    /// use pymp::map::Pool;
    ///
    /// let pool = Pool::new(1);
    /// let answer = pool.apply_async(|| 6 * 7);
    /// let value = loop {
    ///     match answer.get_timeout(Duration::from_millis(10)) {
    ///         Ok(value) => break value,
    ///         Err(not_ready) => println!("{not_ready}"),
    ///     }
    /// };
    /// assert_eq!(value, 42);
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotReady`] when it takes longer. It goes on, and its value can still be fetched.
    ///
    /// # Panics
    ///
    /// As [`get`](Self::get).
    #[track_caller]
    pub fn get_timeout(&self, limit: Duration) -> Result<T, NotReady> {
        self.help();
        let state = self.cell.ended(Instant::now().checked_add(limit)).map(|mut state| state.fetch());
        state.map(fetched).ok_or(NotReady)
    }

    /// Waits for the job, and returns its value, or what became of it.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Pool;
    ///
    /// let pool = Pool::new(1);
    /// let error = pool.apply_async(|| [1, 2].iter().position(|n| *n == 3).expect("a three")).result().unwrap_err();
    /// assert_eq!(error.to_string(), "panicked: a three");
    /// ```
    ///
    /// # Errors
    ///
    /// [`TaskError::Panicked`], and [`TaskError::Lost`] when the pool was terminated before the job was done.
    pub fn result(self) -> Result<T, TaskError> {
        match self.ended() {
            State::Done(Ok(value)) => Ok(value),
            State::Done(Err(payload)) => Err(TaskError::Panicked(message(payload))),
            State::Fetched => Err(TaskError::Lost(FETCHED.to_owned())),
            _ => Err(TaskError::Lost(TERMINATED.to_owned())),
        }
    }

    /// Waits for the job.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let pool = pymp::map::Pool::new(2);
    /// let answer = pool.apply_async(|| 6 * 7);
    /// answer.wait();
    /// assert!(answer.ready());
    /// ```
    pub fn wait(&self) {
        self.help();
        self.cell.ended(None);
    }

    /// Waits for the job, but no longer than `limit`; whether it is done.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let pool = pymp::map::Pool::new(2);
    /// let answer = pool.apply_async(|| 6 * 7);
    /// while !answer.wait_timeout(std::time::Duration::from_millis(10)) {
    ///     println!("still at it");
    /// }
    /// assert_eq!(answer.get(), 42);
    /// ```
    pub fn wait_timeout(&self, limit: Duration) -> bool {
        self.help();
        self.cell.ended(Instant::now().checked_add(limit)).is_some()
    }

    /// Whether the job is done.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let pool = pymp::map::Pool::new(2);
    /// let answer = pool.apply_async(|| 6 * 7);
    /// pool.close();
    /// assert!(answer.ready());
    /// ```
    pub fn ready(&self) -> bool {
        self.cell.look().is_ended()
    }

    /// A thread of the pool that only waited might be the one that is waited for.
    fn help(&self) {
        if queue::is_worker() {
            self.jobs.iter().for_each(|job| job.run());
        }
    }

    fn ended(&self) -> State<T> {
        self.help();
        // Without a time until which it comes.
        self.cell.ended(None).map_or(State::Dropped, |mut state| state.fetch())
    }
}

#[track_caller]
fn fetched<T>(state: State<T>) -> T {
    match state {
        State::Done(Ok(value)) => value,
        State::Done(Err(payload)) => resume_unwind(payload),
        State::Fetched => panic!("{FETCHED}"),
        _ => panic!("{TERMINATED}"),
    }
}

const FETCHED: &str = "the value of this job was fetched before";
const TERMINATED: &str = "the pool was terminated before this job was done";

impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("ready", &self.cell.look().is_ended()).finish()
    }
}

/// A job that was not done in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotReady;

impl fmt::Display for NotReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the job is not done yet")
    }
}

impl Error for NotReady {}
