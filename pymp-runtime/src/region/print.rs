//! Whole lines, whichever threads print.

use super::Region;
use std::fmt;
use std::io::Write;

impl Region<'_, '_> {
    /// Prints a line: `p.print(format_args!("thread {}", p.thread_num()))`. See [`pprintln!`](crate::pprintln).
    ///
    /// ```
    /// # use pymp_runtime::Parallel;
    /// Parallel::new(2).run(|p| p.print(format_args!("thread {}", p.thread_num())));
    /// ```
    ///
    /// pymp: `p.print(..)`.
    pub fn print(&self, line: fmt::Arguments<'_>) {
        print(line);
    }
}

/// Prints a line on standard output at once, so that lines of several threads never mix, and flushes it.
///
/// ```
/// pymp_runtime::region::print(format_args!("{} of {}", 1, 2));
/// ```
///
/// # Panics
///
/// As `println!`.
pub fn print(line: fmt::Arguments<'_>) {
    // Formatted first: a `Display` that prints in turn finds no lock held. `print!` and not the handle, for tests that capture it.
    let line = format!("{line}\n");
    print!("{line}");
    let _ = std::io::stdout().flush();
}

/// As `println!`, but a line is never mixed with those of other threads. Works in a region and outside of one.
///
/// ```
/// use pymp_runtime::{Parallel, pprintln};
///
/// Parallel::new(2).run(|p| pprintln!("{} of {}", p.thread_num(), p.num_threads()));
/// ```
#[macro_export]
macro_rules! pprintln {
    ($($line:tt)*) => { $crate::region::print(::core::format_args!($($line)*)) };
}
