//! What 200 loops cost the compiler, and how much code they are: annotated ones, those of rayon's users, and plain ones.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{fs, io};

use crate::compile;
use crate::sheet::Sheet;

const LOOPS: u32 = 200;

/// A contender, the top of its file, and its loop; `K` stands for a number of its own.
const FORMS: [(&str, &str, &str); 3] = [
    ("serial", "", "for i in 0..y.len() { y[i] += a[i] * K; }"),
    ("ours", "use pymp::prelude::*;", "parallel_for!(for i in 0..y.len() { y[i] += a[i] * K; });"),
    ("rayon", "use rayon::prelude::*;", "y.par_iter_mut().zip(a).for_each(|(y, a)| *y += a * K);"),
];

const PROFILES: [(&str, &[&str]); 2] = [("debug", &["build"]), ("release", &["build", "--release"])];

pub(crate) fn rows(sheet: &Sheet) {
    for (profile, words) in PROFILES {
        let row = format!("200 loops, time of a {profile} build");
        if sheet.wants(&row) {
            for (contender, ..) in FORMS {
                match time(contender, words) {
                    Ok(ns) => sheet.put_as(contender, &row, ns),
                    Err(problem) => eprintln!("{row}: {contender}: {problem}"),
                }
            }
        }
    }
    let row = "200 loops, bytes of a loop in a release build";
    if sheet.wants(row) {
        for (contender, ..) in FORMS {
            match bytes(contender) {
                Ok(bytes) => sheet.put_as(contender, row, bytes),
                Err(problem) => eprintln!("{row}: {contender}: {problem}"),
            }
        }
    }
}

/// Nanoseconds that cargo takes for the loops, when all they depend on is compiled.
fn time(contender: &str, words: &[&str]) -> io::Result<f64> {
    let package = write(contender, 0)?;
    cargo(&package, words)?;
    write(contender, LOOPS)?;
    let start = Instant::now();
    cargo(&package, words)?;
    Ok(start.elapsed().as_nanos() as f64)
}

/// What a loop adds to the program, without symbols.
fn bytes(contender: &str) -> io::Result<f64> {
    let size = |loops| -> io::Result<f64> {
        let package = write(contender, loops)?;
        cargo(&package, &["build", "--release"])?;
        Ok(fs::metadata(package.join("target/release/loops"))?.len() as f64)
    };
    // The first loop brings the runtime along.
    Ok((size(LOOPS)? - size(1)?) / f64::from(LOOPS - 1))
}

/// A package with so many loops, which `main` calls all.
fn write(contender: &str, loops: u32) -> io::Result<PathBuf> {
    let Some((_, head, body)) = FORMS.iter().find(|(name, ..)| *name == contender) else {
        return Err(io::Error::other("no such contender"));
    };
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let package = compile::folder().join("loops").join(contender);
    fs::create_dir_all(package.join("src"))?;
    // The versions that are here already.
    fs::copy(workspace.join("Cargo.lock"), package.join("Cargo.lock"))?;
    let manifest = format!(
        "[package]\nname = \"loops\"\nedition = \"2024\"\n[dependencies]\npymp = {{ path = {workspace:?} }}\nrayon = \"1\"\n\
         [profile.release]\nstrip = true\n[workspace]\n"
    );
    fs::write(package.join("Cargo.toml"), manifest)?;
    let mut text = format!("#![allow(clippy::all, unused)]\n{head}\n");
    let mut calls = String::new();
    for number in 0..loops {
        let body = body.replace('K', &format!("{number}.5"));
        // Writing to a string does not fail.
        let _ = writeln!(text, "#[inline(never)]\npub fn loop_{number}(a: &[f64], y: &mut [f64]) {{\n    {body}\n}}");
        let _ = writeln!(calls, "    loop_{number}(&a, &mut y);");
    }
    let _ =
        writeln!(text, "fn main() {{\n    let (a, mut y) = (vec![1.0; 8], vec![0.0; 8]);\n{calls}    println!(\"{{y:?}}\");\n}}");
    fs::write(package.join("src/main.rs"), text)?;
    Ok(package)
}

fn cargo(package: &Path, words: &[&str]) -> io::Result<()> {
    let mut command = Command::new("cargo");
    let output = command
        .args(words)
        .arg("--offline")
        .current_dir(package)
        .env_remove("CARGO_TARGET_DIR")
        .stdout(Stdio::null())
        .output()?;
    if output.status.success() { Ok(()) } else { Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned())) }
}
