//! What is wrong with the variables of a reduction, and with those that should be in one together.

use std::fmt::Display;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use syn::{Error, Member};

use super::OWN;
use crate::access::{Exit, How, Op, Use};
use crate::diag::{Entry, all_of, between, error, spanned};
use crate::directive::Place;
use crate::text::show;

/// `if v > best { best = v; at = i; }`, and the same with the members of a tuple.
pub(crate) fn kept_together(compared: &Use, order: Op, kept: &[&Use]) -> Error {
    let best = show(&compared.tokens);
    let (extreme, sign, of_equals) = extreme(order);
    let names = all_of(kept.iter().map(|write| show(&write.tokens)));
    let are_set = if kept.len() > 1 { "are set together" } else { "is set" };
    let (both, value) = (Both::of(compared, kept), values(compared, kept));
    let (before, after) = match &both {
        Both::Tuple(_) => (String::new(), String::new()),
        Both::Apart(names) => (format!("`let mut both = {names};` before it, "), format!(", `{names} = both;` after it")),
    };
    let both = both.name();
    between(
        &compared.tokens,
        kept.last().map(|write| &write.tokens),
        Entry::KeptTogether,
        format_args!(
            "{names} {are_set} by every iteration that finds the {extreme} `{best}` so far; compare one tuple as a whole: \
             `reduction({order}: {both})` on the loop, {before}`if {value} {sign} {both} {{ {both} = {value}; }}` in it{after}; of equal \
             values this keeps the {of_equals}; or write `reduction(MyOp: {both})` with a {OWN}"
        ),
    )
}

/// `if x[i] < x[best] { best = i; }`.
pub(crate) fn kept_index(compared: &Use, order: Op, write: &Use) -> Error {
    let (best, name) = (show(&compared.tokens), &write.place.root);
    let (extreme, sign, of_equals) = extreme(order);
    let found = match &write.how {
        How::Assign { value, .. } => value.as_str(),
        _ => "",
    };
    let new = show(&in_place_of(compared.tokens.clone(), name, &found.parse().unwrap_or_default()));
    between(
        &compared.tokens,
        &write.tokens,
        Entry::KeptTogether,
        format_args!(
            "`{name}` is set by every iteration that finds the {extreme} `{best}` so far; compare one tuple as a whole: `let mut both = \
             ({best}, {name});` before the loop, `reduction({order}: both)` on it, `if ({new}, {found}) {sign} both {{ both = ({new}, {found}); \
             }}` in it, `{name} = both.1;` after it; of equal values this keeps the {of_equals}"
        ),
    )
}

/// The tokens with something else for a name.
fn in_place_of(tokens: TokenStream, name: &Ident, other: &TokenStream) -> TokenStream {
    let each = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(ident) if ident == *name => other.clone(),
        TokenTree::Group(group) => {
            TokenTree::from(Group::new(group.delimiter(), in_place_of(group.stream(), name, other))).into()
        }
        token => token.into(),
    });
    each.collect()
}

fn extreme(order: Op) -> (&'static str, &'static str, &'static str) {
    if order == Op::Max { ("largest", ">", "last") } else { ("smallest", "<", "first") }
}

/// What is kept: one tuple already, or several variables.
enum Both {
    Tuple(String),
    Apart(String),
}

impl Both {
    fn of(compared: &Use, kept: &[&Use]) -> Both {
        let root = &compared.place.root;
        let member =
            |write: &&Use| matches!(write.place.fields.as_slice(), [] | [Member::Unnamed(_)]) && write.place.root == *root;
        if root != "self" && !compared.place.fields.is_empty() && kept.iter().all(member) {
            return Both::Tuple(root.to_string());
        }
        Both::Apart(in_one(compared, kept, |write| show(&write.tokens)))
    }

    fn name(&self) -> &str {
        match self {
            Both::Tuple(name) => name,
            Both::Apart(_) => "both",
        }
    }
}

/// `(v[i], i)`, as far as the body shows it.
fn values(compared: &Use, kept: &[&Use]) -> String {
    let value = |write: &Use| match &write.how {
        How::Assign { value, .. } => Some(value.clone()).filter(|value| !value.is_empty()),
        _ => None,
    };
    match kept {
        [whole] if !whole.place.same(&compared.place) => value(whole).unwrap_or_else(|| "(value, place)".to_owned()),
        _ if kept.iter().any(|write| value(write).is_none()) => "(value, place)".to_owned(),
        _ => in_one(compared, kept, |write| value(write).unwrap_or_default()),
    }
}

/// A tuple of something of each, what is compared in front.
fn in_one(compared: &Use, kept: &[&Use], of: impl Fn(&Use) -> String) -> String {
    let (first, rest): (Vec<&Use>, Vec<&Use>) = kept.iter().partition(|write| write.place.same(&compared.place));
    let all: Vec<String> = first.into_iter().chain(rest).map(of).collect();
    format!("({})", all.join(", "))
}

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
        Op::Div => divisors(&show(&usage.tokens)),
        _ => format!(
            "a reduction has no `{op}`, whose result depends on the order of the iterations, so they must run one after another"
        ),
    }
}

/// What a reduction has in place of `/`.
pub(super) fn divisors(here: &str) -> String {
    format!(
        "a reduction has no `/`: multiply up the divisors in another variable with `reduction(*: ..)`, and divide `{here}` by it after \
         the loop"
    )
}

/// `d = v - d`, or `s += a; s *= b;`.
pub(crate) fn in_order_only(usage: &Use) -> String {
    let here = show(&usage.tokens);
    format!("a value of `{here}` is made from the one before, in the order of the iterations, so they must run one after another")
}

/// `if v > best.0 { best = (v, i); }` under `reduction(max: best)`.
pub(crate) fn compared_by_a_part(part: &Use, whole: &Use, kept: Op, value: &str) -> Error {
    let (here, best) = (show(&part.tokens), show(&whole.tokens));
    let (sign, ties) = match kept {
        Op::Max => {
            (">", "; where the first members are equal the last index wins, with `std::cmp::Reverse(i)` for `i` the first")
        }
        _ => ("<", ""),
    };
    let value = if value.is_empty() { "value" } else { value };
    between(
        &part.tokens,
        &whole.tokens,
        Entry::ReductionUse,
        format_args!(
            "`{here}` decides, and all of `{best}` is kept; compare the whole, as `reduction({kept}: {best})` does: \
             `if {value} {sign} {best} {{ {best} = {value}; }}`{ties}"
        ),
    )
}

/// `if x > m { m = f(x); }`, `if x > m || c { m = x; }`; `kept`: by the clause of the reduction, where there is one.
pub(crate) fn keeps_another(write: &Use, compared: &Use, kept: Option<Op>) -> Error {
    let (here, there, value) = (show(&write.tokens), show(&compared.tokens), value_of(write));
    let How::Compared { branch, order, with, .. } = &compared.how else { return reduction_read(compared, &write.place) };
    let keeps = kept.or(order.map(|order| order.keeps)).unwrap_or(Op::Max);
    let (extreme, sign, _) = extreme(keeps);
    let clause = if kept.is_some() { String::new() } else { format!(" with `reduction({keeps}: {})`", show(&write.place)) };
    let whole = format!("write `if {value} {sign} {here} {{ {here} = {value}; }}`{clause}");
    let (found, hint) = if matches!(write.how, How::Update { .. }) {
        let hint = "write the update without the comparison".to_owned();
        (format!("`{here}` is compared with `{with}`, and updated by another value"), hint)
    } else if there != here {
        (format!("`{here}` is set under a comparison with `{there}`, which does not decide it"), whole)
    } else if value == *with {
        let hint = format!("{whole}, with other conditions before it, `if c && {value} {sign} {here}`");
        let more = "another condition, or a change on the way";
        (format!("more than the comparison of `{value}` with `{here}` decides `{here} = {value}` ({more})"), hint)
    } else if write.ifs.contains(&(*branch, false)) {
        let hint = format!(
            "write `if {with} {sign} {here} {{ {here} = {with}; }}`{clause} alone, and keep `{value}` in another variable"
        );
        (format!("`{here} = {value}` stands where `{here}` and `{with}` have been compared"), hint)
    } else {
        let hint = format!(
            "for the {extreme} `{value}` {whole}; for the one of the {extreme} `{with}` compare one tuple as a whole: `let mut both = \
             ({here}, {here});` before the loop, `reduction({keeps}: both)` on it, `if ({with}, {value}) {sign} both {{ both = ({with}, {value}); \
             }}` in it, `{here} = both.1;` after it"
        );
        (format!("`{here}` keeps another value, `{value}`, than the one compared, `{with}`"), hint)
    };
    let entry = if kept.is_some() { Entry::ReductionUse } else { Entry::Updated };
    let text = format_args!("{found}, so the result depends on the order of the iterations; {hint}");
    between(&compared.tokens, &write.tokens, entry, text)
}

/// What is assigned, as typed.
fn value_of(write: &Use) -> String {
    match &write.how {
        How::Assign { value, .. } if !value.is_empty() => value.clone(),
        _ => "e".to_owned(),
    }
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
