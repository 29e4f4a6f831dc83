//! `reduction(append: v)`: the parts are collections of their own, and are joined in iteration order.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::hash::{BuildHasher, Hash};

use crate::reduction::Reduction;

/// `reduction(append: v)`: a `Vec`, a `String`, or another collection of std's, in iteration order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Append;

/// What grows at its end, and can be given all that another one has.
macro_rules! appended {
    ($([$($bounds:tt)*] $List:ty: |$acc:ident, $part:ident| $append:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($bounds)*> Reduction<$List> for Append {
            fn identity(&self, _like: &$List) -> $List {
                <$List>::default()
            }

            #[allow(unused_mut, reason = "what is extended by value need not be mutable")]
            fn combine(&self, $acc: &mut $List, mut $part: $List) {
                $append;
            }

            fn exact(&self) -> bool {
                true
            }
        }
    )*};
}

/// Without copying the part that comes first.
macro_rules! or_moved {
    ($acc:ident, $part:ident, $append:expr) => {
        if $acc.is_empty() && $acc.capacity() < $part.len() { *$acc = $part } else { $append }
    };
}

appended! {
    [T] Vec<T>: |acc, part| or_moved!(acc, part, acc.append(&mut part));
    [] String: |acc, part| or_moved!(acc, part, acc.push_str(&part));
    [T] VecDeque<T>: |acc, part| or_moved!(acc, part, acc.append(&mut part));
    [T] LinkedList<T>: |acc, part| acc.append(&mut part);
    [T: Ord] BinaryHeap<T>: |acc, part| acc.append(&mut part);
    [T: Ord] BTreeSet<T>: |acc, part| acc.extend(part);
    [K: Ord, V] BTreeMap<K, V>: |acc, part| acc.append(&mut part);
    [T: Eq + Hash, S: BuildHasher + Default] HashSet<T, S>: |acc, part| acc.extend(part);
    [K: Eq + Hash, V, S: BuildHasher + Default] HashMap<K, V, S>: |acc, part| acc.extend(part);
}
