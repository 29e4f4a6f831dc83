//! `y[i] = ..`: the iteration whose loop variable is `i` owns element `i`.

use std::fmt;
use std::ops::Range;

use super::chunked::Chunked;
use super::scatter::Scattered;
use super::view::{Rule, View};
use super::whole::Whole;
use super::{AtomicNumber, Atomics, Parts, Split};
use crate::source::{Indexed, Progression};

/// An array handed over whole; iteration `i` owns element `i`.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::disjoint::{Disjoint, Elements};
///
/// let mut samples = vec![0.0; 3];
/// let whole: Elements<'_, f64> = samples.as_disjoint();
/// assert_eq!(whole.len(), 3);
/// ```
pub struct Elements<'a, T> {
    pub(super) whole: Whole<'a, T>,
    rule: ByIndex,
}

struct ByIndex(Progression);

impl<'a, T> Elements<'a, T> {
    pub(super) fn new(items: &'a mut [T]) -> Self {
        Self { whole: Whole::new(items), rule: ByIndex(Progression { first: 0, step: 1 }) }
    }

    /// The array's name in messages.
    pub fn named(mut self, name: &'static str) -> Self {
        self.whole.name = name;
        self
    }

    /// Of the elements' type, of which the macros ask whether it may be given to threads.
    #[doc(hidden)]
    pub fn element(&self) -> *const T {
        std::ptr::null()
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        self.whole.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.whole.len() == 0
    }

    /// Iteration number `k` owns the elements `k * size .. (k + 1) * size`.
    ///
    /// # Panics
    ///
    /// When `size` is 0 or below.
    #[track_caller]
    pub fn chunks(self, size: impl crate::count::Count) -> Chunked<'a, T> {
        let size = size.positive("chunks");
        Chunked::new(self.whole, size)
    }

    /// Any iteration may take any element, each element once.
    pub fn scatter(self) -> Scattered<'a, T> {
        Scattered::new(self.whole)
    }

    /// All iterations may update all elements, atomically.
    pub fn atomic(self) -> Atomics<'a, T>
    where
        T: AtomicNumber,
    {
        Atomics::new(self.whole)
    }
}

impl<T> fmt::Debug for Elements<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[..{}]", self.whole.name, self.whole.len())
    }
}

impl Rule for ByIndex {
    fn owner(&self, index: usize) -> String {
        let Progression { first, step } = self.0;
        let distance = index as i128 - first as i128;
        if distance % step as i128 == 0 { format!("iteration {index}") } else { "no iteration".to_owned() }
    }
}

// SAFETY: `interval` takes disjoint ranges of numbers to disjoint ranges of elements.
unsafe impl<T> Parts for Elements<'_, T> {
    type Part<'p>
        = View<'p, T>
    where
        Self: 'p;

    #[inline]
    unsafe fn part<'p>(&'p self, numbers: &Range<usize>) -> View<'p, T> {
        let range = interval(self.rule.0, numbers, self.whole.len());
        // SAFETY: the caller's ranges are disjoint, so are their intervals.
        unsafe { self.whole.view(range, &self.rule) }
    }
}

// SAFETY: the elements may be sent.
unsafe impl<S: Indexed + ?Sized, T: Send> Split<S> for Elements<'_, T> {
    fn begin(&mut self, source: &S, _team: usize) {
        self.rule = ByIndex(moving(source));
    }
}

/// The progression of a loop's index, which moves. That of a loop that counts past the end of `isize` stands still there, and what a
/// source of the user's says is anybody's guess: `Indexed` is safe to implement.
#[track_caller]
pub(super) fn moving<S: Indexed + ?Sized>(source: &S) -> Progression {
    let progression = source.progression();
    assert_ne!(progression.step, 0, "an index that does not move cannot own elements");
    progression
}

/// The indices from the lowest to the highest that the iterations `numbers` stand for, cut to `0..len`. Of disjoint numbers they are
/// disjoint, since a progression that is [`moving`] only rises or only falls.
#[inline]
pub(super) fn interval(progression: Progression, numbers: &Range<usize>, len: usize) -> Range<usize> {
    let Progression { first, step } = progression;
    if step == 1 && first >= 0 {
        let at = |number: usize| number.saturating_add(first as usize).min(len);
        return at(numbers.start)..at(numbers.end);
    }
    stepped(progression, numbers.clone(), len)
}

fn stepped(Progression { first, step }: Progression, numbers: Range<usize>, len: usize) -> Range<usize> {
    if numbers.is_empty() {
        return 0..0;
    }
    // |first| and |step| fit 63 bits and the numbers 64, so 128 bits hold every product.
    let at = |number: usize| first as i128 + number as i128 * step as i128;
    let (one, other) = (at(numbers.start), at(numbers.end - 1));
    let fit = |index: i128| index.clamp(0, len as i128) as usize;
    fit(one.min(other))..fit(one.max(other) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_of_disjoint_numbers_are_disjoint() {
        for step in [-3, -1, 1, 2, 5] {
            for first in [-7, 0, 4, 30] {
                let progression = Progression { first, step };
                let mut seen = [0; 40];
                for numbers in [0..1, 1..4, 4..9, 9..9, 9..30] {
                    for index in interval(progression, &numbers, seen.len()) {
                        seen[index] += 1;
                    }
                }
                assert!(seen.iter().all(|&times| times <= 1), "{progression:?}");
            }
        }
    }

    #[test]
    fn the_ends_of_the_integers_do_not_overflow() {
        let far = Progression { first: isize::MAX, step: 1 };
        assert_eq!(interval(far, &(usize::MAX - 1..usize::MAX), 10), 10..10);
        let back = Progression { first: isize::MIN, step: -1 };
        assert_eq!(interval(back, &(0..usize::MAX), 10), 0..0);
    }
}
