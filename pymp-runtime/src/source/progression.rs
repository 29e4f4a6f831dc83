//! Which index an iteration number stands for.

use super::Source;

/// Iteration number `k` stands for the index `first + k * step`: what `y[i]` means in the body.
///
/// ```
/// use pymp_runtime::{IntoCut, Indexed, Progression};
///
/// let odd_from_the_end = (1..10usize).into_cut().step_by(2).rev().into_source();
/// assert_eq!(odd_from_the_end.progression(), Progression { first: 9, step: -2 });
/// assert_eq!(odd_from_the_end.progression().index(4), Some(1));
/// ```
///
/// A value that no array has as its index is the nearest end of `isize`. Computing with it must not wrap: [`at`](Self::at)
/// and [`index`](Self::index) do not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progression {
    /// The index of iteration 0.
    pub first: isize,
    /// From one iteration's index to the next one's; never 0.
    pub step: isize,
}

impl Progression {
    /// The counter of `.enumerate()`: number `k` is index `k`.
    pub const COUNTER: Self = Self { first: 0, step: 1 };

    /// The value of iteration `number`, exact: 2^64 steps of 2^63 stay inside `i128`.
    #[must_use]
    pub fn at(self, number: usize) -> i128 {
        self.first as i128 + number as i128 * self.step as i128
    }

    /// The index of iteration `number`, when it can be one.
    #[must_use]
    pub fn index(self, number: usize) -> Option<usize> {
        usize::try_from(self.at(number)).ok().filter(|&index| index < isize::MAX as usize)
    }

    pub(crate) fn reversed(self, count: usize) -> Self {
        Self { first: clamp(self.at(count.saturating_sub(1))), step: self.step.saturating_neg() }
    }

    pub(crate) fn stepped(self, by: usize) -> Self {
        Self { first: self.first, step: clamp(self.step as i128 * by as i128) }
    }

    pub(crate) fn skipped(self, numbers: usize) -> Self {
        Self { first: clamp(self.at(numbers)), step: self.step }
    }
}

pub(crate) fn clamp(value: i128) -> isize {
    isize::try_from(value).unwrap_or(if value < 0 { isize::MIN } else { isize::MAX })
}

/// A source whose iterations stand for indices, so that `y[i]` in the body is the element that this iteration owns.
#[diagnostic::on_unimplemented(
    message = "the loop variable is no index, so an iteration cannot own an element by it",
    label = "not a range of integers, nor `.enumerate()`",
    note = "what it says may come twice: write `reduction(+: y)` for `y[i] += ..`, or `scatter(y)` where no two iterations have one element",
    note = "for the element of its own number, an iteration has the `i` of `for i in 0..y.len()` or of `for (i, x) in ...enumerate()`",
    note = "see `pymp::errors::not_indexed`"
)]
pub trait Indexed: Source {
    /// The index that each iteration number stands for.
    #[track_caller]
    fn progression(&self) -> Progression;
}
