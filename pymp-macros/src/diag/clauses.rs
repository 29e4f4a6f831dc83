//! Messages about clauses.

mod collapse;
mod data;
mod schedule;

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::Error;

use super::{did_you_mean, one_of};
use crate::parse::CLAUSES;

pub(crate) use self::{collapse::*, data::*, schedule::*};

/// How each clause is written, for messages about its shape.
fn usage(key: &str) -> &'static str {
    match key {
        "num_threads" => "num_threads = 4",
        "schedule" => "schedule = \"dynamic\"",
        "chunk" => "chunk = 64",
        "if" | "if_" => "if = n > 1000",
        "min_chunk" => "min_chunk = 1000",
        "collapse" => "collapse = 2",
        "reduction" => "reduction(+: a, b)",
        "private" => "private(x, y = 0)",
        "firstprivate" => "firstprivate(x)",
        "lastprivate" => "lastprivate(x)",
        "owned" => "owned(y)",
        "chunks" => "chunks(c, 8)",
        "atomic" => "atomic(h)",
        "scatter" => "scatter(y)",
        "shared" => "shared(x)",
        "default" => "default(none)",
        "crate" => "crate = ::pymp",
        "reproducible" => "reproducible",
        "ordered" => "ordered",
        _ => "",
    }
}

pub(crate) fn expected_clause(span: Span) -> Error {
    Error::new(span, format!("expected a clause: {}", one_of(CLAUSES)))
}

pub(crate) fn unknown_clause(key: &Ident) -> Error {
    let name = key.to_string();
    let guess = did_you_mean(&name, CLAUSES);
    Error::new(key.span(), format!("unknown clause `{name}`{guess} (the clauses are {})", one_of(CLAUSES)))
}

pub(crate) fn expected_comma(span: Span, key: &Ident) -> Error {
    Error::new(span, format!("expected `,` after the clause `{key}`"))
}

pub(crate) fn expected_comma_between(span: Span, key: &Ident) -> Error {
    Error::new(span, format!("expected `,` or the end of the clause `{key}`"))
}

pub(crate) fn missing_value(span: Span, key: &Ident) -> Error {
    Error::new(span, format!("the clause `{key}` needs a value: `{}`", usage(&key.to_string())))
}

pub(crate) fn takes_no_value(span: Span, key: &Ident) -> Error {
    Error::new(span, format!("the clause `{key}` takes no value, write `{key}` alone"))
}

pub(crate) fn takes_a_list(span: Span, key: &Ident) -> Error {
    Error::new(span, format!("the clause `{key}` takes its variables in parentheses: `{}`", usage(&key.to_string())))
}

pub(crate) fn too_much(span: Span, key: &Ident) -> Error {
    Error::new(span, format!("the clause `{key}` ends before this, it is written `{}`", usage(&key.to_string())))
}

pub(crate) fn default_is_none(span: Span, found: &str) -> Error {
    Error::new(span, format!("`default` knows only `none`, found `{found}`; write `default(none)`, or leave it out"))
}

pub(crate) fn not_absolute(at: &impl ToTokens, path: &str) -> Error {
    Error::new_spanned(at, format!("the path of the crate is absolute, write `crate = ::{path}`"))
}

pub(crate) fn not_a_path(at: &impl ToTokens) -> Error {
    Error::new_spanned(at, "the clause `crate` takes a path, write `crate = ::pymp`")
}

pub(crate) fn below_one(at: &impl ToTokens, key: &str, found: &str) -> Error {
    Error::new_spanned(at, format!("`{key}` is at least 1, found `{found}`"))
}

/// `text` is what stands inside a string, which may be the number that was meant.
pub(crate) fn not_a_number(at: &impl ToTokens, key: &str, text: &str) -> Error {
    let text = text.trim().trim_end_matches(".0");
    let example = if text.parse::<u32>().is_ok_and(|n| n > 0) { text } else { "4" };
    let found = at.to_token_stream();
    Error::new_spanned(at, format!("`{key}` is a whole number, found `{found}`; write `{key} = {example}`"))
}

pub(crate) fn not_a_condition(at: &impl ToTokens, key: &Ident) -> Error {
    let found = at.to_token_stream();
    Error::new_spanned(at, format!("`{key}` takes a condition (`{}`), found `{found}`", usage("if")))
}

pub(crate) fn given_twice(first: &Ident, second: &Ident) -> Error {
    both(
        Error::new(second.span(), format!("the clause `{second}` is given twice, keep one")),
        Error::new(first.span(), format!("the first `{first}` is here")),
    )
}

pub(crate) fn not_a_default(key: &Ident, directives: usize) -> Error {
    Error::new(
        key.span(),
        format!("`{key}` is about one loop and here there are {directives}; write it on the loop it is meant for"),
    )
}

fn both(mut first: Error, second: Error) -> Error {
    first.combine(second);
    first
}
