//! What concerns all items of a list at once.

use std::sync::Arc;

use super::List;

impl<T> List<T> {
    /// Whether an item equals `item`.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 2]);
    /// assert!(list.contains(&2) && !list.contains(&3));
    /// ```
    ///
    /// pymp: `item in l`.
    #[track_caller]
    pub fn contains(&self, item: &T) -> bool
    where
        T: PartialEq,
    {
        self.items().contains(item)
    }

    /// How many items equal `item`.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 2, 1]);
    /// assert_eq!(list.count(&1), 2);
    /// ```
    #[track_caller]
    pub fn count(&self, item: &T) -> usize
    where
        T: PartialEq,
    {
        self.items().iter().filter(|own| *own == item).count()
    }

    /// The position of the first item that equals `item`; `None` if there is none.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 2]);
    /// assert_eq!((list.index(&2), list.index(&3)), (Some(1), None));
    /// ```
    #[track_caller]
    pub fn index(&self, item: &T) -> Option<usize>
    where
        T: PartialEq,
    {
        self.items().iter().position(|own| own == item)
    }

    /// Sorts the items; equal ones stay in order.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([2, 1]);
    /// list.sort();
    /// assert_eq!(list.to_vec(), [1, 2]);
    /// ```
    ///
    /// By something else, or floats: `list.with(|items| items.sort_by(f64::total_cmp))`.
    #[track_caller]
    pub fn sort(&self)
    where
        T: Ord,
    {
        self.items().sort();
    }

    /// Turns the order around.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 2]);
    /// list.reverse();
    /// assert_eq!(list.to_vec(), [2, 1]);
    /// ```
    #[track_caller]
    pub fn reverse(&self) {
        self.items().reverse();
    }

    /// Clones of all items.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 2]);
    /// assert_eq!(list.to_vec(), [1, 2]);
    /// ```
    #[track_caller]
    pub fn to_vec(&self) -> Vec<T>
    where
        T: Clone,
    {
        self.items().clone()
    }

    /// The items as they are now, cloned: what other threads change meanwhile is not seen. `for item in &list` is the same.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 2]);
    /// for item in &list {
    ///     list.push(item * 10);
    /// }
    /// assert!(list.iter().eq([1, 2, 10, 20]));
    /// ```
    #[track_caller]
    pub fn iter(&self) -> std::vec::IntoIter<T>
    where
        T: Clone,
    {
        self.to_vec().into_iter()
    }

    /// Keeps the items of which `keep` is true.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 2, 3]);
    /// list.retain(|item| *item != 2);
    /// assert_eq!(list.to_vec(), [1, 3]);
    /// ```
    ///
    /// # Panics
    ///
    /// When `keep` uses the list, which would wait for itself.
    #[track_caller]
    pub fn retain(&self, keep: impl FnMut(&T) -> bool) {
        self.items().retain(keep);
    }

    /// All items; the list is empty afterwards.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let list = pymp::shared::List::from(vec![1, 2]);
    /// assert_eq!(list.take(), [1, 2]);
    /// assert!(list.is_empty());
    /// ```
    #[track_caller]
    pub fn take(&self) -> Vec<T> {
        std::mem::take(&mut *self.items())
    }

    /// The items as an ordinary `Vec`. They move if this is the only handle of the list; if not, these are clones.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let list = shared::list();
    /// list.extend([1, 2]);
    /// assert_eq!(list.into_vec(), [1, 2]);
    /// ```
    ///
    /// Items that cannot be cloned: [`take`](List::take).
    #[track_caller]
    pub fn into_vec(self) -> Vec<T>
    where
        T: Clone,
    {
        match Arc::try_unwrap(self.items) {
            Ok(items) => items.into_inner(),
            Err(items) => List { items }.to_vec(),
        }
    }
}
