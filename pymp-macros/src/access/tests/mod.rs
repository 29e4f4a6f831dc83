//! Every row of "What a loop may write", refused and accepted.

mod accepted;
mod appended;
mod clauses;
mod decided;
mod output;
mod partial;
mod refused;
mod respelled;
mod together;

use super::analyse;
use crate::testing::directive;

/// All that is said of this loop, one line each.
fn messages(clauses: &str, each: &str) -> Vec<String> {
    match analyse(&directive(clauses, each)) {
        Ok(_) => Vec::new(),
        Err(error) => error.into_iter().map(|error| error.to_string()).collect(),
    }
}

fn accepts(clauses: &str, loops: &[&str]) {
    for each in loops {
        let said = messages(clauses, each);
        assert!(said.is_empty(), "[{clauses}] {each}\n{}", said.join("\n"));
    }
}

/// Each loop with words that its messages must hold.
fn refuses(clauses: &str, loops: &[(&str, &[&str])]) {
    for (each, words) in loops {
        let said = messages(clauses, each).join("\n");
        for word in *words {
            assert!(said.contains(word), "[{clauses}] {each}\nwants: {word}\nsaid: {said}");
        }
        assert!(!said.is_empty(), "[{clauses}] {each}\nwas accepted");
    }
}
