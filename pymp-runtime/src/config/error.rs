//! A refused setting.

use std::fmt;

/// A setting was refused; the old value holds.
///
/// ```
/// # use pymp_runtime as pymp;
/// let error = pymp::config::set_num_threads(0).unwrap_err();
/// assert_eq!(error.to_string(), "num_threads must be at least 1, not 0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    pub(super) message: String,
}

impl ConfigError {
    pub(super) fn at_least_1(setting: &str) -> Self {
        ConfigError { message: format!("{setting} must be at least 1, not 0") }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}
