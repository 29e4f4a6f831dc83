//! Messages about clauses.

mod collapse;
mod data;
mod schedule;

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Error, Lit};

use super::{Entry, between, did_you_mean, error, one_of, spanned};
use crate::directive::ScheduleKind;
use crate::parse::CLAUSES;
use crate::text::show;

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
        "explain" => "explain",
        _ => "",
    }
}

/// `found` is what stands in its place; a value without its key, perhaps.
pub(crate) fn expected_clause(span: Span, found: Option<&Lit>) -> Error {
    let meant = match found {
        Some(Lit::Int(number)) => format!("`num_threads = {number}`"),
        Some(Lit::Str(text)) if ScheduleKind::from_word(text.value().split(',').next().unwrap_or("").trim()).is_some() => {
            format!("`schedule = \"{}\"`", text.value())
        }
        _ => return error(span, Entry::UnknownClause, format!("expected a clause: {}", one_of(CLAUSES))),
    };
    error(span, Entry::UnknownClause, format!("expected a clause, did you mean {meant}? (the clauses are {})", one_of(CLAUSES)))
}

/// What others call it: numba, joblib, rayon, and the loops of C.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("num_threads", &["jobs", "n_jobs", "n_threads", "nthreads", "num_workers", "parallelism", "teams", "workers"]),
    ("chunk", &["block", "grain", "grainsize", "with_min_len"]),
    ("private", &["local", "thread_local", "map_init"]),
    ("atomic", &["critical"]),
    ("reduction", &["fold", "sum"]),
];

pub(crate) fn unknown_clause(key: &Ident) -> Error {
    let name = key.to_string();
    if name == "nowait" {
        return error(
            key.span(),
            Entry::UnknownClause,
            "there is no clause `nowait`: what stands after the loop always finds it finished",
        );
    }
    let same = SYNONYMS.iter().find(|(_, words)| words.contains(&name.as_str()));
    let guess = same.map_or_else(|| did_you_mean(&name, CLAUSES), |(clause, _)| format!(", did you mean `{clause}`?"));
    error(key.span(), Entry::UnknownClause, format!("unknown clause `{name}`{guess} (the clauses are {})", one_of(CLAUSES)))
}

pub(crate) fn expected_comma(span: Span, key: &Ident) -> Error {
    error(span, Entry::ClauseShape, format!("expected `,` after the clause `{key}`"))
}

pub(crate) fn expected_comma_between(span: Span, key: &Ident) -> Error {
    error(span, Entry::ClauseShape, format!("expected `,` or the end of the clause `{key}`"))
}

pub(crate) fn missing_value(span: Span, key: &Ident) -> Error {
    error(span, Entry::ClauseShape, format!("the clause `{key}` needs a value: `{}`", usage(&key.to_string())))
}

pub(crate) fn chunks_without_size(span: Span) -> Error {
    error(
        span,
        Entry::ClauseShape,
        format!("the clause `chunks` needs the number of elements of an iteration: `{}`", usage("chunks")),
    )
}

pub(crate) fn known_when_compiled(at: &impl ToTokens, key: &Ident) -> Error {
    let found = show(at);
    spanned(
        at,
        Entry::ClauseValue,
        format!("`{key}` is known when the program is compiled, found `{found}`; write `{key}` or leave it out"),
    )
}

pub(crate) fn takes_a_list(span: Span, key: &Ident) -> Error {
    error(
        span,
        Entry::ClauseShape,
        format!("the clause `{key}` takes its variables in parentheses: `{}`", usage(&key.to_string())),
    )
}

pub(crate) fn too_much(span: Span, key: &Ident) -> Error {
    error(span, Entry::ClauseShape, format!("the clause `{key}` ends before this, it is written `{}`", usage(&key.to_string())))
}

pub(crate) fn default_is_none(span: Span, found: &str) -> Error {
    error(
        span,
        Entry::ClauseValue,
        format!("`default` knows only `none`, found `{found}`; write `default(none)`, or leave it out"),
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
