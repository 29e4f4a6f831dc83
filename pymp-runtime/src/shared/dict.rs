//! A dict that every thread may change.
//!
//! One lock and std's map. Maps cut into shards (dashmap) let more threads insert at once, but know no moment at which `len`, `items`
//! or `with` are true of the whole, hang a thread that meets itself, and bring another hash table into the build.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use super::guarded::{Guarded, Held};

/// Makes an empty dict.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::shared;
///
/// let squares = shared::dict::<u32, u32>();
/// std::thread::scope(|scope| {
///     for n in 0..4 {
///         let squares = &squares;
///         scope.spawn(move || squares.insert(n, n * n));
///     }
/// });
/// assert_eq!(squares.len(), 4);
/// assert_eq!(squares.get(&3), Some(9));
/// ```
///
/// The items are in no order. [`Dict::from`] takes a `HashMap`.
///
/// pymp: `pymp.shared.dict()`.
pub fn dict<K, V>() -> Dict<K, V> {
    Dict::default()
}

/// A dict that every thread may change; [`dict`] makes one. A clone is the same dict.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::shared::Dict;
///
/// let ages = Dict::from([("ann", 30)]);
/// ages.clone().insert("bob", 40);
/// assert_eq!((ages.get(&"bob"), ages.len()), (Some(40), 2));
/// ```
///
/// # Panics
///
/// All methods panic in a closure, or a `Clone`, `Eq` or `Hash` of an item, that was called by a method of the same dict: it would
/// wait for itself for ever.
pub struct Dict<K, V> {
    map: Arc<Guarded<HashMap<K, V>>>,
}

impl<K, V> Dict<K, V> {
    #[inline]
    #[track_caller]
    fn map(&self) -> Held<'_, HashMap<K, V>> {
        self.map
            .hold("this thread is inside a method of the dict already: the closure (or Clone, Eq, Hash) it runs cannot use it")
    }
}

impl<K: Eq + Hash, V> Dict<K, V> {
    /// Gives `key` a value; the one it had.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let dict = pymp::shared::dict();
    /// assert_eq!(dict.insert("a", 1), None);
    /// assert_eq!(dict.insert("a", 2), Some(1));
    /// ```
    ///
    /// pymp: `d[key] = value`.
    #[inline]
    #[track_caller]
    pub fn insert(&self, key: K, value: V) -> Option<V> {
        self.map().insert(key, value)
    }

    /// A clone of the value of `key`; `None` if it has none.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let dict = shared::dict::<String, u32>();
    /// dict.insert("a".to_string(), 1);
    /// assert_eq!((dict.get("a"), dict.get("b")), (Some(1), None));
    /// ```
    ///
    /// To change it in place: [`update`](Dict::update).
    #[inline]
    #[track_caller]
    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        V: Clone,
    {
        self.map().get(key).cloned()
    }

    /// Whether `key` has a value.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let dict = shared::dict::<&str, u32>();
    /// dict.insert("a", 1);
    /// assert!(dict.contains_key("a") && !dict.contains_key("b"));
    /// ```
    ///
    /// pymp: `key in d`.
    #[inline]
    #[track_caller]
    pub fn contains_key<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.map().contains_key(key)
    }

    /// Takes `key` and its value out; the value.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let dict = shared::dict::<&str, u32>();
    /// dict.insert("a", 1);
    /// assert_eq!((dict.remove("a"), dict.remove("a")), (Some(1), None));
    /// ```
    ///
    /// pymp: `d.pop(key)`, `del d[key]`.
    #[track_caller]
    pub fn remove<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let item = self.map().remove_entry(key);
        // The dict is free again: the `Drop` of the key may use it.
        item.map(|(_key, value)| value)
    }

    /// Takes any item out; `None` if there is none.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let dict = pymp::shared::Dict::from([(1, 'a')]);
    /// assert_eq!(dict.pop(), Some((1, 'a')));
    /// assert_eq!(dict.pop(), None);
    /// ```
    ///
    /// pymp: `d.popitem()`.
    #[track_caller]
    pub fn pop(&self) -> Option<(K, V)> {
        self.map().extract_if(|_, _| true).next()
    }

    /// Changes the value of `key` in place; what `change` returns, or `None` if there is no value.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let dict = pymp::shared::Dict::from([("a", vec![1])]);
    /// assert_eq!(dict.update("a", |list| list.push(2)), Some(()));
    /// assert_eq!(dict.update("b", |list| list.push(2)), None);
    /// assert_eq!(dict.get("a"), Some(vec![1, 2]));
    /// ```
    #[inline]
    #[track_caller]
    pub fn update<Q: Eq + Hash + ?Sized, R>(&self, key: &Q, change: impl FnOnce(&mut V) -> R) -> Option<R>
    where
        K: Borrow<Q>,
    {
        self.map().get_mut(key).map(change)
    }

    /// Changes the value of `key` in place, which is `first` if it has none; what `change` returns.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let counts = pymp::shared::dict();
    /// for word in ["to", "be", "or", "not", "to", "be"] {
    ///     counts.update_or_insert(word, 0, |n| *n += 1);
    /// }
    /// assert_eq!(counts.get("be"), Some(2));
    /// ```
    #[inline]
    #[track_caller]
    pub fn update_or_insert<R>(&self, key: K, first: V, change: impl FnOnce(&mut V) -> R) -> R {
        change(self.map().entry(key).or_insert(first))
    }

    /// A clone of the value of `key`, which is `value` if it has none.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let dict = shared::dict::<&str, u32>();
    /// assert_eq!((dict.get_or_insert("a", 1), dict.get_or_insert("a", 2)), (1, 1));
    /// ```
    ///
    /// pymp: `d.setdefault(key, value)`.
    #[inline]
    #[track_caller]
    pub fn get_or_insert(&self, key: K, value: V) -> V
    where
        V: Clone,
    {
        self.map().entry(key).or_insert(value).clone()
    }

    /// A clone of the value of `key`, which is what `make` returns if it has none. `make` is called once, and the other threads
    /// wait.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let cache = pymp::shared::dict();
    /// assert_eq!(cache.get_or_insert_with(12, || "twelve".to_string()), "twelve");
    /// assert_eq!(cache.get_or_insert_with(12, || unreachable!()), "twelve");
    /// ```
    #[inline]
    #[track_caller]
    pub fn get_or_insert_with(&self, key: K, make: impl FnOnce() -> V) -> V
    where
        V: Clone,
    {
        self.map().entry(key).or_insert_with(make).clone()
    }

    /// Gives each key its value, all in one step.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let dict = shared::dict::<&str, u32>();
    /// dict.extend([("a", 1), ("b", 2)]);
    /// assert_eq!(dict.len(), 2);
    /// ```
    ///
    /// pymp: `d.update(items)`.
    #[track_caller]
    pub fn extend(&self, items: impl IntoIterator<Item = (K, V)>) {
        // The iterator is the user's code: it runs before the dict is held.
        let items = Vec::from_iter(items);
        self.map().extend(items);
    }
}

mod traits;
mod whole;

#[cfg(all(test, not(loom)))]
mod tests;
