//! 512 stars: every iteration moves its own, and the energy is a reduction that no number of threads changes by a bit.
//!
//! ```text
//! cargo run --release --example nbody
//! ```

mod support;

#[path = "kernels/nbody.rs"]
mod nbody;

use std::process::ExitCode;

fn main() -> ExitCode {
    support::report(&[nbody::trial(512, 500)])
}
