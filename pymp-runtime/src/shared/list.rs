//! A list that every thread may change.

use std::sync::Arc;

use super::guarded::{Guarded, Held};

/// Makes an empty list.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::shared;
///
/// let list = shared::list::<usize>();
/// std::thread::scope(|scope| {
///     for thread in 0..2 {
///         let list = &list;
///         scope.spawn(move || list.push(thread));
///     }
/// });
/// assert_eq!(list.len(), 2);
/// ```
///
/// The order of what several threads push is the order in which they came. [`List::from`] takes a `Vec`.
///
/// pymp: `pymp.shared.list()`.
pub fn list<T>() -> List<T> {
    List::default()
}

/// A list that every thread may change; [`list`] makes one. A clone is the same list.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::shared::List;
///
/// let list = List::from([1, 2]);
/// list.clone().push(3);
/// assert_eq!(list.to_vec(), [1, 2, 3]);
/// ```
///
/// # Panics
///
/// Methods that take a position panic where `Vec`'s do; `get` says `None` instead. All panic in a closure, or a `Clone` and the like
/// of an element, that was called by a method of the same list: it would wait for itself for ever.
pub struct List<T> {
    items: Arc<Guarded<Vec<T>>>,
}

impl<T> List<T> {
    #[inline]
    #[track_caller]
    fn items(&self) -> Held<'_, Vec<T>> {
        self.items.hold(
            "this thread is inside a method of the list already: the closure (or Clone, PartialEq, Ord) it runs cannot use it",
        )
    }

    /// Appends an item.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.push(1);
    /// assert_eq!(list.to_vec(), [1]);
    /// ```
    ///
    /// pymp: `l.append(item)`.
    #[inline]
    #[track_caller]
    pub fn push(&self, item: T) {
        self.items().push(item);
    }

    /// Appends items, side by side: nobody's come between them.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let list = pymp::shared::list();
    /// list.extend([1, 2]);
    /// list.extend(list.to_vec());
    /// assert_eq!(list.to_vec(), [1, 2, 1, 2]);
    /// ```
    ///
    /// pymp: `l.extend(items)`, `l += items`.
    #[track_caller]
    pub fn extend(&self, items: impl IntoIterator<Item = T>) {
        // The iterator is the user's code: it runs before the list is held.
        let mut items = Vec::from_iter(items);
        self.items().append(&mut items);
    }

    /// Inserts an item at `index`, before what is there.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 3]);
    /// list.insert(1, 2);
    /// assert_eq!(list.to_vec(), [1, 2, 3]);
    /// ```
    #[track_caller]
    pub fn insert(&self, index: usize, item: T) {
        self.items().insert(index, item);
    }

    /// Takes the last item; `None` if there is none.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.push(1);
    /// assert_eq!((list.pop(), list.pop()), (Some(1), None));
    /// ```
    ///
    /// pymp: `l.pop()`.
    #[inline]
    #[track_caller]
    pub fn pop(&self) -> Option<T> {
        self.items().pop()
    }

    /// Takes the item `index`.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 2]);
    /// assert_eq!((list.remove(0), list.len()), (1, 1));
    /// ```
    ///
    /// pymp: `l.pop(index)`, `del l[index]`.
    #[track_caller]
    pub fn remove(&self, index: usize) -> T {
        self.items().remove(index)
    }

    /// Takes the first item that equals `item`; `None` if there is none.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let list = pymp::shared::List::from(vec![5, 6, 5]);
    /// assert_eq!(list.remove_item(&5), Some(5));
    /// assert_eq!(list.to_vec(), [6, 5]);
    /// ```
    ///
    /// pymp: `l.remove(item)`.
    #[track_caller]
    pub fn remove_item(&self, item: &T) -> Option<T>
    where
        T: PartialEq,
    {
        let mut items = self.items();
        let index = items.iter().position(|own| own == item)?;
        Some(items.remove(index))
    }

    /// Drops all items.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 2]);
    /// list.clear();
    /// assert!(list.is_empty());
    /// ```
    #[track_caller]
    pub fn clear(&self) {
        // Dropped when the list is free again: their `Drop` may use it.
        drop(self.take());
    }

    /// How many items there are.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 2]);
    /// assert_eq!(list.len(), 2);
    /// ```
    #[inline]
    #[track_caller]
    pub fn len(&self) -> usize {
        self.items().len()
    }

    /// Whether there are no items.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// assert!(shared::list::<i32>().is_empty());
    /// ```
    #[inline]
    #[track_caller]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A clone of the item `index`; `None` if there are not so many.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let list = pymp::shared::List::from(vec!["a"]);
    /// assert_eq!(list.get(0), Some("a"));
    /// assert_eq!(list.get(1), None);
    /// ```
    ///
    /// To change it in place: [`update`](List::update).
    #[inline]
    #[track_caller]
    pub fn get(&self, index: usize) -> Option<T>
    where
        T: Clone,
    {
        self.items().get(index).cloned()
    }

    /// Writes the item `index`.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 2]);
    /// list.set(1, 7);
    /// assert_eq!(list.to_vec(), [1, 7]);
    /// ```
    ///
    /// pymp: `l[index] = item`.
    #[inline]
    #[track_caller]
    pub fn set(&self, index: usize, item: T) {
        let old = std::mem::replace(&mut self.items()[index], item);
        // The list is free again: its `Drop` may use it.
        drop(old);
    }

    /// Changes the item `index` in place; what `change` returns.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let lists = pymp::shared::List::from(vec![vec![1]]);
    /// lists.update(0, |list| list.push(2));
    /// assert_eq!(lists.get(0), Some(vec![1, 2]));
    /// ```
    ///
    /// pymp: `l[0].append(2)` changes a copy, and the change is lost.
    #[inline]
    #[track_caller]
    pub fn update<R>(&self, index: usize, change: impl FnOnce(&mut T) -> R) -> R {
        change(&mut self.items()[index])
    }

    /// Several steps in one: the closure has the whole list, and the other threads wait.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let list = pymp::shared::List::from(vec![3, 1, 2]);
    /// let largest = list.with(|items| {
    ///     items.sort();
    ///     items.dedup();
    ///     items.last().copied()
    /// });
    /// assert_eq!(largest, Some(3));
    /// ```
    #[inline]
    #[track_caller]
    pub fn with<R>(&self, steps: impl FnOnce(&mut Vec<T>) -> R) -> R {
        steps(&mut self.items())
    }
}

mod traits;
mod whole;

#[cfg(all(test, not(loom)))]
mod tests;
