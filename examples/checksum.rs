//! The CRC-32 of every file in a folder: a map that may fail at every file, and goes on.
//!
//! ```text
//! cargo run --release --features progress --example checksum -- src
//! ```
//!
//! Takes a folder; this repository's sources when none is named. Files that cannot be read are counted and passed over.

mod support;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pymp::map::{Engine, Map};
use support::{Trial, report, timed};

/// The table of the usual polynomial, 0xEDB88320.
const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut sum, mut bit) = (byte as u32, 0);
        while bit < 8 {
            sum = (sum >> 1) ^ if sum & 1 == 1 { 0xEDB8_8320 } else { 0 };
            bit += 1;
        }
        table[byte] = sum;
        byte += 1;
    }
    table
};

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| (sum >> 8) ^ TABLE[((sum ^ u32::from(*byte)) & 0xFF) as usize])
}

fn checksum(path: &PathBuf) -> io::Result<u32> {
    Ok(crc32(&fs::read(path)?))
}

/// Everything in the folder that is not itself a folder, by name.
fn files(folder: &Path, all: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort();
    for path in entries {
        // Links are not followed: they may lead round in a circle.
        let kind = fs::symlink_metadata(&path)?;
        if kind.is_dir() {
            files(&path, all)?;
        } else {
            all.push(path);
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    let named = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let mut paths = Vec::new();
    if let Err(problem) = files(&folder, &mut paths) {
        eprintln!("checksum: {}: {problem}", folder.display());
        return ExitCode::FAILURE;
    }
    // One that nobody can read, so that the policy has something to do.
    paths.push(folder.join("there is no such file"));

    let sums = Map::new(checksum).skip().progress("checksums").try_run(&paths);
    for (path, sum) in paths.iter().zip(&sums).take(5) {
        println!("{:>8}  {}", sum.map_or_else(|| "-".to_owned(), |sum| format!("{sum:08x}")), path.display());
    }
    println!("and {} more\n", paths.len().saturating_sub(5));

    let (again, parallel) = timed(3, || Map::new(checksum).skip().try_run(&paths));
    let (expected, serial) = timed(3, || Map::new(checksum).engine(Engine::Serial).skip().try_run(&paths));
    let unreadable = sums.iter().filter(|sum| sum.is_none()).count();
    let checked = match sums == expected && again == expected && unreadable >= 1 && crc32(b"123456789") == 0xCBF4_3926 {
        true => Ok(format!("{} files, {unreadable} not readable, as in the serial run", sums.len() - unreadable)),
        false => Err("the sums are not those of the serial run".to_owned()),
    };
    report(&[Trial { what: format!("checksums of {} files", paths.len()), serial, parallel, checked }])
}
