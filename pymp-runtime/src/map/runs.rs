//! What an engine asks of a function and its values, and how it runs them.

use std::borrow::Borrow;
use std::iter::FusedIterator;

use super::builder::Shape;
use super::engine::Engine;
use super::error::Failure;
use super::policy::Policy;
use super::progress::{Progress, Report, Tally};
use super::rounds::{Ahead, Order, Rounds};
use super::task::{Reading, attempt};
use super::team_run;

/// An engine.
pub trait Kind: Clone {
    /// The threads behind it, and how many workers it has if the user does not say.
    #[doc(hidden)]
    fn crew(&self) -> (Engine, usize);
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
    fn results<V, F1, P, I>(
        self,
        job: Job<F1, impl Borrow<P> + Sync, impl Tally + Sync>,
        inputs: I,
        order: Order,
        ahead: Ahead,
    ) -> impl FusedIterator<Item = Result<P::Slot, Failure<V::Error>>>
    where
        F1: Borrow<F> + Sync,
        V: Reading<B, Error: Send>,
        P: Policy<A, V::Value, V::Error, Slot: Send> + Sync,
        I: Iterator<Item = A> + Send;

    /// All results at once.
    #[doc(hidden)]
    fn all<V, P>(
        &self,
        job: Job<&F, &P, &Progress<impl Report + Send>>,
        inputs: impl Iterator<Item = A>,
    ) -> Result<Vec<P::Slot>, Failure<V::Error>>
    where
        F: Sync,
        A: Send,
        V: Reading<B, Error: Send>,
        P: Policy<A, V::Value, V::Error, Slot: Send> + Sync,
    {
        let inputs: Vec<A> = inputs.collect();
        job.progress.begin(inputs.len());
        let mut all = Vec::with_capacity(inputs.len());
        for result in self.clone().results::<V, &F, P, _>(job, inputs.into_iter(), Order::Inputs, Ahead::All) {
            all.push(result?);
        }
        Ok(all)
    }
}

/// What is run, for whom, and by how many. The parts are a map's own, or borrowed from it.
#[derive(Debug)]
pub struct Job<F, P, T> {
    pub(super) function: F,
    pub(super) policy: P,
    pub(super) progress: T,
    pub(super) shape: Shape,
}

impl Kind for Engine {
    fn crew(&self) -> (Engine, usize) {
        (*self, self.workers())
    }
}

impl<F: Fn(A) -> B + Sync, A: Send, B> Runs<F, A, B> for Engine {
    fn results<V, F1, P, I>(
        self,
        job: Job<F1, impl Borrow<P> + Sync, impl Tally + Sync>,
        inputs: I,
        order: Order,
        ahead: Ahead,
    ) -> impl FusedIterator<Item = Result<P::Slot, Failure<V::Error>>>
    where
        F1: Borrow<F> + Sync,
        V: Reading<B, Error: Send>,
        P: Policy<A, V::Value, V::Error, Slot: Send> + Sync,
        I: Iterator<Item = A> + Send,
    {
        let Job { function, policy, progress, shape } = job;
        let task = move |input| attempt(policy.borrow(), input, |input| V::read(function.borrow()(input)));
        Rounds::new(inputs, shape, order, ahead, task, progress)
    }

    fn all<V, P>(
        &self,
        job: Job<&F, &P, &Progress<impl Report + Send>>,
        inputs: impl Iterator<Item = A>,
    ) -> Result<Vec<P::Slot>, Failure<V::Error>>
    where
        V: Reading<B, Error: Send>,
        P: Policy<A, V::Value, V::Error, Slot: Send> + Sync,
    {
        let Job { function, policy, progress, shape } = job;
        let task = |input| attempt(policy, input, |input| V::read(function(input)));
        if *self == Self::Threads {
            return team_run::run(inputs, shape.workers, shape.chunk, task, progress);
        }
        let inputs: Vec<A> = inputs.collect();
        progress.begin(inputs.len());
        Rounds::new(inputs.into_iter(), shape, Order::Inputs, Ahead::All, task, progress).collect()
    }
}
