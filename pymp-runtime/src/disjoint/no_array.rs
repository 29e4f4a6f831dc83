//! Collections that are no arrays. The expansion asks them for their elements as it asks an array, so that what is wrong is said in words of
//! the loop, and not as a method that is not found.

use std::collections::{BTreeMap, HashMap};

use super::{AtomicNumber, Elements};
use crate::shared;

/// The traits that are asked, without names. All at once, since an import that is not used would draw a warning.
pub mod asking {
    pub use super::super::Disjoint as _;
    pub use super::NoArray as _;
}

/// What has elements by index that no iteration can own.
pub trait NoArray {
    /// What `a[i]` is.
    type Element;

    /// Is refused.
    fn as_disjoint(&self) -> Elements<'_, Self::Element>
    where
        Self: OwnedByIterations,
    {
        unreachable!("no such collection is owned by iterations")
    }
}

/// No collection of these.
#[diagnostic::on_unimplemented(
    message = "the iterations of a loop cannot own elements of `{Self}`",
    label = "no array or `Vec`, whose elements can be written by `a[i] = ..`",
    note = "those of `pymp::shared` are changed by methods, on every thread: `a.set(i, v)`, `d.insert(k, v)`",
    note = "instead of a map take `pymp::shared::dict()`; or collect pairs, `reduction(append: pairs)`, and make the map of them after the loop"
)]
pub trait OwnedByIterations {}

impl<T: AtomicNumber> NoArray for shared::Array<T> {
    type Element = T;
}

impl<K, V, S> NoArray for HashMap<K, V, S> {
    type Element = V;
}

impl<K, V> NoArray for BTreeMap<K, V> {
    type Element = V;
}
