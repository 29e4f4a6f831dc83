//! Numbers that can be updated atomically where they lie: what `atomic(h)` and `shared::array` stand on.

use std::ops::Add;
use std::panic::RefUnwindSafe;
use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed};
use std::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16, AtomicU32, AtomicU64, AtomicUsize,
};

/// A number that can be updated atomically where it lies: the integers of up to 64 bits, `f32`, `f64`, and `bool` (bitwise only).
///
/// An update that overflows panics where the ordinary one would, in a debug build.
///
/// # Safety
///
/// `Cell` has the size and the alignment of `Self`, every value of `Self` is a value of `Cell` and the other way round, and `Cell`
/// changes it atomically.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no atomic updates",
    label = "the clause `atomic` and `shared::array` need integers of up to 64 bits, `f32`, `f64` or `bool`",
    note = "for other types write `reduction(+: h)` in place of `atomic(h)`, where each thread has its own array; or take a `pymp::shared::list()`",
    note = "see `pymp::errors::updated_element`"
)]
pub unsafe trait AtomicNumber: Copy + Default + Send + Sync + 'static {
    /// The atomic type that may stand in the number's place.
    type Cell: Send + Sync + RefUnwindSafe;

    /// The number.
    fn load(cell: &Self::Cell, order: Ordering) -> Self;

    /// Replaces the number by `value`.
    fn store(cell: &Self::Cell, value: Self, order: Ordering);

    /// Replaces the number by `value`; the old one.
    fn swap(cell: &Self::Cell, value: Self, order: Ordering) -> Self;

    /// Replaces the number by `new` if it is, bit for bit, `current`; the number that was found.
    ///
    /// # Errors
    ///
    /// The number that was found, when it is another one.
    fn compare_exchange(cell: &Self::Cell, current: Self, new: Self, order: Ordering) -> Result<Self, Self>;

    /// The same, faster in a loop.
    ///
    /// # Errors
    ///
    /// The number that was found, which may be `current`.
    fn compare_exchange_weak(cell: &Self::Cell, current: Self, new: Self, order: Ordering) -> Result<Self, Self>;

    /// Replaces the number by `change` of it, which may be asked again when another thread was faster; the old one.
    #[inline]
    #[track_caller]
    fn update(cell: &Self::Cell, order: Ordering, mut change: impl FnMut(Self) -> Self) -> Self {
        let mut old = Self::load(cell, on_failure(order));
        loop {
            match Self::compare_exchange_weak(cell, old, change(old), order) {
                Ok(old) => return old,
                Err(now) => old = now,
            }
        }
    }

    /// Adds, in one instruction where the machine has it; the old number.
    #[inline]
    #[track_caller]
    fn add(cell: &Self::Cell, value: Self, order: Ordering) -> Self
    where
        Self: Add<Output = Self>,
    {
        Self::update(cell, order, |old| old + value)
    }
}

/// What a failed exchange is ordered by: it stores nothing, so there is nothing to release.
#[inline]
const fn on_failure(order: Ordering) -> Ordering {
    match order {
        AcqRel | Acquire => Acquire,
        _ => Relaxed,
    }
}

/// What the law of [`AtomicNumber`] says of sizes and alignments, checked where it is relied upon.
struct Law<T>(T);

impl<T: AtomicNumber> Law<T> {
    const HOLDS: () = assert!(size_of::<T>() == size_of::<T::Cell>() && align_of::<T>() == align_of::<T::Cell>());
}

/// Numbers become cells where they lie: pages that nobody has touched yet stay untouched, which a loop over them cannot promise.
pub(crate) fn into_cells<T: AtomicNumber>(numbers: Vec<T>) -> Box<[T::Cell]> {
    let () = Law::<T>::HOLDS;
    let numbers: *mut [T] = Box::into_raw(numbers.into_boxed_slice());
    // SAFETY: from a box, and in one again. Sizes and alignments agree, so it will be freed as it was allocated, and every number is
    // a value of a cell (law of `AtomicNumber`).
    unsafe { Box::from_raw(numbers as *mut [T::Cell]) }
}

/// Cells that are nobody else's become numbers where they lie.
pub(crate) fn into_numbers<T: AtomicNumber>(cells: Box<[T::Cell]>) -> Vec<T> {
    let () = Law::<T>::HOLDS;
    let cells: *mut [T::Cell] = Box::into_raw(cells);
    // SAFETY: from a box, and in one again. Sizes and alignments agree, so it will be freed as it was allocated, and every value of a
    // cell is a number (law of `AtomicNumber`).
    unsafe { Box::from_raw(cells as *mut [T]) }.into_vec()
}

/// Cells that are nobody else's, as numbers while they are borrowed.
#[inline]
pub(crate) fn numbers_mut<T: AtomicNumber>(cells: &mut [T::Cell]) -> &mut [T] {
    let () = Law::<T>::HOLDS;
    let numbers: *mut [T] = std::ptr::from_mut(cells) as *mut [T];
    // SAFETY: the same memory, for as long as `cells` is borrowed, and borrowed mutably, so that no thread updates a cell meanwhile.
    // Sizes and alignments agree, and values of either type are values of the other (law of `AtomicNumber`).
    unsafe { &mut *numbers }
}

macro_rules! exchanges {
    ($number:ty, $cell:ty, $wrap:expr, $unwrap:expr) => {
        type Cell = $cell;

        #[inline]
        fn load(cell: &$cell, order: Ordering) -> $number {
            $unwrap(cell.load(order))
        }

        #[inline]
        fn store(cell: &$cell, value: $number, order: Ordering) {
            cell.store($wrap(value), order);
        }

        #[inline]
        fn swap(cell: &$cell, value: $number, order: Ordering) -> $number {
            $unwrap(cell.swap($wrap(value), order))
        }

        #[inline]
        fn compare_exchange(cell: &$cell, current: $number, new: $number, order: Ordering) -> Result<$number, $number> {
            cell.compare_exchange($wrap(current), $wrap(new), order, on_failure(order)).map($unwrap).map_err($unwrap)
        }

        #[inline]
        fn compare_exchange_weak(cell: &$cell, current: $number, new: $number, order: Ordering) -> Result<$number, $number> {
            cell.compare_exchange_weak($wrap(current), $wrap(new), order, on_failure(order)).map($unwrap).map_err($unwrap)
        }
    };
}

macro_rules! integers {
    ($($int:ty => $cell:ty),*) => {$(
        const _: () = assert!(align_of::<$int>() == align_of::<$cell>() && size_of::<$int>() == size_of::<$cell>());

        // SAFETY: std gives the atomic integer the integer's size and bit validity; the alignment is asserted above.
        #[diagnostic::do_not_recommend]
        unsafe impl AtomicNumber for $int {
            exchanges!($int, $cell, std::convert::identity, std::convert::identity);

            #[inline]
            #[track_caller]
            fn add(cell: &$cell, value: $int, order: Ordering) -> $int {
                let old = cell.fetch_add(value, order);
                // The sum again, for the overflow check of a debug build.
                let _ = old + value;
                old
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
        #[diagnostic::do_not_recommend]
        unsafe impl AtomicNumber for $float {
            exchanges!($float, $cell, <$float>::to_bits, <$float>::from_bits);
        }
    )*};
}

floats! { f32 => AtomicU32, f64 => AtomicU64 }

// SAFETY: std gives `AtomicBool` the size, the alignment and the bit validity of `bool`.
#[diagnostic::do_not_recommend]
unsafe impl AtomicNumber for bool {
    exchanges!(bool, AtomicBool, std::convert::identity, std::convert::identity);
}
