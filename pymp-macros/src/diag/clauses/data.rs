//! Messages about the clauses that name variables.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::Error;

use crate::diag::{Entry, between, error, spanned};
use crate::directive::Place;

/// The operators of `reduction`, as they are typed.
pub(super) const OPERATORS: &str =
    "`+`, `*`, `-`, `&`, `|`, `^`, `&&`, `||`, `min`, `max`, `append` or the path of a value that implements `Reduction`";

/// `at` is what was typed; `inner` the variable in it, if one can be seen.
pub(crate) fn not_a_place(at: &impl ToTokens, key: &Ident, inner: Option<&Place>) -> Error {
    let hint = inner.map_or_else(String::new, |place| format!(", did you mean `{place}`?"));
    spanned(at, Entry::ClauseVariable, format!("the clause `{key}` names variables or their fields (`y`, `self.y`){hint}"))
}

/// `reduction(+: a[0:10])`.
pub(crate) fn section(at: &impl ToTokens, key: &Ident, name: &Ident) -> Error {
    spanned(
        at,
        Entry::ClauseVariable,
        format!(
            "the clause `{key}` names all of an array, `{name}`; for a part of it bind that with `let` before the loop, \
             `let part = &mut {name}[..];`, and name `part`"
        ),
    )
}

/// `inner` is the variable in it, if one can be seen.
pub(crate) fn not_a_variable(at: &impl ToTokens, key: &Ident, inner: Option<&Place>) -> Error {
    let way = match inner {
        Some(place) if place.is_variable() => format!(", did you mean `{place}`?"),
        _ => "; bind it with `let` before the loop and name that".to_owned(),
    };
    spanned(at, Entry::ClauseVariable, format!("the clause `{key}` names variables, and this is not one{way}"))
}

pub(crate) fn no_initial_value(at: &impl ToTokens, key: &Ident) -> Error {
    let why = match key.to_string().as_str() {
        "firstprivate" => "starts as a clone of the variable",
        _ => "takes no initial value",
    };
    spanned(at, Entry::ClauseVariable, format!("the clause `{key}` {why}; only `private(x = value)` sets one"))
}

pub(crate) fn bare_self(place: &Place, key: &Ident) -> Error {
    error(
        place.root.span(),
        Entry::ClauseVariable,
        format!("the clause `{key}` cannot name `self` as a whole, name a field of it (`self.y`)"),
    )
}

pub(crate) fn own_loop_variable(name: &Ident, key: &Ident) -> Error {
    error(
        name.span(),
        Entry::ClauseVariable,
        format!("`{name}` is a variable of the loop itself, each iteration has its own; take it out of `{key}`"),
    )
}

pub(crate) fn expected_operator(span: Span) -> Error {
    error(span, Entry::Operator, format!("expected the operator of the reduction: {OPERATORS}"))
}

pub(crate) fn unknown_operator(span: Span, found: &str) -> Error {
    if found == "/" {
        return error(span, Entry::Operator, crate::diag::loop_body::divisors("the variable"));
    }
    let guess = meant(found.trim_matches('"')).map_or_else(String::new, |word| format!(", did you mean `{word}`?"));
    error(span, Entry::Operator, format!("a reduction has no operator `{found}`{guess} (the operators are {OPERATORS})"))
}

pub(crate) fn two_data_clauses(first: (&Ident, &Place), second: (&Ident, &Place)) -> Error {
    let message = if first.0 == second.0 {
        format!("`{}` is named twice in `{}`, keep one", second.1, second.0)
    } else {
        format!("`{}` cannot be both `{}` and `{}`, keep one", second.1, first.0, second.0)
    };
    between(&first.1.root, &second.1.root, Entry::ClauseTwice, message)
}

/// The operator that these words stand for elsewhere.
fn meant(found: &str) -> Option<&'static str> {
    Some(match found {
        "add" | "sum" | "plus" | "+" | "+=" => "+",
        "mul" | "product" | "prod" | "times" | "*" | "*=" => "*",
        "sub" | "minus" | "-" | "-=" => "-",
        "and" | "all" | "&&" => "&&",
        "or" | "any" | "||" => "||",
        "xor" | "^=" => "^",
        "&=" => "&",
        "|=" => "|",
        "push" | "concat" | "extend" | "append" | "collect" => "append",
        "min" | "minimum" => "min",
        "max" | "maximum" => "max",
        _ => return None,
    })
}

/// One of the operators, as it is typed.
pub(crate) fn is_operator(found: &str) -> bool {
    matches!(found, "+" | "*" | "-" | "&" | "|" | "^" | "&&" | "||" | "min" | "max" | "append")
}

/// A word that nobody would give to an operator of his own.
pub(crate) fn is_operator_in_words(found: &str) -> bool {
    meant(found).is_some()
}
