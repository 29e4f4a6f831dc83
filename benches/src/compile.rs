//! The C side: compiled when the benchmark starts, by the compilers that are there.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A C contender, or why there is none.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) built: Result<PathBuf, String>,
}

const SOURCES: [&str; 5] = ["main.c", "overheads.c", "schedules.c", "waiting.c", "kernels.c"];

/// What C is compiled for.
pub(crate) const TARGET: Option<&str> = if cfg!(target_arch = "x86_64") { Some("x86-64-v3") } else { None };

pub(crate) fn all() -> Vec<Program> {
    let clang = ["clang", "clang-21", "clang-20", "clang-19", "clang-18"];
    vec![compile("gcc", &["gcc"], "-fopenmp"), compile("clang", &clang, "-fopenmp=libiomp5")]
}

fn compile(name: &'static str, compilers: &[&str], openmp: &str) -> Program {
    let found = compilers.iter().find(|compiler| Command::new(compiler).arg("--version").output().is_ok());
    let built = match found {
        None => Err(format!("{name} was not found")),
        Some(compiler) => build(compiler, name, openmp),
    };
    Program { name, built }
}

fn build(compiler: &str, name: &str, openmp: &str) -> Result<PathBuf, String> {
    let here = std::env::current_exe().map_err(|error| error.to_string())?;
    let folder = here.with_file_name("pymp-bench-c");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let program = folder.join(name);
    let mut command = Command::new(compiler);
    command.args(["-std=gnu11", "-O3", openmp]).args(TARGET.map(|target| format!("-march={target}")));
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("c");
    command.args(SOURCES.iter().map(|source| sources.join(source))).arg("-lm").arg("-o").arg(&program);
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(program)
    } else {
        let text = String::from_utf8_lossy(&output.stderr);
        Err(format!("{name} did not compile the C side: {}", text.lines().next().unwrap_or_default()))
    }
}

/// The compiler's own name for its version.
pub(crate) fn version(compiler: &str) -> String {
    let output = Command::new(compiler).arg("--version").output().ok();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or_default().to_owned()
}
