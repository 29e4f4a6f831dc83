//! Generated code draws no warning that the plain loop would not draw, and hides none that it would: `tests/lints/loops.rs` is
//! compiled as it is and without our words, with every lint of rustc and clippy on, and the warnings are compared.

use std::collections::BTreeSet;
use std::process::{Command, Output};

#[path = "common/crates.rs"]
mod crates;

use crates::Crate;

const SOURCE: &str = include_str!("lints/loops.rs");

/// Groups of clippy's, all of them.
const CLIPPY: [&str; 5] = ["clippy::all", "clippy::pedantic", "clippy::nursery", "clippy::restriction", "clippy::cargo"];

/// The source without our words, every line where it was.
fn plain() -> String {
    SOURCE.lines().map(|line| if line.ends_with("// ours") { "//\n".to_owned() } else { format!("{line}\n") }).collect()
}

/// The same with our words, without the remarks about them.
fn parallel() -> String {
    SOURCE.lines().map(|line| format!("{}\n", line.trim_end_matches("// ours").trim_end())).collect()
}

/// The names of rustc's lints that are off unless asked for.
fn silent_lints() -> Vec<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let help = Command::new(rustc).args(["-W", "help"]).output().expect("rustc tells its lints");
    let help = String::from_utf8(help.stdout).expect("they are text");
    let words = help.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    words.filter(|words| words.get(1) == Some(&"allow")).map(|words| words[0].replace('-', "_")).collect()
}

/// The warnings of one version as `line:column: text`.
fn warnings(name: &str, source: &str) -> BTreeSet<String> {
    let made = Crate::new(name, "2024", "pymp", source);
    let lints = silent_lints();
    assert!(lints.len() > 20, "rustc's lints are read wrongly: {lints:?}");
    let lints = lints.iter().map(String::as_str).chain(CLIPPY);
    let mut words = vec!["clippy", "--message-format=short", "--"];
    words.extend(lints.flat_map(|lint| ["-W", lint]));
    let Output { stderr, status, .. } = made.cargo(&words);
    let text = String::from_utf8(stderr).expect("messages are text");
    assert!(status.success(), "{name} does not compile: {text}");
    let here = text.lines().filter_map(|line| line.strip_prefix("src/lib.rs:"));
    here.map(str::to_owned).collect()
}

/// What the parallel loop keeps to itself, and why: lints about the form of a loop or of an access that is another one here.
const QUIET: [(&str, &str); 8] = [
    ("indexing may panic", "`y[i]` is the element of a view there"),
    ("arithmetic operation that can", "`h[e] += 1` is an atomic update under `atomic(h)`"),
    ("the loop variable `i` is", "used to index: the loop over indices is the one to write"),
    ("it is more concise to loop over", "the head of the loop is an argument there"),
    ("the `?` operator was used", "it leaves the loop by other means there"),
    ("writing `&mut Vec` instead of `&mut [_]`", "the array is handed over as what it is"),
    (
        "this function is only used once",
        "in a statement of its own it is asked whether it changes what it holds, which names it once more",
    ),
    ("writing `&Vec` instead of `&[_]`", "it is asked whether all threads may see it, as what it is"),
];

#[test]
fn as_many_as_the_plain_loops_draw() {
    let clippy = Crate::new("lints-any", "2024", "pymp", "").cargo(&["clippy", "--version"]);
    if !clippy.status.success() {
        eprintln!("passed over: there is no clippy");
        return;
    }
    let (plain, ours) = (warnings("lints-plain", &plain()), warnings("lints-parallel", &parallel()));
    assert!(plain.len() > 100, "too few to tell: {plain:#?}");
    let more: Vec<_> = ours.difference(&plain).collect();
    let told = |warning: &&String| !QUIET.iter().any(|(text, _)| warning.contains(text));
    let fewer: Vec<_> = plain.difference(&ours).filter(told).collect();
    assert!(more.is_empty() && fewer.is_empty(), "only with our words: {more:#?}\nonly without them: {fewer:#?}");
}
