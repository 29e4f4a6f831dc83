//! What iterations own: arrays that are handed to the runtime whole and given out part by part.
//!
//! 1. `y.as_disjoint()` borrows the array for the whole loop; nobody else can reach it until the loop has ended.
//! 2. The loop driver asks for the part of each range of iteration numbers that it hands out.
//! 3. Number ranges never overlap (the schedules' law), so the parts never do: that is the whole soundness argument, made once at
//!    [`Split`] and relied upon in `whole.rs`.

mod atomic;
mod chunked;
mod element;
mod grid;
#[doc(hidden)]
pub mod handed;
mod number;
mod row;
mod scatter;
mod view;
mod whole;

use std::collections::VecDeque;
use std::ops::Range;

pub use self::atomic::{AtomicElement, AtomicView, Atomics};
pub use self::chunked::{Chunked, ChunkedPart, Window};
pub use self::element::Elements;
pub use self::grid::{Cells, Grid, GridView, GridWhole, Rows};
pub use self::handed::GivenToThreads;
pub use self::number::AtomicNumber;
pub(crate) use self::number::{into_cells, into_numbers, numbers_mut};
pub use self::row::Row;
pub use self::scatter::{ScatterPart, ScatterView, Scattered};
pub use self::view::View;

/// An array whose elements the iterations of a loop can own: a slice, a `Vec`, a `Box<[T]>`, a `VecDeque`, an array, or a type of your own.
///
/// # Examples
///
/// A type of one's own hands its storage on:
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::disjoint::{Disjoint, Elements};
///
/// struct Signal { samples: Vec<f32> }
///
/// impl Disjoint for Signal {
///     type Whole<'a> = Elements<'a, f32>;
///     fn as_disjoint(&mut self) -> Elements<'_, f32> {
///         self.samples.as_disjoint()
///     }
/// }
/// assert_eq!(Signal { samples: vec![0.0; 3] }.as_disjoint().len(), 3);
/// ```
///
/// There is no unsafe code to write: the whole borrows the storage mutably, and only the runtime can cut it.
#[diagnostic::on_unimplemented(
    message = "the iterations of a loop cannot own elements of `{Self}`",
    label = "no array or `Vec`, whose elements can be written by `a[i] = ..`",
    note = "a type of yours hands over the array that it holds: `impl pymp::Disjoint for MyType`, see its examples; or take the `Vec` out before the loop",
    note = "those of `pymp::shared` are changed by methods, on every thread: `a.set(i, v)`, `d.insert(k, v)`",
    note = "instead of a map take `pymp::shared::dict()`; or collect pairs, `reduction(append: pairs)`, and make the map of them after the loop",
    note = "see `pymp::errors::no_array`"
)]
pub trait Disjoint {
    /// What the runtime is handed: [`Elements`] for one index, [`Grid`] for two.
    type Whole<'a>
    where
        Self: 'a;

    /// Borrows the array for the length of a loop.
    fn as_disjoint(&mut self) -> Self::Whole<'_>;
}

macro_rules! slices {
    ($(($($generics:tt)*) $type:ty),*) => {$(
        impl<$($generics)*> Disjoint for $type {
            type Whole<'a>
                = Elements<'a, T>
            where
                T: 'a;

            fn as_disjoint(&mut self) -> Elements<'_, T> {
                Elements::new(self)
            }
        }
    )*};
}

slices! { (T) [T], (T) Vec<T>, (T) Box<[T]>, (T, const N: usize) [T; N] }

impl<T> Disjoint for VecDeque<T> {
    type Whole<'a>
        = Elements<'a, T>
    where
        T: 'a;

    fn as_disjoint(&mut self) -> Elements<'_, T> {
        Elements::new(self.make_contiguous())
    }
}

/// Something that was handed over whole and is given out by ranges of iteration numbers.
///
/// # Safety
///
/// Parts made for disjoint ranges of numbers do not alias, whatever the numbers are.
pub unsafe trait Parts {
    /// What the iterations of one range of numbers may touch.
    type Part<'p>
    where
        Self: 'p;

    /// The part that belongs to the iterations `numbers`.
    ///
    /// # Safety
    ///
    /// 1. The ranges of all calls on one whole are disjoint.
    /// 2. [`Split::begin`] has been called, once; so the elements may be given to other threads.
    unsafe fn part<'p>(&'p self, numbers: &Range<usize>) -> Self::Part<'p>;
}

/// What a loop over `S` may give out. Apart from [`Parts`], so that what cannot be given out is refused where the loop is run, and not
/// again where a thread asks for its part.
///
/// # Safety
///
/// Parts of `Self` may be used on the thread that asked for them while others use theirs.
pub unsafe trait Split<S: ?Sized>: Parts + Sync {
    /// Learns which numbers mean which elements, and how many threads there are. The runtime calls it once, before the first part.
    #[track_caller]
    fn begin(&mut self, source: &S, team: usize);
}

/// For each number of arrays up to that of the list.
macro_rules! split_tuples {
    ([$($before:tt)*]) => { split_tuples!(@ $($before)*); };
    ([$($before:tt)*] $name:ident $index:tt $($more:tt)*) => {
        split_tuples!(@ $($before)*);
        split_tuples!([$($before)* $name $index] $($more)*);
    };
    (@ $($name:ident $index:tt)*) => {
        // SAFETY: a tuple's parts are its members' parts, and each member keeps the law.
        unsafe impl<$($name: Parts),*> Parts for ($($name,)*) {
            type Part<'p> = ($($name::Part<'p>,)*) where Self: 'p;

            #[inline]
            #[allow(clippy::unused_unit, reason = "the tuple of no arrays")]
            unsafe fn part<'p>(&'p self, _numbers: &Range<usize>) -> Self::Part<'p> {
                // SAFETY: the caller's promises are the ones that each member asks for.
                ($(unsafe { self.$index.part(_numbers) },)*)
            }
        }

        // SAFETY: the same.
        unsafe impl<S: ?Sized, $($name: Split<S>),*> Split<S> for ($($name,)*) {
            fn begin(&mut self, _source: &S, _team: usize) {
                $(self.$index.begin(_source, _team);)*
            }
        }
    };
}

split_tuples! { [] A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15 Q 16 R 17 T 18 U 19 V 20 W 21 X 22 Y 23 }
