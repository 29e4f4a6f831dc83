//! Values given for each nesting level.

use super::{ConfigError, ProcBind};

/// One value for all nesting levels, or one for each: `4`, `[4, 2]`, a slice, a `Vec`. Bindings also as text, `"spread,close"`.
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
    ///
    /// # Errors
    ///
    /// A text that says something else.
    fn levels(self) -> Result<Vec<T>, ConfigError>;
}

impl Levels for usize {
    fn levels(self) -> Result<Vec<usize>, ConfigError> {
        Ok(vec![self])
    }
}

impl Levels<ProcBind> for ProcBind {
    fn levels(self) -> Result<Vec<ProcBind>, ConfigError> {
        Ok(vec![self])
    }
}

impl Levels<ProcBind> for &str {
    fn levels(self) -> Result<Vec<ProcBind>, ConfigError> {
        self.split(',').map(str::parse).collect()
    }
}

impl<T, const N: usize> Levels<T> for [T; N] {
    fn levels(self) -> Result<Vec<T>, ConfigError> {
        Ok(self.into())
    }
}

impl<T: Clone, const N: usize> Levels<T> for &[T; N] {
    fn levels(self) -> Result<Vec<T>, ConfigError> {
        Ok(self.to_vec())
    }
}

impl<T: Clone> Levels<T> for &[T] {
    fn levels(self) -> Result<Vec<T>, ConfigError> {
        Ok(self.to_vec())
    }
}

impl<T> Levels<T> for Vec<T> {
    fn levels(self) -> Result<Vec<T>, ConfigError> {
        Ok(self)
    }
}
