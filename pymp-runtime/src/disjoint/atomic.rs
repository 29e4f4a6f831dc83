//! `atomic(h)`: `h[e] op= v` for any `e`, as one atomic update of the ordinary number in place.

use std::fmt;
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Range, Sub};
// Relaxed throughout this file: an element carries only its own value, and the join at the end of the loop publishes it.
use std::sync::atomic::Ordering::Relaxed;

use super::whole::{Whole, out_of_bounds};
use super::{AtomicNumber, Parts, Split};

/// An array of numbers handed over whole; every iteration may update every element.
pub struct Atomics<'a, T> {
    whole: Whole<'a, T>,
    /// The team is one thread, which need not lock the bus for an update: that takes twenty times as long.
    alone: bool,
}

/// What the iterations see of [`Atomics`]: elements that can be updated, and nothing else.
#[derive(Clone, Copy)]
pub struct AtomicView<'p, T> {
    // Invariant: the elements of `whole`, and its `alone`. Behind the reference they would be loaded again after each update.
    // The pointer also keeps the view on its thread: an update that locks nothing is atomic on the one thread of its loop only.
    elements: *mut [T],
    alone: bool,
    whole: &'p Atomics<'p, T>,
}

/// One element of an [`AtomicView`].
pub struct AtomicElement<'p, T: AtomicNumber> {
    cell: &'p T::Cell,
    alone: bool,
}

impl<'a, T: AtomicNumber> Atomics<'a, T> {
    pub(super) fn new(whole: Whole<'a, T>) -> Self {
        Self { whole, alone: false }
    }
}

impl<'p, T: AtomicNumber> AtomicView<'p, T> {
    /// Length of the whole array.
    #[inline]
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether the whole array is empty.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element `index`.
    ///
    /// # Panics
    ///
    /// When the index is out of bounds, as a slice does.
    #[inline]
    #[track_caller]
    pub fn at(&self, index: usize) -> AtomicElement<'p, T> {
        if index >= self.len() {
            out_of_bounds(index, self.len());
        }
        // SAFETY: index < len, and `elements` are those of an array (field invariant).
        let place = unsafe { self.elements.cast::<T>().add(index) };
        // SAFETY: the element is valid for 'p, and `Cell` may stand in its place (law of `AtomicNumber`). Nothing else gives out elements
        // of an `Atomics`, so no `&mut` to this one is alive; all threads reach it by such cells only, so all accesses are atomic. A body
        // that unwinds leaves a number like any other.
        AtomicElement { cell: unsafe { &*place.cast() }, alone: self.alone }
    }
}

macro_rules! updates {
    ($($symbol:literal $name:ident: $bound:ident)*) => {$(
        #[doc = concat!("`h[e] ", $symbol, " value`")]
        #[inline]
        #[track_caller]
        pub fn $name(self, value: T)
        where
            T: $bound<Output = T>,
        {
            if self.alone {
                self.set(T::load(self.cell, Relaxed).$name(value));
            } else {
                T::update(self.cell, Relaxed, |old| old.$name(value));
            }
        }
    )*};
}

impl<T: AtomicNumber> AtomicElement<'_, T> {
    /// `h[e] += value`
    #[inline]
    #[track_caller]
    pub fn add(self, value: T)
    where
        T: Add<Output = T>,
    {
        if self.alone {
            self.set(T::load(self.cell, Relaxed) + value);
        } else {
            <T as AtomicNumber>::add(self.cell, value, Relaxed);
        }
    }

    #[inline]
    fn set(&self, value: T) {
        T::store(self.cell, value, Relaxed);
    }

    updates! {
        "-=" sub: Sub
        "*=" mul: Mul
        "/=" div: Div
        "&=" bitand: BitAnd
        "|=" bitor: BitOr
        "^=" bitxor: BitXor
    }
}

impl<T> fmt::Debug for Atomics<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[..{}] atomic", self.whole.name, self.whole.len())
    }
}

impl<T> fmt::Debug for AtomicView<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.whole.fmt(f)
    }
}

impl<T: AtomicNumber> fmt::Debug for AtomicElement<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AtomicElement").finish_non_exhaustive()
    }
}

// SAFETY: parts alias by intent: they reach elements through atomic cells only, never by `&T` or `&mut T`.
unsafe impl<T> Parts for Atomics<'_, T> {
    type Part<'p>
        = AtomicView<'p, T>
    where
        Self: 'p;

    #[inline]
    unsafe fn part<'p>(&'p self, _numbers: &Range<usize>) -> AtomicView<'p, T> {
        AtomicView { elements: self.whole.elements(), alone: self.alone, whole: self }
    }
}

// SAFETY: they are numbers, which may be sent.
unsafe impl<S: ?Sized, T: AtomicNumber> Split<S> for Atomics<'_, T> {
    fn begin(&mut self, _source: &S, team: usize) {
        self.alone = team == 1;
    }
}
