//! Messages about the clauses that name variables.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::Error;

use super::both;
use crate::directive::Place;

/// The operators of `reduction`, as they are typed.
const OPERATORS: &str =
    "`+`, `*`, `-`, `&`, `|`, `^`, `&&`, `||`, `min`, `max`, `append` or the path of a value that implements `Reduction`";

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
