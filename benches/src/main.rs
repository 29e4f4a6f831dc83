//! pymp beside its peers, measured in one run.
//!
//! ```text
//! cargo run --release -p pymp-bench -- [--save] [--only WORD].. [--rounds N] [--large]
//! ```
//!
//! 1. The parent (`parent.rs`) compiles the C side, looks whether the machine is idle, and starts children: one for each contender,
//!    in turn, for several rounds. So whatever changes on the machine meanwhile meets all of them.
//! 2. A child measures its rows one after the other and prints a line for each: contender, row, nanoseconds (`sheet.rs`). The C
//!    programs in `c/` print the same lines.
//! 3. The parent takes the median of each over the rounds, and prints a table, and the bars that were set beforehand (`bars.rs`).

mod bars;
mod compile;
mod entry;
mod kernels;
mod limit;
mod machine;
mod ours;
mod parent;
mod peers;
mod plain;
mod sheet;
#[path = "../../examples/support/mod.rs"]
mod support;
mod table;

use std::process::ExitCode;

use sheet::Sheet;

/// What the command line asks for.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// Only rows whose name contains one of these words.
    pub(crate) only: Vec<String>,
    pub(crate) rounds: usize,
    pub(crate) save: bool,
    /// Also rows that need gigabytes of memory.
    pub(crate) large: bool,
}

const USAGE: &str = "usage: pymp-bench [--save] [--only WORD].. [--rounds N] [--large]";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let mut options = Options { rounds: 5, ..Options::default() };
    let mut child = None;
    while let Some(word) = words.next() {
        let good = match word.as_str() {
            "--save" => {
                options.save = true;
                true
            }
            "--large" => {
                options.large = true;
                true
            }
            "--only" => words.next().map(|word| options.only.push(word)).is_some(),
            "--rounds" => words.next().and_then(|n| n.parse().ok()).filter(|&n| n > 0).map(|n| options.rounds = n).is_some(),
            "child" => {
                child = words.next();
                child.is_some()
            }
            _ => false,
        };
        if !good {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    }
    match child {
        None => parent::run(&options),
        Some(contender) => measure(&contender, options),
    }
}

/// A child's work.
fn measure(contender: &str, options: Options) -> ExitCode {
    let sheet = Sheet::new(contender, options);
    match contender {
        "limit" => limit::rows(&sheet),
        "serial" => {
            plain::serial(&sheet);
            kernels::serial(&sheet);
        }
        "ours" => ours::rows(&sheet),
        "neighbour" => machine::be_busy(),
        _ => return peers::rows(contender, &sheet),
    }
    ExitCode::SUCCESS
}
