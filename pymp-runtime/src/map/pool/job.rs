//! One job: a closure that is run once, by whoever comes first, and a value that somebody waits for.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use parking_lot::{Condvar, Mutex, MutexGuard};

use crate::map::error::Payload;
use crate::panic::discard;

/// What the queue knows of a job.
pub(super) trait Job: Send + Sync {
    /// Runs it, unless it has begun or was dropped. Never unwinds.
    fn run(&self);

    /// Drops it, if it has not begun.
    fn cancel(&self);
}

type Work<T> = Box<dyn FnOnce() -> T + Send>;

/// What has become of it.
pub(super) enum State<T> {
    Waiting(Work<T>),
    Running,
    Done(Result<T, Payload>),
    /// The pool was terminated.
    Dropped,
    /// Somebody has fetched the value.
    Fetched,
}

impl<T> State<T> {
    pub(super) fn is_ended(&self) -> bool {
        !matches!(self, Self::Waiting(_) | Self::Running)
    }

    /// The value, the first time.
    pub(super) fn fetch(&mut self) -> Self {
        match self {
            Self::Dropped => Self::Dropped,
            _ => std::mem::replace(self, Self::Fetched),
        }
    }
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

    /// One that is not run by itself: whoever does its work calls [`finish`](Self::finish).
    pub(super) fn begun() -> Self {
        Self { state: Mutex::new(State::Running), ended: Condvar::new() }
    }

    /// The end, with the value, the panic, or neither since the pool was terminated.
    pub(super) fn finish(&self, with: Option<Result<T, Payload>>) {
        *self.state.lock() = with.map_or(State::Dropped, State::Done);
        self.ended.notify_all();
    }

    /// The state now.
    pub(super) fn look(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock()
    }

    /// Waits for the end; for ever, if there is no time until which.
    pub(super) fn ended(&self, until: Option<Instant>) -> Option<MutexGuard<'_, State<T>>> {
        let mut state = self.state.lock();
        while !state.is_ended() {
            match until {
                None => self.ended.wait(&mut state),
                Some(until) => {
                    if self.ended.wait_until(&mut state, until).timed_out() {
                        return state.is_ended().then_some(state);
                    }
                }
            }
        }
        Some(state)
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
}

impl<T: Send> Job for Cell<T> {
    fn run(&self) {
        let Some(work) = self.begin() else { return };
        self.finish(Some(catch_unwind(AssertUnwindSafe(work))));
    }

    fn cancel(&self) {
        if let Some(work) = self.begin() {
            self.finish(None);
            // The other jobs are to be cancelled too, whatever this one's values do when they are dropped.
            discard(work);
        }
    }
}
