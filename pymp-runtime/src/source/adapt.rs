//! The adapters that choose among a source's iterations: `rev`, `step_by`, `take`, `skip`.
//!
//! Each maps disjoint ranges of its own numbers to disjoint ranges of the inner source's, which is all their soundness needs.

use std::ops::Range;

use super::progression::{Indexed, Progression};
use super::{Countable, Repeat, Source, take_by_part};

/// The five impls of an adapter `$name<S>` whose part is `$chunk` of the inner part: how many there are, which inner numbers
/// belong to a range of its own, which one to a number, and what is done to the inner chunk.
macro_rules! adapter {
    (
        $name:ident, $chunk:ty $(where $bound:path)?, |$this:ident, $numbers:ident| $inner:expr, |$part:ident| $made:expr,
        at: |$number:ident| $at:expr, total: $total:expr, progression: |$progression:ident| $indexed:expr
    ) => {
        // SAFETY: disjoint numbers are disjoint inner numbers (see the module), and the inner source keeps the promise.
        unsafe impl<S: Countable> Source for $name<S> $(where S::Chunk: $bound)? {
            type Item = S::Item;
            type Chunk = $chunk;
            take_by_part!();
        }

        // SAFETY: as above.
        #[diagnostic::do_not_recommend]
        unsafe impl<S: Countable> Countable for $name<S> $(where S::Chunk: $bound)? {
            #[inline]
            fn total(&self) -> usize {
                let $this = self;
                $total
            }

            #[inline]
            unsafe fn part(&self, $numbers: Range<usize>) -> $chunk {
                let $this = self;
                let inner = $inner;
                // SAFETY: these lie within the inner source's count, and parts of ours that are disjoint never ask for the same.
                let $part = unsafe { self.inner.part(inner) };
                $made
            }
        }

        #[diagnostic::do_not_recommend]
        impl<S: Repeat> Repeat for $name<S> $(where S::Chunk: $bound)? {
            const BY_NUMBER: bool = S::BY_NUMBER;

            #[inline]
            fn again(&self, $numbers: Range<usize>) -> $chunk {
                let $this = self;
                let inner = $inner;
                let $part = self.inner.again(inner);
                $made
            }

            #[inline]
            fn at(&self, $number: usize) -> S::Item {
                let $this = self;
                self.inner.at($at)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<S: Countable + Indexed> Indexed for $name<S> $(where S::Chunk: $bound)? {
            fn progression(&self) -> Progression {
                let $this = self;
                let $progression = self.inner.progression();
                $indexed
            }
        }
    };
}

/// From the last iteration to the first.
#[derive(Clone, Debug)]
pub struct Rev<S> {
    inner: S,
}

impl<S> Rev<S> {
    pub(super) fn new(inner: S) -> Self {
        Self { inner }
    }
}

adapter!(
    Rev, std::iter::Rev<S::Chunk> where DoubleEndedIterator,
    |this, numbers| {
        let total = this.inner.total();
        total - numbers.end..total - numbers.start
    },
    |part| part.rev(),
    at: |number| this.inner.total() - 1 - number,
    total: this.inner.total(),
    progression: |inner| inner.reversed(this.inner.total())
);

/// Every `step`-th iteration, the first one included.
#[derive(Clone, Debug)]
pub struct StepBy<S> {
    inner: S,
    step: usize,
}

impl<S> StepBy<S> {
    #[track_caller]
    pub(super) fn new(inner: S, step: usize) -> Self {
        // Without words of its own, so that the panic is the one that std's `step_by` gives.
        assert!(step != 0);
        Self { inner, step }
    }
}

adapter!(
    StepBy, std::iter::StepBy<S::Chunk>,
    |this, numbers| {
        // From the first to just past the last, so that nothing past the end is asked for and nothing overflows.
        if numbers.is_empty() { 0..0 } else { numbers.start * this.step..(numbers.end - 1) * this.step + 1 }
    },
    |part| part.step_by(this.step),
    at: |number| number * this.step,
    total: this.inner.total().div_ceil(this.step),
    progression: |inner| inner.stepped(this.step)
);

/// The first `count` iterations.
#[derive(Clone, Debug)]
pub struct Take<S> {
    inner: S,
    count: usize,
}

impl<S> Take<S> {
    pub(super) fn new(inner: S, count: usize) -> Self {
        Self { inner, count }
    }
}

adapter!(
    Take, S::Chunk,
    |this, numbers| { let _ = this; numbers },
    |part| part,
    at: |number| { let _ = this; number },
    total: this.inner.total().min(this.count),
    progression: |inner| { let _ = this; inner }
);

/// All but the first `count` iterations.
#[derive(Clone, Debug)]
pub struct Skip<S> {
    inner: S,
    count: usize,
}

impl<S: Countable> Skip<S> {
    pub(super) fn new(inner: S, count: usize) -> Self {
        let count = count.min(inner.total());
        Self { inner, count }
    }
}

adapter!(
    Skip, S::Chunk,
    |this, numbers| numbers.start + this.count..numbers.end + this.count,
    |part| part,
    at: |number| number + this.count,
    total: this.inner.total() - this.count,
    progression: |inner| inner.skipped(this.count)
);
