//! The source of a loop that is refused: it has a type, so that the refusal is the only error.

use std::marker::PhantomData;
use std::ops::Range;

use super::{Countable, Indexed, Progression, Source};

/// No items, of any type.
#[derive(Debug)]
pub struct Nowhere<I>(PhantomData<fn() -> I>);

impl<I> Nowhere<I> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: it has no items.
unsafe impl<I> Source for Nowhere<I> {
    type Item = I;
    type Chunk = std::iter::Empty<I>;

    fn count(&self) -> Option<usize> {
        Some(0)
    }

    unsafe fn take(&self, _numbers: Range<usize>) -> Option<(Range<usize>, Self::Chunk)> {
        None
    }
}

// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<I> Countable for Nowhere<I> {
    fn total(&self) -> usize {
        0
    }

    unsafe fn part(&self, _numbers: Range<usize>) -> Self::Chunk {
        std::iter::empty()
    }
}

#[diagnostic::do_not_recommend]
impl<I> Indexed for Nowhere<I> {
    fn progression(&self) -> Progression {
        Progression { first: 0, step: 1 }
    }
}
