//! Values given for each nesting level.

/// One value for all nesting levels, or one for each: `4`, `[4, 2]`, a slice, a `Vec`.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::config;
///
/// config::set_num_threads(4).unwrap();
/// config::set_num_threads(vec![4, 2, 1]).unwrap();
/// ```
pub trait Levels {
    /// The values, outermost level first.
    fn levels(self) -> Vec<usize>;
}

impl Levels for usize {
    fn levels(self) -> Vec<usize> {
        vec![self]
    }
}

impl<const N: usize> Levels for [usize; N] {
    fn levels(self) -> Vec<usize> {
        self.to_vec()
    }
}

impl<const N: usize> Levels for &[usize; N] {
    fn levels(self) -> Vec<usize> {
        self.to_vec()
    }
}

impl Levels for &[usize] {
    fn levels(self) -> Vec<usize> {
        self.to_vec()
    }
}

impl Levels for Vec<usize> {
    fn levels(self) -> Vec<usize> {
        self
    }
}
