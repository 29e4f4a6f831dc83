//! What is wrong with the variables of a reduction, and with those that should be in one together.

use std::fmt::Display;

use proc_macro2::Ident;
use syn::Error;

use super::OWN;
use super::changed::summed;
use crate::access::{Exit, How, Op, Use};
use crate::diag::{Entry, between, error, spanned};
use crate::directive::Place;
use crate::text::show;

pub(crate) fn reduction_read(usage: &Use, place: &Place) -> Error {
    let (here, place) = (show(&usage.place), show(place));
    let what = match place.strip_prefix(&here).is_some_and(|rest| rest.starts_with('.')) {
        true => format!("`{here}` is used in the loop, and in it reduction variable `{place}`, which there"),
        false => format!("reduction variable `{place}` is read in the loop, where it"),
    };
    spanned(&usage.tokens, Entry::ReductionUse, format_args!("{what} holds only this thread's part; read it after the loop"))
}

/// `sum += x; if sum > limit { .. }`, `p += 1; p *= 2;`
pub(crate) fn update_and_use(write: &Use, op: Op, spelled: &str, other: &Use) -> Error {
    let (here, place) = (show(&write.tokens), show(&write.place));
    let what = match &other.how {
        How::Update { spelled, .. } => format!("updated in another way (`{spelled}`)"),
        _ => "read".to_owned(),
    };
    between(
        &write.tokens,
        &other.tokens,
        Entry::Updated,
        format_args!(
            "`{here}` is updated (`{spelled}`) by every iteration, and {what} in the loop, where its value is made by all iterations \
             before; use it after the loop alone, with `reduction({op}: {place})`, compute it from the loop's own variable if it counts \
             iterations, or let the iterations run one after another"
        ),
    )
}

/// `reduction(+: sum)` above `let mut sum = ..` in the body.
pub(crate) fn declared_inside(name: &Ident, key: &Ident) -> Error {
    error(
        name.span(),
        Entry::ClauseVariable,
        format_args!(
            "`{name}` is declared in the body, where each iteration has one of its own; declare it before the loop, or take it out of `{key}`"
        ),
    )
}

pub(crate) fn reduction_misfit(usage: &Use, what: impl Display, clause: &str, instead: &str) -> Error {
    spanned(&usage.tokens, Entry::ReductionUse, format_args!("{what} does not fit `{clause}`; {instead}"))
}

// What to write instead of a misfit

pub(crate) fn as_the_clause(allowed: &str) -> String {
    format!("write {allowed}")
}

/// `m = match v > m { true => v, false => m }`, of which the words do not show whether it is a maximum.
pub(crate) fn as_the_clause_or_in_order(allowed: &str) -> String {
    format!("write {allowed}; what is made in another way from the value before must run one iteration after another")
}

/// `set.insert(x)`.
pub(crate) fn extended(usage: &Use) -> String {
    format!("write `{}.extend([{}])`", show(&usage.tokens), usage.handed)
}

/// `for t in s.iter_mut() { *t += ..; }`
pub(crate) fn by_elements(usage: &Use, op: Op) -> String {
    summed(usage, &format!("{op}="))
}

/// `f(&mut h)`, `h.sort()`.
pub(crate) fn own_operator(usage: &Use, allowed: &str) -> String {
    format!("write `reduction(MyOp: {})` with a {OWN}, or {allowed}", show(&usage.place))
}

/// `p *= v` and nothing else, under `reduction(+: p)`.
pub(crate) fn that_clause(usage: &Use, op: Op) -> String {
    format!("write `reduction({op}: {})`", show(&usage.place))
}

/// `s /= v`, `s %= v`.
pub(crate) fn no_such_reduction(usage: &Use, op: Op) -> String {
    match op {
        Op::Div => divisors(&format!("`{}`", show(&usage.tokens))),
        _ => format!(
            "a reduction has no `{op}`, whose result depends on the order of the iterations, so they must run one after another"
        ),
    }
}

/// What a reduction has in place of `/`.
pub(crate) fn divisors(here: &str) -> String {
    format!(
        "a reduction has no `/`: multiply up the divisors in another variable with `reduction(*: ..)`, and divide {here} by it after \
         the loop"
    )
}

/// `d = v - d`, or `s += a; s *= b;`.
pub(crate) fn in_order_only(usage: &Use) -> String {
    let here = show(&usage.tokens);
    format!("a value of `{here}` is made from the one before, in the order of the iterations, so they must run one after another")
}

/// `t = t.max((v, i)); t.1 = t.1.max(3);`
pub(crate) fn kept_by_halves(part: &Use, whole: &Use) -> Error {
    let (part_here, here) = (show(&part.tokens), show(&whole.tokens));
    between(
        &part.tokens,
        &whole.tokens,
        Entry::ReductionUse,
        format_args!(
            "`{here}` is kept as a whole here, and `{part_here}` by itself; a reduction compares either all of `{here}` or each member by \
             itself: make two variables of them"
        ),
    )
}

/// `if v < lo { lo = v; continue; }`.
pub(crate) fn left_under_partial(exit: &Exit, place: &Place) -> Error {
    let (kept, word) = (show(place), exit.word);
    spanned(
        &exit.tokens,
        Entry::ReductionUse,
        format_args!(
            "`{word}` stands under a comparison with reduction variable `{kept}`, which holds only this thread's part, so what it leaves out \
             would depend on the team; let the comparison that keeps `{kept}` be an `if` of its own, and decide this by something else"
        ),
    )
}

/// `if v > best { best = v; at = i; }`.
pub(crate) fn under_partial(write: &Use, comparison: &Use) -> Error {
    let (here, best) = (show(&write.tokens), show(&comparison.tokens));
    between(
        &write.tokens,
        &comparison.tokens,
        Entry::ReductionUse,
        format_args!(
            "`{here}` is written under a comparison with reduction variable `{best}`, which holds only this thread's \
             part; give it an `if` of its own, or keep both in one variable with a {OWN}"
        ),
    )
}

/// `h = h.wrapping_add(x)`.
pub(crate) fn wrapped(here: &str, op: Op, operand: &str) -> String {
    format!(
        "for numbers that wrap write `let mut wrapped = std::num::Wrapping({here});` before the loop, `reduction({op}: wrapped)` on it, \
         `wrapped {op}= std::num::Wrapping({operand});` in it, `{here} = wrapped.0;` after it"
    )
}

/// `s = if c { s + a } else { s - b }`.
pub(crate) fn chosen(here: &str, added: &str) -> String {
    format!("write `{here} += {added}` with `reduction(+: {here})`")
}

/// `t = format!("{t}{i}")`.
pub(crate) fn formatted(here: &str, rest: &str) -> String {
    format!("write `{here}.push_str(&{rest})` with `reduction(append: {here})`")
}

/// Any of these without a clause.
pub(crate) fn in_other_words(write: &Use, instead: &str) -> Error {
    let here = show(&write.tokens);
    spanned(&write.tokens, Entry::Updated, format_args!("`{here}` is made from its own value by every iteration; {instead}"))
}
