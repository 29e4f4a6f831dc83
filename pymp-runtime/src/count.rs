//! Numbers that clauses take: any integer type, checked once.

use std::fmt::Display;
use std::num::NonZeroUsize;

/// A team has no more threads: no machine has so many processors, and systems end a program that starts some ten thousands.
pub(crate) const MOST_THREADS: usize = 1 << 13;

/// A number of threads, iterations or elements: any integer, or a `NonZeroUsize`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a whole number",
    label = "an integer of any type, or a `NonZeroUsize`, is needed here",
    note = "see `pymp::errors::clause_value`"
)]
pub trait Count {
    /// The number, if it is at least 1.
    ///
    /// # Panics
    ///
    /// When it is 0 or below; the message names `clause`.
    fn positive(self, clause: &str) -> NonZeroUsize;
}

#[diagnostic::do_not_recommend]
impl Count for NonZeroUsize {
    fn positive(self, _clause: &str) -> NonZeroUsize {
        self
    }
}

macro_rules! integers {
    ($($int:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Count for $int {
            #[inline]
            #[track_caller]
            fn positive(self, clause: &str) -> NonZeroUsize {
                match usize::try_from(self).map(NonZeroUsize::new) {
                    Ok(Some(count)) => count,
                    Err(_) if self > 0 => refuse(clause, "at most", &usize::MAX, &self),
                    _ => refuse(clause, "at least", &1, &self),
                }
            }
        }
    )*};
}

integers! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

/// The number of a team's threads.
///
/// # Panics
///
/// When it is 0 or below, or larger than any team.
#[inline]
#[track_caller]
pub(crate) fn threads(number: impl Count) -> NonZeroUsize {
    let number = number.positive("num_threads");
    match number.get() {
        ..=MOST_THREADS => number,
        _ => refuse("num_threads", "at most", &MOST_THREADS, &number),
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn refuse(clause: &str, bound: &str, limit: &dyn Display, value: &dyn Display) -> ! {
    panic!("`{clause}` must be {bound} {limit}, it is {value}")
}
