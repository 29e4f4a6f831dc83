//! What concerns all items of a dict at once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use super::Dict;

impl<K, V> Dict<K, V> {
    /// How many items there are.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let dict = shared::dict::<&str, u32>();
    /// dict.insert("a", 1);
    /// assert_eq!(dict.len(), 1);
    /// ```
    #[inline]
    #[track_caller]
    pub fn len(&self) -> usize {
        self.map().len()
    }

    /// Whether there are no items.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// assert!(shared::dict::<&str, u32>().is_empty());
    /// ```
    #[inline]
    #[track_caller]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Drops all items.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let dict = shared::dict::<&str, u32>();
    /// dict.insert("a", 1);
    /// dict.clear();
    /// assert!(dict.is_empty());
    /// ```
    #[track_caller]
    pub fn clear(&self) {
        // Dropped when the dict is free again: their `Drop` may use it.
        drop(self.take());
    }

    /// All items; the dict is empty afterwards.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let dict = shared::dict::<&str, u32>();
    /// dict.insert("a", 1);
    /// assert_eq!((dict.take().len(), dict.len()), (1, 0));
    /// ```
    #[track_caller]
    pub fn take(&self) -> HashMap<K, V> {
        std::mem::take(&mut *self.map())
    }

    /// Several steps in one: the closure has the whole map, and the other threads wait.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let stock = pymp::shared::Dict::from([("nut", 3), ("bolt", 0)]);
    /// stock.with(|map| map.retain(|_, left| *left > 0));
    /// assert_eq!(stock.keys(), ["nut"]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn with<R>(&self, steps: impl FnOnce(&mut HashMap<K, V>) -> R) -> R {
        steps(&mut self.map())
    }

    /// Clones of all keys.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let dict = shared::dict::<&str, u32>();
    /// dict.insert("a", 1);
    /// assert_eq!(dict.keys(), ["a"]);
    /// ```
    #[track_caller]
    pub fn keys(&self) -> Vec<K>
    where
        K: Clone,
    {
        self.map().keys().cloned().collect()
    }

    /// Clones of all values.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let dict = shared::dict::<&str, u32>();
    /// dict.insert("a", 1);
    /// assert_eq!(dict.values(), [1]);
    /// ```
    #[track_caller]
    pub fn values(&self) -> Vec<V>
    where
        V: Clone,
    {
        self.map().values().cloned().collect()
    }

    /// Clones of all items.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let dict = pymp::shared::Dict::from([(1, 'a'), (2, 'b')]);
    /// let mut items = dict.items();
    /// items.sort();
    /// assert_eq!(items, [(1, 'a'), (2, 'b')]);
    /// ```
    #[track_caller]
    pub fn items(&self) -> Vec<(K, V)>
    where
        K: Clone,
        V: Clone,
    {
        self.map().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }
}

impl<K: Eq + Hash, V> Dict<K, V> {
    /// Clones of all items, as an ordinary map.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let dict = shared::dict::<&str, u32>();
    /// dict.insert("a", 1);
    /// assert_eq!(dict.to_map()["a"], 1);
    /// ```
    ///
    /// pymp: `d.copy()`.
    #[track_caller]
    pub fn to_map(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        self.map().clone()
    }

    /// The items as an ordinary map. They move if this is the only handle of the dict; if not, these are clones.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let dict = shared::dict::<&str, u32>();
    /// dict.insert("a", 1);
    /// assert_eq!(dict.into_map()["a"], 1);
    /// ```
    ///
    /// Items that cannot be cloned: [`take`](Dict::take).
    #[track_caller]
    pub fn into_map(self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        match Arc::try_unwrap(self.map) {
            Ok(map) => map.into_inner(),
            Err(map) => Dict { map }.to_map(),
        }
    }
}
