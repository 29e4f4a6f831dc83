//! The view that stands for an array inside a loop's body.

use std::fmt;
use std::ops::{Index, IndexMut, Range};

use super::whole::out_of_bounds;

/// The elements that the running iterations own, under their indices in the whole array.
///
/// In a loop's body the name of a written array stands for its view, so `y[i]` is the user's `y[i]`. An index outside the array
/// panics as a slice does; an index inside the array that other iterations own panics and names the owner.
pub struct View<'p, T> {
    // Invariant for speed, not for safety: item 0 has index `first` in the whole array.
    pub(super) items: &'p mut [T],
    pub(super) first: usize,
    /// Chooses between two places of one check; see `reader.rs`.
    pub(super) fits: bool,
    pub(super) ledger: Ledger<'p>,
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

impl<T> View<'_, T> {
    /// Whether these are the elements `start..end`, all of them in bounds.
    #[inline(always)]
    pub fn covers(&self, start: usize, end: usize) -> bool {
        start == self.first && start <= end && end - start <= self.items.len()
    }

    /// Says whether the chunk at hand fits all arrays that it indexes by the loop's variable.
    #[inline(always)]
    pub fn fit(&mut self, fits: bool) {
        self.fits = fits;
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

    /// Where the elements `range` of the whole array are among the items.
    #[inline]
    #[track_caller]
    pub(super) fn within(&self, range: Range<usize>) -> Range<usize> {
        let (first, end) = (self.first, self.first + self.items.len());
        if first <= range.start && range.start <= range.end && range.end <= end {
            return range.start - first..range.end - first;
        }
        not_within(self.ledger, first, end, range)
    }
}

impl<T> fmt::Debug for View<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { items, first, ledger, .. } = self;
        write!(f, "{}[{first}..{}] of {}", ledger.name, first + items.len(), ledger.len)
    }
}

impl<T> Index<usize> for View<'_, T> {
    type Output = T;

    #[inline(always)]
    #[track_caller]
    fn index(&self, index: usize) -> &T {
        let (at, len) = (index.wrapping_sub(self.first), self.items.len());
        if !self.fits {
            return apart(self.items, at, self.ledger, index);
        }
        match self.items.get(at) {
            Some(item) => item,
            None => not_owned(self.ledger, self.first, len, index),
        }
    }
}

impl<T> IndexMut<usize> for View<'_, T> {
    #[inline(always)]
    #[track_caller]
    fn index_mut(&mut self, index: usize) -> &mut T {
        let (at, len) = (index.wrapping_sub(self.first), self.items.len());
        if !self.fits {
            return apart_mut(self.items, at, self.ledger, index);
        }
        match self.items.get_mut(at) {
            Some(item) => item,
            None => not_owned(self.ledger, self.first, len, index),
        }
    }
}

/// The check out of line, so that the loop with the check in line is one of its own. The view comes in pieces: were its address
/// taken, it would have to lie in memory.
#[cold]
#[inline(never)]
#[track_caller]
fn apart<'v, T>(items: &'v [T], at: usize, ledger: Ledger<'_>, index: usize) -> &'v T {
    match items.get(at) {
        Some(item) => item,
        None => not_owned(ledger, index.wrapping_sub(at), items.len(), index),
    }
}

/// As [`apart`].
#[cold]
#[inline(never)]
#[track_caller]
fn apart_mut<'v, T>(items: &'v mut [T], at: usize, ledger: Ledger<'_>, index: usize) -> &'v mut T {
    let len = items.len();
    match items.get_mut(at) {
        Some(item) => item,
        None => not_owned(ledger, index.wrapping_sub(at), len, index),
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn not_owned(ledger: Ledger<'_>, first: usize, len: usize, index: usize) -> ! {
    if index >= ledger.len {
        out_of_bounds(index, ledger.len);
    }
    let Ledger { name, rule, .. } = ledger;
    let (owner, way) = (rule.owner(index), rule.way(name));
    panic!("`{name}[{index}]` belongs to {owner}; the iterations that run here own `{name}[{first}..{}]`{way}", first + len)
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
    not_owned(ledger, first, end - first, index)
}
