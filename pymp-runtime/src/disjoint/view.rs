//! The view that stands for an array inside a loop's body.

use std::fmt;
use std::ops::{Index, IndexMut, Range};

use super::whole::out_of_bounds;
use crate::reader::{Fit, apart};

/// The elements that the running iterations own, under their indices in the whole array.
///
/// In a loop's body the name of a written array stands for its view, so `y[i]` is the user's `y[i]`. An index outside the array
/// panics as a slice does; an index inside the array that other iterations own panics and names the owner.
pub struct View<'p, T> {
    // Invariant: these are the elements `first..end` of the whole array, so that `end - first` is their number.
    items: &'p mut [T],
    first: usize,
    end: usize,
    /// Chooses between three forms of one check; see `reader.rs`.
    fit: Fit,
    ledger: Ledger<'p>,
}

/// What a view must know to say whose element was touched.
#[derive(Clone, Copy)]
pub(super) struct Ledger<'p> {
    pub(super) name: &'static str,
    pub(super) len: usize,
    pub(super) rule: &'p dyn Rule,
}

/// Which iteration owns which element; asked only for a message.
pub(super) trait Rule: Sync {
    /// The iteration that owns `index`, in words.
    fn owner(&self, index: usize) -> String;

    /// What to write when it is not the iteration that was meant; nothing, or the end of a sentence.
    fn way(&self, _name: &str) -> String {
        String::new()
    }
}

impl<'p, T> View<'p, T> {
    /// Of items of which the first has the index `first` in the whole array.
    #[inline]
    pub(super) fn new(items: &'p mut [T], first: usize, ledger: Ledger<'p>) -> Self {
        let end = first + items.len();
        Self { items, first, end, fit: Fit::Unknown, ledger }
    }

    /// Whether these are all of the elements `start..end`.
    #[inline(always)]
    pub fn covers(&self, start: usize, end: usize) -> bool {
        // No `&&`: of a plain conjunction the compiler knows more.
        (self.first <= start) & (end <= self.end)
    }

    /// Says whether the chunk at hand fits all arrays that it indexes by the loop's variable.
    #[inline(always)]
    pub fn fit(&mut self, fit: Fit) {
        self.fit = fit;
    }

    /// Length of the whole array, as the loop's body expects of `y.len()`.
    #[inline]
    pub fn len(&self) -> usize {
        self.ledger.len
    }

    /// Whether the whole array is empty.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.ledger.len == 0
    }

    /// The elements `range` of the whole array.
    #[inline]
    #[track_caller]
    pub(super) fn range(&self, range: Range<usize>) -> &[T] {
        &self.items[self.within(range)]
    }

    /// The elements `range` of the whole array.
    #[inline]
    #[track_caller]
    pub(super) fn range_mut(&mut self, range: Range<usize>) -> &mut [T] {
        let within = self.within(range);
        &mut self.items[within]
    }

    /// Where the elements `range` of the whole array are among the items.
    #[inline]
    #[track_caller]
    fn within(&self, range: Range<usize>) -> Range<usize> {
        let Self { first, end, ledger, .. } = *self;
        if first <= range.start && range.start <= range.end && range.end <= end {
            return range.start - first..range.end - first;
        }
        not_within(ledger, first, end, range)
    }

    /// A part of the view, cut to what there is.
    #[inline]
    pub(super) fn part(&mut self, range: Range<usize>) -> View<'_, T> {
        let first = range.start.clamp(self.first, self.end);
        let end = range.end.clamp(first, self.end);
        View::new(&mut self.items[first - self.first..end - self.first], first, self.ledger)
    }

    /// Whether the items have one of this index, when the chunk fits. In two comparisons, each of which the compiler proves of an
    /// index that runs from `start` to `end`; of the one in `items.get(index - first)` it does not.
    #[inline(always)]
    fn has(&self, index: usize) -> bool {
        self.first <= index && index < self.end
    }
}

impl<T> fmt::Debug for View<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, end, ledger, .. } = self;
        write!(f, "{}[{first}..{end}] of {}", ledger.name, ledger.len)
    }
}

impl<T> Index<usize> for View<'_, T> {
    type Output = T;

    #[inline(always)]
    #[track_caller]
    fn index(&self, index: usize) -> &T {
        let at = index.wrapping_sub(self.first);
        match self.fit {
            // Counted from where index 0 would lie, since that stays in a register, and `index - first` would be found for each.
            // SAFETY: `first <= index < end`, and by the invariant there are `end - first` items: the place is that of one of them.
            Fit::Fits if self.has(index) => unsafe { &*self.items.as_ptr().wrapping_sub(self.first).wrapping_add(index) },
            Fit::Unknown if at < self.items.len() => &self.items[at],
            Fit::Misses if at < apart(self.items.len()) => &self.items[at],
            _ => not_owned(self.ledger, self.first, self.end, index),
        }
    }
}

impl<T> IndexMut<usize> for View<'_, T> {
    #[inline(always)]
    #[track_caller]
    fn index_mut(&mut self, index: usize) -> &mut T {
        let at = index.wrapping_sub(self.first);
        match self.fit {
            // SAFETY: as in `index`.
            Fit::Fits if self.has(index) => unsafe { &mut *self.items.as_mut_ptr().wrapping_sub(self.first).wrapping_add(index) },
            Fit::Unknown if at < self.items.len() => &mut self.items[at],
            Fit::Misses if at < apart(self.items.len()) => &mut self.items[at],
            _ => not_owned(self.ledger, self.first, self.end, index),
        }
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn not_owned(ledger: Ledger<'_>, first: usize, end: usize, index: usize) -> ! {
    if index >= ledger.len {
        out_of_bounds(index, ledger.len);
    }
    let Ledger { name, rule, .. } = ledger;
    let (owner, way) = (rule.owner(index), rule.way(name));
    panic!("`{name}[{index}]` belongs to {owner}; the iterations that run here own `{name}[{first}..{end}]`{way}")
}

/// The panic that a slice gives, or the one that names the owner of the first element which is not here.
#[cold]
#[inline(never)]
#[track_caller]
fn not_within(ledger: Ledger<'_>, first: usize, end: usize, range: Range<usize>) -> ! {
    let Range { start, end: stop } = range;
    assert!(start <= stop, "slice index starts at {start} but ends at {stop}");
    assert!(stop <= ledger.len, "range end index {stop} out of range for slice of length {}", ledger.len);
    let index = if first <= start && start < end { end } else { start };
    not_owned(ledger, first, end, index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    struct Nobody;

    impl Rule for Nobody {
        fn owner(&self, _: usize) -> String {
            "nobody".to_owned()
        }
    }

    #[test]
    fn whatever_is_said_to_fit_every_index_is_checked() {
        for fit in [Fit::Fits, Fit::Misses, Fit::Unknown] {
            let mut items = [3, 4, 5];
            let mut view = View::new(&mut items, 3, Ledger { name: "y", len: 10, rule: &Nobody });
            view.fit(fit);
            assert_eq!([3, 4, 5].map(|index| view[index]), [3, 4, 5]);
            view[5] = 50;
            for index in [0, 2, 6, 9, 10, usize::MAX] {
                let expected = match index {
                    0..10 => format!("`y[{index}]` belongs to nobody; the iterations that run here own `y[3..6]`"),
                    _ => format!("index out of bounds: the len is 10 but the index is {index}"),
                };
                let read = catch_unwind(AssertUnwindSafe(|| _ = view[index]));
                let written = catch_unwind(AssertUnwindSafe(|| view[index] = 0));
                for outcome in [read, written] {
                    let payload = outcome.expect_err("the index is not here");
                    assert_eq!(payload.downcast_ref::<String>(), Some(&expected), "{fit:?}");
                }
            }
            assert_eq!(items, [3, 4, 50]);
        }
    }

    #[test]
    fn a_view_covers_what_lies_in_it() {
        let mut items = [0; 3];
        let view = View::new(&mut items, 3, Ledger { name: "y", len: 10, rule: &Nobody });
        let covered = [(3, 6), (4, 5), (4, 4), (2, 6), (3, 7)].map(|(start, end)| view.covers(start, end));
        assert_eq!(covered, [true, true, true, false, false]);
    }
}
