//! Messages about clauses that are not written as clauses are.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::Error;

use super::data::OPERATORS;
use crate::diag::{Entry, error, names_its_page, spanned};

/// How each clause is written.
pub(crate) fn usage(key: &str) -> &'static str {
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

/// What the parser says of a clause, in its place; an error of ours stays what it is.
pub(crate) fn unread_clause(key: Option<&Ident>, why: Error) -> Error {
    match key {
        Some(key) if !names_its_page(&why) => {
            error(why.span(), Entry::ClauseShape, format!("the clause `{key}` cannot be read: {why}"))
        }
        _ => why,
    }
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

/// `num_threads 4`, `num_threads: 4`; `meant` is how it would be right.
pub(crate) fn expected_equals(at: &impl ToTokens, key: &Ident, meant: &str) -> Error {
    spanned(at, Entry::ClauseShape, format!("expected `=` between the clause `{key}` and its value: `{meant}`"))
}

/// `if(parallel: n > 3)`.
pub(crate) fn no_modifier(word: &Ident, key: &Ident, meant: &str) -> Error {
    error(word.span(), Entry::ClauseShape, format!("the clause `{key}` has no modifier `{word}`; write `{meant}`"))
}

/// `private(x: 0)`.
pub(crate) fn initial_value(name: &Ident, value: &str) -> Error {
    error(name.span(), Entry::ClauseShape, format!("the initial value stands behind `=`: `private({name} = {value})`"))
}

/// `private(x: f64)`.
pub(crate) fn typed(at: &impl ToTokens, name: &Ident) -> Error {
    spanned(
        at,
        Entry::ClauseShape,
        format!(
            "`{name}` has the type that it was declared with; write `private({name})`, or `private({name} = value)` for its first value"
        ),
    )
}

/// `private(mut x)`.
pub(crate) fn without_mut(span: Span, key: &Ident, name: &Ident) -> Error {
    error(span, Entry::ClauseShape, format!("the clause `{key}` names its variables without `mut`: `{name}`"))
}

/// `schedule(static 4)`.
pub(crate) fn comma_before_chunk(at: &impl ToTokens, meant: &str) -> Error {
    spanned(at, Entry::ClauseShape, format!("expected `,` between the schedule and its chunk: `{meant}`"))
}

/// `reduction(+ sum)`, with the names of this reduction.
pub(crate) fn expected_colon(span: Span, operator: &str, names: &str) -> Error {
    let names = if names.is_empty() { "a, b" } else { names };
    error(span, Entry::Operator, format!("expected `:` between the operator and the variables: `reduction({operator}: {names})`"))
}

/// `reduction(sum: +)`.
pub(crate) fn operator_first(span: Span, operator: &str, names: &str) -> Error {
    error(span, Entry::Operator, format!("the operator stands before the variables: `reduction({operator}: {names})`"))
}

/// `reduction(+: a, *: b)`; `meant` is how it would be right.
pub(crate) fn one_operator(span: Span, meant: &str) -> Error {
    error(span, Entry::Operator, format!("each operator has a clause of its own: `{meant}`"))
}

/// `reduction(a, b)`.
pub(crate) fn no_operator(span: Span, names: &str) -> Error {
    error(
        span,
        Entry::Operator,
        format!("the reduction does not say its operator; write `reduction(+: {names})`, or one of {OPERATORS}"),
    )
}

pub(crate) fn chunks_without_size(span: Span) -> Error {
    error(
        span,
        Entry::ClauseShape,
        format!("the clause `chunks` needs the number of elements of an iteration: `{}`", usage("chunks")),
    )
}

/// `private x`; `meant` is how it would be right, as far as that can be told.
pub(crate) fn takes_a_list(span: Span, key: &Ident, meant: Option<&str>) -> Error {
    let key = key.to_string();
    let meant = meant.unwrap_or_else(|| usage(&key));
    error(span, Entry::ClauseShape, format!("the clause `{key}` takes its variables in parentheses: `{meant}`"))
}

pub(crate) fn too_much(span: Span, key: &Ident) -> Error {
    error(span, Entry::ClauseShape, format!("the clause `{key}` ends before this, it is written `{}`", usage(&key.to_string())))
}
