//! Crates that a test makes and compiles beside its own: of another edition, with another name for ours, under other lints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A crate in the folder for what tests leave behind.
pub(crate) struct Crate {
    folder: PathBuf,
}

impl Crate {
    /// One with a `src/lib.rs`, in this edition, that depends on ours under the name `pymp`, or another.
    pub(crate) fn new(name: &str, edition: &str, ours: &str, source: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n[workspace]\n\
             [dependencies]\n{ours} = {{ package = \"pymp\", path = {root:?} }}\n"
        );
        fs::create_dir_all(folder.join("src")).expect("a folder for the crate");
        fs::write(folder.join("Cargo.toml"), manifest).expect("its manifest");
        fs::write(folder.join("src/lib.rs"), source).expect("its source");
        // The versions that are here already.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("its lock file");
        Self { folder }
    }

    /// `cargo` in it; nothing is asked of the network.
    pub(crate) fn cargo(&self, words: &[&str]) -> Output {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(words).current_dir(&self.folder).env("CARGO_NET_OFFLINE", "true");
        command.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates"));
        command.env("CARGO_TERM_COLOR", "never").env_remove("RUSTFLAGS").env_remove("RUSTDOCFLAGS");
        command.output().expect("cargo runs")
    }
}
