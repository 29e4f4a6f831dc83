//! An iterator that threads take turns at.

use std::fmt;
use std::sync::Arc;

use super::guarded::Guarded;

/// Lets several threads pull items out of one iterator: each item goes to the thread that asks next.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::{Parallel, shared};
///
/// struct Line<'a> {
///     number: usize,
///     text: &'a str,
/// }
///
/// let text = String::from("one\ntwo\nthree");
/// let lines = shared::iter(text.lines().enumerate().map(|(number, text)| Line { number, text }));
/// let letters = shared::array::<usize>(3);
/// Parallel::new(2).run(|p| {
///     for line in p.iterate(&lines) {
///         letters.set(line.number, line.text.len());
///     }
/// });
/// assert_eq!(letters.to_vec(), [3, 3, 5]);
/// ```
///
/// It is made before the region, where its type is known to all threads. So there are no bounds on the items, which a thread pulls for
/// itself; [`Region::iterate`](crate::Region::iterate) with an iterator made in the region has to carry them over.
///
/// pymp: `p.iterate(it)`.
pub fn iter<I>(items: I) -> Iter<I::IntoIter>
where
    I: IntoIterator<IntoIter: Send>,
{
    Iter { turns: Arc::new(Turns::new(items.into_iter())) }
}

/// An iterator that threads take turns at; [`iter`] makes one. A clone is the same iterator.
///
/// ```
/// # use pymp_runtime as pymp;
/// let numbers = pymp::shared::iter(1..);
/// assert_eq!((numbers.next(), numbers.clone().next()), (Some(1), Some(2)));
/// ```
pub struct Iter<I> {
    turns: Arc<Turns<I>>,
}

impl<I: Iterator> Iter<I> {
    /// The next item, if there is one. No other thread is in the iterator meanwhile.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let numbers = pymp::shared::iter(1..);
    /// let (first, second) = (numbers.next(), std::thread::scope(|s| s.spawn(|| numbers.next()).join().unwrap()));
    /// assert_eq!((first, second), (Some(1), Some(2)));
    /// ```
    ///
    /// Once the iterator has ended, or has panicked, there are no more.
    ///
    /// # Panics
    ///
    /// When the iterator does, also because it asks itself: it would wait for itself for ever.
    #[track_caller]
    pub fn next(&self) -> Option<I::Item> {
        self.turns.next()
    }
}

impl<I> Clone for Iter<I> {
    fn clone(&self) -> Self {
        Iter { turns: self.turns.clone() }
    }
}

impl<I> fmt::Debug for Iter<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").finish_non_exhaustive()
    }
}

/// The iterator, under a lock; gone when it has ended, and while it is asked, so that one that panics has ended too.
pub(crate) struct Turns<I> {
    iterator: Guarded<Option<I>>,
}

impl<I> Turns<I> {
    pub(crate) fn new(iterator: I) -> Self {
        Turns { iterator: Guarded::new(Some(iterator)) }
    }
}

impl<I: Iterator> Turns<I> {
    #[track_caller]
    pub(crate) fn next(&self) -> Option<I::Item> {
        // Declared before the lock is held, so that its destructor runs after that.
        let mut asked;
        let mut iterator =
            self.iterator.hold("an iterator that threads share asks itself for an item, and would wait for itself");
        asked = iterator.take();
        let item = asked.as_mut()?.next();
        if item.is_some() {
            *iterator = asked.take();
        }
        item
    }
}
