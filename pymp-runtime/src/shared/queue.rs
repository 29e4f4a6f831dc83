//! A queue between threads, with a bound if wanted.
//!
//! One lock and three conditions, rather than a channel: a channel closes when one end is gone, and here every handle is both ends;
//! and `join` needs the count of unfinished items under the same lock.

mod end;
mod error;
mod patience;
mod tasks;

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

pub use end::Items;
pub use error::{Empty, Full};
use patience::{Patience, wait};

/// Makes a queue of at most `max` items; 0 for no bound.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::shared;
///
/// let jobs = shared::queue::<u32>(2);
/// let sum = std::thread::scope(|scope| {
///     scope.spawn(|| (1..=100).for_each(|job| jobs.put(job))); // never more than two ahead
///     (0..100).map(|_| jobs.get()).sum::<u32>()
/// });
/// assert_eq!(sum, 5050);
/// ```
///
/// First in, first out. Any thread may put and get.
///
/// pymp: `pymp.shared.queue(max)`.
pub fn queue<T>(max: usize) -> Queue<T> {
    Queue {
        inner: Arc::new(Inner {
            max: if max == 0 { usize::MAX } else { max },
            state: Mutex::new(State { items: VecDeque::new(), unfinished: 0, closed: false }),
            not_empty: Condvar::new(),
            not_full: Condvar::new(),
            all_done: Condvar::new(),
        }),
    }
}

/// A queue between threads; [`queue`] makes one. A clone is the same queue.
///
/// ```
/// # use pymp_runtime as pymp;
/// let jobs: pymp::shared::Queue<u32> = pymp::shared::queue(0);
/// jobs.clone().put(1);
/// assert_eq!((jobs.get(), jobs.len()), (1, 0));
/// ```
///
/// # Deadlocks
///
/// [`put`](Queue::put), [`get`](Queue::get) and [`join`](Queue::join) wait for other threads. When one of the same region has panicked, or of a
/// region around it, they leave the region, within a tenth of a second; not in the iterations of a loop or a map, nor on threads that the
/// region does not know, those of rayon or of `std::thread::scope`. When those that could come have just gone, they wait for ever; the forms
/// with a timeout do not, nor does a loop over a queue that is [closed](Queue::close).
pub struct Queue<T> {
    inner: Arc<Inner<T>>,
}

struct Inner<T> {
    max: usize,
    /// No code of the user's runs under this lock, so no thread can meet itself here.
    state: Mutex<State<T>>,
    not_empty: Condvar,
    not_full: Condvar,
    all_done: Condvar,
}

struct State<T> {
    items: VecDeque<T>,
    /// Items that were put and not yet said to be done.
    unfinished: usize,
    /// Nothing more will be put.
    closed: bool,
}

impl<T> Queue<T> {
    /// Appends an item; waits while the queue is full.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let queue = shared::queue(0);
    /// queue.put(1);
    /// assert_eq!(queue.len(), 1);
    /// ```
    ///
    /// # Panics
    ///
    /// When the queue is closed.
    #[inline]
    #[track_caller]
    pub fn put(&self, item: T) {
        let put = self.put_within(item, Patience::Endless);
        assert!(put.is_ok(), "the queue is closed: nothing more can be put into it");
    }

    /// Appends an item if there is room.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::shared::{self, Full};
    ///
    /// let queue = shared::queue(1);
    /// assert_eq!(queue.try_put('a'), Ok(()));
    /// assert_eq!(queue.try_put('b'), Err(Full('b')));
    /// ```
    ///
    /// # Errors
    ///
    /// [`Full`], with the item; also when the queue is closed.
    ///
    /// pymp: `q.put_nowait(item)`.
    #[inline]
    pub fn try_put(&self, item: T) -> Result<(), Full<T>> {
        self.put_within(item, Patience::None)
    }

    /// Appends an item; waits while the queue is full, but no longer than `timeout`.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// # use std::time::Duration;
    /// let queue = shared::queue(1);
    /// queue.put(1);
    /// assert_eq!(queue.put_timeout(2, Duration::from_millis(1)).unwrap_err().0, 2);
    /// ```
    ///
    /// # Errors
    ///
    /// [`Full`], with the item, if there was no room in time, or the queue is closed.
    ///
    /// pymp: `q.put(item, timeout=seconds)`.
    pub fn put_timeout(&self, item: T, timeout: Duration) -> Result<(), Full<T>> {
        self.put_within(item, Patience::of(timeout))
    }

    #[inline]
    fn put_within(&self, item: T, patience: Patience) -> Result<(), Full<T>> {
        let Inner { max, state, not_empty, not_full, .. } = &*self.inner;
        let mut state = state.lock();
        let has_room = wait(not_full, &mut state, patience, |state| state.items.len() < *max || state.closed);
        if !has_room || state.closed {
            return Err(Full(item));
        }
        state.items.push_back(item);
        state.unfinished += 1;
        // Whoever is woken finds the lock free.
        drop(state);
        not_empty.notify_one();
        Ok(())
    }

    /// Takes the first item; waits while there is none.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let queue = shared::queue(0);
    /// queue.put(1);
    /// assert_eq!(queue.get(), 1);
    /// ```
    ///
    /// # Panics
    ///
    /// When the queue is closed and empty.
    #[inline]
    #[track_caller]
    pub fn get(&self) -> T {
        match self.get_within(Patience::Endless) {
            Ok(item) => item,
            Err(Empty) => panic!("the queue is closed and empty: `for item in &queue` ends when it is"),
        }
    }

    /// Takes the first item if there is one.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::shared::{self, Empty};
    ///
    /// let queue = shared::queue(0);
    /// queue.put(1);
    /// assert_eq!(queue.try_get(), Ok(1));
    /// assert_eq!(queue.try_get(), Err(Empty));
    /// ```
    ///
    /// # Errors
    ///
    /// [`Empty`], if there is none.
    ///
    /// pymp: `q.get_nowait()`.
    #[inline]
    pub fn try_get(&self) -> Result<T, Empty> {
        self.get_within(Patience::None)
    }

    /// Takes the first item; waits while there is none, but no longer than `timeout`.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// # use std::time::Duration;
    /// let queue = shared::queue::<i32>(0);
    /// assert!(queue.get_timeout(Duration::from_millis(1)).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// [`Empty`], if none came in time.
    ///
    /// pymp: `q.get(timeout=seconds)`.
    pub fn get_timeout(&self, timeout: Duration) -> Result<T, Empty> {
        self.get_within(Patience::of(timeout))
    }

    #[inline]
    fn get_within(&self, patience: Patience) -> Result<T, Empty> {
        let Inner { state, not_empty, not_full, .. } = &*self.inner;
        let mut state = state.lock();
        wait(not_empty, &mut state, patience, |state| !state.items.is_empty() || state.closed);
        let item = state.items.pop_front().ok_or(Empty)?;
        drop(state);
        not_full.notify_one();
        Ok(item)
    }

    /// How many items are waiting.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let queue = shared::queue(0);
    /// queue.put(1);
    /// assert_eq!(queue.len(), 1);
    /// ```
    ///
    /// pymp: `q.qsize()`.
    pub fn len(&self) -> usize {
        self.inner.state.lock().items.len()
    }

    /// Whether no items are waiting. Another thread may put one the next moment.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// assert!(shared::queue::<i32>(0).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there is no room. Another thread may make some the next moment. Never without a bound.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let queue = shared::queue(1);
    /// queue.put(1);
    /// assert!(queue.is_full());
    /// ```
    pub fn is_full(&self) -> bool {
        self.len() >= self.inner.max
    }
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Queue { inner: Arc::clone(&self.inner) }
    }
}

/// A queue without a bound.
impl<T> Default for Queue<T> {
    fn default() -> Self {
        queue(0)
    }
}

/// How many items are waiting, and how many may.
impl<T> fmt::Debug for Queue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Queue");
        f.field("len", &self.len());
        if self.inner.max < usize::MAX {
            f.field("max", &self.inner.max);
        }
        f.finish()
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
