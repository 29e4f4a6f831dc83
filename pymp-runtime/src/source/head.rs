//! What the macros write around a loop's head: each leaf, each adapter that takes a second one, and the whole.

/// A leaf of a loop's head: a [`Cut`] when it can be cut, else as it was. A `match`, so that its temporaries live as long as those
/// of a plain loop's head; a tuple, so that the parentheses of `(0..n)` are not called needless.
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_cut {
    ($head:expr) => {
        match ($head,) {
            (head,) => $crate::__pymp_kind!(head).cut(head),
        }
    };
}

/// The whole head as a [`Source`].
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_source {
    ($head:expr) => {
        match ($head,) {
            (head,) => $crate::__pymp_kind!(head).source(head),
        }
    };
}

/// `left.zip(right)` and `left.chain(right)`: `left` has its leaves wrapped, and so has `right` when it has adapters of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_join {
    ($left:expr, chain, $right:expr) => {
        match ($left, $right) {
            (left, right) => {
                let right = $crate::__pymp_kind!(left).operand($crate::__pymp_kind!(right).last(), right);
                left.chain(right)
            }
        }
    };
    ($left:expr, $method:ident, $right:expr) => {
        match ($left, $right) {
            (left, right) => {
                let right = $crate::__pymp_kind!(left).operand($crate::__pymp_kind!(right), right);
                left.$method(right)
            }
        }
    };
}
