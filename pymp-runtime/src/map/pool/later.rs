//! What a pool starts and does not wait for.

use super::{Handle, Pool, Spread, gather};

impl Pool {
    /// Starts a [`map`](Self::map), and returns at once. The inputs are taken first.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::map::Pool;
    ///
    /// let pool = Pool::new(2);
    /// let squares = pool.map_async(|n: u64| n * n, 0..4);
    /// assert_eq!(squares.get(), [0, 1, 4, 9]);
    /// ```
    pub fn map_async<F, I, B>(&self, f: F, inputs: I) -> Handle<Vec<B>>
    where
        I: IntoIterator<Item: Send + 'static>,
        F: Fn(I::Item) -> B + Send + Sync + 'static,
        B: Send + 'static,
    {
        gather::submit(&self.queue, self.workers.get(), f, inputs.into_iter().collect())
    }

    /// Starts a [`starmap`](Self::starmap), and returns at once.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let pool = pymp::map::Pool::new(2);
    /// let powers = pool.starmap_async(u32::pow, [(2, 3), (3, 2)]);
    /// assert_eq!(powers.get(), [8, 9]);
    /// ```
    pub fn starmap_async<F, I, M>(&self, f: F, inputs: I) -> Handle<Vec<F::Value>>
    where
        I: IntoIterator<Item: Send + 'static>,
        F: Spread<I::Item, M> + Send + Sync + 'static,
        F::Value: Send + 'static,
        M: 'static,
    {
        self.map_async(move |input| f.spread(input), inputs)
    }

    /// Starts one job, and returns at once.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// # if !cfg!(feature = "threads") {
    /// #     return;
    /// # }
    /// use std::time::Duration;
    ///
    /// use pymp::map::Pool;
    ///
    /// let pool = Pool::new(1);
    /// let slow = pool.apply_async(|| {
    ///     std::thread::sleep(Duration::from_millis(200));
    ///     42
    /// });
    /// assert!(!slow.ready());
    /// assert!(slow.get_timeout(Duration::from_millis(1)).is_err());
    /// assert_eq!(slow.get(), 42);
    /// ```
    pub fn apply_async<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Handle<T> {
        self.queue.submit(job)
    }
}
