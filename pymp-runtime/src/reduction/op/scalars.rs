//! The operators on numbers, bools, characters and durations: where each starts, how it combines two, and whether it is exact.

use std::num::Wrapping;
use std::time::Duration;

use super::{Add, And, BitAnd, BitOr, BitXor, Greatest, Least, Max, Min, Mul, Or, Reduction, Sub};

macro_rules! scalars {
    ($op:ident, $acc:ident, $part:ident, $identity:expr, $combine:expr, $exact:literal; $($number:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Reduction<$number> for $op {
            #[inline]
            fn identity(&self, _like: &$number) -> $number {
                #[allow(dead_code, reason = "not every identity needs the name of its type")]
                type T = $number;
                $identity
            }

            #[inline]
            fn combine(&self, $acc: &mut $number, $part: $number) {
                #[allow(dead_code, reason = "not every operator needs the name of its type")]
                type T = $number;
                $combine;
            }

            #[inline]
            fn commutative(&self) -> bool {
                true
            }

            #[inline]
            fn exact(&self) -> bool {
                $exact
            }
        }
    )*};
    ($op:ident, $acc:ident, $part:ident, $identity:expr, $combine:expr; $($number:ty)*) => {
        scalars! { $op, $acc, $part, $identity, $combine, true; $($number)* }
    };
}

macro_rules! integers {
    ($op:ident, $acc:ident, $part:ident, $identity:expr, $combine:expr) => {
        scalars! { $op, $acc, $part, $identity, $combine; i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }
    };
}

/// Where Rust checks for overflow the message says what of, since no line of the user's leads here.
macro_rules! checked {
    ($acc:ident $update:tt $part:expr, $check:ident) => {
        match $acc.$check($part) {
            None if cfg!(debug_assertions) => overflow(std::any::type_name::<T>()),
            _ => *$acc $update $part,
        }
    };
}

#[cold]
#[inline(never)]
fn overflow(number: &str) -> ! {
    panic!(
        "a reduction of `{number}` overflows where the parts of the threads are combined; take a larger type, or `Wrapping<{number}>`"
    )
}

macro_rules! floats {
    ($op:ident, $acc:ident, $part:ident, $identity:expr, $combine:expr) => {
        // Not even min and max: which zero is the least of `0.0` and `-0.0` may depend on the order.
        scalars! { $op, $acc, $part, $identity, $combine, false; f32 f64 }
    };
}

macro_rules! least {
    ($($op:ident)*) => {$(
        integers! { $op, acc, part, T::MAX, if part < *acc { *acc = part } }
        floats! { $op, acc, part, T::INFINITY, *acc = acc.min(part) }
        scalars! { $op, acc, part, T::MAX, if part < *acc { *acc = part }; Duration char }
        scalars! { $op, acc, part, true, *acc &= part; bool }
    )*};
}

macro_rules! greatest {
    ($($op:ident)*) => {$(
        integers! { $op, acc, part, T::MIN, if part > *acc { *acc = part } }
        floats! { $op, acc, part, T::NEG_INFINITY, *acc = acc.max(part) }
        scalars! { $op, acc, part, T::ZERO, if part > *acc { *acc = part }; Duration }
        scalars! { $op, acc, part, '\0', if part > *acc { *acc = part }; char }
        scalars! { $op, acc, part, false, *acc |= part; bool }
    )*};
}

integers! { Add, acc, part, 0, checked!(acc += part, checked_add) }
floats! { Add, acc, part, -0.0, *acc += part }
scalars! { Add, acc, part, T::ZERO, *acc += part; Duration }
scalars! { Sub, acc, part, 0, checked!(acc += part, checked_add); i8 i16 i32 i64 i128 isize }
scalars! { Sub, acc, part, T::MAX, checked!(acc -= !part, checked_sub); u8 u16 u32 u64 u128 usize }
floats! { Sub, acc, part, -0.0, *acc += part }
integers! { Mul, acc, part, 1, checked!(acc *= part, checked_mul) }
floats! { Mul, acc, part, 1.0, *acc *= part }
integers! { BitAnd, acc, part, !0, *acc &= part }
integers! { BitOr, acc, part, 0, *acc |= part }
integers! { BitXor, acc, part, 0, *acc ^= part }
scalars! { BitAnd, acc, part, true, *acc &= part; bool }
scalars! { BitOr, acc, part, false, *acc |= part; bool }
scalars! { BitXor, acc, part, false, *acc ^= part; bool }
scalars! { And, acc, part, true, *acc &= part; bool }
scalars! { Or, acc, part, false, *acc |= part; bool }
least! { Min Least }
greatest! { Max Greatest }

macro_rules! wrapping {
    ($($int:ident)*) => {$(
        scalars! { Add, acc, part, Wrapping(0), *acc += part; Wrapping<$int> }
        scalars! { Sub, acc, part, Wrapping(0), *acc += part; Wrapping<$int> }
        scalars! { Mul, acc, part, Wrapping(1), *acc *= part; Wrapping<$int> }
        scalars! { BitAnd, acc, part, Wrapping(!0), *acc &= part; Wrapping<$int> }
        scalars! { BitOr, acc, part, Wrapping(0), *acc |= part; Wrapping<$int> }
        scalars! { BitXor, acc, part, Wrapping(0), *acc ^= part; Wrapping<$int> }
    )*};
}

wrapping! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }
