//! The engine `Engine::Process`: each worker of a map is a child process.
//!
//! 1. A worker thread of the map owns a child while it runs a task there, and puts it aside for the next one (`desk.rs`).
//! 2. A child is this very program, started again with an argument that makes it a worker before `main` is reached (`entry.rs`). It
//!    connects to the parent, over the loopback address, and proves that it is the one that was started (`child.rs`, `worker.rs`).
//! 3. A task is a frame: which function, and its input (`wire.rs`). The answer is its value, or the message of its panic. A child that
//!    ends instead, or takes too long and is killed, costs its task and no other: the next one gets a new child.
//! 4. The function is named by its distance from one of ours in the program's code, which is the same in every process that runs this
//!    program.

mod child;
mod desk;
#[expect(unsafe_code, reason = "code before main, and functions named by numbers")]
mod entry;
mod wire;
mod worker;

use std::borrow::Borrow;
use std::iter::FusedIterator;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Engine;
use super::feed::Order;
use super::rounds::{Ahead, Rounds};
use super::runs::{Job, Kind, Runs};
use crate::map::builder::Stoppable;
use crate::map::progress::Tally;
use crate::map::task::{Calls, Outcome, Settled};
use desk::Desk;

/// The engine whose workers are child processes: a crash, an abort or a leak in one task costs that task only, and a task can be
/// stopped. `Engine::Process` is its value.
///
/// ```
/// # use pymp_runtime as pymp;
/// use std::time::Duration;
///
/// use pymp::map::{Engine, Map};
///
/// fn fragile(n: u64) -> u64 {
///     match n {
///         1 => std::process::abort(),
///         2 => loop {},
///         _ => n * n,
///     }
/// }
///
/// let limit = Duration::from_millis(500);
/// let squares = Map::new(fragile).engine(Engine::Process).timeout(limit).workers(2).skip().run(0..5);
/// assert_eq!(squares, [Some(0), None, None, Some(9), Some(16)]);
/// ```
///
/// The function captures nothing, since it runs elsewhere; what it needs is in its input. Inputs and values go through serde, so they own
/// what they have:
///
/// ```compile_fail
/// # use pymp_runtime as pymp;
/// let offset = 10;
/// // error: .. a function that captures nothing ..
/// pymp::map::Map::new(|n: u64| n + offset).engine(pymp::map::Engine::Process).run(0..3);
/// ```
///
/// ```compile_fail,E0277
/// # use pymp_runtime as pymp;
/// // A thread cannot be sent to another process.
/// pymp::map::Map::new(|_: u64| std::thread::current()).engine(pymp::map::Engine::Process).run(0..3);
/// ```
///
/// A panic comes back as its message. A child that ends, by a signal or by `exit`, is a [`TaskError::Lost`](crate::map::TaskError) that says how
/// it ended; under the policy to stop at the first failure it is a panic of the caller. Children are started when they are needed,
/// stay for the whole map, and end with it. What they print appears where the parent prints.
///
/// # Limits
///
/// Global variables are as at the start of the program. Code that runs before `main` runs in every child too. The function must lie in the
/// program itself, not in a library that it has loaded; a child that is no program of ours is found out, and its tasks are lost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Process {
    timeout: Option<Duration>,
}

impl Process {
    /// Without a timeout.
    pub const NEW: Self = Self { timeout: None };
}

impl Stoppable for Process {
    fn set_timeout(&mut self, limit: Duration) {
        self.timeout = Some(limit);
    }
}

impl Kind for Process {
    type Chosen = Self;

    fn chosen(self) -> Self {
        self
    }

    fn staffing(&self) -> (Engine, usize) {
        // A thread of ours waits for each child.
        (Engine::Blocking, Engine::Threads.workers())
    }
}

/// What can go to another process, and come back from there: serde can write it down and read it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot go to another process",
    label = "inputs and values go from process to process",
    note = "of a type of yours write `#[derive(serde::Serialize, serde::Deserialize)]`; it must own what it has, so no `Rc` and no reference",
    note = "see `pymp::errors::engine`"
)]
pub trait Travels: Serialize + DeserializeOwned + Send {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + Send> Travels for T {}

impl<F, A: Travels, B: Travels> Runs<F, A, B> for Process
where
    F: Fn(A) -> B + Copy + Send + Sync + 'static,
{
    fn results<O: Outcome<A, B> + Sync>(
        self,
        job: Job<impl Borrow<F> + Sync, O, impl Tally + Sync>,
        inputs: impl Iterator<Item = A> + Send,
        order: Order,
        ahead: Ahead,
    ) -> impl FusedIterator<Item = Settled<O, A, B>> {
        let Job { function, outcome, progress, shape } = job;
        let desk = Desk::new(entry::number(*function.borrow()), self.timeout);
        let tasks = Calls { call: move |input| desk.run(&input), outcome };
        Rounds::new(inputs, shape, order, ahead, tasks, progress)
    }
}
