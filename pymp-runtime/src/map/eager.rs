//! Running a map to its end: methods of [`Map`], the same for every engine. What an engine asks for and does is in its [`Runs`].

use std::convert::Infallible;
use std::panic::Location;

use super::builder::Map;
use super::engine::runs::{Job, Kind, Runs};
use super::error::Failure;
use super::inputs::{Inputs, Zipped};
use super::policy::{Policy, Returns, Stop};
use super::progress::{Progress, Report};
use super::task::{By, Fallible, Plain, Reading};

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
    /// [`skip`](Map::skip). Up to as many inputs as there are workers run at the same time. A map of more, up to 128, may run the first tasks
    /// on the calling thread alone, while it takes the inputs, and all of them where earlier runs were over in less than a microsecond. So a
    /// task must not wait for another one there. Other maps take all inputs first.
    ///
    /// # Panics
    ///
    /// With the payload of the lowest input that panics, if no other policy was chosen. Those below it have run, and no others are
    /// begun. When the iterator of the inputs panics, or says that it has no end.
    #[track_caller]
    pub fn run<I, B>(&self, inputs: I) -> Vec<P::Slot>
    where
        I: IntoIterator<Item: Send>, // inputs go to the threads: see `pymp::errors::not_sent`
        F: Sync,                     // every thread calls it, with all that it uses: see `pymp::errors::not_shared`
        E: Runs<F, I::Item, B>,
        P: Policy<I::Item, B, Infallible, Slot: Send>, // results come back from the threads: see `pymp::errors::not_sent`
    {
        unfailing(self.all::<Plain, _, _>(inputs.into_iter()), Location::caller())
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
        I: IntoIterator<Item: Send>, // inputs go to the threads: see `pymp::errors::not_sent`
        F: Sync,                     // every thread calls it, with all that it uses: see `pymp::errors::not_shared`
        E: Runs<F, I::Item, Result<T, X>>,
        P: Policy<I::Item, T, X, Slot: Send>, // results come back from the threads: see `pymp::errors::not_sent`
        X: Send,
    {
        P::tried(self.all::<Fallible, _, _>(inputs.into_iter()), Location::caller())
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
        I: Inputs<Tuple: Send>, // inputs go to the threads: see `pymp::errors::not_sent`
        F: Sync,                // every thread calls it, with all that it uses: see `pymp::errors::not_shared`
        E: Runs<F, I::Tuple, B>,
        P: Policy<I::Tuple, B, Infallible, Slot: Send>, // results come back from the threads: see `pymp::errors::not_sent`
    {
        unfailing(self.all::<Plain, _, _>(inputs.product().into_iter()), Location::caller())
    }

    /// [`run_product`](Self::run_product) for a function that returns a `Result`.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let quotient = |(x, y): (u32, u32)| x.checked_div(y).ok_or("a division by zero");
    /// let map = pymp::map::Map::new(quotient);
    /// assert_eq!(map.try_run_product(([6, 9], [3, 1])), Ok(vec![2, 6, 3, 9]));
    /// assert_eq!(map.try_run_product(([6, 9], [3, 0])), Err("a division by zero"));
    /// ```
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
        I: Inputs<Tuple: Send>, // inputs go to the threads: see `pymp::errors::not_sent`
        F: Sync,                // every thread calls it, with all that it uses: see `pymp::errors::not_shared`
        E: Runs<F, I::Tuple, Result<T, X>>,
        P: Policy<I::Tuple, T, X, Slot: Send>, // results come back from the threads: see `pymp::errors::not_sent`
        X: Send,
    {
        P::tried(self.all::<Fallible, _, _>(inputs.product().into_iter()), Location::caller())
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
        I: Zipped<Tuple: Send>, // inputs go to the threads: see `pymp::errors::not_sent`
        F: Sync,                // every thread calls it, with all that it uses: see `pymp::errors::not_shared`
        E: Runs<F, I::Tuple, B>,
        P: Policy<I::Tuple, B, Infallible, Slot: Send>, // results come back from the threads: see `pymp::errors::not_sent`
    {
        unfailing(self.all::<Plain, _, _>(inputs.zipped()), Location::caller())
    }

    /// [`run_zip`](Self::run_zip) for a function that returns a `Result`.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let quotient = |(x, y): (u32, u32)| x.checked_div(y).ok_or("a division by zero");
    /// let map = pymp::map::Map::new(quotient);
    /// assert_eq!(map.try_run_zip(([6, 9], [3, 1])), Ok(vec![2, 9]));
    /// assert_eq!(map.try_run_zip(([6, 9], [3, 0])), Err("a division by zero"));
    /// ```
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
        I: Zipped<Tuple: Send>, // inputs go to the threads: see `pymp::errors::not_sent`
        F: Sync,                // every thread calls it, with all that it uses: see `pymp::errors::not_shared`
        E: Runs<F, I::Tuple, Result<T, X>>,
        P: Policy<I::Tuple, T, X, Slot: Send>, // results come back from the threads: see `pymp::errors::not_sent`
        X: Send,
    {
        P::tried(self.all::<Fallible, _, _>(inputs.zipped()), Location::caller())
    }
}

/// The value of a map of which no task can return an `Err`.
#[track_caller]
pub(super) fn unfailing<C>(result: Result<C, Failure<Infallible>>, map: &Location<'_>) -> C {
    let Ok(value) = Stop::tried(result, map);
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
        self.engine.all(self.job::<V>(), inputs)
    }

    pub(super) fn job<V>(&self) -> Job<&F, By<V, &P>, &Progress<R>> {
        Job { function: &self.function, outcome: By::new(&self.policy), progress: &self.progress, shape: self.shape() }
    }
}
