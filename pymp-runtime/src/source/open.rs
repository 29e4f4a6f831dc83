//! Ranges without an end: counted by what they stand beside, as in `v.iter().zip(1..)`, and pulled when they stand alone.

use std::ops::{Range, RangeFrom};

use super::{Countable, Cut, Enumerate, IntoCut, Map, Skip, Source, StepBy, Upto, Zip, take_by_part};
use crate::space::Int;

/// `first..` for any integer type. It counts as `usize::MAX` integers; which of them there are is looked at when they are asked for.
#[derive(Clone, Copy, Debug)]
pub struct OpenInts<T> {
    first: T,
}

impl<T: Int> IntoCut for RangeFrom<T> {
    type Source = OpenInts<T>;

    fn into_cut(self) -> Cut<OpenInts<T>> {
        Cut::new(OpenInts { first: self.start })
    }
}

// SAFETY: integers are values, nothing is shared.
unsafe impl<T: Int> Source for OpenInts<T> {
    type Item = T;
    type Chunk = OpenChunk<T>;
    take_by_part!();
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<T: Int> Countable for OpenInts<T> {
    #[inline]
    fn total(&self) -> usize {
        usize::MAX
    }

    #[inline]
    unsafe fn part(&self, numbers: Range<usize>) -> OpenChunk<T> {
        let there = self.first.left();
        let (start, end) = (there.min(numbers.start as u128), there.min(numbers.end as u128));
        // Both are at most the end of `numbers`, which fits.
        let ints = Upto::new(self.first.forward(start as usize), (end - start) as usize);
        OpenChunk { ints, missing: numbers.len() - (end - start) as usize }
    }
}

/// A chunk of [`OpenInts`]. No end is known, so it does not go backwards, as `RangeFrom` does not.
#[derive(Clone, Debug)]
pub struct OpenChunk<T> {
    ints: Upto<T>,
    // How many were asked for that the type does not have.
    missing: usize,
}

impl<T: Int> Iterator for OpenChunk<T> {
    type Item = T;

    /// # Panics
    ///
    /// Past the type's last value.
    #[inline]
    fn next(&mut self) -> Option<T> {
        let next = self.ints.next();
        if next.is_none() && self.missing > 0 {
            past_the_end::<T>();
        }
        next
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        // Those missing are a panic, which is an end too.
        (self.ints.len(), Some(self.ints.len() + self.missing))
    }

    #[inline]
    fn nth(&mut self, steps: usize) -> Option<T> {
        let next = self.ints.nth(steps);
        if next.is_none() && self.missing > 0 {
            past_the_end::<T>();
        }
        next
    }
}

#[cold]
fn past_the_end<T>() -> ! {
    panic!("the loop goes on past the last {} of a range without an end", std::any::type_name::<T>())
}

/// What has no end, so that a loop over it and nothing else has no count.
pub trait Open: IntoCut {}

impl<T: Int> Open for RangeFrom<T> {}
impl<T: Int> Open for Cut<OpenInts<T>> {}
impl<S: Countable> Open for Cut<Enumerate<S>> where Cut<S>: Open {}
impl<S: Countable> Open for Cut<Skip<S>> where Cut<S>: Open {}
impl<S: Countable> Open for Cut<StepBy<S>> where Cut<S>: Open {}
impl<S: Countable, F> Open for Cut<Map<S, F>>
where
    Cut<S>: Open,
    Map<S, F>: Countable,
{
}
impl<A: Countable, B: Countable> Open for Cut<Zip<A, B>>
where
    Cut<A>: Open,
    Cut<B>: Open,
{
}
