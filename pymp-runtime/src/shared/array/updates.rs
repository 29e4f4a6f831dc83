//! Updates of one element in one step.

use std::ops::{Add, BitAnd, BitOr, BitXor, Sub};
use std::sync::atomic::Ordering::AcqRel;

use super::{Array, Index};
use crate::disjoint::AtomicNumber;

// AcqRel throughout: an update reads a number, and stores one; see `get` and `set`.

macro_rules! fetch {
    ($($fetch:ident $op:ident: $bound:ident, $meaning:literal, $old:literal $operand:literal $new:literal;)*) => {$(
        #[doc = concat!("The element `index` ", $meaning, " `value`, in one step; the old element.")]
        ///
        /// ```
        /// # use pymp_runtime as pymp;
        #[doc = concat!("let a = pymp::shared::Array::from(vec![", $old, "]);")]
        #[doc = concat!("assert_eq!(a.", stringify!($fetch), "(0, ", $operand, "), ", $old, ");")]
        #[doc = concat!("assert_eq!(a.get(0), ", $new, ");")]
        /// ```
        #[inline]
        #[track_caller]
        pub fn $fetch(&self, index: impl Index, value: T) -> T
        where
            T: $bound<Output = T>,
        {
            T::update(self.cell(index), AcqRel, |old| old.$op(value))
        }
    )*};
}

impl<T: AtomicNumber> Array<T> {
    /// Adds `value` to the element `index`, in one step; the old element.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let sums = pymp::shared::array::<f64>(3);
    /// std::thread::scope(|scope| {
    ///     for _ in 0..4 {
    ///         scope.spawn(|| sums.fetch_add(1, 0.5));
    ///     }
    /// });
    /// assert_eq!(sums.to_vec(), [0.0, 2.0, 0.0]);
    /// ```
    ///
    /// OpenMP: `omp atomic capture`.
    #[inline]
    #[track_caller]
    pub fn fetch_add(&self, index: impl Index, value: T) -> T
    where
        T: Add<Output = T>,
    {
        <T as AtomicNumber>::add(self.cell(index), value, AcqRel)
    }

    fetch! {
        fetch_sub sub: Sub, "less", 7 2 5;
        fetch_and bitand: BitAnd, "and (bitwise)", 6 3 2;
        fetch_or bitor: BitOr, "or (bitwise)", 6 3 7;
        fetch_xor bitxor: BitXor, "exclusive or (bitwise)", 6 3 5;
    }

    /// The lesser of the element `index` and `value`, in one step; the old element.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let a = pymp::shared::Array::from(vec![f64::INFINITY]);
    /// a.fetch_min(0, 2.5);
    /// a.fetch_min(0, f64::NAN); // a number is less than none
    /// assert_eq!(a.get(0), 2.5);
    /// ```
    #[inline]
    #[track_caller]
    pub fn fetch_min(&self, index: impl Index, value: T) -> T
    where
        T: PartialOrd,
    {
        T::update(self.cell(index), AcqRel, |old| if value < old || is_nan(old) { value } else { old })
    }

    /// The greater of the element `index` and `value`, in one step; the old element.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let a = pymp::shared::array::<i16>(1);
    /// a.fetch_max(0, 3);
    /// a.fetch_max(0, 2);
    /// assert_eq!(a.get(0), 3);
    /// ```
    #[inline]
    #[track_caller]
    pub fn fetch_max(&self, index: impl Index, value: T) -> T
    where
        T: PartialOrd,
    {
        T::update(self.cell(index), AcqRel, |old| if value > old || is_nan(old) { value } else { old })
    }

    /// Replaces the element `index` by `change` of it, in one step; the old element.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let a = pymp::shared::Array::from(vec![10_u8]);
    /// assert_eq!(a.update(0, |x| x.wrapping_mul(30)), 10);
    /// assert_eq!(a.get(0), 44);
    /// ```
    ///
    /// `change` is asked again when another thread was faster.
    #[inline]
    #[track_caller]
    pub fn update(&self, index: impl Index, change: impl FnMut(T) -> T) -> T {
        T::update(self.cell(index), AcqRel, change)
    }

    /// Writes the element `index`; the old element, in the same step.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let a = pymp::shared::Array::from(vec![1, 2]);
    /// assert_eq!(a.swap(0, 5), 1);
    /// assert_eq!(a.to_vec(), [5, 2]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn swap(&self, index: impl Index, value: T) -> T {
        T::swap(self.cell(index), value, AcqRel)
    }

    /// Writes `new` if the element `index` is `current`, in one step; the old element.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let winner = pymp::shared::Array::from(vec![-1]);
    /// assert_eq!(winner.compare_exchange(0, -1, 4), Ok(-1));
    /// assert_eq!(winner.compare_exchange(0, -1, 5), Err(4));
    /// assert_eq!(winner.get(0), 4);
    /// ```
    ///
    /// # Errors
    ///
    /// The element as it is, if it is not, bit for bit, `current`.
    #[inline]
    #[track_caller]
    pub fn compare_exchange(&self, index: impl Index, current: T, new: T) -> Result<T, T> {
        T::compare_exchange(self.cell(index), current, new, AcqRel)
    }
}

#[inline]
#[expect(clippy::eq_op, reason = "what tells NaN from every other number of any type")]
fn is_nan<T: PartialEq>(number: T) -> bool {
    number != number
}
