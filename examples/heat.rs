//! A stencil on a plate of 1000 x 1000 cells: the rows are owned through `chunks`, the largest change is a reduction.
//!
//! ```text
//! cargo run --release --example heat
//! ```

mod support;

#[path = "kernels/heat.rs"]
mod heat;

use std::process::ExitCode;

fn main() -> ExitCode {
    support::report(&[heat::trial(1000, 200)])
}
