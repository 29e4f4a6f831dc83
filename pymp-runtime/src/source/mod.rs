//! Everything that can be iterated, cut into chunks.
//!
//! 1. The macro wraps the leaves of a loop's head, `v.iter()` in `v.iter().enumerate().rev()`, in [`cut!`](crate::__private::cut).
//!    What can be cut becomes a [`Cut`]; anything else stays what it was.
//! 2. The rest of the head is then typed as the user typed it: a `Cut` has the adapters of `Iterator` that keep it cuttable.
//! 3. [`source!`](crate::__private::source) looks at the type of the whole head and makes a [`Source`] of it: what was cut as it
//!    is, unless it has no end, a rayon iterator by splitting its producers, any other iterator pulled under a lock.
//! 4. The schedule says which numbers a thread gets, and [`Source::take`] turns them into an iterator of that chunk, an
//!    iterator of std wherever there is one, so that the loop over it compiles to what the plain loop does.
//!
//! Both ask the trait solver (`probe.rs`, `kind.rs`), never the tokens, and leave an integer literal's type open: `for i in 0..10` is `usize`
//! when the body indexes with `i`, and `i32` when nothing says.

use std::ops::Range;

mod adapt;
mod by_nth;
mod cut;
mod head;
mod ints;
mod kind;
mod map;
mod nest;
mod nowhere;
mod open;
mod operand;
mod pair;
mod probe;
mod progression;
mod pulled;
mod rayon;
mod slice;
mod slice_mut;
#[cfg(test)]
mod tests;

pub use adapt::{Rev, Skip, StepBy, Take};
pub use by_nth::{ByNth, Nth, Spaced};
pub use cut::{Cut, IntoCut};
pub use ints::{Ints, IntsInclusive, Upto};
#[doc(hidden)]
pub use kind::*;
pub use map::{Cloned, Copied, Map, MapChunk};
pub use nest::{Nest, NestChunk, Nested, flat, nest};
#[doc(hidden)]
pub use nowhere::Nowhere;
pub use open::{Open, OpenChunk, OpenInts};
pub use operand::{ChainOperand, RayonOperand, Uncut, Uncuttable, ZipOperand};
pub use pair::{Chain, Enumerate, Zip};
#[doc(hidden)]
pub use probe::*;
pub use progression::{Indexed, Progression};
pub use pulled::{Batch, Pullable, Pulled};
pub use rayon::{CheapClone, Produced, ProducedChunk};
pub use slice::{Slice, SliceParts};
pub use slice_mut::{ChunksExactMut, ChunksMut, Owned, OwnedChunk, SliceMut};

/// Everything that can be iterated, cut into chunks.
///
/// ```
/// use pymp_runtime::{Cut, IntoCut, Source};
///
/// let letters = ["a", "b", "c", "d"];
/// let source = letters.iter().into_cut().rev().into_source();
/// assert_eq!(source.count(), Some(4));
/// // SAFETY: no other part of this source is taken.
/// let (numbers, chunk) = unsafe { source.take(1..3) }.unwrap();
/// assert_eq!((numbers, chunk.copied().collect::<String>()), (1..3, "cb".to_string()));
/// ```
///
/// # Safety
///
/// An implementor promises:
///
/// 1. The items handed out for disjoint ranges do not alias, and each may be used on the thread that took it while others use theirs.
///    A clone, where there is one, is a source of its own, of which all ranges may be asked for too.
/// 2. A chunk does not borrow from the source: it stays valid when the source is gone.
/// 3. `count` gives the same answer each time, a number if and only if the type is [`COUNTED`](Self::COUNTED).
/// 4. With a count, [`take`](Self::take) returns the range that it was asked for. Without one, the ranges that it returns are disjoint:
///    what the iterations own is cut by them.
#[diagnostic::on_unimplemented(
    message = "a parallel loop cannot run over `{Self}`",
    note = "it runs over integer ranges, slices, Vecs and their iterators, rayon's indexed iterators, and every `Iterator + Send`",
    note = "see `pymp::errors::not_iterable`"
)]
pub unsafe trait Source: Sync {
    /// What the loop's pattern is matched with.
    type Item;

    /// The iterations of one chunk, in order.
    type Chunk: Iterator<Item = Self::Item>;

    /// Whether the number of iterations is known before the last one.
    const COUNTED: bool = true;

    /// The number of iterations; `None` when it is not known before the last one.
    fn count(&self) -> Option<usize>;

    /// The chunk of these iteration numbers.
    ///
    /// A source with a count gives exactly these. One without gives `numbers.len()` items at the most, those that come next, and
    /// the returned range says which numbers they are; `None` when there are no more.
    ///
    /// # Safety
    ///
    /// Of a source with a count, the ranges asked for are disjoint, and within `0..count`. Of one without, any range may be asked for.
    unsafe fn take(&self, numbers: Range<usize>) -> Option<(Range<usize>, Self::Chunk)>;
}

/// A source that knows its number of iterations before the loop starts. All do, but iterators that are pulled.
///
/// # Safety
///
/// [`part`](Self::part) keeps the promises of [`Source`], whose `count` and `take` say the same as the methods here.
#[diagnostic::on_unimplemented(
    message = "`schedule = \"static\"` needs to know the number of iterations before the loop starts",
    label = "this iterator is pulled, item after item",
    note = "write `schedule = \"dynamic\"` or `schedule = \"dynamic,64\"`: the threads then take turns at the iterator",
    note = "see `pymp::errors::schedule`"
)]
pub unsafe trait Countable: Source {
    /// The number of iterations.
    fn total(&self) -> usize;

    /// The chunk of exactly these iteration numbers.
    ///
    /// # Safety
    ///
    /// The ranges asked of one source are disjoint, and within `0..total`.
    unsafe fn part(&self, numbers: Range<usize>) -> Self::Chunk;
}

/// A source whose every part may be had any number of times: what `collapse` needs of its loops, since several chunks may lie
/// in one row.
#[diagnostic::on_unimplemented(
    message = "`collapse` needs loops that can start again at any point, and one of these hands each item out once",
    label = "one of these loops cannot",
    note = "integer ranges, `.iter()`, `.chunks(n)` and `.windows(n)` can, with `.rev()`, `.step_by(k)` and the like; `.iter_mut()` cannot",
    note = "see `pymp::errors::collapse`"
)]
pub trait Repeat: Countable + Clone {
    /// Whether [`at`](Self::at) costs no more than a step through a chunk.
    const BY_NUMBER: bool = false;

    /// The chunk of exactly these iteration numbers, which lie within `0..total`.
    fn again(&self, numbers: Range<usize>) -> Self::Chunk;

    /// The item of this iteration number, which lies within `0..total`.
    #[inline]
    fn at(&self, number: usize) -> Self::Item {
        match self.again(number..number + 1).next() {
            Some(item) => item,
            None => unreachable!("a chunk of one iteration has an item"),
        }
    }
}

/// What the run-time refusal of a pulled source says, the words of [`Countable`].
pub(crate) const NEEDS_COUNT: &str = "a static schedule needs to know the number of iterations before the loop starts; \
    write schedule = \"dynamic\" for an iterator that is pulled, item after item";

/// Refuses, while compiling, a source without a count: the expansion of a literal `schedule = "static"`.
pub fn counted<S: Countable>(source: S) -> S {
    source
}

/// The half of [`Source`] that follows from [`Countable`].
macro_rules! take_by_part {
    () => {
        #[inline]
        fn count(&self) -> Option<usize> {
            Some($crate::source::Countable::total(self))
        }

        #[inline]
        unsafe fn take(&self, numbers: std::ops::Range<usize>) -> Option<(std::ops::Range<usize>, Self::Chunk)> {
            // SAFETY: the caller's promise is the one asked for.
            let part = unsafe { $crate::source::Countable::part(self, numbers.clone()) };
            Some((numbers, part))
        }
    };
}
pub(crate) use take_by_part;
