//! `atomic(h)`: `h[e] op= v` for any `e`, as one atomic update of the ordinary number in place.

use std::fmt;
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Range, Sub};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16, AtomicU32, AtomicU64, AtomicUsize,
};

use super::Split;
use super::whole::{Whole, out_of_bounds};

/// An array of numbers handed over whole; every iteration may update every element.
pub struct Atomics<'a, T> {
    whole: Whole<'a, T>,
}

/// What the iterations see of [`Atomics`]: elements that can be updated, and nothing else.
#[derive(Clone, Copy)]
pub struct AtomicView<'p, T> {
    whole: &'p Atomics<'p, T>,
}

/// One element of an [`AtomicView`].
pub struct AtomicElement<'p, T: AtomicNumber> {
    cell: &'p T::Cell,
}

impl<'a, T: AtomicNumber> Atomics<'a, T> {
    pub(super) fn new(whole: Whole<'a, T>) -> Self {
        Self { whole }
    }
}

impl<'p, T: AtomicNumber> AtomicView<'p, T> {
    /// Length of the whole array.
    #[inline]
    pub fn len(&self) -> usize {
        self.whole.whole.len()
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
        let whole = &self.whole.whole;
        if index >= whole.len() {
            out_of_bounds(index, whole.len());
        }
        // SAFETY: index < len. Nothing else gives out elements of an `Atomics`, so no `&mut` to this one is alive.
        let place = unsafe { whole.element(index) };
        // SAFETY: the element is valid for 'p, and `Cell` may stand in its place (law of `AtomicNumber`); all threads reach the
        // element by such cells only, so all accesses are atomic. A body that unwinds leaves a number like any other.
        AtomicElement { cell: unsafe { &*place.cast() } }
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
            T::update(self.cell, value, |old, value| old.$name(value));
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
        <T as AtomicNumber>::add(self.cell, value);
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

/// A number that can be updated atomically where it lies: the integers of up to 64 bits, `f32`, `f64`, and `bool` (bitwise only).
///
/// An update that overflows panics where the ordinary one would, in a debug build.
///
/// # Safety
///
/// `Cell` has the size and the alignment of `Self`, every value of `Self` is a value of `Cell`, and `Cell` changes it atomically.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no atomic updates",
    label = "the clause `atomic` needs an array of integers of up to 64 bits, `f32`, `f64` or `bool`",
    note = "write `reduction(+: h)` for other types: each thread then has its own array"
)]
pub unsafe trait AtomicNumber: Copy + Send + 'static {
    /// The atomic type that may stand in the number's place.
    type Cell: Sync;

    /// Replaces the number by `change` of it and `value`.
    fn update(cell: &Self::Cell, value: Self, change: impl Fn(Self, Self) -> Self);

    /// Adds, in one instruction where the machine has it.
    #[inline]
    #[track_caller]
    fn add(cell: &Self::Cell, value: Self)
    where
        Self: Add<Output = Self>,
    {
        Self::update(cell, value, |old, value| old + value);
    }
}

// Relaxed throughout this file: an element carries only its own value, and the join at the end of the loop publishes it.

macro_rules! integers {
    ($($int:ty => $cell:ty),*) => {$(
        const _: () = assert!(align_of::<$int>() == align_of::<$cell>() && size_of::<$int>() == size_of::<$cell>());

        // SAFETY: std gives the atomic integer the integer's size and bit validity; the alignment is asserted above.
        unsafe impl AtomicNumber for $int {
            type Cell = $cell;

            #[inline]
            #[track_caller]
            fn update(cell: &$cell, value: $int, change: impl Fn($int, $int) -> $int) {
                let mut old = cell.load(Relaxed);
                while let Err(now) = cell.compare_exchange_weak(old, change(old, value), Relaxed, Relaxed) {
                    old = now;
                }
            }

            #[inline]
            #[track_caller]
            fn add(cell: &$cell, value: $int) {
                let old = cell.fetch_add(value, Relaxed);
                // The sum again, for the overflow check of a debug build.
                let _ = old + value;
            }
        }
    )*};
}

integers! {
    i8 => AtomicI8, u8 => AtomicU8, i16 => AtomicI16, u16 => AtomicU16, i32 => AtomicI32, u32 => AtomicU32,
    i64 => AtomicI64, u64 => AtomicU64, isize => AtomicIsize, usize => AtomicUsize
}

macro_rules! floats {
    ($($float:ty => $cell:ty),*) => {$(
        const _: () = assert!(align_of::<$float>() == align_of::<$cell>() && size_of::<$float>() == size_of::<$cell>());

        // SAFETY: every bit pattern is a float and an integer of the same size; the alignment is asserted above.
        unsafe impl AtomicNumber for $float {
            type Cell = $cell;

            #[inline]
            fn update(cell: &$cell, value: $float, change: impl Fn($float, $float) -> $float) {
                let mut old = cell.load(Relaxed);
                loop {
                    let new = change(<$float>::from_bits(old), value).to_bits();
                    match cell.compare_exchange_weak(old, new, Relaxed, Relaxed) {
                        Ok(_) => return,
                        Err(now) => old = now,
                    }
                }
            }
        }
    )*};
}

floats! { f32 => AtomicU32, f64 => AtomicU64 }

// SAFETY: std gives `AtomicBool` the size, the alignment and the bit validity of `bool`.
unsafe impl AtomicNumber for bool {
    type Cell = AtomicBool;

    #[inline]
    fn update(cell: &AtomicBool, value: bool, change: impl Fn(bool, bool) -> bool) {
        let mut old = cell.load(Relaxed);
        while let Err(now) = cell.compare_exchange_weak(old, change(old, value), Relaxed, Relaxed) {
            old = now;
        }
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
unsafe impl<S: ?Sized, T: AtomicNumber> Split<S> for Atomics<'_, T> {
    type Part<'p>
        = AtomicView<'p, T>
    where
        Self: 'p;

    fn begin(&mut self, _source: &S) {}

    #[inline]
    unsafe fn part<'p>(&'p self, _numbers: &Range<usize>) -> AtomicView<'p, T> {
        AtomicView { whole: self }
    }
}
