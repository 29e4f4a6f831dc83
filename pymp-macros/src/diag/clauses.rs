//! Messages about clauses.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::Error;

use super::{combined, did_you_mean, one_of};
use crate::directive::{Place, ScheduleKind};
use crate::parse::CLAUSES;

/// The operators of `reduction`, as they are typed.
const OPERATORS: &str =
    "`+`, `*`, `-`, `&`, `|`, `^`, `&&`, `||`, `min`, `max`, `append` or the path of a value that implements `Reduction`";

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

/// `at` is what was typed; `inner` the variable in it, if one can be seen.
pub(crate) fn not_a_place(at: &impl ToTokens, key: &Ident, inner: Option<&Place>) -> Error {
    let hint = inner.map_or_else(String::new, |place| format!(", did you mean `{place}`?"));
    Error::new_spanned(at, format!("the clause `{key}` names variables or their fields (`y`, `self.y`){hint}"))
}

pub(crate) fn not_a_variable(at: &impl ToTokens, key: &Ident) -> Error {
    Error::new_spanned(
        at,
        format!("the clause `{key}` names variables, and this is not one; bind it with `let` before the loop and name that"),
    )
}

pub(crate) fn no_initial_value(at: &impl ToTokens, key: &Ident) -> Error {
    let why = match key.to_string().as_str() {
        "firstprivate" => "starts as a clone of the variable",
        _ => "takes no initial value",
    };
    Error::new_spanned(at, format!("the clause `{key}` {why}; only `private(x = value)` sets one"))
}

pub(crate) fn bare_self(place: &Place, key: &Ident) -> Error {
    Error::new(place.root.span(), format!("the clause `{key}` cannot name `self` as a whole, name a field of it (`self.y`)"))
}

pub(crate) fn own_loop_variable(name: &Ident, key: &Ident) -> Error {
    Error::new(
        name.span(),
        format!("`{name}` is a variable of the loop itself, each iteration has its own; take it out of `{key}`"),
    )
}

pub(crate) fn expected_operator(span: Span) -> Error {
    Error::new(span, format!("expected the operator of the reduction: {OPERATORS}"))
}

pub(crate) fn unknown_operator(span: Span, found: &str) -> Error {
    let guess = match found.trim_matches('"') {
        "add" | "sum" | "+" | "+=" => ", did you mean `+`?",
        "mul" | "product" | "*" | "*=" => ", did you mean `*`?",
        "sub" | "-" | "-=" => ", did you mean `-`?",
        "and" | "&&" => ", did you mean `&&`?",
        "or" | "||" => ", did you mean `||`?",
        "push" | "concat" | "extend" | "append" => ", did you mean `append`?",
        "min" => ", did you mean `min`?",
        "max" => ", did you mean `max`?",
        _ => "",
    };
    Error::new(span, format!("a reduction has no operator `{found}`{guess} (the operators are {OPERATORS})"))
}

pub(crate) fn expected_colon(span: Span) -> Error {
    Error::new(span, "expected `:` between the operator and the variables: `reduction(+: a, b)`")
}

pub(crate) fn unknown_schedule(span: Span, word: &str) -> Error {
    let words = ScheduleKind::WORDS;
    let guess = did_you_mean(word, &words);
    Error::new(span, format!("unknown schedule `{word}`{guess} (the schedules are {})", one_of(&words)))
}

pub(crate) fn schedule_chunk_text(span: Span, kind: ScheduleKind, text: &str) -> Error {
    let word = kind.word();
    if text.is_empty() {
        return Error::new(span, format!("expected the chunk after the comma: `\"{word},64\"`"));
    }
    Error::new(
        span,
        format!(
            "the chunk in a schedule's text is a whole number (`\"{word},64\"`), found `{text}`; for a value write `schedule({word}, value)`"
        ),
    )
}

pub(crate) fn schedule_is_no_word(at: &impl ToTokens) -> Error {
    Error::new_spanned(at, format!("a schedule is one of {}, or a value of type `Schedule`", one_of(&ScheduleKind::WORDS)))
}

pub(crate) fn chunk_beside_value(at: &impl ToTokens) -> Error {
    Error::new_spanned(
        at,
        "a chunk goes with one of the schedule's words (`schedule(dynamic, 64)`); beside a value write `chunk = 64`",
    )
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

pub(crate) fn collapse_is_a_literal(at: &impl ToTokens) -> Error {
    Error::new_spanned(
        at,
        "`collapse` is the number of loops, known when the program is compiled: a literal such as `collapse = 2`",
    )
}

pub(crate) fn below_one(at: &impl ToTokens, key: &str, found: &str) -> Error {
    Error::new_spanned(at, format!("`{key}` is at least 1, found `{found}`"))
}

pub(crate) fn collapse_below_one(span: Span) -> Error {
    Error::new(span, "`collapse` is at least 1, found `0`")
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

pub(crate) fn chunk_twice(in_schedule: Span, chunk: &Ident) -> Error {
    both(
        Error::new(chunk.span(), "the chunk is given twice, keep this one or the one in the schedule"),
        Error::new(in_schedule, "the schedule has a chunk already"),
    )
}

pub(crate) fn chunk_beside(kind: ScheduleKind, schedule: Span, chunk: Option<Span>) -> Error {
    let word = kind.word();
    let why = match kind {
        ScheduleKind::Runtime => "takes its chunk from the environment",
        _ => "chooses its chunks itself",
    };
    let main = Error::new(
        chunk.unwrap_or(schedule),
        format!("the schedule `{word}` {why}; leave the chunk out, or choose `static`, `dynamic` or `guided`"),
    );
    match chunk {
        Some(_) => both(main, Error::new(schedule, format!("the schedule is `{word}`"))),
        None => main,
    }
}

pub(crate) fn two_data_clauses(first: (&Ident, &Place), second: (&Ident, &Place)) -> Error {
    let what = if first.0 == second.0 {
        format!("`{}` is named twice in `{}`, keep one", second.1, second.0)
    } else {
        format!("`{}` cannot be both `{}` and `{}`, keep one", second.1, first.0, second.0)
    };
    both(
        Error::new(second.1.root.span(), what),
        Error::new(first.1.root.span(), format!("`{}` is in `{}` here", first.1, first.0)),
    )
}

pub(crate) fn not_perfectly_nested(at: &impl ToTokens, depth: usize, level: usize) -> Error {
    Error::new_spanned(
        at,
        format!(
            "`collapse = {depth}` needs loop {level} of the {depth} to hold nothing but the next `for` loop; move this into the innermost loop, or lower `collapse`"
        ),
    )
}

pub(crate) fn too_few_loops(span: Span, depth: usize, found: usize) -> Error {
    Error::new(span, format!("`collapse = {depth}` needs {depth} loops, one directly inside the other; found {found}"))
}

pub(crate) fn inner_head_depends(at: &Ident, level: usize) -> Error {
    Error::new(
        at.span(),
        format!(
            "the range of loop {level} depends on `{at}`; collapsed loops run over ranges known before the first of them starts"
        ),
    )
}

pub(crate) fn inner_label(at: &impl ToTokens) -> Error {
    Error::new_spanned(at, "a label inside collapsed loops has no loop left to name; take it away")
}

pub(crate) fn inner_attribute(at: &impl ToTokens) -> Error {
    Error::new_spanned(at, "an attribute on an inner loop of collapsed loops; move it to the outermost loop")
}

pub(crate) fn inner_directive(at: &impl ToTokens) -> Error {
    Error::new_spanned(at, "this loop is collapsed with the outer one, which is already parallel; take `#[parallel]` away here")
}

pub(crate) fn not_a_default(key: &Ident, directives: usize) -> Error {
    let found = match directives {
        0 => String::from("here there is none"),
        n => format!("here there are {n}"),
    };
    Error::new(key.span(), format!("`{key}` is about one loop and {found}; write it on the loop it is meant for"))
}

fn both(mut first: Error, second: Error) -> Error {
    first.combine(second);
    first
}

/// The loop of one error from several, where there may be none.
pub(crate) fn at_each(spans: &[Span], message: &str) -> Option<Error> {
    combined(spans.iter().map(|span| Error::new(*span, message)))
}
