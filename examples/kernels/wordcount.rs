//! How often each word occurs: a reduction of a whole map, with an operator of our own.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use pymp::prelude::*;

use crate::support::{Trial, timed};

pub(crate) type Counts = HashMap<String, u64>;

/// The operator that adds two tables of counts.
struct Merge;

impl Reduction<Counts> for Merge {
    fn identity(&self, _like: &Counts) -> Counts {
        Counts::new()
    }

    fn combine(&self, total: &mut Counts, part: Counts) {
        for (word, count) in part {
            *total.entry(word).or_insert(0) += count;
        }
    }

    fn exact(&self) -> bool {
        true
    }
}

fn count(lines: &[&str]) -> Counts {
    let mut counts = Counts::new();
    // Some lines are much longer than others, so threads come back for more.
    parallel_for!(schedule = "dynamic,64", reduction(Merge: counts), for line in lines {
        for word in words(line) {
            *counts.entry(word).or_insert(0) += 1;
        }
    });
    counts
}

fn count_serial(lines: &[&str]) -> Counts {
    let mut counts = Counts::new();
    for line in lines {
        for word in words(line) {
            *counts.entry(word).or_insert(0) += 1;
        }
    }
    counts
}

fn words(line: &str) -> impl Iterator<Item = String> {
    line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// This repository's own text, for those who name none.
pub(crate) fn default_paths() -> Vec<PathBuf> {
    vec![env!("CARGO_MANIFEST_DIR").into()]
}

/// Reads files, and folders to the bottom. What is not text is left out.
pub(crate) fn read_all(paths: &[PathBuf]) -> io::Result<Vec<String>> {
    let mut texts = Vec::new();
    for path in paths {
        let named = |problem: io::Error| io::Error::new(problem.kind(), format!("{}: {problem}", path.display()));
        if path.is_dir() {
            texts.extend(read_all(&children(path).map_err(named)?)?);
        } else {
            let bytes = fs::read(path).map_err(named)?;
            // A byte of zero is how one tells a binary file.
            if !bytes.contains(&0) {
                texts.push(String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    Ok(texts)
}

/// What is in a folder, but for links (which may go round in circles), hidden entries, and what cargo builds.
fn children(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = entry.file_name();
        let skipped = name.to_string_lossy().starts_with('.') || name == "target";
        if !skipped && (kind.is_file() || kind.is_dir()) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

pub(crate) fn trial(texts: &[String]) -> (Trial, Counts) {
    let lines: Vec<&str> = texts.iter().flat_map(|text| text.lines()).collect();
    let (expected, serial) = timed(5, || count_serial(&lines));
    let (counts, parallel) = timed(5, || count(&lines));

    let differs = |word: &&String| counts.get(*word) != expected.get(*word);
    let checked = match counts.keys().chain(expected.keys()).find(differs) {
        None => Ok(format!("{} words, {} different, as in the serial loop", counts.values().sum::<u64>(), counts.len())),
        Some(word) => Err(format!("`{word}`: {:?}, the serial loop has {:?}", counts.get(word), expected.get(word))),
    };
    (Trial { what: format!("wordcount, {} lines", lines.len()), serial, parallel, checked }, counts)
}
