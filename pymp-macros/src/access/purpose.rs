//! What a variable is for that every iteration changes through `&mut` or a method, as far as names and order show it.

use super::usage::{How, Use};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Each iteration begins it anew: `buf.clear()`.
    Scratch,
    /// `draw(&mut rng)`.
    Generator,
    /// An iteration takes what others have left: `stack.pop()`, `mem::replace(&mut prev, x)`.
    Left,
    /// `fill(&mut buf)` or `add(&mut mean, x)`, and then read.
    Read,
    /// `add(&mut all, x)`.
    Result,
}

impl Purpose {
    /// `uses`: all of the place, in the order of evaluation; `write` is the first that changes it.
    pub(crate) fn of<'u>(write: &Use, mut uses: impl Iterator<Item = &'u Use>) -> Purpose {
        let by = match &write.how {
            How::Method(by) | How::Borrow(Some(by)) => by.to_string(),
            _ => String::new(),
        };
        let named = |names: &[&str]| names.contains(&by.as_str());
        let method = matches!(write.how, How::Method(_));
        let takes = if method { named(LEFT) } else { named(&["replace", "swap", "take"]) };
        let begins = uses.next().is_some_and(Use::writes) && write.ifs.is_empty();
        if draws(&write.place.root.to_string(), &by) {
            Purpose::Generator
        } else if takes {
            Purpose::Left
        } else if method && begins && named(ANEW) {
            Purpose::Scratch
        } else if uses.any(|usage| matches!(usage.how, How::Read | How::Compared { .. } | How::Format)) {
            Purpose::Read
        } else {
            Purpose::Result
        }
    }
}

/// Whether a method draws from a generator, as far as their names show it.
pub(crate) fn draws(variable: &str, method: &str) -> bool {
    has_word(variable, GENERATORS) || has_word(method, DRAWS)
}

/// Whether a name has one of these words in it, `rng2`, `my_rng`, `random_range`.
fn has_word(name: &str, words: &[&str]) -> bool {
    let name = name.to_lowercase();
    let of_it = |part: &str| words.contains(&part.trim_end_matches(|last: char| last.is_ascii_digit()));
    name.split('_').any(of_it)
}

const GENERATORS: &[&str] = &["dice", "generator", "lcg", "rand", "random", "rng", "seed", "xorshift"];

const DRAWS: &[&str] = &["rand", "random", "roll"];

const ANEW: &[&str] = &["clear", "clone_from", "clone_from_slice", "copy_from_slice", "fill", "fill_with"];

const LEFT: &[&str] = &[
    "drain",
    "extract_if",
    "next",
    "next_back",
    "pop",
    "pop_back",
    "pop_first",
    "pop_front",
    "pop_if",
    "pop_last",
    "remove",
    "remove_entry",
    "split_off",
    "swap_remove",
    "take_if",
];
