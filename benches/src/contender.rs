//! Who takes part: a program, and what it is called with.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::{compile, python};

/// Asks glibc's malloc for large pages. Which small pages a process happens to get decides how fast it reads memory: the same program
/// took from 1.0 to 2.5 times as long.
pub(crate) const LARGE_PAGES: &str = "glibc.malloc.hugetlb=1";

pub(crate) struct Contender {
    pub(crate) name: String,
    program: PathBuf,
    words: Vec<String>,
}

/// All that are there. Whoever is missing is a note.
pub(crate) fn all(notes: &mut Vec<String>) -> Vec<Contender> {
    let child = |name: &str| Contender {
        name: name.to_owned(),
        program: std::env::current_exe().unwrap_or_default(),
        words: vec!["child".to_owned(), name.to_owned()],
    };
    let mut contenders = vec![child("limit"), child("builds"), child("serial"), child("ours")];
    for program in compile::all(notes) {
        contenders.push(Contender { name: program.name.to_owned(), program: program.path, words: vec![program.name.to_owned()] });
    }
    contenders.extend(["rayon", "std"].map(child));
    if cfg!(feature = "peers") {
        contenders.extend(["forkunion", "spindle", "paralight"].map(child));
    } else {
        notes.push("Missing: forkunion, spindle and paralight, which come with `--features peers`.".into());
    }
    let built = compile::folder().to_string_lossy().into_owned();
    contenders.extend(python::all(notes).into_iter().map(|(name, script)| Contender {
        name: name.to_owned(),
        program: "python3".into(),
        words: vec![script, name.to_owned(), built.clone()],
    }));
    contenders
}

impl Contender {
    /// What it prints when it is called with these words more; it sees no setting of any runtime, and its memory lies in large pages.
    pub(crate) fn ask(&self, words: &[&str]) -> Result<String, String> {
        let mut command = Command::new(&self.program);
        command.args(&self.words).args(words);
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if ["OMP_", "GOMP_", "KMP_", "PYMP_", "RAYON_", "NUMBA_"].iter().any(|prefix| text.starts_with(prefix)) {
                command.env_remove(&name);
            }
        }
        let output =
            command.env("GLIBC_TUNABLES", LARGE_PAGES).stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
        if output.status.success() {
            String::from_utf8(output.stdout).map_err(|error| error.to_string())
        } else {
            Err(output.status.to_string())
        }
    }
}
