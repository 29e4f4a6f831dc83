//! The smallest useful loop: `(a + b) * 2 + a * b` on 2000 x 2000 numbers, with `#[parallel]` as the only change.
//!
//! ```text
//! cargo run --release --example elementwise
//! ```
//!
//! It moves 24 bytes for four operations. So memory sets the pace, and two threads gain less than twice.

mod support;

#[path = "kernels/elementwise.rs"]
mod elementwise;

use std::process::ExitCode;

fn main() -> ExitCode {
    support::report(&[elementwise::trial(2000)])
}
