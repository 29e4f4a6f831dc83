//! The integers a loop may count with: how many values lie between two of them, and which is the k-th.
//!
//! Every overflow of a loop's range is decided here: a count that does not fit `usize` is a panic in words, never a wrong
//! number, and no value past the end of a range is ever computed.

use std::fmt::Debug;
use std::ops::{Range, RangeInclusive};

mod sealed {
    pub trait Sealed {}
}

/// An integer type a parallel loop may run over: the twelve primitive ones.
///
/// ```
/// use pymp_runtime::Int;
/// assert_eq!((-3i8).distance(127), 130);
/// assert_eq!((-3i8).forward(130), 127);
/// ```
#[diagnostic::on_unimplemented(
    message = "a parallel loop cannot count with `{Self}`",
    note = "a range is run in parallel when its ends are integers: i8 to i128, u8 to u128, isize, usize",
    note = "see `pymp::errors::not_iterable`"
)]
pub trait Int: sealed::Sealed + Copy + Ord + Debug + Send + Sync {
    /// How many values `self..end` holds; none when it is empty or reversed. Exact for every pair.
    fn distance(self, end: Self) -> u128;

    /// The value `steps` after this one. The caller stays inside its range, so that nothing overflows; outside it wraps.
    #[must_use]
    fn forward(self, steps: usize) -> Self;

    /// How many values there are from this one on, itself included; of the 2^128 of a whole 128-bit type one is left out.
    fn left(self) -> u128;

    /// What `self as usize` means as an index: the value itself, or the nearest end of `isize`, which is no index of any array.
    fn index(self) -> isize;
}

macro_rules! int {
    ($($int:ty)*) => { $(
        impl sealed::Sealed for $int {}

        impl Int for $int {
            #[inline]
            fn distance(self, end: Self) -> u128 {
                // Both are extended to 128 bits by their sign, so that the difference is exact modulo 2^128, and it is below that.
                if self < end { (end as u128).wrapping_sub(self as u128) } else { 0 }
            }

            #[inline]
            fn forward(self, steps: usize) -> Self {
                // Truncating the steps is right: the sum is taken modulo the same power of two.
                self.wrapping_add(steps as $int)
            }

            #[inline]
            fn left(self) -> u128 {
                self.distance(<$int>::MAX).saturating_add(1)
            }

            #[inline]
            fn index(self) -> isize {
                #[allow(unused_comparisons, reason = "the unsigned types are never below zero")]
                isize::try_from(self).unwrap_or(if self < 0 { isize::MIN } else { isize::MAX })
            }
        }
    )* };
}

int!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

/// How many iterations a range has.
///
/// # Panics
///
/// When there are more than `usize::MAX`.
#[track_caller]
pub(crate) fn count<T: Int>(range: &Range<T>) -> usize {
    let count = range.start.distance(range.end);
    // No closure: it would be the place of the panic.
    let Ok(count) = usize::try_from(count) else { too_many(count) };
    count
}

/// How many iterations an inclusive range has; one that has been iterated to its end has none.
///
/// # Panics
///
/// When there are more than `usize::MAX`.
#[track_caller]
pub(crate) fn count_inclusive<T: Int>(range: &RangeInclusive<T>) -> usize {
    if range.is_empty() {
        return 0;
    }
    match range.start().distance(*range.end()).checked_add(1) {
        Some(count) => match usize::try_from(count) {
            Ok(count) => count,
            Err(_) => too_many(count),
        },
        None => too_many("340282366920938463463374607431768211456"),
    }
}

#[cold]
#[track_caller]
pub(crate) fn too_many(count: impl std::fmt::Display) -> ! {
    panic!("the loop has {count} iterations, more than usize::MAX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_of_i8_and_u8_is_counted_as_std_counts_it() {
        let step = if cfg!(miri) { 37 } else { 1 };
        for start in (0..=255u8).step_by(step) {
            for end in (0..=255u8).step_by(step) {
                assert_eq!(count(&(start..end)), (start..end).count());
                assert_eq!(count_inclusive(&(start..=end)), (start..=end).count());
                let (start, end) = (start as i8, end as i8);
                assert_eq!(count(&(start..end)), (start..end).count());
                assert_eq!(count_inclusive(&(start..=end)), (start..=end).count());
            }
        }
    }

    #[test]
    fn the_ends_of_the_wide_types() {
        assert_eq!(count(&(0..u64::MAX)), usize::MAX);
        assert_eq!(count(&(i64::MIN..i64::MAX)), usize::MAX);
        assert_eq!(count(&(i128::MIN..i128::MIN + 7)), 7);
        assert_eq!(count(&(i128::MAX - 7..i128::MAX)), 7);
        assert_eq!(count_inclusive(&(u128::MAX - 7..=u128::MAX)), 8);
        assert_eq!(i64::MIN.forward(usize::MAX), i64::MAX);
        assert_eq!((i128::MAX - 7).forward(7), i128::MAX);
    }

    #[test]
    fn an_exhausted_inclusive_range_is_empty() {
        let mut range = 3..=5u8;
        range.by_ref().for_each(drop);
        assert_eq!(count_inclusive(&range), 0);
    }

    #[test]
    #[should_panic(expected = "the loop has 18446744073709551616 iterations, more than usize::MAX")]
    fn one_too_many() {
        count_inclusive(&(0..=u64::MAX));
    }

    #[test]
    #[should_panic(expected = "the loop has 340282366920938463463374607431768211455 iterations, more than usize::MAX")]
    fn far_too_many() {
        count(&(i128::MIN..i128::MAX));
    }

    #[test]
    #[should_panic(expected = "the loop has 340282366920938463463374607431768211456 iterations, more than usize::MAX")]
    fn as_many_as_there_are() {
        count_inclusive(&(0..=u128::MAX));
    }

    #[test]
    fn an_index_outside_isize_is_its_nearest_end() {
        assert_eq!(u64::MAX.index(), isize::MAX);
        assert_eq!((1u128 << 64).index(), isize::MAX);
        assert_eq!(i128::MIN.index(), isize::MIN);
        assert_eq!((-1i8).index(), -1);
    }
}
