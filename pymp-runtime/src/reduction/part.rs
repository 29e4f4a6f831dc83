//! What the clause `reduction(+: hist)` means when `hist` is, or refers to, a slice or something else: asked of its type.
//!
//! A thread's part must be owned, so that of a slice is a `Vec` of the same length, and that of a `&mut V` is a `V`. Which it is, is a
//! question of which method there is:
//!
//! 1. Before the loop a [`Kind`] of the place is asked for what parts start from, as in [`seen`](crate::looping::seen).
//! 2. After it the method is called on the place itself. What is a reference already is lent on, and need not be `mut`.

use std::marker::PhantomData;
use std::ops::Deref;

use super::Reduction;

/// The traits that ask, without names.
pub mod kinds {
    pub use super::{Behind as _, IntoItself as _, IntoSlice as _, Itself as _, Slice as _};
}

/// Stands for a place of which it is asked what it is.
#[derive(Debug)]
pub struct Kind<T: ?Sized>(PhantomData<fn(&T)>);

impl<T: ?Sized> Kind<T> {
    /// For the type of this place.
    #[inline(always)]
    pub const fn of(_: &T) -> Self {
        Self(PhantomData)
    }
}

/// A slice's values before the loop.
#[derive(Debug)]
pub struct Values<E>(Vec<E>);

impl<E> Deref for Values<E> {
    type Target = Vec<E>;

    fn deref(&self) -> &Vec<E> {
        &self.0
    }
}

/// A slice, or a reference to one.
pub trait AsSlice {
    /// What it holds.
    type Element: Clone;
    /// All of it.
    fn elements(&self) -> &[Self::Element];
}

impl<E: Clone> AsSlice for [E] {
    type Element = E;

    fn elements(&self) -> &[E] {
        self
    }
}

impl<E: Clone> AsSlice for &mut [E] {
    type Element = E;

    fn elements(&self) -> &[E] {
        self
    }
}

/// Asked first.
pub trait Slice<S: AsSlice + ?Sized> {
    /// What a part starts from.
    fn __pymp_like(&self, place: &S) -> Values<S::Element> {
        Values(place.elements().to_vec())
    }
}

impl<S: AsSlice + ?Sized> Slice<S> for &&Kind<S> {}

/// Asked next.
pub trait Behind<V> {
    /// What a part starts from.
    fn __pymp_like<'a>(&self, place: &'a &mut V) -> &'a V {
        place
    }
}

impl<V> Behind<V> for &Kind<&mut V> {}

/// Asked last.
pub trait Itself<V> {
    /// What a part starts from.
    fn __pymp_like<'a>(&self, place: &'a V) -> &'a V {
        place
    }
}

impl<V> Itself<V> for Kind<V> {}

/// Where the result of a slice goes.
pub trait IntoSlice<E> {
    /// Adds what the loop made to the elements.
    fn __pymp_combine<R: Reduction<Vec<E>>>(&mut self, op: &R, part: Vec<E>);
}

impl<E: Clone> IntoSlice<E> for [E] {
    fn __pymp_combine<R: Reduction<Vec<E>>>(&mut self, op: &R, part: Vec<E>) {
        let mut total = self.to_vec();
        op.combine(&mut total, part);
        self.iter_mut().zip(total).for_each(|(element, value)| *element = value);
    }
}

/// Where any other result goes.
pub trait IntoItself: Sized {
    /// Adds what the loop made to it.
    fn __pymp_combine<R: Reduction<Self>>(&mut self, op: &R, part: Self) {
        op.combine(self, part);
    }
}

impl<V> IntoItself for V {}
