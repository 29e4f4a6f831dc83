//! What is wrong with a loop body: one constructor per message.

mod elements;
mod strays;

use std::fmt::Display;

use proc_macro2::{Ident, Span, TokenStream};
use syn::Error;

pub(crate) use self::elements::*;
pub(crate) use self::strays::*;
use super::{Entry, between, error, spanned};
use crate::access::{How, Op, Use, is_variable};
use crate::directive::Place;
use crate::text::show;

/// What stands behind `MyOp` in a message.
const OWN: &str = "`Reduction` of your own";

/// More than the runtime has tuples for.
pub(crate) fn too_many(at: Span, found: usize, most: usize, what: &str) -> Error {
    error(
        at,
        Entry::TooMany,
        format_args!(
            "a loop has at most {most} {what}, found {found}; make two loops of it, or keep several values in one struct"
        ),
    )
}

// Captured variables

/// For clauses that take variables only: the place is taken out of where it is, and put back. `@` is the variable.
fn by_variable(write: &Use, clause: &str) -> String {
    let local = write.place.fields.iter().rev().find_map(|member| match member {
        syn::Member::Named(name) => Some(name.to_string()),
        syn::Member::Unnamed(_) => None,
    });
    let local = local.unwrap_or_else(|| "value".to_owned());
    let here = show(&write.tokens);
    format!(
        "take it into a variable before the loop, `let mut {local} = {here};`, write `{}`, and put it back after the loop, \
         `{here} = {local};`",
        clause.replace('@', &local)
    )
}

/// For clauses that take fields too, and what lies behind a `*`.
fn in_place(write: &Use, clause: &str) -> String {
    let place = if write.starred { write.place.clone().behind() } else { write.place.clone() };
    format!("write `{}`", clause.replace('@', &show(&place)))
}

/// By Rust's conventions.
fn is_static(write: &Use) -> bool {
    write.place.root != "self" && !is_variable(&write.place.root)
}

/// `sum += ..`, `x = x.max(e)`.
pub(crate) fn update(write: &Use, op: Op, spelled: &str) -> Error {
    let here = show(&write.tokens);
    let hint = match op {
        _ if is_static(write) => format!(
            "a static is changed together as an atomic, `static {}: AtomicUsize`, or in a `Mutex`; or write to a variable, with a \
             `reduction`",
            write.place.root
        ),
        Op::Div => format!(
            "a reduction has no `/`: multiply up the divisors in another variable with `reduction(*: ..)`, and divide \
             `{here}` by it after the loop"
        ),
        _ if !op.reduces() => {
            let own = in_place(write, "reduction(MyOp: @)");
            format!("a reduction has no `{op}`, whose result depends on the order of the iterations; {own} with a {OWN}")
        }
        _ => in_place(write, &format!("reduction({op}: @)")),
    };
    spanned(&write.tokens, Entry::Updated, format_args!("`{here}` is updated (`{spelled}`) by every iteration; {hint}"))
}

/// `x = ..`.
pub(crate) fn assigned(write: &Use) -> Error {
    let here = show(&write.tokens);
    let place = show(&write.place);
    let hint = if is_static(write) {
        format!("take a variable in place of the static, or put it in a `Mutex`, `static {}: Mutex<..>`", write.place.root)
    } else if write.place.is_variable() && !write.deref {
        format!(
            "write `lastprivate({place})` to keep the value of the last iteration, `private({place})` for one of its own \
             in each thread, or declare it in the body with `let`"
        )
    } else {
        by_variable(write, "lastprivate(@)")
    };
    spanned(&write.tokens, Entry::Assigned, format_args!("`{here}` is assigned by every iteration; {hint}"))
}

/// `x = f(x, i)`, `if e > best.0 { best = (e, i) }`.
pub(crate) fn made_from_itself(write: &Use) -> Error {
    let here = show(&write.tokens);
    let hint = in_place(write, "reduction(MyOp: @)");
    spanned(
        &write.tokens,
        Entry::Updated,
        format_args!("`{here}` is made from its own value by every iteration; {hint} with a {OWN}"),
    )
}

/// `if v > best { best = v; at = i; }`, and the same with the members of a tuple.
pub(crate) fn kept_together(compared: &Use, order: Op, kept: &[&Use]) -> Error {
    let (best, root) = (show(&compared.tokens), &compared.place.root);
    let (extreme, sign, of_equals) = if order == Op::Max { ("largest", ">", "last") } else { ("smallest", "<", "first") };
    let names: Vec<String> = kept.iter().map(|write| format!("`{}`", show(&write.tokens))).collect();
    let names = match names.split_last() {
        Some((last, [])) => format!("{last} is set"),
        Some((last, rest)) => format!("{} and {last} are set together", rest.join(", ")),
        None => String::new(),
    };
    between(
        &compared.tokens,
        kept.last().map(|write| &write.tokens),
        Entry::KeptTogether,
        format_args!(
            "{names} by every iteration that finds the {extreme} `{best}` so far; make `{root}` one tuple that is compared whole, \
             `if (value, place) {sign} {root} {{ {root} = (value, place); }}`, and write `reduction({order}: {root})`, which of equal \
             values keeps the {of_equals}; or write `reduction(MyOp: {root})` with a {OWN}"
        ),
    )
}

/// `f(&mut x)`, `v.sort()`.
pub(crate) fn changed(write: &Use) -> Error {
    let here = show(&write.tokens);
    let place = show(&write.place);
    let (what, shared) = match &write.how {
        How::Method(method) => (format!("`.{method}(..)`"), format!(", or `shared({place})` if `{method}` takes `&self`")),
        _ => ("`&mut`".to_owned(), String::new()),
    };
    let entry = matches!(&write.how, How::Method(method) if method == "entry");
    let hint = if entry {
        format!(
            "{} with a {OWN}, or make it a `pymp::shared::dict()`, whose `update_or_insert` takes `&self`{shared}",
            in_place(write, "reduction(MyOp: @)")
        )
    } else if write.place.is_variable() {
        format!(
            "write `private({place})` or `firstprivate({place})` for one of its own in each thread, `reduction(..: {place})` \
             or `lastprivate({place})` when it is needed after the loop{shared}"
        )
    } else {
        format!("{}{shared}", in_place(write, "reduction(MyOp: @)") + " with a " + OWN)
    };
    spanned(&write.tokens, Entry::Changed, format_args!("`{here}` is changed ({what}) by every iteration; {hint}"))
}

/// `v.push(..)`.
pub(crate) fn appended(write: &Use, method: &Ident, ordered: bool) -> Error {
    let here = show(&write.tokens);
    let place = show(&write.place);
    let in_order = !matches!(method.to_string().as_str(), "insert" | "insert_str" | "push_front");
    let hint = match in_order {
        true => format!("{} to collect in iteration order", in_place(write, "reduction(append: @)")),
        false => format!("{} with a {OWN}", in_place(write, "reduction(MyOp: @)")),
    };
    let lock = match ordered {
        true => ", or a `Mutex` around it, locked inside `ordered!`",
        false if method == "write" => ", or a `Mutex` around it, which a file needs",
        false => "",
    };
    let what = match method == "write" {
        true => format!("`write!({here}, ..)`"),
        false => format!("`{here}.{method}(..)`"),
    };
    spanned(
        &write.tokens,
        Entry::Appended,
        format_args!(
            "{what} is called by every iteration; {hint}, or `shared({place})` for a collection that takes it by `&self`{lock}"
        ),
    )
}

// Reductions

pub(crate) fn reduction_read(usage: &Use, place: &Place) -> Error {
    let (here, place) = (show(&usage.place), show(place));
    let what = match place.strip_prefix(&here).is_some_and(|rest| rest.starts_with('.')) {
        true => format!("`{here}` is used in the loop, and in it reduction variable `{place}`, which there"),
        false => format!("reduction variable `{place}` is read in the loop, where it"),
    };
    spanned(&usage.tokens, Entry::ReductionUse, format_args!("{what} holds only this thread's part; read it after the loop"))
}

pub(crate) fn reduction_misfit(usage: &Use, what: impl Display, clause: &str, allowed: &str) -> Error {
    spanned(&usage.tokens, Entry::ReductionUse, format_args!("{what} does not fit `{clause}`; write {allowed}"))
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

pub(crate) fn lastprivate_read(name: &Ident, tokens: &TokenStream) -> Error {
    spanned(
        tokens,
        Entry::LastprivateRead,
        format_args!(
            "`{name}` is read before this iteration has surely assigned it, so its value would come from another \
             iteration; assign `{name}` first, or declare another variable with `let`"
        ),
    )
}

pub(crate) fn unlisted(usage: &Use, what: &str) -> Error {
    let name = &usage.place.root;
    spanned(
        name,
        Entry::DefaultNone,
        format_args!("`{name}` is in no clause of this `default(none)` {what}; write `shared({name})` if all threads may see it"),
    )
}
