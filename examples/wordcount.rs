//! The most frequent words of text files: a `HashMap` as reduction variable, with an operator of one's own.
//!
//! ```text
//! cargo run --release --example wordcount -- README.md src
//! ```
//!
//! Takes files and folders; this repository when none is named.

mod support;

#[path = "kernels/wordcount.rs"]
mod wordcount;

use std::cmp::Reverse;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        paths = wordcount::default_paths();
    }
    let texts = match wordcount::read_all(&paths) {
        Ok(texts) => texts,
        Err(problem) => {
            eprintln!("wordcount: {problem}");
            return ExitCode::FAILURE;
        }
    };
    let (trial, counts) = wordcount::trial(&texts);

    let mut ranking: Vec<_> = counts.into_iter().collect();
    // Words that are equally frequent come in the order of the alphabet, so that every run prints the same.
    ranking.sort_unstable_by(|(word, count), (other, least)| (Reverse(count), word).cmp(&(Reverse(least), other)));
    for (word, count) in ranking.iter().take(10) {
        println!("{count:>8}  {word}");
    }
    println!();
    support::report(&[trial])
}
