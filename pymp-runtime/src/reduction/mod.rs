//! Identity, combination, and the order that is promised.
//!
//! A loop's partial results are combined in one of three ways, chosen by `looping`:
//!
//! 1. along a fixed tree over a fixed grid of blocks (`tree.rs`), which makes the result the same bit for bit for every team;
//! 2. in iteration order, for operators whose order matters;
//! 3. per thread, in thread order, for the others.

#[doc(hidden)]
pub mod fitting;
pub mod op;
pub(crate) mod tree;
pub mod variable;

/// An operator of the clause `reduction(op: x)`.
///
/// # Examples
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::Reduction;
///
/// /// The longest of all words; the first one when several are.
/// struct Longest;
///
/// impl Reduction<String> for Longest {
///     fn identity(&self, _like: &String) -> String {
///         String::new()
///     }
///     fn combine(&self, acc: &mut String, part: String) {
///         if part.len() > acc.len() {
///             *acc = part;
///         }
///     }
/// }
///
/// let mut word = "tree".to_owned();
/// Longest.combine(&mut word, "forest".to_owned());
/// assert_eq!(word, "forest");
/// ```
///
/// `combine` must be associative: `(a b) c` and `a (b c)` are the same, up to rounding. It need not be commutative: parts are
/// combined in iteration order, unless [`commutative`](Reduction::commutative) says that any order will do.
///
/// So that results are the same bit for bit in spite of rounding, a loop makes its parts of blocks of iterations that follow from their
/// number alone. Where nothing is rounded, [`exact`](Reduction::exact) says so, and each thread makes one part. For a map that is
/// merged this is the difference between two parts and a hundred.
///
/// Source: OpenMP's `declare reduction`, with `identity` as the initializer and `combine` as the combiner.
#[diagnostic::on_unimplemented(
    message = "this reduction cannot combine values of type `{T}`",
    label = "the operator is not for this type",
    note = "`+`, `*`, `-`, `min` and `max` combine numbers; `&`, `|` and `^` whole numbers and bools; `&&` and `||` bools; `append` a `Vec`, a `String` or another collection of std's",
    note = "for other types, a type parameter `T` too, write `reduction(MyOp: x)` with a value `MyOp` of a type of yours that implements `Reduction`",
    note = "see `pymp::errors::not_reduced`"
)]
pub trait Reduction<T> {
    /// What a thread's part starts as. `like` is the variable's value before the loop, to take a length or a shape from.
    fn identity(&self, like: &T) -> T;

    /// Adds `part`, the result of later iterations, to `acc`, the result of earlier ones.
    fn combine(&self, acc: &mut T, part: T);

    /// Whether parts may be combined in any order. Saying so saves memory under `static,n`, `dynamic` and `guided`.
    fn commutative(&self) -> bool {
        false
    }

    /// Whether `(a b) c` and `a (b c)` are the same bit for bit, as with integers, sets and lists. Saying so saves parts.
    fn exact(&self) -> bool {
        false
    }

    /// How much work it is to make a part and to combine it, in numbers: 1 for a number, the length for an array. The heavier it
    /// is, the fewer parts are made. `like` is the variable's value before the loop.
    fn weight(&self, _like: &T) -> usize {
        // What owns memory is made and combined piece by piece, of who knows how many.
        if std::mem::needs_drop::<T>() { 4096 } else { 1 }
    }
}

#[diagnostic::do_not_recommend]
impl<T, R: Reduction<T> + ?Sized> Reduction<T> for &R {
    fn identity(&self, like: &T) -> T {
        (**self).identity(like)
    }

    fn combine(&self, acc: &mut T, part: T) {
        (**self).combine(acc, part);
    }

    fn commutative(&self) -> bool {
        (**self).commutative()
    }

    fn exact(&self) -> bool {
        (**self).exact()
    }

    fn weight(&self, like: &T) -> usize {
        (**self).weight(like)
    }
}

/// The operators of all reductions of one loop, over the tuple of their variables.
pub trait Reductions<V>: Sync {
    /// Combines each variable by its operator.
    fn combine(&self, acc: &mut V, part: V);

    /// Whether every operator is commutative.
    fn commutative(&self) -> bool;
}

/// For each number of variables up to that of the list.
macro_rules! tuples {
    ([$($before:tt)*]) => { tuples!(@ $($before)*); };
    ([$($before:tt)*] $op:ident $var:ident $index:tt $($more:tt)*) => {
        tuples!(@ $($before)*);
        tuples!([$($before)* $op $var $index] $($more)*);
    };
    (@ $($op:ident $var:ident $index:tt)*) => {
        impl<$($var, $op: Reduction<$var> + Sync),*> Reductions<($($var,)*)> for ($($op,)*) {
            #[inline]
            fn combine(&self, _acc: &mut ($($var,)*), _part: ($($var,)*)) {
                $(self.$index.combine(&mut _acc.$index, _part.$index);)*
            }

            #[inline]
            fn commutative(&self) -> bool {
                true $(&& self.$index.commutative())*
            }
        }
    };
}

tuples! { [] A Ta 0 B Tb 1 C Tc 2 D Td 3 E Te 4 F Tf 5 G Tg 6 H Th 7 I Ti 8 J Tj 9 K Tk 10 L Tl 11 M Tm 12 N Tn 13 O To 14 P Tp 15 Q Tq 16 R Tr 17 T Tt 18 U Tu 19 V Tv 20 W Tw 21 X Tx 22 Y Ty 23 }
