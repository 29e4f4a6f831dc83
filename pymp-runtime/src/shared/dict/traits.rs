//! How a dict is made, cloned and printed.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

use super::Dict;
use crate::shared::guarded::Guarded;

impl<K, V> Clone for Dict<K, V> {
    fn clone(&self) -> Self {
        Dict { map: Arc::clone(&self.map) }
    }
}

/// An empty dict.
impl<K, V> Default for Dict<K, V> {
    fn default() -> Self {
        Dict::from(HashMap::new())
    }
}

impl<K, V> From<HashMap<K, V>> for Dict<K, V> {
    fn from(map: HashMap<K, V>) -> Self {
        Dict { map: Arc::new(Guarded::new(map)) }
    }
}

impl<K: Eq + Hash, V, const N: usize> From<[(K, V); N]> for Dict<K, V> {
    fn from(items: [(K, V); N]) -> Self {
        Dict::from(HashMap::from(items))
    }
}

impl<K: Eq + Hash, V> FromIterator<(K, V)> for Dict<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(items: I) -> Self {
        Dict::from(HashMap::from_iter(items))
    }
}

/// The items, or `<in use>` while a thread is at work on them: printing does not wait.
impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Dict<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.map.fmt(f)
    }
}
