//! Python's side: looked for when the benchmark starts.

use std::path::Path;
use std::process::{Command, Stdio};

/// A contender, the module that it needs, and what that is called in PyPI.
const CONTENDERS: [(&str, &str, &str); 3] =
    [("Python pymp", "pymp, numpy", "pymp-pypi"), ("numba", "numba", "numba"), ("Cython", "Cython, numpy", "cython")];

/// The contenders that are there, each with the script to run. Whoever is missing is a note.
pub(crate) fn all(notes: &mut Vec<String>) -> Vec<(&'static str, String)> {
    let Some(version) = say("import platform; print(platform.python_version())") else {
        notes.push("Missing: python3, and with it pymp, numba and Cython.".into());
        return Vec::new();
    };
    notes.push(format!("Python: {}.", version.trim()));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/peers.py").to_string_lossy().into_owned();
    let mut found = Vec::new();
    for (name, modules, package) in CONTENDERS {
        if say(&format!("import {modules}")).is_some() {
            found.push((name, script.clone()));
        } else {
            notes.push(format!("Missing: {name}, PyPI's `{package}`."));
        }
    }
    found
}

/// What python3 prints when it is told this; `None` when it is not there, or fails.
pub(crate) fn say(program: &str) -> Option<String> {
    let output = Command::new("python3").args(["-c", program]).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
