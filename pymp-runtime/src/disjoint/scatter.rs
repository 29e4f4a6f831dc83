//! `scatter(y)`: `y[idx[i]] = ..`, each element taken by one iteration at the most, checked as the loop runs.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut, Range};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::whole::{Whole, out_of_bounds};
use super::{Parts, Split};

/// An array handed over whole; the first iteration that touches an element owns it.
pub struct Scattered<'a, T> {
    whole: Whole<'a, T>,
    // Element e holds 0 while nobody owns it, then 1 + the number of the owning iteration, for the rest of the loop.
    claims: Box<[AtomicUsize]>,
}

/// What a range of iterations sees of [`Scattered`].
pub struct ScatterPart<'p, T> {
    whole: &'p Scattered<'p, T>,
    numbers: Range<usize>,
}

/// What one iteration sees of [`Scattered`]: touching an element claims it.
pub struct ScatterView<'v, T> {
    whole: &'v Scattered<'v, T>,
    claim: usize,
    unique: PhantomData<&'v mut [T]>,
}

impl<'a, T> Scattered<'a, T> {
    pub(super) fn new(whole: Whole<'a, T>) -> Self {
        let claims = (0..whole.len()).map(|_| AtomicUsize::new(0)).collect();
        Self { whole, claims }
    }
}

impl<T> ScatterPart<'_, T> {
    /// The view of iteration number `number`.
    ///
    /// # Panics
    ///
    /// When the iteration is not one of this part's: a claim is only worth something if one thread can make it.
    #[inline]
    pub fn window(&mut self, number: usize) -> ScatterView<'_, T> {
        assert!(self.numbers.contains(&number), "iteration {number} does not run here");
        ScatterView { whole: self.whole, claim: number + 1, unique: PhantomData }
    }
}

impl<T> ScatterView<'_, T> {
    /// Length of the whole array.
    #[inline]
    pub fn len(&self) -> usize {
        self.whole.whole.len()
    }

    /// Whether the whole array is empty.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Makes this iteration the owner of `index`, or says who is.
    #[inline]
    #[track_caller]
    fn claim(&self, index: usize) -> *mut T {
        let Some(owner) = self.whole.claims.get(index) else { out_of_bounds(index, self.len()) };
        // Relaxed: one exchange in the modification order of this word wins, and what the owner writes is published by the
        // join at the end of the loop, not by the claim.
        if let Err(other) = owner.compare_exchange(0, self.claim, Ordering::Relaxed, Ordering::Relaxed)
            && other != self.claim
        {
            taken_twice(self.whole.whole.name, index, other - 1, self.claim - 1);
        }
        // SAFETY: the claims are as many as the elements, so index < len; only the iteration that owns the claim comes here, and
        // an iteration runs on one thread, through one view at a time (`window` borrows its part mutably).
        unsafe { self.whole.whole.element(index) }
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn taken_twice(name: &str, index: usize, one: usize, other: usize) -> ! {
    let (one, other) = (one.min(other), one.max(other));
    panic!(
        "`{name}[{index}]` is written by iteration {one} and by iteration {other}, counted from 0; scatter needs each element at most once"
    )
}

impl<T> Index<usize> for ScatterView<'_, T> {
    type Output = T;

    #[inline]
    #[track_caller]
    fn index(&self, index: usize) -> &T {
        // SAFETY: `claim` gives a pointer into the slice that only this view may use, and `&self` rules out a `&mut` from it.
        unsafe { &*self.claim(index) }
    }
}

impl<T> IndexMut<usize> for ScatterView<'_, T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: usize) -> &mut T {
        // SAFETY: `claim` gives a pointer into the slice that only this view may use, and `&mut self` makes the result unique.
        unsafe { &mut *self.claim(index) }
    }
}

impl<T> fmt::Debug for Scattered<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[..{}] scattered", self.whole.name, self.whole.len())
    }
}

impl<T> fmt::Debug for ScatterPart<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} for iterations {:?}", self.whole, self.numbers)
    }
}

impl<T> fmt::Debug for ScatterView<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} for iteration {}", self.whole, self.claim - 1)
    }
}

// SAFETY: parts reach elements only through claims, and a claim is made by one iteration of one part.
unsafe impl<T> Parts for Scattered<'_, T> {
    type Part<'p>
        = ScatterPart<'p, T>
    where
        Self: 'p;

    #[inline]
    unsafe fn part<'p>(&'p self, numbers: &Range<usize>) -> ScatterPart<'p, T> {
        ScatterPart { whole: self, numbers: numbers.clone() }
    }
}

// SAFETY: the elements may be sent.
unsafe impl<S: ?Sized, T: Send> Split<S> for Scattered<'_, T> {
    fn begin(&mut self, _source: &S, _team: usize) {}
}
