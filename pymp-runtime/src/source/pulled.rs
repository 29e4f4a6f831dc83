//! Any other iterator: pulled under a lock, some items at a time.

use std::iter::Enumerate;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::{fmt, option, vec};

use super::Source;
use super::progression::{Indexed, Progression};
use crate::space::too_many;

/// What is pulled: whatever a plain `for` loop takes, when its iterator may be used by one thread after the other.
#[diagnostic::on_unimplemented(
    message = "a parallel loop cannot run over `{Self}`",
    label = "the threads cannot take turns at this",
    note = "it runs over integer ranges (of a range of floats count the steps), slices, Vecs and their iterators, rayon's indexed iterators, and every `Iterator + Send`",
    note = "of a type parameter and of `impl Iterator` write `+ Send`",
    note = "an iterator over what holds an `Rc`, a `Cell` or a raw pointer is not `Send`",
    note = "see `pymp::errors::not_iterable`"
)]
pub trait Pullable {
    /// What it is pulled as.
    type Source: Source;

    /// Makes it one.
    fn into_pulled(self) -> Self::Source;
}

// So that what is said first is the message above; what exactly is missing comes after it.
#[diagnostic::do_not_recommend]
impl<I: IntoIterator> Pullable for I
where
    I::IntoIter: Send,
{
    type Source = Pulled<I::IntoIter>;

    fn into_pulled(self) -> Pulled<I::IntoIter> {
        Pulled::new(self.into_iter())
    }
}

/// An iterator that one thread at a time asks for its next items, in order. How many there are is not known before the end.
///
/// A panic inside the iterator's `next` reaches the thread that called it; for the others the iterator has then ended.
pub struct Pulled<I> {
    state: Mutex<State<I>>,
}

struct State<I> {
    // `None` when it has ended, and while it is being asked, so that one that panics has ended too.
    iterator: Option<I>,
    // How many items it has given.
    given: usize,
}

impl<I> fmt::Debug for Pulled<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pulled").finish_non_exhaustive()
    }
}

impl<I: Iterator + Send> Pulled<I> {
    /// Shares an iterator out.
    pub fn new(iterator: I) -> Self {
        Self { state: Mutex::new(State { iterator: Some(iterator), given: 0 }) }
    }

    fn pull(&self, most: usize) -> Option<(Range<usize>, Batch<I::Item>)> {
        // A thread whose pull panicked left a state that is in order, so its poison means nothing.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut iterator = state.iterator.take()?;
        let (batch, ended) = Batch::pull(&mut iterator, most);
        if !ended {
            state.iterator = Some(iterator);
        }
        let start = state.given;
        // Never around: a number that came twice would be an element that two threads own.
        let Some(given) = start.checked_add(batch.len()) else { too_many("too many") };
        state.given = given;
        (batch.len() > 0).then_some((start..given, batch))
    }
}

// SAFETY: 1. an item goes to the one thread that pulled it, and stays there; 2. a batch holds its items; 3. no count; 4. the ranges
// follow one another, since `given` only grows (under the lock, and checked).
unsafe impl<I: Iterator + Send> Source for Pulled<I> {
    type Item = I::Item;
    type Chunk = Batch<I::Item>;

    const COUNTED: bool = false;

    fn count(&self) -> Option<usize> {
        None
    }

    unsafe fn take(&self, numbers: Range<usize>) -> Option<(Range<usize>, Batch<I::Item>)> {
        self.pull(numbers.len())
    }
}

#[diagnostic::do_not_recommend]
impl<I: Iterator + Send> Indexed for Pulled<Enumerate<I>> {
    /// The counter of an `.enumerate()` that has not been asked for an item yet, as at the head of a loop.
    fn progression(&self) -> Progression {
        Progression::COUNTER
    }
}

/// A chunk of a pulled iterator. A single item, the chunk of `schedule = "dynamic"`, takes no allocation.
#[derive(Debug)]
pub enum Batch<T> {
    /// One item at the most.
    One(option::IntoIter<T>),
    /// Several.
    Many(vec::IntoIter<T>),
}

impl<T> Batch<T> {
    /// The next items of an iterator, and whether it has ended.
    fn pull<I: Iterator<Item = T>>(iterator: &mut I, most: usize) -> (Self, bool) {
        if most <= 1 {
            let item = iterator.next();
            let ended = item.is_none();
            return (Self::One(item.into_iter()), ended);
        }
        // Not more than there can be, and not the whole of what an absurd chunk or hint asks for.
        let room = iterator.size_hint().1.unwrap_or(most).min(most).min(1024);
        let mut items = Vec::with_capacity(room);
        items.extend(iterator.take(most));
        let ended = items.len() < most;
        (Self::Many(items.into_iter()), ended)
    }
}

impl<T> Iterator for Batch<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        match self {
            Self::One(items) => items.next(),
            Self::Many(items) => items.next(),
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::One(items) => items.size_hint(),
            Self::Many(items) => items.size_hint(),
        }
    }
}

impl<T> ExactSizeIterator for Batch<T> {}
