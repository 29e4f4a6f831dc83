//! Who runs the tasks.
//!
//! 1. What an engine asks of a function, and how it runs a map, is in its [`Runs`]: all results at once, or one after the other.
//! 2. A team gives all results at once by a parallel loop (`at_once.rs`), of which a few short tasks have no need (`habit.rs`).
//! 3. Results one after the other come in rounds (`rounds.rs`), from inputs that the workers share (`feed.rs`).
//! 4. Child processes (`process.rs`) and futures (`futures.rs`) are engines of their own, each behind a cargo feature (`features.rs`).

pub(super) mod at_once;
mod features;
pub(super) mod feed;
#[cfg(feature = "async")]
mod futures;
mod habit;
#[cfg(feature = "process")]
mod process;
pub(super) mod rounds;
pub(super) mod runs;

#[cfg(feature = "async")]
pub use futures::Async;
#[cfg(feature = "process")]
pub use process::Process;
pub use runs::{Kind, Runs};

use std::error::Error;
use std::fmt;
use std::str::FromStr;
use std::thread;

use crate::{panic::Panics, pool, query, team};

/// Who runs the tasks of a map.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::{Engine, Map};
///
/// let square = |n: u64| n * n;
/// for engine in [Engine::Serial, Engine::Threads, Engine::Blocking] {
///     assert_eq!(Map::new(square).engine(engine).run(1..=4), [1, 4, 9, 16]);
/// }
/// assert_eq!("blocking".parse(), Ok(Engine::Blocking));
/// let error = "gpu".parse::<Engine>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown engine `gpu`; there are `serial`, `threads`, `blocking`, and `Engine::Process` and `Engine::Async`");
/// ```
///
/// | engine | for | workers, unless [`Map::workers`](super::Map::workers) says |
/// |---|---|---|
/// | `Serial` | finding out what is wrong | the calling thread |
/// | `Threads` | work | as many as a parallel loop has threads |
/// | `Blocking` | waiting: files, the network, other programs | 64 threads |
/// | `Engine::Process` | what may crash, or must be stopped | child processes, as many as a loop has threads |
/// | `Engine::Async` | futures | one thread, which has up to 1024 of them in hand |
///
/// The last two ask more of the function and of its values, so they are types of their own: `.engine(Engine::Process)` changes the type
/// of the map. Each is there with the cargo feature of its name, `process` or `async`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Engine {
    /// The calling thread, one task after the other.
    Serial,
    /// A team, as of a parallel loop: the calling thread works too.
    #[default]
    Threads,
    /// Plain threads, many more than there are cores, for tasks that mostly wait.
    Blocking,
}

/// Threads of the engine `blocking`: waiting costs little, and so do they.
const BLOCKING: usize = 64;

impl Engine {
    const ALL: [Self; 3] = [Self::Serial, Self::Threads, Self::Blocking];

    /// Child processes, see [`Process`](Process).
    #[cfg(feature = "process")]
    #[expect(non_upper_case_globals, reason = "it stands beside the variants, as one of them")]
    pub const Process: Process = Process::NEW;

    /// Futures, see [`Async`](Async).
    #[cfg(feature = "async")]
    #[expect(non_upper_case_globals, reason = "it stands beside the variants, as one of them")]
    pub const Async: Async = Async::NEW;

    /// How many workers there are, if the user does not say.
    pub(super) fn workers(self) -> usize {
        match self {
            Self::Serial => 1,
            Self::Threads => query::max_threads(),
            Self::Blocking => BLOCKING,
        }
    }

    /// Runs `body` on at most so many threads, the calling one among them, and returns when all have. It takes its work from somewhere
    /// under a lock; while there is `more` of it, another thread is worth starting. Whatever panics first is resumed.
    pub(super) fn staff(self, workers: usize, more: impl Fn() -> bool, body: impl Fn() + Sync) {
        match self {
            Self::Threads if workers > 1 => team::lease(workers).run_loop(|_| body()),
            Self::Blocking if workers > 1 && pool::THREADS => crowd(workers, more, body),
            _ => body(),
        }
    }
}

fn crowd(workers: usize, more: impl Fn() -> bool, body: impl Fn() + Sync) {
    let panics = Panics::new();
    let caught = || panics.catch(&body);
    thread::scope(|scope| {
        for number in 1..workers {
            if !more() {
                break;
            }
            // If the system has no more threads, those that there are do the work.
            if thread::Builder::new().name(format!("pymp-map-{number}")).spawn_scoped(scope, caught).is_err() {
                break;
            }
        }
        caught();
    });
    panics.resume();
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Serial => "serial",
            Self::Threads => "threads",
            Self::Blocking => "blocking",
        })
    }
}

impl FromStr for Engine {
    type Err = ParseEngineError;

    fn from_str(text: &str) -> Result<Self, ParseEngineError> {
        let word = text.trim().to_lowercase();
        Self::ALL.into_iter().find(|engine| engine.to_string() == word).ok_or_else(|| ParseEngineError(text.to_owned()))
    }
}

/// A text that names no engine, or one that has to be named in the program.
///
/// ```
/// # use pymp_runtime as pymp;
/// let error = "process".parse::<pymp::map::Engine>().unwrap_err();
/// assert!(error.to_string().ends_with("write `Engine::Process`; by name there are `serial`, `threads` and `blocking`"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseEngineError(String);

impl fmt::Display for ParseEngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text) = self;
        match text.trim().to_lowercase().as_str() {
            word @ ("process" | "async") => {
                let name = if word == "async" { "Async" } else { "Process" };
                write!(
                    f,
                    "the engine `{word}` asks more of the function, so it is chosen in the program: write `Engine::{name}`"
                )?;
                write!(f, "; by name there are `serial`, `threads` and `blocking`")
            }
            _ => write!(
                f,
                "unknown engine `{text}`; there are `serial`, `threads`, `blocking`, and `Engine::Process` and `Engine::Async`"
            ),
        }
    }
}

impl Error for ParseEngineError {}
