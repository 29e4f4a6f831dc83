//! `a[i]` would be a reference to what other threads may change meanwhile: it is refused, and the message says what to write.

use std::ops::Index;

use super::{Array, Dict, List};
use crate::disjoint::AtomicNumber;

macro_rules! refused {
    ($([$($generics:tt)*] $type:ty, $output:ident: $trait:ident, $message:literal, $label:literal;)*) => {$(
        /// Implemented by nobody.
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = "see `pymp::errors::shared_array`")]
        pub trait $trait<I> {
            /// What the brackets stand for.
            type Output;
            /// The element.
            fn at(&self, index: I) -> &Self::Output;
        }

        #[doc(hidden)]
        impl<I, $($generics)*> Index<I> for $type
        where
            Self: $trait<I, Output = $output>,
        {
            type Output = $output;

            fn index(&self, index: I) -> &$output {
                self.at(index)
            }
        }
    )*};
}

refused! {
    [T: AtomicNumber] Array<T>, T: ArrayInBrackets,
        "every thread may change the elements of a `shared::array`, and brackets would borrow one",
        "write `a.get(i)`, `a.set(i, value)` or `a.fetch_add(i, value)`, with `[i, j]` for two dimensions";
    [T] List<T>, T: ListInBrackets,
        "every thread may change the items of a `shared::list`, and brackets would borrow one",
        "write `list.get(i)`, `list.set(i, item)` or `list.update(i, |item| ..)`";
    [K, V] Dict<K, V>, V: DictInBrackets,
        "every thread may change the values of a `shared::dict`, and brackets would borrow one",
        "write `dict.get(&key)`, `dict.insert(key, value)` or `dict.update(&key, |value| ..)`";
}
