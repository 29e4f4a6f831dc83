//! One job: a closure that is run once, by whoever comes first, and a value that somebody waits for.

use std::error::Error;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex, MutexGuard};

use super::queue;
use crate::map::error::{Payload, TaskError, message};
use crate::panic::discard;

/// What the queue knows of a job.
pub(super) trait Job: Send + Sync {
    /// Runs it, unless it has begun or was dropped. Never unwinds.
    fn run(&self);

    /// Drops it, if it has not begun.
    fn cancel(&self);
}

type Work<T> = Box<dyn FnOnce() -> Option<T> + Send>;

enum State<T> {
    Waiting(Work<T>),
    Running,
    Done(Result<T, Payload>),
    /// The pool was terminated.
    Dropped,
    /// Somebody has fetched the value.
    Fetched,
}

pub(super) struct Cell<T> {
    /// No code of the user's runs under this lock.
    state: Mutex<State<T>>,
    ended: Condvar,
}

impl<T> Cell<T> {
    pub(super) fn new(work: Work<T>) -> Self {
        Self { state: Mutex::new(State::Waiting(work)), ended: Condvar::new() }
    }

    fn begin(&self) -> Option<Work<T>> {
        let mut state = self.state.lock();
        match std::mem::replace(&mut *state, State::Running) {
            State::Waiting(work) => Some(work),
            other => {
                *state = other;
                None
            }
        }
    }

    fn end(&self, with: State<T>) {
        *self.state.lock() = with;
        self.ended.notify_all();
    }
}

impl<T: Send> Job for Cell<T> {
    fn run(&self) {
        let Some(work) = self.begin() else { return };
        self.end(match catch_unwind(AssertUnwindSafe(work)) {
            Ok(Some(value)) => State::Done(Ok(value)),
            Ok(None) => State::Dropped,
            Err(payload) => State::Done(Err(payload)),
        });
    }

    fn cancel(&self) {
        if let Some(work) = self.begin() {
            self.end(State::Dropped);
            // The other jobs are to be cancelled too, whatever this one's values do when they are dropped.
            discard(work);
        }
    }
}

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
/// # Deadlocks
///
/// Jobs that wait for each other in a circle wait for ever.
pub struct Handle<T> {
    cell: Arc<Cell<T>>,
}

impl<T: Send> Handle<T> {
    pub(super) fn new(cell: Arc<Cell<T>>) -> Self {
        Self { cell }
    }

    /// Waits for the job, and returns its value.
    ///
    /// # Panics
    ///
    /// With the payload of the job's own panic. When the pool was terminated before the job was done, or the value was fetched by
    /// [`get_timeout`](Self::get_timeout).
    #[track_caller]
    pub fn get(self) -> T {
        let state = self.ended();
        fetched(fetch(state))
    }

    /// Waits for the job, but no longer than `limit`.
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
        match self.ended_within(limit) {
            Some(state) => Ok(fetched(fetch(state))),
            None => Err(NotReady),
        }
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
        match fetch(self.ended()) {
            State::Done(Ok(value)) => Ok(value),
            State::Done(Err(payload)) => Err(TaskError::Panicked(message(payload))),
            State::Fetched => Err(TaskError::Lost(FETCHED.to_owned())),
            _ => Err(TaskError::Lost(TERMINATED.to_owned())),
        }
    }

    /// Waits for the job.
    pub fn wait(&self) {
        drop(self.ended());
    }

    /// Waits for the job, but no longer than `limit`; whether it is done.
    pub fn wait_timeout(&self, limit: Duration) -> bool {
        self.ended_within(limit).is_some()
    }

    /// Whether the job is done.
    pub fn ready(&self) -> bool {
        is_ended(&self.cell.state.lock())
    }

    fn ended(&self) -> MutexGuard<'_, State<T>> {
        // A thread of the pool that only waited might be the one that is waited for.
        if queue::is_worker() {
            self.cell.run();
        }
        let mut state = self.cell.state.lock();
        while !is_ended(&state) {
            self.cell.ended.wait(&mut state);
        }
        state
    }

    fn ended_within(&self, limit: Duration) -> Option<MutexGuard<'_, State<T>>> {
        let until = Instant::now().checked_add(limit);
        let Some(until) = until else { return Some(self.ended()) };
        let mut state = self.cell.state.lock();
        while !is_ended(&state) {
            if self.cell.ended.wait_until(&mut state, until).timed_out() {
                return is_ended(&state).then_some(state);
            }
        }
        Some(state)
    }
}

fn is_ended<T>(state: &State<T>) -> bool {
    !matches!(state, State::Waiting(_) | State::Running)
}

fn fetch<T>(mut state: MutexGuard<'_, State<T>>) -> State<T> {
    match *state {
        State::Dropped => State::Dropped,
        _ => std::mem::replace(&mut *state, State::Fetched),
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
        f.debug_struct("Handle").field("ready", &is_ended(&self.cell.state.lock())).finish()
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
