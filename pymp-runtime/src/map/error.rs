//! What may become of a task.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::panic::{Location, resume_unwind};
use std::time::Duration;

pub(crate) use crate::panic::Payload;

/// Why a task has no value: what [`Map::collect`](super::Map::collect) puts in its place.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::{Map, TaskError};
///
/// let halves = |n: u32| if n % 2 == 0 { Ok(n / 2) } else { Err("odd") };
/// let all = Map::new(halves).collect().try_run([4, 5]);
/// assert_eq!(all, [Ok(2), Err(TaskError::Failed("odd"))]);
/// assert_eq!(all[1].as_ref().unwrap_err().to_string(), "odd");
///
/// let all = Map::new(|n: i32| 6 / n).collect().run([3, 0]);
/// assert_eq!(all[1].as_ref().unwrap_err().to_string(), "panicked: attempt to divide by zero");
/// ```
///
/// `E` is the error type of the function; one that returns no `Result` has none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TaskError<E = Infallible> {
    /// It panicked, and this is the message.
    Panicked(String),
    /// It returned an `Err`.
    Failed(E),
    /// It ran longer than the map's timeout, which this is.
    TimedOut(Duration),
    /// The process that ran it ended; the text says how.
    Lost(String),
}

impl<E: fmt::Display> fmt::Display for TaskError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panicked(message) => write!(f, "panicked: {message}"),
            Self::Failed(error) => error.fmt(f),
            Self::TimedOut(limit) => write!(f, "timed out after {limit:?}"),
            Self::Lost(how) => write!(f, "its process was lost: {how}"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> Error for TaskError<E> {}

/// A task that has no value, while a policy may still decide what that means.
#[derive(Debug)]
pub enum Failure<E> {
    Panicked(Payload),
    Failed(E),
    TimedOut(Duration),
    Lost(String),
}

impl<E> Failure<E> {
    /// For the user, who may keep it: a payload need be neither `Sync` nor text.
    pub(super) fn into_error(self) -> TaskError<E> {
        match self {
            Self::Panicked(payload) => TaskError::Panicked(message(payload)),
            Self::Failed(error) => TaskError::Failed(error),
            Self::TimedOut(limit) => TaskError::TimedOut(limit),
            Self::Lost(how) => TaskError::Lost(how),
        }
    }

    /// The `Err` to return. Whatever is not the function's own `Err` is a panic, which says where the map is: who asks a lazy map
    /// for its next value may be an adapter of std.
    #[track_caller]
    pub(super) fn into_err(self, map: &Location<'_>) -> E {
        match self {
            Self::Failed(error) => error,
            Self::Panicked(payload) => resume_unwind(payload),
            Self::TimedOut(limit) => panic!("a task of the map at {map} {}", TaskError::<Infallible>::TimedOut(limit)),
            Self::Lost(how) => panic!("a task of the map at {map} failed: {}", TaskError::<Infallible>::Lost(how)),
        }
    }
}

/// The text of a panic.
pub(super) fn message(payload: Payload) -> String {
    let text = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => "its payload is no text".to_owned(),
    };
    crate::panic::discard(payload);
    text
}
