//! Messages about clauses.

mod collapse;
mod data;
mod schedule;
mod shape;
mod unknown;

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::Error;

use super::{Entry, between, error, spanned};
use crate::text::show;

pub(crate) use self::{collapse::*, data::*, schedule::*, shape::*, unknown::*};

pub(crate) fn known_when_compiled(at: &impl ToTokens, key: &Ident) -> Error {
    let found = show(at);
    spanned(
        at,
        Entry::ClauseValue,
        format!("`{key}` is on or off when the program is compiled, found `{found}`; write `{key}` or leave it out"),
    )
}

pub(crate) fn default_is_none(span: Span, found: &str) -> Error {
    let why = match found {
        "shared" => ": what no clause names is shared already",
        "private" | "firstprivate" => ", and name the variables in `private(..)` or `firstprivate(..)`",
        _ => "",
    };
    error(
        span,
        Entry::ClauseValue,
        format!("`default` knows only `none`, found `{found}`; write `default(none)`, or leave it out{why}"),
    )
}

pub(crate) fn not_absolute(at: &impl ToTokens, path: &str) -> Error {
    spanned(at, Entry::CratePath, format!("the path of the crate is absolute, write `crate = ::{path}`"))
}

pub(crate) fn not_a_path(at: &impl ToTokens) -> Error {
    spanned(at, Entry::CratePath, "the clause `crate` takes a path, write `crate = ::pymp`")
}

pub(crate) fn below_one(at: &impl ToTokens, key: &str, found: &str) -> Error {
    spanned(at, Entry::ClauseValue, format!("`{key}` is at least 1, found `{found}`"))
}

/// `num_threads = 1_000_000`.
pub(crate) fn too_large(at: &impl ToTokens, key: &str, most: u64) -> Error {
    spanned(at, Entry::ClauseValue, format!("`{key}` is at most {most}, found `{}`", at.to_token_stream()))
}

/// `text` is what stands inside a string, which may be the number that was meant.
pub(crate) fn not_a_number(at: &impl ToTokens, key: &str, text: &str) -> Error {
    // `"8"`, `8.0` and `1e3` are the numbers 8, 8 and 1000.
    let example = match text.trim().parse::<f64>() {
        Ok(number) if number >= 1.0 && number.fract() == 0.0 && number < 1e9 => number,
        _ => 4.0,
    };
    let found = at.to_token_stream();
    spanned(at, Entry::ClauseValue, format!("`{key}` is a whole number, found `{found}`; write `{key} = {example}`"))
}

pub(crate) fn not_a_condition(at: &impl ToTokens, key: &Ident) -> Error {
    let found = show(at);
    spanned(at, Entry::ClauseValue, format!("`{key}` takes a condition, found `{found}`; write `{key} = n > 1000`"))
}

pub(crate) fn given_twice(first: &Ident, second: &Ident) -> Error {
    between(first, second, Entry::ClauseTwice, format_args!("the clause `{second}` is given twice, keep one"))
}

pub(crate) fn not_a_default(key: &Ident, directives: usize) -> Error {
    error(
        key.span(),
        Entry::OneLoop,
        format!("`{key}` is about one loop and here there are {directives}; write it on the loop it is meant for"),
    )
}
