//! Shapes, and where in memory an index is.

use std::fmt;
use std::sync::Arc;

/// The lengths of an array's dimensions: a number, `[4, 5]`, `(4, 5)`, a slice or a `Vec`.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::shared;
///
/// assert_eq!(shared::array::<u8>(20).shape(), [20]);
/// assert_eq!(shared::array::<u8>([4, 5]).shape(), [4, 5]);
/// assert_eq!(shared::array::<u8>((4, 5)).shape(), [4, 5]);
/// assert_eq!(shared::array::<u8>(vec![2; 3]).len(), 8);
/// assert_eq!(shared::array::<u8>([]).len(), 1); // no dimension: a single number
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no shape of a `shared::array`",
    label = "write the length, or one for each dimension as in `[4, 5]`: whole numbers of type `usize`",
    note = "see `pymp::errors::shared_array`"
)]
pub trait Shape: sealed::Shape {
    #[doc(hidden)]
    fn into_shape(self) -> Arc<[usize]>;
}

/// Which element of an array: a number for one dimension, `[i, j]` or `(i, j)` and so on for several.
///
/// ```
/// # use pymp_runtime as pymp;
/// let cube = pymp::shared::array::<i8>([2, 2, 2]);
/// cube.set([1, 0, 1], -1);
/// assert_eq!(cube.iter().position(|x| x == -1), Some(5));
/// ```
#[diagnostic::on_unimplemented(
    message = "a `shared::array` cannot be indexed by `{Self}`",
    label = "write a number of type `usize`, or one for each dimension as in `[i, j]`",
    note = "see `pymp::errors::shared_array`"
)]
pub trait Index: Copy + sealed::Index {
    /// For one dimension the index itself, unchecked; for others, checked, the place in memory.
    #[doc(hidden)]
    #[track_caller]
    fn offset(self, shape: &[usize]) -> usize;
}

mod sealed {
    pub trait Shape {}
    pub trait Index {}
}

macro_rules! shapes {
    ($([$($generics:tt)*] $type:ty: $self:ident => $shape:expr;)*) => {$(
        impl<$($generics)*> sealed::Shape for $type {}
        impl<$($generics)*> Shape for $type {
            fn into_shape($self) -> Arc<[usize]> {
                $shape
            }
        }
    )*};
}

shapes! {
    [] usize: self => Arc::new([self]);
    [const N: usize] [usize; N]: self => Arc::new(self);
    [const N: usize] &[usize; N]: self => Arc::new(*self);
    [] &[usize]: self => self.into();
    [] Vec<usize>: self => self.into();
    [] &Vec<usize>: self => self.as_slice().into();
}

impl sealed::Index for usize {}
impl Index for usize {
    #[inline]
    #[track_caller]
    fn offset(self, shape: &[usize]) -> usize {
        if shape.len() != 1 {
            wrong_dimensions(1, shape.len());
        }
        self
    }
}

impl<const N: usize> sealed::Index for [usize; N] {}
impl<const N: usize> Index for [usize; N] {
    #[inline]
    #[track_caller]
    fn offset(self, shape: &[usize]) -> usize {
        if shape.len() != N {
            wrong_dimensions(N, shape.len());
        }
        let mut offset = 0;
        for (dimension, (&index, &len)) in self.iter().zip(shape).enumerate() {
            if index >= len {
                out_of_bounds(dimension, index, len);
            }
            // No overflow: every index is less than its length, and the lengths' product is that of a `Vec`.
            offset = offset * len + index;
        }
        offset
    }
}

macro_rules! tuples {
    ($($tuple:ty: ($($index:ident),*);)*) => {$(
        shapes! { [] $tuple: self => { let ($($index,)*) = self; Arc::new([$($index),*]) }; }

        impl sealed::Index for $tuple {}
        impl Index for $tuple {
            #[inline]
            #[track_caller]
            fn offset(self, shape: &[usize]) -> usize {
                let ($($index,)*) = self;
                [$($index),*].offset(shape)
            }
        }
    )*};
}

// As numpy writes them.
tuples! {
    (usize,): (i);
    (usize, usize): (i, j);
    (usize, usize, usize): (i, j, k);
    (usize, usize, usize, usize): (i, j, k, l);
}

#[cold]
#[track_caller]
fn wrong_dimensions(index: usize, array: usize) -> ! {
    let s = |n| if n == 1 { "" } else { "s" };
    panic!("an index of {index} number{} into an array of {array} dimension{}", s(index), s(array));
}

#[cold]
#[track_caller]
fn out_of_bounds(dimension: usize, index: usize, len: usize) -> ! {
    panic!("index out of bounds: the len of dimension {dimension} is {len} but the index is {index}");
}

/// How many elements; `None` if more than numbers can say.
pub(super) fn count(shape: &[usize]) -> Option<usize> {
    // Nothing is nothing, however large the other dimensions.
    if shape.contains(&0) { Some(0) } else { shape.iter().try_fold(1_usize, |count, &len| count.checked_mul(len)) }
}

/// `4 x 5`
pub(super) fn in_words(shape: &[usize]) -> String {
    if shape.is_empty() { "1".into() } else { shape.iter().map(usize::to_string).collect::<Vec<_>>().join(" x ") }
}

/// [`Array::reshape`](super::Array::reshape) was asked for more elements than there are, or fewer.
///
/// ```
/// # use pymp_runtime as pymp;
/// let error = pymp::shared::array::<u8>(6).reshape([2, 4]).unwrap_err();
/// assert_eq!(error.to_string(), "an array of 6 elements cannot become one of 2 x 4");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReshapeError {
    pub(super) from: Arc<[usize]>,
    pub(super) to: Arc<[usize]>,
}

impl fmt::Display for ReshapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an array of {} elements cannot become one of {}", in_words(&self.from), in_words(&self.to))
    }
}

impl std::error::Error for ReshapeError {}

/// Prints lists of lists.
pub(super) struct Nested<'a, T> {
    pub(super) elements: &'a [T],
    pub(super) shape: &'a [usize],
}

impl<T: fmt::Debug> fmt::Debug for Nested<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shape {
            [] => self.elements[0].fmt(f),
            [_] => self.elements.fmt(f),
            [rows, shape @ ..] => {
                let len = self.elements.len() / (*rows).max(1);
                let row = |row| Nested { elements: &self.elements[row * len..][..len], shape };
                f.debug_list().entries((0..*rows).map(row)).finish()
            }
        }
    }
}
