//! Where the workers of a map find children, and leave them for the next task.

use std::time::Duration;

use parking_lot::Mutex;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::child::{Broken, Child};
use super::entry::Number;
use super::wire::Answer;
use crate::map::error::Failure;

pub(super) struct Desk<A, B> {
    function: Number<A, B>,
    timeout: Option<Duration>,
    idle: Mutex<Vec<Child>>,
}

impl<A: Serialize, B: DeserializeOwned> Desk<A, B> {
    pub(super) fn new(function: Number<A, B>, timeout: Option<Duration>) -> Self {
        Self { function, timeout, idle: Mutex::default() }
    }

    /// Runs a task in a child.
    pub(super) fn run<E>(&self, input: &A) -> Result<B, Failure<E>> {
        let input = postcard::to_stdvec(input).map_err(|error| Failure::Lost(format!("its input cannot be sent: {error}")))?;
        let idle = self.idle.lock().pop();
        let child = idle.map_or_else(Child::start, Ok).map_err(Failure::Lost)?;
        let (child, answer) = child.run(self.function.get(), &input, self.timeout).map_err(|broken| match broken {
            Broken::TimedOut(limit) => Failure::TimedOut(limit),
            Broken::Lost(how) => Failure::Lost(how),
        })?;
        self.idle.lock().push(child);
        match answer {
            Answer::Value(bytes) => {
                postcard::from_bytes(&bytes).map_err(|error| Failure::Lost(format!("its value cannot be read: {error}")))
            }
            Answer::Panicked(text) => Err(Failure::Panicked(Box::new(text))),
            Answer::Unreadable(text) => Err(Failure::Lost(text)),
        }
    }
}
