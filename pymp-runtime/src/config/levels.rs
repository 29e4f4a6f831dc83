//! Values given for each nesting level.

use super::ProcBind;

/// One value for all nesting levels, or one for each: `4`, `[4, 2]`, a slice, a `Vec`.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::config;
///
/// config::set_num_threads(4).unwrap();
/// config::set_num_threads(vec![4, 2, 1]).unwrap();
/// ```
pub trait Levels<T = usize> {
    /// The values, outermost level first.
    fn levels(self) -> Vec<T>;
}

impl Levels for usize {
    fn levels(self) -> Vec<usize> {
        vec![self]
    }
}

impl Levels<ProcBind> for ProcBind {
    fn levels(self) -> Vec<ProcBind> {
        vec![self]
    }
}

impl<T, const N: usize> Levels<T> for [T; N] {
    fn levels(self) -> Vec<T> {
        self.into()
    }
}

impl<T: Clone, const N: usize> Levels<T> for &[T; N] {
    fn levels(self) -> Vec<T> {
        self.to_vec()
    }
}

impl<T: Clone> Levels<T> for &[T] {
    fn levels(self) -> Vec<T> {
        self.to_vec()
    }
}

impl<T> Levels<T> for Vec<T> {
    fn levels(self) -> Vec<T> {
        self
    }
}
