//! Messages about what `#[parallel]` stands on.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{Error, Path, PathSegment};

use super::clauses::{instead_of, usage};
use super::{Entry, error, nearest, spanned};
use crate::parse::CLAUSES;

const WHERE: &str = "it stands on a `for` loop or a plain block, or on a fn, an impl block or an inline mod that holds such";

pub(crate) fn wrong_target(attribute: Span, found: &str) -> Error {
    error(attribute, Entry::WrongPlace, format!("`#[parallel]` on {found}; {WHERE}"))
}

pub(crate) fn other_loop(attribute: Span, found: &str) -> Error {
    error(
        attribute,
        Entry::WrongPlace,
        format!("`#[parallel]` on {found}, whose number of iterations is not known before it ends; write it as a `for` loop"),
    )
}

pub(crate) fn no_body(attribute: Span, found: &str) -> Error {
    error(attribute, Entry::WrongPlace, format!("`#[parallel]` on {found} without a body; there is no loop to run"))
}

pub(crate) fn no_loop(attribute: Span, found: &str) -> Error {
    let meant = if found == "fn" { ", and no `for` loop that could be meant" } else { "" };
    error(
        attribute,
        Entry::NoLoop,
        format!(
            "there is no `#[parallel]` loop in this {found}{meant}; write `#[parallel]` on the `for` loop that should run in parallel"
        ),
    )
}

/// `println!("{}", { #[parallel] for .. })`.
pub(crate) fn handed_to_a_macro(each: Span) -> Error {
    error(
        each,
        Entry::NoLoop,
        "`#[parallel]` does not reach this loop, which is handed to a macro; write it in a statement before that one, or as \
         `parallel_for!(for .. in .. { .. })`",
    )
}

pub(crate) fn several_loops(attribute: Span, loops: &[Span]) -> Error {
    let count = loops.len();
    let mut lines: Vec<String> = loops.iter().map(|each| each.start().line.to_string()).collect();
    lines.dedup();
    let lines = match lines.split_last() {
        Some((last, [])) => format!("line {last}"),
        Some((last, rest)) => format!("lines {} and {last}", rest.join(", ")),
        None => String::new(),
    };
    error(
        attribute,
        Entry::SeveralLoops,
        format!(
            "this fn has {count} outermost `for` loops, in {lines}; write `#[parallel]` on those that should run in parallel"
        ),
    )
}

pub(crate) fn twice(attribute: Span) -> Error {
    error(
        attribute,
        Entry::ClauseTwice,
        "`#[parallel]` is given twice; write all clauses in one: `#[parallel(num_threads = 4, schedule = \"dynamic\")]`",
    )
}

/// What others call it: numba, OpenMP, and those who shorten.
const SYNONYMS: &[&str] = &["doall", "njit", "numba", "openmp", "par", "par_for", "prange"];

/// `#[paralell]`, `#[pymp::prange]`, `#[critical]`, `#[reduction(+: sum)]` on a loop, a block or another expression; `None` for what is not
/// ours.
pub(crate) fn misnamed(path: &Path) -> Option<Error> {
    let ours = |first: &PathSegment| path.segments.len() == 1 || first.ident == "pymp";
    let word = &path.segments.last().filter(|_| path.segments.first().is_some_and(ours))?.ident;
    let name = word.to_string();
    let way = match nearest(&name, &["parallel"]).or(SYNONYMS.contains(&name.as_str()).then_some("parallel")) {
        Some(near) if near == name => return None,
        Some(near) => format!(", did you mean `#[{near}]`?"),
        None if CLAUSES.contains(&name.as_str()) => format!(", it is a clause: `#[parallel({})]`", usage(&name)),
        None => format!(": {}", instead_of(&name)?),
    };
    Some(error(word.span(), Entry::WrongPlace, format!("there is no attribute `{name}` for a loop or a block{way}")))
}

pub(crate) fn with_equals(attribute: Span) -> Error {
    error(
        attribute,
        Entry::ClauseShape,
        "the clauses stand in parentheses: `#[parallel(num_threads = 4, schedule = \"dynamic\")]`",
    )
}

pub(crate) fn conditional_item(attribute: Span) -> Error {
    error(
        attribute,
        Entry::WrongPlace,
        "`cfg_attr(.., parallel)` on an item inside an annotated one; write it on the loops, or write `#[parallel]` here",
    )
}

/// The compiler has complained already that attributes on loops are unstable; this is the way out.
pub(crate) fn alone_on_stable(attribute: Span) -> Error {
    error(
        attribute,
        Entry::Alone,
        "on a stable compiler `#[parallel]` on a loop needs `#[parallel]` on the fn around it too; or write `parallel_for!(for .. in .. { .. })`",
    )
}

/// What the parser says of a fn's body, a loop or a region.
pub(crate) fn unread(why: &Error, what: &str) -> Error {
    error(why.span(), Entry::Unreadable, format!("{what} cannot be read: {why}"))
}

pub(crate) fn expected_loop(span: Span) -> Error {
    error(
        span,
        Entry::ForMacro,
        "`parallel_for!` takes clauses and then a `for` loop: `parallel_for!(num_threads = 4, for i in 0..n { .. })`",
    )
}

/// `for (int i = 0; i < n; i++) { .. }`, `for (i in 0..n) { .. }`.
pub(crate) fn head_in_parentheses(at: &impl ToTokens) -> Error {
    spanned(at, Entry::ForMacro, "the head of a loop stands in no parentheses: `for i in 0..n { .. }`")
}

pub(crate) fn comma_before_loop(span: Span) -> Error {
    error(span, Entry::ForMacro, "expected `,` between the clauses and the loop")
}

pub(crate) fn after_loop(span: Span) -> Error {
    error(span, Entry::ForMacro, "`parallel_for!` ends with its loop; move this behind the macro")
}

pub(crate) fn ordered_outside(span: Span) -> Error {
    error(
        span,
        Entry::Ordered,
        "`ordered!` stands in the body of a parallel loop with the clause `ordered`: `#[parallel(ordered)] for i in 0..n { ordered!({ .. }) }`",
    )
}
