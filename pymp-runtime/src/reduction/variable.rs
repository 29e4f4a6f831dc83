//! The variable of a `reduction`: a value, or what a `&mut` leads to.
//!
//! 1. `like!(h)` and `place!(h)` lend the variable. Both look through a `&mut`, as a method call does, so that `h: &mut [u64]` may be
//!    named as `h: Vec<u64>` is.
//! 2. [`InParts`] says what a thread's part of it is: the same type, or a boxed slice for a slice, which no thread can hold.

use super::Reduction;

/// An operator of the clause `reduction`, for a variable of type `V`.
#[diagnostic::on_unimplemented(
    message = "this reduction cannot combine values of type `{V}`",
    label = "the operator is not for this type",
    note = "`+`, `*`, `-`, `min` and `max` combine numbers; `&`, `|` and `^` whole numbers and bools; `&&` and `||` bools; `append` a `Vec`, a `String` or another collection of std's",
    note = "for other types, a type parameter `T` too, write `reduction(MyOp: x)` with a value `MyOp` of a type of yours that implements `Reduction`",
    note = "see `pymp::errors::not_reduced`"
)]
pub trait InParts<V: ?Sized> {
    /// What each thread has of its own.
    type Part;

    /// What a part starts as.
    fn start(&self, like: &V) -> Self::Part;

    /// Adds the combined parts to the variable.
    fn finish(&self, whole: &mut V, parts: Self::Part);

    /// As [`Reduction::exact`], of parts.
    fn is_exact(&self) -> bool;

    /// As [`Reduction::weight`].
    fn weighs(&self, like: &V) -> usize;
}

// So that the message is about the variable's own type.
#[diagnostic::do_not_recommend]
impl<V, R: Reduction<V>> InParts<V> for R {
    type Part = V;

    #[inline]
    fn start(&self, like: &V) -> V {
        self.identity(like)
    }

    #[inline]
    fn finish(&self, whole: &mut V, parts: V) {
        self.combine(whole, parts);
    }

    #[inline]
    fn is_exact(&self) -> bool {
        self.exact()
    }

    #[inline]
    fn weighs(&self, like: &V) -> usize {
        self.weight(like)
    }
}

/// Element by element, as arrays and `Vec`s are.
#[diagnostic::do_not_recommend]
impl<T, R: Reduction<T> + Reduction<Box<[T]>>> InParts<[T]> for R {
    type Part = Box<[T]>;

    fn start(&self, like: &[T]) -> Box<[T]> {
        like.iter().map(|like| self.identity(like)).collect()
    }

    fn finish(&self, whole: &mut [T], parts: Box<[T]>) {
        whole.iter_mut().zip(parts).for_each(|(whole, part)| self.combine(whole, part));
    }

    fn is_exact(&self) -> bool {
        Reduction::<Box<[T]>>::exact(self)
    }

    fn weighs(&self, like: &[T]) -> usize {
        super::op::weight(self, like)
    }
}

/// Stands for a variable of which it is asked whether it is a `&mut`.
#[derive(Debug)]
pub struct Variable<'a, V: ?Sized>(pub &'a V);

/// The traits that ask, without names. All at once, since an import that is not used would draw a warning.
pub mod asking {
    pub use super::{InPlace as _, Itself as _, Led as _};
}

/// First: what a `&mut` leads to.
pub trait Led<'a> {
    /// Its type.
    type Place: ?Sized;
    /// Lends it.
    fn __pymp_like(&self) -> &'a Self::Place;
}

impl<'a, V: ?Sized> Led<'a> for Variable<'a, &mut V> {
    type Place = V;

    #[inline]
    fn __pymp_like(&self) -> &'a V {
        self.0
    }
}

/// Second: every other variable.
pub trait Itself<'a> {
    /// Its type.
    type Place: ?Sized;
    /// Lends it.
    fn __pymp_like(&self) -> &'a Self::Place;
}

impl<'a, V: ?Sized> Itself<'a> for &Variable<'a, V> {
    type Place = V;

    #[inline]
    fn __pymp_like(&self) -> &'a V {
        self.0
    }
}

/// A variable that is written: a `&mut` is lent on, by itself.
pub trait InPlace {
    /// Lends it.
    #[inline]
    fn __pymp_place(&mut self) -> &mut Self {
        self
    }
}

impl<V: ?Sized> InPlace for V {}

/// The variable `$variable` of a reduction, to be read.
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_like {
    ($variable:expr) => {{
        use $crate::reduction::variable::asking::*;
        (&$crate::reduction::variable::Variable(&$variable)).__pymp_like()
    }};
}

/// The variable `$variable` of a reduction, to be written.
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_place {
    ($variable:expr) => {{
        use $crate::reduction::variable::asking::*;
        ($variable).__pymp_place()
    }};
}

#[cfg(test)]
mod tests {
    use super::super::op::{Add, Append};
    use super::InParts;

    fn add_one<V: ?Sized, R: InParts<V>>(op: &R, like: &V, change: impl FnOnce(&mut R::Part)) -> R::Part {
        let mut part = op.start(like);
        change(&mut part);
        part
    }

    #[test]
    fn a_variable_is_lent_as_it_is_or_as_what_it_leads_to() {
        let (mut number, mut numbers) = (1, [1, 2]);
        let (led, slice) = (&mut 2.5, &mut numbers[..]);
        assert_eq!((*crate::__pymp_like!(number), *crate::__pymp_like!(led), crate::__pymp_like!(slice)), (1, 2.5, &[1, 2][..]));
        *crate::__pymp_place!(number) += 1;
        *crate::__pymp_place!(led) += 1.0;
        crate::__pymp_place!(slice)[0] += 1;
        assert_eq!((number, *led, &slice[..]), (2, 3.5, &[2, 2][..]));
    }

    #[test]
    fn the_part_of_a_slice_is_boxed() {
        let whole: &mut [u32] = &mut [5, 6];
        let part = add_one(&Add, &whole[..], |part| part[1] += 3);
        assert_eq!(*part, [0, 3]);
        Add.finish(whole, part);
        assert_eq!((&whole[..], InParts::<[u32]>::is_exact(&Add), Add.weighs(&whole[..])), (&[5, 9][..], true, 2));
        assert!(!InParts::<[f64]>::is_exact(&Add));
    }

    #[test]
    fn the_part_of_anything_else_is_of_its_type() {
        let mut list = vec![1];
        let part = add_one(&Append, &list, |part| part.push(2));
        Append.finish(&mut list, part);
        assert_eq!(list, [1, 2]);
    }
}
