//! Running a map one result after the other: methods of [`Map`], the same for every engine.

use std::convert::Infallible;
use std::iter::FusedIterator;
use std::panic::Location;

use super::builder::Map;
use super::eager::unfailing;
use super::engine::feed::Order;
use super::engine::rounds::Ahead;
use super::engine::runs::{Job, Kind, Runs};
use super::error::Failure;
use super::inputs::known;
use super::policy::{Policy, Returns};
use super::progress::Report;
use super::task::{By, Fallible, Plain, Reading};

impl<F, P: Returns + Sync, E: Kind, R: Report + Send> Map<F, P, E, R> {
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
    #[track_caller]
    pub fn iter<I, B>(self, inputs: I) -> impl FusedIterator<Item = P::Slot>
    where
        I: IntoIterator<Item: Send, IntoIter: Send>,
        F: Sync,
        E: Runs<F, I::Item, B>,
        P: Policy<I::Item, B, Infallible, Slot: Send>,
    {
        let map = Location::caller();
        self.rounds::<Plain, _, _>(inputs.into_iter(), Order::Inputs).map(move |result| unfailing(result, map))
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
    #[track_caller]
    pub fn try_iter<I, T, X>(self, inputs: I) -> impl FusedIterator<Item = P::Tried<P::Slot, X>>
    where
        I: IntoIterator<Item: Send, IntoIter: Send>,
        F: Sync,
        E: Runs<F, I::Item, Result<T, X>>,
        P: Policy<I::Item, T, X, Slot: Send>,
        X: Send,
    {
        let map = Location::caller();
        self.rounds::<Fallible, _, _>(inputs.into_iter(), Order::Inputs).map(move |result| P::tried(result, map))
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
    /// No task runs between two calls of `next`. So a slow one holds back those that end while it runs, though they come before it, and the
    /// other workers go on. [`Pool::imap_unordered`](super::Pool::imap_unordered) gives each as soon as it is ready.
    ///
    /// # Panics
    ///
    /// As `iter`.
    #[track_caller]
    pub fn iter_unordered<I, B>(self, inputs: I) -> impl FusedIterator<Item = P::Slot>
    where
        I: IntoIterator<Item: Send, IntoIter: Send>,
        F: Sync,
        E: Runs<F, I::Item, B>,
        P: Policy<I::Item, B, Infallible, Slot: Send>,
    {
        let map = Location::caller();
        self.rounds::<Plain, _, _>(inputs.into_iter(), Order::Ready).map(move |result| unfailing(result, map))
    }

    /// [`iter_unordered`](Self::iter_unordered) for a function that returns a `Result`; as [`try_iter`](Self::try_iter).
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let number = |word: &str| word.parse::<u32>();
    /// let sum: Result<u32, _> = pymp::map::Map::new(number).try_iter_unordered("1 2 3".split(' ')).sum();
    /// assert_eq!(sum, Ok(6));
    /// ```
    ///
    /// # Panics
    ///
    /// As `iter`.
    #[track_caller]
    pub fn try_iter_unordered<I, T, X>(self, inputs: I) -> impl FusedIterator<Item = P::Tried<P::Slot, X>>
    where
        I: IntoIterator<Item: Send, IntoIter: Send>,
        F: Sync,
        E: Runs<F, I::Item, Result<T, X>>,
        P: Policy<I::Item, T, X, Slot: Send>,
        X: Send,
    {
        let map = Location::caller();
        self.rounds::<Fallible, _, _>(inputs.into_iter(), Order::Ready).map(move |result| P::tried(result, map))
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
        unfailing(self.each::<Plain, _, _>(inputs.into_iter()), Location::caller())
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
        P::tried(self.each::<Fallible, _, _>(inputs.into_iter()), Location::caller())
    }
}

impl<F, P, E: Kind, R: Report + Send> Map<F, P, E, R> {
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
        engine.results(Job { function, outcome: By::<V, _>::new(policy), progress, shape }, inputs, order, Ahead::Little)
    }

    fn each<V, B, I>(&self, inputs: I) -> Result<P::Each<P::Slot>, Failure<V::Error>>
    where
        I: Iterator<Item: Send> + Send,
        F: Sync,
        E: Runs<F, I::Item, B>,
        V: Reading<B, Error: Send>,
        P: Policy<I::Item, V::Value, V::Error, Slot: Send> + Returns + Sync,
    {
        self.progress.begin(known(&inputs).unwrap_or_default());
        P::each(self.engine.clone().results(self.job::<V>(), inputs, Order::Inputs, Ahead::Far))
    }
}
