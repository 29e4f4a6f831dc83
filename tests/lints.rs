//! Generated code draws no warning that the plain loop would not draw, and hides none that it would: `tests/lints/*.rs` are
//! compiled as they are and without our words, with every lint of rustc and clippy on, and the warnings are compared.

use std::collections::BTreeSet;
use std::process::{Command, Output};

#[path = "common/crates.rs"]
mod crates;

use crates::Crate;

const LOOPS: &str = include_str!("lints/loops.rs");
const FORMS: &str = include_str!("lints/forms.rs");

/// Groups of clippy's, all of them.
const CLIPPY: [&str; 5] = ["clippy::all", "clippy::pedantic", "clippy::nursery", "clippy::restriction", "clippy::cargo"];

/// The source without our words, every line where it was.
fn plain(source: &str) -> String {
    source.lines().map(|line| if line.ends_with("// ours") { "//\n".to_owned() } else { format!("{line}\n") }).collect()
}

/// The same with our words, without the remarks about them.
fn parallel(source: &str) -> String {
    source.lines().map(|line| format!("{}\n", line.trim_end_matches("// ours").trim_end())).collect()
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
fn warnings(name: &str, edition: &str, source: &str) -> BTreeSet<String> {
    let made = Crate::new(name, edition, "pymp", source);
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
    ("indexing may panic", "its advice is `y.get(i)`, and what an iteration owns is found by `y[i]`"),
    (
        "arithmetic operation that can",
        "`h[e] += 1` is an atomic update under `atomic(h)`: a method, and no arithmetic for clippy",
    ),
    ("used to index `", "its advice is a loop without the index, by which the iterations own their elements"),
    (
        "it is more concise to loop over",
        "of a head only the types know whether a plain `for` would take it: rayon's iterators are heads",
    ),
    ("the `?` operator was used", "none is left: in the closure that a thread runs it would leave the closure"),
    ("writing `&mut Vec` instead of `&mut [_]`", "the array is handed over whole, by a method that clippy does not know"),
    (
        "this function is only used once",
        "in a statement of its own it is asked whether it changes what it holds, which names it once more",
    ),
    ("writing `&Vec` instead of `&[_]`", "it is asked whether all threads may see it, as what it is"),
];

#[track_caller]
fn as_many(name: &str, edition: &str, source: &str) {
    let clippy = Crate::new("lints-any", "2024", "pymp", "").cargo(&["clippy", "--version"]);
    if !clippy.status.success() {
        eprintln!("passed over: there is no clippy");
        return;
    }
    let (plain, ours) = (plain(source), parallel(source));
    let (plain, ours) =
        (warnings(&format!("{name}-plain"), edition, &plain), warnings(&format!("{name}-parallel"), edition, &ours));
    assert!(plain.len() > 100, "too few to tell: {plain:#?}");
    let more: Vec<_> = ours.difference(&plain).collect();
    let told = |warning: &&String| !QUIET.iter().any(|(text, _)| warning.contains(text));
    let fewer: Vec<_> = plain.difference(&ours).filter(told).collect();
    assert!(more.is_empty() && fewer.is_empty(), "only with our words: {more:#?}\nonly without them: {fewer:#?}");
}

#[test]
fn as_many_as_the_plain_loops_draw() {
    as_many("lints", "2024", LOOPS);
}

#[test]
fn as_many_as_other_forms_draw() {
    as_many("lints-forms", "2024", FORMS);
}

/// Where the type of what nobody uses is another one.
#[test]
fn as_many_in_an_older_edition() {
    as_many("lints-2021", "2021", FORMS);
}
