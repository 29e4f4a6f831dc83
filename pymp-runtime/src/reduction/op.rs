//! The operators that `reduction(op: x)` knows by name.
//!
//! Each is a unit struct that implements [`Reduction`] for the numbers that have the operator, and elementwise for arrays, `Vec`s,
//! boxed slices and tuples of them.

mod append;
#[macro_use]
mod elementwise;
mod scalars;

use std::cmp::Reverse;

use super::Reduction;
pub use append::Append;
pub(super) use elementwise::weight;

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $name;

        elementwise_arrays! { $name }
        elementwise_lists! { $name Vec<T>, Box<[T]> }
        elementwise_tuples! { $name (A 0) (A 0, B 1) (A 0, B 1, C 2) (A 0, B 1, C 2, D 3) (A 0, B 1, C 2, D 3, E 4) (A 0, B 1, C 2, D 3, E 4, F 5) }
    )*};
}

operators! {
    /// `reduction(+: x)`
    Add
    /// `reduction(-: x)`: parts start at 0 and are added up, as in OpenMP. Those of unsigned numbers cannot go below 0: they start
    /// at the largest number, and what they are short of it is taken off.
    Sub
    /// `reduction(*: x)`
    Mul
    /// `reduction(&: x)`
    BitAnd
    /// `reduction(|: x)`
    BitOr
    /// `reduction(^: x)`
    BitXor
    /// `reduction(&&: x)`
    And
    /// `reduction(||: x)`
    Or
    /// `reduction(min: x)`
    Min
    /// `reduction(max: x)`
    Max
}

/// `reduction(min: x)` where the loop assigns `x`, or the element `x[k]`, as a whole: tuples are compared member by member from the left,
/// so that `(value, index)` finds the place of the least value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Least;

/// `reduction(max: x)` where the loop assigns `x`, or `x[k]`, as a whole; see [`Least`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Greatest;

macro_rules! ordered_tuples {
    ($op:ident $compare:tt $(($($member:ident $index:tt),*))*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($member: PartialOrd),*> Reduction<($($member,)*)> for $op
        where
            $($op: Reduction<$member>,)*
        {
            fn identity(&self, like: &($($member,)*)) -> ($($member,)*) {
                ($(self.identity(&like.$index),)*)
            }

            fn combine(&self, acc: &mut ($($member,)*), part: ($($member,)*)) {
                if part $compare *acc {
                    *acc = part;
                }
            }

            fn exact(&self) -> bool {
                $(Reduction::<$member>::exact(self))&&*
            }
        }
    )*};
}

ordered_tuples! { Least < (A 0, B 1) (A 0, B 1, C 2) (A 0, B 1, C 2, D 3) }
ordered_tuples! { Greatest > (A 0, B 1) (A 0, B 1, C 2) (A 0, B 1, C 2, D 3) }
elementwise_arrays! { Least Greatest }
elementwise_lists! { Least Vec<T>, Box<[T]> }
elementwise_lists! { Greatest Vec<T>, Box<[T]> }

macro_rules! reversed {
    ($($op:ident $other:ident)*) => {$(
        /// The other way round: `(value, Reverse(index))` finds the first place of the greatest value.
        #[diagnostic::do_not_recommend]
        impl<T> Reduction<Reverse<T>> for $op
        where
            $other: Reduction<T>,
        {
            fn identity(&self, like: &Reverse<T>) -> Reverse<T> {
                Reverse($other.identity(&like.0))
            }

            fn combine(&self, acc: &mut Reverse<T>, part: Reverse<T>) {
                $other.combine(&mut acc.0, part.0);
            }

            fn exact(&self) -> bool {
                $other.exact()
            }
        }
    )*};
}

reversed! { Min Max Max Min Least Greatest Greatest Least }

/// `lastprivate(x)`: the highest iteration that assigned, and its value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Last;

impl Last {
    /// The later one of what is `kept` and what the iteration `number` assigned, if one did.
    pub fn later<T>(kept: Option<(usize, T)>, number: Option<usize>, value: T) -> Option<(usize, T)> {
        match (&kept, number) {
            (_, None) => kept,
            (Some((other, _)), Some(number)) if *other > number => kept,
            (_, Some(number)) => Some((number, value)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T> Reduction<Option<(usize, T)>> for Last {
    fn identity(&self, _like: &Option<(usize, T)>) -> Option<(usize, T)> {
        None
    }

    fn combine(&self, acc: &mut Option<(usize, T)>, part: Option<(usize, T)>) {
        if let Some((number, value)) = part {
            *acc = Self::later(acc.take(), Some(number), value);
        }
    }

    fn commutative(&self) -> bool {
        true
    }

    fn exact(&self) -> bool {
        true
    }
}
