//! Running a map: the methods of [`Map`], the same for every engine. What an engine asks for and does is in its [`Runs`].

use std::convert::Infallible;
use std::iter::FusedIterator;

use super::builder::Map;
use super::error::Failure;
use super::inputs::{Inputs, Zipped, known};
use super::policy::{Policy, Returns};
use super::progress::Report;
use super::rounds::{Ahead, Order};
use super::runs::{Job, Kind, Runs};
use super::task::{Fallible, Plain, Reading};

impl<F, P: Returns + Sync, E: Kind, R: Report + Send> Map<F, P, E, R> {
    /// The values of all inputs, in their order.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let words = ["a", "bcd", "ef"];
    /// assert_eq!(Map::new(|word: &&str| word.len()).run(&words), [1, 3, 2]);
    /// ```
    ///
    /// What the slots of the vector are says the policy: the values, `Result`s after [`collect`](Map::collect), `Option`s after
    /// [`skip`](Map::skip). A map of some dozen inputs may run the first tasks on the calling thread alone, while it takes the inputs; all
    /// others take the inputs first. So a task must not wait for another one.
    ///
    /// # Panics
    ///
    /// With the payload of the lowest input that panics, if no other policy was chosen. Those below it have run, and no others are
    /// begun. When the iterator of the inputs panics, or says that it has no end.
    #[track_caller]
    pub fn run<I, B>(&self, inputs: I) -> Vec<P::Slot>
    where
        I: IntoIterator<Item: Send>,
        F: Sync,
        E: Runs<F, I::Item, B>,
        P: Policy<I::Item, B, Infallible, Slot: Send>,
    {
        unfailing(self.all::<Plain, _, _>(inputs.into_iter()))
    }

    /// [`run`](Self::run) for a function that returns a `Result`, whose `Err` is a failure as a panic is.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let number = |word: &str| word.parse::<u32>().map_err(|_| word.to_owned());
    /// assert_eq!(Map::new(number).try_run(["1", "2"]), Ok(vec![1, 2]));
    /// assert_eq!(Map::new(number).try_run(["1", "x", "y"]), Err("x".to_owned()));
    /// assert_eq!(Map::new(number).skip().try_run(["1", "x"]), [Some(1), None]);
    /// ```
    ///
    /// # Errors
    ///
    /// The `Err` of the lowest input that failed. After [`collect`](Map::collect), [`skip`](Map::skip) and the like there is no error, and
    /// the vector is returned as it is.
    ///
    /// # Panics
    ///
    /// As `run`.
    #[track_caller]
    pub fn try_run<I, T, X>(&self, inputs: I) -> P::Tried<Vec<P::Slot>, X>
    where
        I: IntoIterator<Item: Send>,
        F: Sync,
        E: Runs<F, I::Item, Result<T, X>>,
        P: Policy<I::Item, T, X, Slot: Send>,
        X: Send,
    {
        P::tried(self.all::<Fallible, _, _>(inputs.into_iter()))
    }

    /// The values of each input with each, in the order of nested loops: the last input is the fastest. The function takes a tuple.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let table = Map::new(|(x, y)| x * y).run_product((1..=2, [1, 10, 100]));
    /// assert_eq!(table, [1, 10, 100, 2, 20, 200]);
    /// ```
    ///
    /// If one of them is empty, so is the result. [`parmap!`](crate::map) writes it shorter.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn run_product<I, B>(&self, inputs: I) -> Vec<P::Slot>
    where
        I: Inputs<Tuple: Send>,
        F: Sync,
        E: Runs<F, I::Tuple, B>,
        P: Policy<I::Tuple, B, Infallible, Slot: Send>,
    {
        unfailing(self.all::<Plain, _, _>(inputs.product().into_iter()))
    }

    /// [`run_product`](Self::run_product) for a function that returns a `Result`.
    ///
    /// # Errors
    ///
    /// As [`try_run`](Self::try_run).
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn try_run_product<I, T, X>(&self, inputs: I) -> P::Tried<Vec<P::Slot>, X>
    where
        I: Inputs<Tuple: Send>,
        F: Sync,
        E: Runs<F, I::Tuple, Result<T, X>>,
        P: Policy<I::Tuple, T, X, Slot: Send>,
        X: Send,
    {
        P::tried(self.all::<Fallible, _, _>(inputs.product().into_iter()))
    }

    /// The values of the first inputs, of the second ones, and so on, until one has no more. The function takes a tuple.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let powers = Map::new(|(x, n): (u32, u32)| x.pow(n)).run_zip(([2, 3, 4], [3, 2, 1]));
    /// assert_eq!(powers, [8, 9, 4]);
    /// ```
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn run_zip<I, B>(&self, inputs: I) -> Vec<P::Slot>
    where
        I: Zipped<Tuple: Send>,
        F: Sync,
        E: Runs<F, I::Tuple, B>,
        P: Policy<I::Tuple, B, Infallible, Slot: Send>,
    {
        unfailing(self.all::<Plain, _, _>(inputs.zipped()))
    }

    /// [`run_zip`](Self::run_zip) for a function that returns a `Result`.
    ///
    /// # Errors
    ///
    /// As [`try_run`](Self::try_run).
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn try_run_zip<I, T, X>(&self, inputs: I) -> P::Tried<Vec<P::Slot>, X>
    where
        I: Zipped<Tuple: Send>,
        F: Sync,
        E: Runs<F, I::Tuple, Result<T, X>>,
        P: Policy<I::Tuple, T, X, Slot: Send>,
        X: Send,
    {
        P::tried(self.all::<Fallible, _, _>(inputs.zipped()))
    }

    /// The values one after the other, in the order of the inputs. Inputs are pulled as they are needed, so there may be endlessly many;
    /// what is dropped before its end has run a few tasks too many, and no more.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let squares = Map::new(|n: u64| n * n).workers(2).iter(1..);
    /// assert_eq!(squares.take(4).collect::<Vec<_>>(), [1, 4, 9, 16]);
    /// ```
    ///
    /// The tasks run while `next` waits for a value, and none runs between two calls; that is why they may borrow from the caller. At
    /// most sixteen inputs for each worker are pulled ahead, or four times what [`chunk`](Map::chunk) says. [`Pool::imap`](super::Pool::imap)
    /// goes on while the caller deals with a value.
    ///
    /// # Panics
    ///
    /// `next` panics in the place of an input that panicked, and then the iterator has ended. Under another policy it goes on. If the
    /// inputs panic, the values of those before come first.
    pub fn iter<I, B>(self, inputs: I) -> impl FusedIterator<Item = P::Slot>
    where
        I: IntoIterator<Item: Send, IntoIter: Send>,
        F: Sync,
        E: Runs<F, I::Item, B>,
        P: Policy<I::Item, B, Infallible, Slot: Send>,
    {
        self.rounds::<Plain, _, _>(inputs.into_iter(), Order::Inputs).map(unfailing)
    }

    /// [`iter`](Self::iter) for a function that returns a `Result`. If no other policy was chosen it yields the `Result`s, and ends after
    /// the first `Err`.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let number = |word: &str| word.parse::<u32>();
    /// let sum: Result<u32, _> = Map::new(number).try_iter("1 2 3".split(' ')).sum();
    /// assert_eq!(sum, Ok(6));
    /// assert_eq!(Map::new(number).try_iter("1 x 3".split(' ')).count(), 2);
    /// ```
    ///
    /// # Panics
    ///
    /// As `iter`.
    pub fn try_iter<I, T, X>(self, inputs: I) -> impl FusedIterator<Item = P::Tried<P::Slot, X>>
    where
        I: IntoIterator<Item: Send, IntoIter: Send>,
        F: Sync,
        E: Runs<F, I::Item, Result<T, X>>,
        P: Policy<I::Item, T, X, Slot: Send>,
        X: Send,
    {
        self.rounds::<Fallible, _, _>(inputs.into_iter(), Order::Inputs).map(P::tried)
    }

    /// The values one after the other, those first that are ready first. Otherwise as [`iter`](Self::iter).
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let mut squares: Vec<_> = Map::new(|n: u64| n * n).iter_unordered(0..100).collect();
    /// squares.sort();
    /// assert_eq!(squares[99], 9801);
    /// ```
    ///
    /// # Panics
    ///
    /// As `iter`.
    pub fn iter_unordered<I, B>(self, inputs: I) -> impl FusedIterator<Item = P::Slot>
    where
        I: IntoIterator<Item: Send, IntoIter: Send>,
        F: Sync,
        E: Runs<F, I::Item, B>,
        P: Policy<I::Item, B, Infallible, Slot: Send>,
    {
        self.rounds::<Plain, _, _>(inputs.into_iter(), Order::Ready).map(unfailing)
    }

    /// [`iter_unordered`](Self::iter_unordered) for a function that returns a `Result`; as [`try_iter`](Self::try_iter).
    ///
    /// # Panics
    ///
    /// As `iter`.
    pub fn try_iter_unordered<I, T, X>(self, inputs: I) -> impl FusedIterator<Item = P::Tried<P::Slot, X>>
    where
        I: IntoIterator<Item: Send, IntoIter: Send>,
        F: Sync,
        E: Runs<F, I::Item, Result<T, X>>,
        P: Policy<I::Item, T, X, Slot: Send>,
        X: Send,
    {
        self.rounds::<Fallible, _, _>(inputs.into_iter(), Order::Ready).map(P::tried)
    }

    /// Runs the function for what it does. Inputs are pulled as they are needed.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// use pymp::map::Map;
    ///
    /// let letters = AtomicUsize::new(0);
    /// Map::new(|word: &str| letters.fetch_add(word.len(), Ordering::Relaxed)).for_each("to be or not".split(' '));
    /// assert_eq!(letters.into_inner(), 9);
    /// ```
    ///
    /// After [`collect`](Map::collect) it returns the `Result`s, else nothing.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn for_each<I, B>(&self, inputs: I) -> P::Each<P::Slot>
    where
        I: IntoIterator<Item: Send, IntoIter: Send>,
        F: Sync,
        E: Runs<F, I::Item, B>,
        P: Policy<I::Item, B, Infallible, Slot: Send>,
    {
        unfailing(self.each::<Plain, _, _>(inputs.into_iter()))
    }

    /// [`for_each`](Self::for_each) for a function that returns a `Result`.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Map;
    ///
    /// let check = |n: u32| if n < 10 { Ok(()) } else { Err(n) };
    /// assert_eq!(Map::new(check).try_for_each(0..10), Ok(()));
    /// assert_eq!(Map::new(check).try_for_each(0..), Err(10));
    /// ```
    ///
    /// # Errors
    ///
    /// The `Err` of the lowest input that failed. No more are pulled after it.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn try_for_each<I, T, X>(&self, inputs: I) -> P::Tried<P::Each<P::Slot>, X>
    where
        I: IntoIterator<Item: Send, IntoIter: Send>,
        F: Sync,
        E: Runs<F, I::Item, Result<T, X>>,
        P: Policy<I::Item, T, X, Slot: Send>,
        X: Send,
    {
        P::tried(self.each::<Fallible, _, _>(inputs.into_iter()))
    }
}

/// The value of a map of which no task can return an `Err`.
#[track_caller]
fn unfailing<C>(result: Result<C, Failure<Infallible>>) -> C {
    let Ok(value) = result.map_err(Failure::into_err);
    value
}

impl<F, P, E: Kind, R: Report + Send> Map<F, P, E, R> {
    /// All results, in order.
    #[track_caller]
    fn all<V, B, A>(&self, inputs: impl Iterator<Item = A>) -> Result<Vec<P::Slot>, Failure<V::Error>>
    where
        A: Send,
        F: Sync,
        E: Runs<F, A, B>,
        V: Reading<B, Error: Send>,
        P: Policy<A, V::Value, V::Error, Slot: Send> + Sync,
    {
        assert!(
            inputs.size_hint().0 < usize::MAX,
            "the inputs have no end, so there are never all results; take some of `iter(..)`"
        );
        let job = Job { function: &self.function, policy: &self.policy, progress: &self.progress, shape: self.shape() };
        self.engine.all::<V, P>(job, inputs)
    }

    /// Results one after the other.
    fn rounds<V, B, I>(self, inputs: I, order: Order) -> impl FusedIterator<Item = Result<P::Slot, Failure<V::Error>>>
    where
        I: Iterator<Item: Send> + Send,
        F: Sync,
        E: Runs<F, I::Item, B>,
        V: Reading<B, Error: Send>,
        P: Policy<I::Item, V::Value, V::Error, Slot: Send> + Sync,
    {
        let shape = self.shape();
        let Self { function, policy, progress, engine, .. } = self;
        progress.begin(known(&inputs).unwrap_or_default());
        engine.results::<V, F, P, _>(Job { function, policy, progress, shape }, inputs, order, Ahead::Little)
    }

    fn each<V, B, I>(&self, inputs: I) -> Result<P::Each<P::Slot>, Failure<V::Error>>
    where
        I: Iterator<Item: Send> + Send,
        F: Sync,
        E: Runs<F, I::Item, B>,
        V: Reading<B, Error: Send>,
        P: Policy<I::Item, V::Value, V::Error, Slot: Send> + Sync,
    {
        self.progress.begin(known(&inputs).unwrap_or_default());
        let job = Job { function: &self.function, policy: &self.policy, progress: &self.progress, shape: self.shape() };
        P::each(self.engine.clone().results::<V, &F, P, _>(job, inputs, Order::Inputs, Ahead::Far))
    }
}
