//! The programs that must not compile, `tests/ui/<topic>/`, with what rustc prints for each; and those that look as if they
//! must not and do, `tests/ui-pass/`.
//!
//! The text of rustc changes from release to release, so that these run on one toolchain only, and are passed over on others.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::Command;

/// The release whose messages are in the `.stderr` files.
const RELEASE: &str = "1.95.";

/// What the compiler in use says of itself.
fn rustc(arguments: &[&str]) -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(arguments).output().expect("rustc answers");
    String::from_utf8(output.stdout).expect("the answer is text")
}

/// Whether the compiler in use is the one that the messages are from; if not, the tests here say nothing.
fn is_pinned() -> bool {
    let version = rustc(&["--version"]);
    let pinned = version.split(' ').nth(1).is_some_and(|number| number.starts_with(RELEASE) && !number.contains('-'));
    if !pinned {
        eprintln!("passed over: the messages are those of rustc {RELEASE}*, and this is {version}");
    }
    pinned
}

/// Whether rustc shows lines of std beside those of the program, which the `.stderr` files do without.
fn has_std_sources() -> bool {
    Path::new(rustc(&["--print", "sysroot"]).trim()).join("lib/rustlib/src").exists()
}

#[test]
fn messages() {
    if !is_pinned() {
        return;
    }
    let cases = trybuild::TestCases::new();
    for entry in fs::read_dir("tests/ui").expect("the folder is there") {
        let topic = entry.expect("it can be listed").path();
        if topic.ends_with("types") && has_std_sources() {
            eprintln!("passed over: {}, whose messages are those of a rustc without the component rust-src", topic.display());
        } else if topic.ends_with("features") && cfg!(any(feature = "async", feature = "process")) {
            eprintln!("passed over: {}, whose messages are about cargo features that are on here", topic.display());
        } else {
            cases.compile_fail(topic.join("*.rs"));
        }
    }
}

#[test]
fn odd_but_legal() {
    if is_pinned() {
        trybuild::TestCases::new().pass("tests/ui-pass/*.rs");
    }
}

/// Every message of the macros has been read in the place where users read it: the fixed words of each constructor in
/// `pymp-macros/src/diag/` stand in some `.stderr`.
#[test]
fn every_message_is_seen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seen: Vec<String> = texts(&root.join("tests/ui"), "stderr").iter().flat_map(|text| messages_in(text)).collect();
    let mut unseen = Vec::new();
    let mut constructors = 0;
    for source in texts(&root.join("pymp-macros/src/diag"), "rs") {
        for (name, body) in constructors_in(&source) {
            constructors += 1;
            let said = literals(body).iter().any(|text| {
                let words = fixed_words(text);
                !words.is_empty() && seen.iter().any(|message| words.iter().all(|words| message.contains(words)))
            });
            if !said {
                unseen.push(name.to_owned());
            }
        }
    }
    assert!(constructors > 50, "found only {constructors}");
    assert!(unseen.is_empty(), "in no .stderr: {unseen:?}");
}

/// Every page of `pymp::errors` is named by a message, every message names a page, and the wrong code on a page gets a message that
/// names this page. The code of all of them is one program, `tests/ui/index/wrong.rs`, which `TRYBUILD=overwrite` writes.
#[test]
fn every_message_has_its_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = pages(root);
    let names: BTreeSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    let listed = fs::read_to_string(root.join("src/errors.rs")).expect("it is text");
    let listed: BTreeSet<&str> =
        listed.split_once("pages! {").and_then(|(_, list)| list.split_once('}')).expect("a list").0.split_whitespace().collect();
    assert_eq!(listed, names, "the list in src/errors.rs");
    let entries = fs::read_to_string(root.join("pymp-macros/src/diag/entry.rs")).expect("it is text");
    let entries = entries.split_once("\nentries! {").and_then(|(_, list)| list.split_once('}')).expect("a list").0;
    let mut of_macros = BTreeSet::new();
    let sources = texts(&root.join("pymp-macros/src/diag"), "rs");
    for line in entries.lines().filter(|line| !line.trim().is_empty()) {
        let (entry, name) = line.trim().split_once(' ').expect("an entry and its name");
        let (entry, name) = (format!("Entry::{entry},"), name.trim_matches(|c| c == '"' || c == ','));
        assert!(names.contains(name), "no page {name}");
        assert!(sources.iter().any(|source| source.contains(&entry)), "no message says {entry}");
        of_macros.insert(name);
    }
    for source in &sources {
        for (name, body) in constructors_in(source) {
            assert!(body.contains("Entry::"), "{name} names no page");
        }
    }
    let traits = texts(&root.join("pymp-runtime/src"), "rs").join("\n");
    for (at, _) in traits.match_indices("#[diagnostic::on_unimplemented(") {
        let words = traits[at..].split_once("trait ").expect("what it is about").0;
        let page = words.split_once("see `pymp::errors::").and_then(|(_, page)| page.split_once('`')).map(|(page, _)| page);
        assert!(page.is_some_and(|page| names.contains(page)), "these words name no page: {words}");
    }
    let program = root.join("tests/ui/index/wrong.rs");
    let (wrong, lines) = wrong_code(&pages);
    if std::env::var_os("TRYBUILD").is_some_and(|value| value == "overwrite") {
        fs::write(&program, &wrong).expect("it can be written");
    }
    assert!(fs::read_to_string(&program).is_ok_and(|text| text == wrong), "TRYBUILD=overwrite writes tests/ui/index/wrong.rs");
    let said = fs::read_to_string(program.with_extension("stderr")).expect("it is text");
    for ((name, _), lines) in pages.iter().zip(lines) {
        let here = said.split("\n\n").filter(|error| line_of(error).is_some_and(|line| lines.contains(&line)));
        let page = format!("see `pymp::errors::{name}`");
        assert!(here.into_iter().any(|error| error.contains(&page)), "{name}: no message names it");
    }
}

/// The names and texts of the pages.
fn pages(root: &Path) -> Vec<(String, String)> {
    let folder = fs::read_dir(root.join("src/docs/errors")).expect("the folder is there");
    let mut pages: Vec<(String, String)> = folder
        .map(|entry| {
            let path = entry.expect("it can be listed").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("it is text"))
        })
        .collect();
    pages.sort();
    pages
}

/// The first block of each page in a fn of its own, and the lines that each has.
fn wrong_code(pages: &[(String, String)]) -> (String, Vec<Range<usize>>) {
    let mut program = "//! The wrong code of each page in `src/docs/errors`, which `TRYBUILD=overwrite` puts here.\n".to_owned();
    program += "#![allow(unused)]\n";
    let mut lines = Vec::new();
    for (name, text) in pages {
        let block = text.split_once("```compile_fail").and_then(|(_, rest)| rest.split_once('\n')).expect("wrong code").1;
        let block = block.split_once("\n```").expect("its end").0;
        let start = program.lines().count() + 1;
        program += &format!("\nfn {name}() {{\n");
        for line in block.lines() {
            let line = line.strip_prefix("# ").unwrap_or(line);
            program += &if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") };
        }
        program += "}\n";
        lines.push(start..program.lines().count() + 1);
    }
    (program + "\nfn main() {}\n", lines)
}

/// The line that an error points at.
fn line_of(error: &str) -> Option<usize> {
    let place = error.lines().find_map(|line| line.trim_start().strip_prefix("--> tests/ui/index/wrong.rs:"))?;
    place.split(':').next()?.parse().ok()
}

/// The contents of all files with this extension, at any depth.
fn texts(folder: &Path, extension: &str) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            all.extend(texts(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            all.push(fs::read_to_string(path).expect("it is text"));
        }
    }
    all
}

/// The first lines of the errors, where the words of a macro stand.
fn messages_in(stderr: &str) -> Vec<String> {
    stderr.lines().filter(|line| line.starts_with("error: ")).map(str::to_owned).collect()
}

/// Each `pub(crate) fn` that makes an error, up to the brace at the start of a line that ends it.
fn constructors_in(source: &str) -> Vec<(&str, &str)> {
    let parts = source.split("\npub(crate) fn ").skip(1);
    let functions = parts.map(|part| part.split_once("\n}\n").map_or(part, |(function, _)| function));
    let errors = functions.filter(|function| function.split('{').next().is_some_and(|head| head.contains("-> Error")));
    errors.map(|function| (function.split('(').next().unwrap_or(function), function)).collect()
}

/// The string literals of some source, their escapes resolved.
fn literals(source: &str) -> Vec<String> {
    let mut all = Vec::new();
    // A quote that is a `char` begins no text.
    let source = source.replace("'\"'", "' '");
    let mut rest = source.as_str();
    while let Some(start) = rest.find('"') {
        let mut text = String::new();
        let mut letters = rest[start + 1..].char_indices();
        let mut end = rest.len();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    end = start + 1 + at + 1;
                    break;
                }
                '\\' => match letters.next() {
                    // The line goes on at the next word.
                    Some((_, '\n')) => text.push('\n'),
                    Some((_, letter)) => text.push(letter),
                    None => break,
                },
                letter => text.push(letter),
            }
        }
        let lines: Vec<&str> =
            text.split('\n').enumerate().map(|(n, line)| if n > 0 { line.trim_start() } else { line }).collect();
        all.push(lines.concat());
        rest = &rest[end..];
    }
    all
}

/// What stands between the `{..}` of a format string; only what is long enough to tell one message from another.
fn fixed_words(format: &str) -> Vec<String> {
    let plain = format.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let pieces = plain.split('{').enumerate().map(|(n, piece)| match n {
        0 => piece,
        _ => piece.split_once('}').map_or("", |(_, after)| after),
    });
    let pieces = pieces.map(|piece| piece.replace('\u{1}', "{").replace('\u{2}', "}"));
    pieces.filter(|piece| piece.len() > 10).collect()
}
