//! Whether what was got has been dealt with.

use std::time::Duration;

use super::Queue;
use super::patience::{Patience, wait};

impl<T> Queue<T> {
    /// Says that an item, one that was got, has been dealt with: [`join`](Queue::join) waits for that.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let queue = shared::queue(0);
    /// queue.put(1);
    /// queue.get();
    /// queue.task_done();
    /// queue.join(); // all that was put is done
    /// ```
    ///
    /// # Panics
    ///
    /// When it is said of more items than were put.
    #[track_caller]
    pub fn task_done(&self) {
        let mut state = self.inner.state.lock();
        let Some(left) = state.unfinished.checked_sub(1) else {
            drop(state);
            panic!("task_done was called more often than items were put into the queue");
        };
        state.unfinished = left;
        drop(state);
        if left == 0 {
            self.inner.all_done.notify_all();
        }
    }

    /// Waits until every item that was put has been said to be [done](Queue::task_done).
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::shared;
    ///
    /// let (jobs, results) = (shared::queue(0), shared::list());
    /// std::thread::scope(|scope| {
    ///     (0..10).for_each(|job| jobs.put(job));
    ///     scope.spawn(|| {
    ///         while let Ok(job) = jobs.try_get() {
    ///             results.push(job * job);
    ///             jobs.task_done();
    ///         }
    ///     });
    ///     jobs.join();
    ///     assert_eq!(results.len(), 10);
    /// });
    /// ```
    pub fn join(&self) {
        wait(&self.inner.all_done, &mut self.inner.state.lock(), Patience::Endless, |state| state.unfinished == 0);
    }

    /// [`join`](Queue::join), but no longer than `timeout`; whether all is done.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// # use std::time::Duration;
    /// let queue = shared::queue(0);
    /// queue.put(1);
    /// assert!(!queue.join_timeout(Duration::from_millis(1))); // not done yet
    /// ```
    #[must_use = "whether all is done"]
    pub fn join_timeout(&self, timeout: Duration) -> bool {
        wait(&self.inner.all_done, &mut self.inner.state.lock(), Patience::of(timeout), |state| state.unfinished == 0)
    }
}
