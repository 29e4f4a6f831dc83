//! Integer ranges of every type, at their ends, reversed and stepped.

use super::same;
use crate::__private::{cut, source};
use crate::Source;

macro_rules! ends {
    ($($int:ident)*) => { $( {
        let (min, max) = ($int::MIN, $int::MAX);
        same! {
            cut!(min..min + 9) => min..min + 9;
            cut!(max - 9..max) => max - 9..max;
            cut!(max - 9..=max) => max - 9..=max;
            cut!(max - 9..=max).rev() => (max - 9..=max).rev();
            cut!(max - 9..=max).step_by(4) => (max - 9..=max).step_by(4);
            cut!(max - 9..=max).rev().step_by(4) => (max - 9..=max).rev().step_by(4);
            cut!(max..=max) => max..=max;
            cut!(max..max) => max..max;
            cut!(max..min) => max..min;
            cut!(max..=min) => max..=min;
            cut!(min..min + 9).rev() => (min..min + 9).rev();
            cut!(min..min + 9).step_by(5).step_by(2) => (min..min + 9).step_by(5).step_by(2);
        }
    } )* };
}

#[test]
fn at_the_ends_of_every_type() {
    ends!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);
}

#[test]
fn whole_small_types() {
    if !cfg!(miri) {
        same! {
            cut!(i8::MIN..=i8::MAX) => i8::MIN..=i8::MAX;
            cut!(u8::MIN..=u8::MAX).rev() => (u8::MIN..=u8::MAX).rev();
            cut!(u16::MIN..u16::MAX).step_by(7) => (u16::MIN..u16::MAX).step_by(7);
        }
    }
}

#[test]
fn ranges_as_long_as_usize() {
    let source = source!(0..u64::MAX);
    assert_eq!(source.count(), Some(usize::MAX));
    // SAFETY: the only part asked for, at the very end.
    let (_, chunk) = unsafe { source.take(usize::MAX - 3..usize::MAX) }.unwrap();
    assert_eq!(chunk, u64::MAX - 3..u64::MAX);

    let source = source!(cut!(i64::MIN..=i64::MAX - 1).rev().step_by(2));
    assert_eq!(source.count(), Some(1 << 63));
    // SAFETY: the only part asked for, at the very end.
    let (_, chunk) = unsafe { source.take((1 << 63) - 2..1 << 63) }.unwrap();
    assert_eq!(chunk.collect::<Vec<_>>(), [i64::MIN + 2, i64::MIN]);
}

#[test]
#[should_panic(expected = "the loop has 18446744073709551616 iterations, more than usize::MAX")]
fn one_too_many() {
    let _ = source!(0..=u64::MAX);
}

#[test]
#[should_panic(expected = "the loop has 36893488147419103232 iterations, more than usize::MAX")]
fn an_i128_too_long() {
    let _ = source!(cut!(0..1i128 << 65).rev());
}

#[test]
fn a_begun_inclusive_range() {
    let mut range = 1..=5u8;
    range.next();
    same! { cut!(range.clone()) => range.clone(); }
    range.by_ref().for_each(drop);
    same! { cut!(range.clone()) => range.clone(); }
}

/// A range with a negative step is written `.rev().step_by(k)`: (start, end, step) as pymp has them.
#[test]
fn stepped_goldens() {
    let up = |start: i32, end: i32, step| super::items(source!(cut!(start..end).step_by(step)), 5);
    let down = |start: i32, end: i32, step| super::items(source!(cut!(end + 1..start + 1).rev().step_by(step)), 5);
    assert_eq!(up(0, 8, 3), [0, 3, 6]);
    assert_eq!(down(0, 10, 3), []);
    assert_eq!(down(0, -10, 3), [0, -3, -6, -9]);
    assert_eq!(down(3, -10, 3), [3, 0, -3, -6, -9]);
    assert_eq!(down(5, -5, 2), [5, 3, 1, -1, -3]);
}
