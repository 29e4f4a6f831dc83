//! Data that every thread may use at once: arrays, lists, dicts, queues, iterators and locks.
//!
//! ```
//! # use pymp_runtime as pymp;
//! use pymp::shared;
//!
//! let hits = shared::array::<u64>(10);
//! let words = shared::list::<String>();
//! std::thread::scope(|scope| {
//!     for thread in 0..4 {
//!         let (hits, words) = (&hits, words.clone()); // a reference or a clone: the same object
//!         scope.spawn(move || {
//!             hits.fetch_add(thread % 2, 1);
//!             words.push(format!("from {thread}"));
//!         });
//!     }
//! });
//! assert_eq!(hits.to_vec()[..2], [2, 2]);
//! assert_eq!(words.len(), 4);
//! ```
//!
//! A clone is a second handle of the same object. Methods take `&self`, and each call is one indivisible step: threads that call
//! at once take turns. Several calls are not one step; [`List::with`] and its like make one of them, or a [`lock`].
//!
//! | here | Python's pymp | OpenMP |
//! |---|---|---|
//! | [`array::<f64>([4, 5])`](array()) | `pymp.shared.array((4, 5))` | a shared array, `omp atomic` |
//! | [`list::<T>()`](list()) | `pymp.shared.list()` | |
//! | [`dict::<K, V>()`](dict()) | `pymp.shared.dict()` | |
//! | [`queue::<T>(max)`](queue()) | `pymp.shared.queue(max)` | |
//! | [`iter(it)`](iter()) | `p.iterate(it)` | |
//! | [`lock()`](lock()) | `pymp.shared.lock()` | `omp_lock_t` |
//! | [`rlock()`](rlock()) | `pymp.shared.rlock()` | `omp_nest_lock_t` |
//!
//! All of them may be used before, in and after a region, from any thread. There is no process behind them, and no copy: what
//! [`List::update`] changes in an element is changed in the list.
//!
//! In a loop, an array, a queue and a lock can be used as they are. A list or a dict that the body changes is listed in the clause
//! `shared`, because the words for it (`push`, `insert`) are those of ordinary collections, which iterations cannot share:
//! `parallel_for!(shared(words), for i in 0..n { words.push(i) })`.
//!
//! # Panics
//!
//! A thread that panics while it uses one of them leaves it usable: locks are released, and not poisoned.
//!
//! # Deadlocks
//!
//! Some methods run code of yours while they hold the object: the closures of [`List::with`], [`List::update`] and the like, and
//! the `Clone`, `PartialEq`, `Ord` or `Hash` of elements. Such code that uses the same object again would wait for itself for
//! ever; it panics instead. Two threads that each hold one object and want the other's do wait for ever.

mod array;
mod brackets;
mod dict;
pub(crate) mod guarded;
pub(crate) mod iter;
mod list;
mod lock;
mod queue;

pub use array::{Array, Index, ReshapeError, Shape, array};
pub use dict::{Dict, dict};
pub use iter::{Iter, iter};
pub use list::{List, list};
pub use lock::{Lock, LockGuard, RLock, RLockGuard, lock, rlock};
pub use queue::{Empty, Full, Items, Queue, queue};
