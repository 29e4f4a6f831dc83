//! pymp beside its peers, measured in one run.
//!
//! ```text
//! cargo run --release -p pymp-bench -- [--save NAME] [--only WORD].. [--rounds N] [--large]
//! ```
//!
//! 1. The parent (`parent.rs`) finds out which contenders there are (`contender.rs`): it compiles the C side (`compile.rs`), and looks
//!    for Python (`python.rs`). It looks whether the machine is idle.
//! 2. It asks each contender for the rows that it has, `--list`.
//! 3. Several times it goes through the rows, and in each row through the contenders: a process for each, that measures this
//!    row, `--row NAME`, and prints a line: contender, row, nanoseconds (`sheet.rs`). So whatever changes on the machine meanwhile meets
//!    all of them. The programs in `c/` and `python/` print the same lines.
//! 4. It takes the median of each over the rounds, and prints tables (`table.rs`), and the bars that were set beforehand (`bars.rs`).

mod bars;
mod builds;
mod compile;
mod contender;
mod entry;
mod kernels;
mod limit;
mod machine;
mod ours;
mod parent;
mod peers;
mod plain;
#[cfg(feature = "plot")]
mod plot;
mod python;
mod results;
mod sheet;
mod small;
#[path = "../../examples/support/mod.rs"]
mod support;
mod table;

use std::process::ExitCode;

use sheet::{Sheet, Wanted};

/// What the command line asks for.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// Only rows whose name contains one of these words.
    pub(crate) only: Vec<String>,
    pub(crate) rounds: usize,
    /// Keep the report, under this word.
    pub(crate) save: Option<String>,
    /// Also rows that need gigabytes of memory, or minutes.
    pub(crate) large: bool,
}

const USAGE: &str = "usage: pymp-bench [--save NAME] [--only WORD].. [--rounds N] [--large]";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let mut options = Options { rounds: 5, ..Options::default() };
    let (mut child, mut wanted) = (None, Wanted::List);
    while let Some(word) = words.next() {
        let good = match word.as_str() {
            "--save" => {
                options.save = words.next();
                options.save.is_some()
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
            "--list" => child.is_some(),
            "--row" => words.next().map(|row| wanted = Wanted::Row(row)).is_some(),
            _ => false,
        };
        if !good {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    }
    match child {
        None => parent::run(&options),
        Some(contender) => measure(&contender, wanted, options.large),
    }
}

/// A child's work.
fn measure(contender: &str, wanted: Wanted, large: bool) -> ExitCode {
    let sheet = Sheet::new(contender, wanted, large);
    match contender {
        "limit" => limit::rows(&sheet),
        // Minutes.
        "builds" if large => builds::rows(&sheet),
        "builds" => {}
        "serial" => {
            small::serial(&sheet);
            kernels::serial(&sheet);
        }
        "ours" => ours::rows(&sheet),
        "neighbour" => machine::be_busy(),
        _ => return peers::rows(contender, &sheet),
    }
    ExitCode::SUCCESS
}
