//! NAS EP: random pairs, three reductions at once, checked against the figures that NASA published.
//!
//! ```text
//! cargo run --release --example ep -- A
//! ```
//!
//! The classes are S (2^24 pairs, when none is named), W (2^25) and A (2^28).

mod support;

#[path = "kernels/ep.rs"]
mod ep;

use std::process::ExitCode;

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_else(|| "S".into());
    match name.parse() {
        Ok(class) => support::report(&[ep::trial(class)]),
        Err(problem) => {
            eprintln!("ep: {problem}");
            ExitCode::FAILURE
        }
    }
}
