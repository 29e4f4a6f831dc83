//! Arrays of plain numbers whose elements any thread may update.

mod index;
mod updates;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering::{Acquire, Release};

use crate::disjoint::{AtomicNumber, into_cells, into_numbers, numbers_mut};

pub use index::{Index, ReshapeError, Shape};
use index::{count, in_words};

/// Makes an array of zeros (`false` for `bool`).
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::shared;
///
/// let hits = shared::array::<u64>(7);
/// hits.fetch_add(3, 1);
/// assert_eq!(hits.into_vec(), [0, 0, 0, 1, 0, 0, 0]);
///
/// let grid = shared::array::<f64>([4, 5]);
/// grid.set([3, 4], 2.5);
/// assert_eq!(grid.get([3, 4]), 2.5);
/// assert_eq!(grid.len(), 20);
/// ```
///
/// The shape is a number, or one for each dimension: `[4, 5]`, `(4, 5)`, a slice or a `Vec`. The elements are integers of up to 64 bits, `f32`,
/// `f64` or `bool`; a [`list`](super::list()) holds anything. An array that exists already: [`Array::from`] a `Vec`.
///
/// # Panics
///
/// When so many elements do not fit into memory.
///
/// pymp: `pymp.shared.array(shape, dtype)`, whose default type is `f64`.
#[track_caller]
pub fn array<T: AtomicNumber>(shape: impl Shape) -> Array<T> {
    let shape = shape.into_shape();
    let Some(len) = count(&shape) else { panic!("an array of {} elements does not fit into memory", in_words(&shape)) };
    Array::new(vec![T::default(); len], shape)
}

/// An array of plain numbers whose elements any thread may update; [`array()`] makes one. A clone is the same array.
///
/// Indices are a number for one dimension, and `[i, j]` or `(i, j)` and so on for several. An element is read, written and updated in one step;
/// updates that overflow panic in a debug build, as `+` does.
///
/// # Panics
///
/// Every method that takes an index panics when it is out of bounds, as a slice does, or has not as many numbers as the array has
/// dimensions.
///
/// # Memory ordering
///
/// What a thread did before it stored a number is seen by the threads that have read that number. Floats are compared bit by bit.
pub struct Array<T: AtomicNumber> {
    // Boxed, so that the elements can move out.
    cells: Arc<Box<[T::Cell]>>,
    shape: Arc<[usize]>,
}

impl<T: AtomicNumber> Array<T> {
    fn new(numbers: Vec<T>, shape: Arc<[usize]>) -> Self {
        Array { cells: Arc::new(into_cells(numbers)), shape }
    }

    #[inline]
    #[track_caller]
    fn cell(&self, index: impl Index) -> &T::Cell {
        &self.cells[index.offset(&self.shape)]
    }

    /// The element `index`.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// assert_eq!(pymp::shared::Array::from(vec![1.5, 2.5]).get(1), 2.5);
    /// ```
    #[inline]
    #[track_caller]
    pub fn get(&self, index: impl Index) -> T {
        // Acquire: pairs with the release of whoever stored the number.
        T::load(self.cell(index), Acquire)
    }

    /// Writes the element `index`.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let a = pymp::shared::array::<bool>(2);
    /// a.set(0, true);
    /// assert_eq!(a.to_vec(), [true, false]);
    /// ```
    ///
    /// `a.set(i, a.get(i) + 1)` is two steps, between which another thread may write: [`fetch_add`](Array::fetch_add) is one.
    #[inline]
    #[track_caller]
    pub fn set(&self, index: impl Index, value: T) {
        // Release: pairs with the acquire of whoever reads the number.
        T::store(self.cell(index), value, Release);
    }

    /// Writes every element, one after the other.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let a = shared::array::<u32>(3);
    /// a.fill(7);
    /// assert_eq!(a.to_vec(), [7, 7, 7]);
    /// ```
    pub fn fill(&self, value: T) {
        for cell in &**self.cells {
            T::store(cell, value, Release);
        }
    }

    /// How many elements there are, over all dimensions.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// assert_eq!(shared::array::<u32>([2, 3]).len(), 6);
    /// ```
    #[inline]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there are no elements.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// assert!(shared::array::<u32>(0).is_empty());
    /// ```
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The length of each dimension.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::shared;
    ///
    /// assert_eq!(shared::array::<u8>([4, 5]).shape(), [4, 5]);
    /// assert_eq!(shared::array::<u8>(3).shape(), [3]);
    /// ```
    #[inline]
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The same array under another shape, the last index running fastest. Of a clone, both shapes are in use.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// # fn main() -> Result<(), pymp::shared::ReshapeError> {
    /// use pymp::shared;
    ///
    /// let grid = shared::array::<i32>([4, 5]);
    /// let line = grid.clone().reshape(20)?;
    /// line.set(19, 7);
    /// assert_eq!(grid.get([3, 4]), 7);
    ///
    /// let error = grid.reshape([5, 5]).unwrap_err();
    /// assert_eq!(error.to_string(), "an array of 4 x 5 elements cannot become one of 5 x 5");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the new shape has more elements, or fewer.
    pub fn reshape(self, shape: impl Shape) -> Result<Self, ReshapeError> {
        let shape = shape.into_shape();
        if count(&shape) == Some(self.len()) {
            Ok(Array { shape, ..self })
        } else {
            Err(ReshapeError { from: self.shape, to: shape })
        }
    }

    /// The elements one after the other, the last index running fastest, each as it is when its turn comes.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let a = pymp::shared::Array::from(vec![1, 2, 3]);
    /// assert_eq!(a.iter().sum::<i32>(), 6);
    /// ```
    pub fn iter(&self) -> impl ExactSizeIterator<Item = T> + DoubleEndedIterator + Clone + '_ {
        self.cells.iter().map(|cell| T::load(cell, Acquire))
    }

    /// A copy of the elements, in the order of [`iter`](Array::iter).
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// assert_eq!(shared::array::<u32>([1, 2]).to_vec(), [0, 0]);
    /// ```
    pub fn to_vec(&self) -> Vec<T> {
        self.iter().collect()
    }

    /// The elements as an ordinary `Vec`. They move if this is the only handle of the array; if not, this is a copy.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let a = pymp::shared::array::<u8>(3);
    /// a.set(1, 9);
    /// assert_eq!(a.into_vec(), [0, 9, 0]);
    /// ```
    pub fn into_vec(self) -> Vec<T> {
        match Arc::try_unwrap(self.cells) {
            Ok(cells) => into_numbers(cells),
            Err(shared) => shared.iter().map(|cell| T::load(cell, Acquire)).collect(),
        }
    }

    /// The elements as an ordinary slice, to read and write at full speed, while no other handle exists.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use pymp::shared;
    ///
    /// let mut a = shared::array::<u64>(100);
    /// a.set(3, 7);
    /// assert_eq!(a.as_mut_slice()[3], 7);
    /// a.as_mut_slice().sort();
    /// assert_eq!(a.get(99), 7);
    /// ```
    ///
    /// # Panics
    ///
    /// When the array has another handle, a clone that still lives: [`get_mut`](Array::get_mut) asks.
    #[track_caller]
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        match self.get_mut() {
            Some(slice) => slice,
            None => panic!("as_mut_slice of a shared array that has clones: drop them first, or use get and set"),
        }
    }

    /// [`as_mut_slice`](Array::as_mut_slice) if this is the only handle of the array.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let mut a = pymp::shared::array::<u64>(100);
    /// let b = a.clone();
    /// assert!(a.get_mut().is_none());
    /// drop(b);
    /// assert!(a.get_mut().is_some());
    /// ```
    pub fn get_mut(&mut self) -> Option<&mut [T]> {
        Arc::get_mut(&mut self.cells).map(|cells| numbers_mut(cells))
    }
}

impl<T: AtomicNumber> Clone for Array<T> {
    fn clone(&self) -> Self {
        Array { cells: Arc::clone(&self.cells), shape: Arc::clone(&self.shape) }
    }
}

/// An array of no elements.
impl<T: AtomicNumber> Default for Array<T> {
    fn default() -> Self {
        Array::from(Vec::new())
    }
}

/// An array of one dimension, in the `Vec`'s own memory if it has none to spare.
impl<T: AtomicNumber> From<Vec<T>> for Array<T> {
    fn from(numbers: Vec<T>) -> Self {
        let shape = Arc::new([numbers.len()]);
        Array::new(numbers, shape)
    }
}

/// An array of one dimension.
impl<T: AtomicNumber> FromIterator<T> for Array<T> {
    fn from_iter<I: IntoIterator<Item = T>>(numbers: I) -> Self {
        Array::from(Vec::from_iter(numbers))
    }
}

/// Lists of lists, as deep as there are dimensions.
impl<T: AtomicNumber + fmt::Debug> fmt::Debug for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        index::Nested { elements: &self.to_vec(), shape: &self.shape }.fmt(f)
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
