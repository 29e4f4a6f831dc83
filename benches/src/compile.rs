//! The C side: compiled when the benchmark starts, by the compilers that are there.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::python;

/// A C contender.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) path: PathBuf,
}

const SOURCES: [&str; 6] = ["main.c", "overheads.c", "schedules.c", "waiting.c", "growth.c", "kernels.c"];

/// What C is compiled for.
pub(crate) const TARGET: Option<&str> = if cfg!(target_arch = "x86_64") { Some("x86-64-v3") } else { None };

/// Where Intel's libiomp5 is, should it not be found by itself.
const LIBIOMP5: &str = "PYMP_BENCH_LIBIOMP5";

pub(crate) fn all(notes: &mut Vec<String>) -> Vec<Program> {
    let mut programs = Vec::new();
    let mut put = |name: &'static str, compilers: &[&str], words: &[String], what: &str| {
        let found = compilers.iter().find(|compiler| Command::new(compiler).arg("--version").output().is_ok());
        match found
            .ok_or_else(|| format!("{name} was not found"))
            .and_then(|compiler| Ok((compiler, build(compiler, name, words)?)))
        {
            Ok((compiler, path)) => {
                notes.push(format!("{name}: {}{what}.", version(compiler)));
                programs.push(Program { name, path });
            }
            Err(problem) => notes.push(format!("Missing: {problem}.")),
        }
    };
    put("gcc", &["gcc"], &["-fopenmp".into()], " and libgomp");
    let openmp = "-fopenmp=libiomp5".to_owned();
    let clang = ["clang", "clang-21", "clang-20", "clang-19", "clang-18"];
    match libiomp5() {
        Some(folder) => {
            let runtime = [format!("-L{folder}"), format!("-Wl,-rpath,{folder}")];
            put("clang", &clang, &[&[openmp], &runtime[..]].concat(), " and Intel's libiomp5");
        }
        None => {
            put("clang, own libomp", &clang, &[openmp], " and the system's libomp, which is no bar");
            notes.push(format!(
                "Missing: Intel's libiomp5, from PyPI's `intel-openmp`; {LIBIOMP5} may name the folder that it is in."
            ));
        }
    }
    programs
}

/// The folder of Intel's libiomp5: the one that is named, or where pip has put it.
fn libiomp5() -> Option<String> {
    let found = match std::env::var(LIBIOMP5) {
        Ok(folder) => folder,
        Err(_) => python::say("import site, sys; print(sys.prefix + '/lib'); print((site.USER_BASE or '') + '/lib')")?,
    };
    found.lines().find(|folder| Path::new(folder).join("libiomp5.so").exists()).map(str::to_owned)
}

/// Where what is compiled goes: beside our own program.
pub(crate) fn folder() -> PathBuf {
    std::env::current_exe().unwrap_or_default().with_file_name("pymp-bench-c")
}

fn build(compiler: &str, name: &str, words: &[String]) -> Result<PathBuf, String> {
    let folder = folder();
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let program = folder.join(name);
    let mut command = Command::new(compiler);
    command.args(["-std=gnu11", "-O3"]).args(words).args(TARGET.map(|target| format!("-march={target}")));
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
fn version(compiler: &str) -> String {
    let output = Command::new(compiler).arg("--version").output().ok();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or_default().to_owned()
}
