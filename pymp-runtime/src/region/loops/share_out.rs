//! What `p.range`, `p.xrange` and `p.loop_over` take.

use crate::source::{Cut, IntoCut, Nest, Repeat};
use std::collections::{VecDeque, vec_deque};
use std::iter;
use std::ops::{Range, RangeInclusive};
use std::slice;

/// What the threads of a region can share out: a range of integers or a slice, with `.rev()`, `.step_by(k)` and the like.
///
/// ```
/// use pymp_runtime::{Parallel, Region, region::ShareOut};
///
/// fn count(p: &Region, items: impl ShareOut) -> usize {
///     p.range(items).count()
/// }
/// let counts = Parallel::new(2).map(|p| count(p, 0..10) + count(p, &[1, 2]));
/// assert_eq!(counts.iter().sum::<usize>(), 12);
/// ```
///
/// Each thread makes it anew, and all of them the same. So it is for everything that can be cut and gives each item out as often as
/// it is asked for: nothing that is taken by value, and no `&mut`.
#[diagnostic::on_unimplemented(
    message = "the threads of a region cannot share out `{Self}`",
    label = "write a range, `0..n`, or a slice, `&v`, of which every thread can have its own",
    note = "to write a slice make `let parts = pymp::Parts::new(&mut v);` before the region, and in it `for x in &mut p.range_mut(&parts)`",
    note = "for the items of an iterator, or of a `Vec` by value, make `let items = pymp::shared::iter(v);` before the region, and in it \
            `for x in p.iterate(&items)`",
    note = "see `pymp::errors::region_items`"
)]
pub trait ShareOut {
    /// What it is cut as.
    type Source: Repeat;

    /// Makes it cuttable.
    fn share_out(self) -> Cut<Self::Source>;
}

// Type by type, and not for all that can be cut: of one that is not listed rustc then says this alone, and nothing of what it is cut as.
macro_rules! share_out {
    ($([$($generics:tt)*] $type:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> ShareOut for $type
        where
            $type: IntoCut<Source: Repeat>,
        {
            type Source = <$type as IntoCut>::Source;

            #[inline]
            #[track_caller]
            fn share_out(self) -> Cut<Self::Source> {
                self.into_cut()
            }
        }
    )* };
}

share_out! {
    [T] Range<T>;
    [T] RangeInclusive<T>;
    ['a, T] &'a [T];
    ['a, T] &'a Vec<T>;
    ['a, T] &'a Box<[T]>;
    ['a, T] &'a VecDeque<T>;
    ['a, T, const N: usize] &'a [T; N];
    ['a, T] slice::Iter<'a, T>;
    ['a, T] slice::Chunks<'a, T>;
    ['a, T] slice::ChunksExact<'a, T>;
    ['a, T] slice::RChunks<'a, T>;
    ['a, T] slice::RChunksExact<'a, T>;
    ['a, T] slice::Windows<'a, T>;
    ['a, T] vec_deque::Iter<'a, T>;
    [I] iter::Rev<I>;
    [I] iter::Enumerate<I>;
    [I] iter::Take<I>;
    [I] iter::Skip<I>;
    [I] iter::StepBy<I>;
    [I] iter::Copied<I>;
    [A, B] iter::Zip<A, B>;
    [S] Cut<S>;
    [A: Repeat, B: Repeat] Nest<A, B>;
}
