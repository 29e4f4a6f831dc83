//! How a list is made, cloned and printed.

use std::fmt;
use std::sync::Arc;

use super::List;
use crate::shared::guarded::Guarded;

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        List { items: Arc::clone(&self.items) }
    }
}

/// An empty list.
impl<T> Default for List<T> {
    fn default() -> Self {
        List::from(Vec::new())
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        List { items: Arc::new(Guarded::new(items)) }
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        List::from(Vec::from_iter(items))
    }
}

/// [Clones](List::iter) of the items.
impl<T: Clone> IntoIterator for &List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    #[track_caller]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T, const N: usize> From<[T; N]> for List<T> {
    fn from(items: [T; N]) -> Self {
        List::from(Vec::from(items))
    }
}

/// The items, or `<in use>` while a thread is at work on them: printing does not wait.
impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}
