//! What an engine asks of a function and its values, and how it runs them.

use std::borrow::Borrow;
use std::iter::FusedIterator;

use super::Engine;
use super::at_once;
use super::feed::Order;
use super::rounds::{Ahead, Rounds};
use crate::map::error::Failure;
use crate::map::progress::{Progress, Report, Tally};
use crate::map::shape::Shape;
use crate::map::task::{Calls, Outcome, Settled};

/// An engine.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no engine of a map",
    label = "not an engine",
    note = "there are `Engine::Serial`, `Engine::Threads`, `Engine::Blocking`, `Engine::Process` and `Engine::Async`; of a text that is known only when the program runs, `text.parse::<Engine>()?` makes one",
    note = "see `pymp::errors::engine`"
)]
pub trait Kind: Clone {
    /// Itself. Of what is no engine rustc does not find out what this is, and says no more about the map.
    type Chosen;

    #[doc(hidden)]
    fn chosen(self) -> Self::Chosen;

    /// The threads behind it, and how many workers it has if the user does not say.
    #[doc(hidden)]
    fn staffing(&self) -> (Engine, usize);
}

/// An engine that can run `F` on inputs of type `A`, with values of type `B`.
///
/// | engine | what it asks for |
/// |---|---|
/// | [`Engine`] | `F: Fn(A) -> B + Sync`, and `A` and `B` are `Send` |
/// | `Engine::Process` | `F` captures nothing; `A` and `B` are serde's `Serialize` and `DeserializeOwned` |
/// | `Engine::Async` | `F` returns a future of a `B` |
pub trait Runs<F, A, B>: Kind {
    /// The results one after the other.
    #[doc(hidden)]
    fn results<O: Outcome<A, B> + Sync>(
        self,
        job: Job<impl Borrow<F> + Sync, O, impl Tally + Sync>,
        inputs: impl Iterator<Item = A> + Send,
        order: Order,
        ahead: Ahead,
    ) -> impl FusedIterator<Item = Settled<O, A, B>>;

    /// All results at once.
    #[doc(hidden)]
    #[track_caller]
    fn all<O: Outcome<A, B> + Sync>(
        &self,
        job: Job<&F, O, &Progress<impl Report + Send>>,
        inputs: impl Iterator<Item = A>,
    ) -> Result<Vec<O::Slot>, Failure<O::Error>>
    where
        F: Sync,
        A: Send,
    {
        let inputs: Vec<A> = inputs.collect();
        job.progress.begin(inputs.len());
        let mut all = Vec::with_capacity(inputs.len());
        for result in self.clone().results(job, inputs.into_iter(), Order::Inputs, Ahead::All) {
            all.push(result?);
        }
        Ok(all)
    }
}

/// What is run, for whom, and by how many. The parts are a map's own, or borrowed from it.
#[derive(Debug)]
pub struct Job<F, O, T> {
    pub(in crate::map) function: F,
    pub(in crate::map) outcome: O,
    pub(in crate::map) progress: T,
    pub(in crate::map) shape: Shape,
}

impl Kind for Engine {
    type Chosen = Self;

    fn chosen(self) -> Self {
        self
    }

    fn staffing(&self) -> (Engine, usize) {
        (*self, self.workers())
    }
}

impl<F: Fn(A) -> B + Sync, A: Send, B> Runs<F, A, B> for Engine {
    fn results<O: Outcome<A, B> + Sync>(
        self,
        job: Job<impl Borrow<F> + Sync, O, impl Tally + Sync>,
        inputs: impl Iterator<Item = A> + Send,
        order: Order,
        ahead: Ahead,
    ) -> impl FusedIterator<Item = Settled<O, A, B>> {
        let Job { function, outcome, progress, shape } = job;
        let tasks = Calls { call: move |input| Ok(function.borrow()(input)), outcome };
        Rounds::new(inputs, shape, order, ahead, tasks, progress)
    }

    #[track_caller]
    fn all<O: Outcome<A, B> + Sync>(
        &self,
        job: Job<&F, O, &Progress<impl Report + Send>>,
        inputs: impl Iterator<Item = A>,
    ) -> Result<Vec<O::Slot>, Failure<O::Error>> {
        let Job { function, outcome, progress, shape } = job;
        let tasks = Calls { call: |input| Ok(function(input)), outcome };
        if *self == Self::Threads {
            return at_once::run(inputs, shape, &tasks, progress);
        }
        let inputs: Vec<A> = inputs.collect();
        progress.begin(inputs.len());
        Rounds::new(inputs.into_iter(), shape, Order::Inputs, Ahead::All, tasks, progress).collect()
    }
}
