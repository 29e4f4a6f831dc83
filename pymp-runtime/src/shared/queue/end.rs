//! The end of a queue: nothing more will be put into it.

use super::Queue;
use super::patience::Patience;

impl<T> Queue<T> {
    /// Says that nothing more will be put into the queue. What is in it can still be got.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::{Parallel, shared};
    ///
    /// let (jobs, done) = (shared::queue(4), shared::list());
    /// Parallel::new(2).run(|p| {
    ///     p.nowait().single(|| {
    ///         (0..3).for_each(|job| jobs.put(job));
    ///         jobs.close();
    ///     });
    ///     for job in &jobs {
    ///         done.push(job * 10);
    ///     }
    /// });
    /// assert_eq!(done.len(), 3);
    /// ```
    ///
    /// Whoever waits in [`get`](Self::get) for an item, or in [`put`](Self::put) for room, is woken and panics; loops over the queue end.
    ///
    /// Python: `q.shutdown()`.
    pub fn close(&self) {
        self.inner.state.lock().closed = true;
        self.inner.not_empty.notify_all();
        self.inner.not_full.notify_all();
    }

    /// Whether it was closed.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let queue = shared::queue::<u32>(0);
    /// queue.close();
    /// assert!(queue.is_closed() && queue.try_get().is_err());
    /// ```
    pub fn is_closed(&self) -> bool {
        self.inner.state.lock().closed
    }

    /// The items, each to the thread that asks next; waits for them, until the queue is closed and empty.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let queue = shared::queue(0);
    /// queue.put("last");
    /// queue.close();
    /// assert!(queue.iter().eq(["last"]));
    /// ```
    pub fn iter(&self) -> Items<'_, T> {
        Items { queue: self }
    }
}

/// The items of a [queue](Queue::iter), until it is closed and empty.
#[derive(Debug)]
#[must_use = "iterators do nothing unless they are iterated"]
pub struct Items<'q, T> {
    queue: &'q Queue<T>,
}

impl<T> Iterator for Items<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.queue.get_within(Patience::Endless).ok()
    }
}

impl<T> std::iter::FusedIterator for Items<'_, T> {}

impl<'q, T> IntoIterator for &'q Queue<T> {
    type Item = T;
    type IntoIter = Items<'q, T>;

    fn into_iter(self) -> Items<'q, T> {
        self.iter()
    }
}
