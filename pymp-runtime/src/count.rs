//! Numbers that clauses take: any integer type, checked once.

use std::num::NonZeroUsize;

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
                match usize::try_from(self).ok().and_then(NonZeroUsize::new) {
                    Some(count) => count,
                    None => refuse(clause, &self),
                }
            }
        }
    )*};
}

integers! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

#[cold]
#[inline(never)]
#[track_caller]
fn refuse(clause: &str, value: &dyn std::fmt::Display) -> ! {
    panic!("`{clause}` must be at least 1, it is {value}")
}
