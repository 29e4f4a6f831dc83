//! What is wrong with a loop body: one constructor per message.

use std::fmt::Display;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Error;

use crate::access::{Op, Row, Use};
use crate::directive::Place;
use crate::text::show;

fn at(tokens: impl ToTokens, message: impl Display) -> Error {
    Error::new_spanned(tokens, message)
}

/// The second place, read after the first.
fn and(mut first: Error, tokens: &TokenStream, message: impl Display) -> Error {
    first.combine(at(tokens, message));
    first
}

fn verb(usage: &Use) -> &'static str {
    if usage.writes() { "written" } else { "read" }
}

// What the iterations own

/// `y[i] = y[i - 1]`.
pub(crate) fn carried(write: &Use, other: &Use) -> Error {
    let (place, here, there) = (show(&write.place), show(&write.tokens), show(&other.tokens));
    let first = at(
        &write.tokens,
        format_args!(
            "the loop carries a dependence on `{place}`: an iteration writes `{here}` and another one may use it; \
             write to a second array"
        ),
    );
    and(first, &other.tokens, format_args!("and `{there}` is {} here", verb(other)))
}

/// `y[i] = f(&y)`.
pub(crate) fn whole(write: &Use, other: &Use) -> Error {
    let (place, used, here) = (show(&write.place), show(&other.place), show(&write.tokens));
    let first = if write.place.same(&other.place) {
        format!(
            "the loop carries a dependence on `{place}`: all of `{place}` is used here while the iterations write its \
             elements; use `{here}` alone, or read from a copy"
        )
    } else {
        format!(
            "`{used}` is used whole here while the iterations write the elements of `{place}`; read what is needed \
             into a variable before the loop"
        )
    };
    and(at(&other.tokens, first), &write.tokens, format_args!("and `{here}` is written here"))
}

/// `y[k(i)] = ..`, `y[i + 1] = ..`.
pub(crate) fn not_own_element(write: &Use) -> Error {
    let (place, here) = (show(&write.place), show(&write.tokens));
    at(
        &write.tokens,
        format_args!(
            "`{here}` may be the element of another iteration; write `scatter({place})` when each element is written \
             once, or `chunks({place}, n)` when iteration k owns `{place}[k*n .. (k + 1)*n]`"
        ),
    )
}

/// `h[k(i)] += ..`.
pub(crate) fn scattered_update(write: &Use, op: Op) -> Error {
    let (place, here) = (show(&write.place), show(&write.tokens));
    let atomic = format!("`atomic({place})` for an update in place");
    let reduction = format!("`reduction({op}: {place})` for a copy per thread that is combined after the loop");
    let hint = match op {
        Op::Min | Op::Max | Op::And | Op::Or => reduction,
        _ if op.reduces() => format!("{atomic}, or {reduction}"),
        _ => atomic,
    };
    at(&write.tokens, format_args!("`{here}` may be updated by several iterations at once; write {hint}"))
}

/// `c[i*m + j] = ..`.
pub(crate) fn rows(write: &Use, row: &Row) -> Error {
    let (place, here, size) = (show(&write.place), show(&write.tokens), &row.size);
    let collapse = if row.collapsible { ", or `collapse = 2` when the loops are perfectly nested" } else { "" };
    at(
        &write.tokens,
        format_args!(
            "`{here}` is not the iteration's own element; write `chunks({place}, {size})` so that each iteration owns \
             {size} elements{collapse}"
        ),
    )
}

/// `y[i] = ..` under `collapse = 2`.
pub(crate) fn shared_by_collapsed(write: &Use) -> Error {
    let (place, here) = (show(&write.place), show(&write.tokens));
    at(
        &write.tokens,
        format_args!(
            "several iterations of the collapsed loops share `{here}`; write `{place}[i*m + j]` or `{place}[[i, j]]` \
             with the variables of all loops (j from `0..m`), or leave out `collapse`"
        ),
    )
}

pub(crate) fn whole_under_clause(usage: &Use, clause: &str) -> Error {
    let place = show(&usage.place);
    at(
        &usage.tokens,
        format_args!("all of `{place}` is used here; under `{clause}` an iteration sees only its elements `{place}[..]`"),
    )
}

pub(crate) fn not_atomic(usage: &Use, place: &Place) -> Error {
    let place = show(place);
    at(
        &usage.tokens,
        format_args!(
            "`{place}` is {} here; under `atomic({place})` a loop can only update elements: `{place}[e] += v` (also \
             -=, *=, /=, &=, |=, ^=)",
            verb(usage)
        ),
    )
}

// Captured variables

fn field_hint(place: &Place, clause: &str) -> String {
    let local = place.fields.iter().rev().find_map(|member| match member {
        syn::Member::Named(name) => Some(name.to_string()),
        syn::Member::Unnamed(_) => None,
    });
    let local = local.unwrap_or_else(|| "value".to_owned());
    let place = show(place);
    format!("take it into a variable, `let mut {local} = {place};`, and write `{}`", clause.replace('@', &local))
}

/// `sum += ..`, `x = x.max(e)`.
pub(crate) fn update(write: &Use, op: Op, spelled: &str) -> Error {
    let here = show(&write.tokens);
    let place = show(&write.place);
    let hint = if !op.reduces() {
        let why = format!("`{op}` has no reduction, since the order of the iterations would matter");
        format!("{why}; write `reduction(MyOp: {place})` with an own `Reduction`")
    } else if write.deref {
        format!("take it into a variable, `let mut value = {here};`, and write `reduction({op}: value)`")
    } else if write.place.is_variable() {
        format!("write `reduction({op}: {place})`")
    } else {
        field_hint(&write.place, &format!("reduction({op}: @)"))
    };
    at(&write.tokens, format_args!("`{here}` is updated (`{spelled}`) by every iteration; {hint}"))
}

/// `x = ..`.
pub(crate) fn assigned(write: &Use) -> Error {
    let here = show(&write.tokens);
    let place = show(&write.place);
    let hint = if write.deref {
        format!("take it into a variable, `let mut value = {here};`, and write `lastprivate(value)`")
    } else if write.place.is_variable() {
        format!(
            "write `lastprivate({place})` to keep the value of the last iteration, `private({place})` for an own one \
             per thread, or declare it in the body with `let`"
        )
    } else {
        field_hint(&write.place, "lastprivate(@)")
    };
    at(&write.tokens, format_args!("`{here}` is assigned by every iteration; {hint}"))
}

/// `x = f(x, i)`, `if e > best.0 { best = (e, i) }`.
pub(crate) fn made_from_itself(write: &Use) -> Error {
    let here = show(&write.tokens);
    let hint = if write.place.is_variable() && !write.deref {
        format!("write `reduction(MyOp: {here})` with an own `Reduction`")
    } else {
        field_hint(&write.place, "reduction(MyOp: @)")
    };
    at(&write.tokens, format_args!("`{here}` is made from its own value by every iteration; {hint}"))
}

/// `f(&mut x)`, `v.sort()`.
pub(crate) fn changed(write: &Use) -> Error {
    let here = show(&write.tokens);
    let place = show(&write.place);
    let hint = if write.place.is_variable() {
        format!(
            "write `private({place})` or `firstprivate({place})` for an own one per thread, `reduction(..: {place})` or \
             `lastprivate({place})` when it is needed after the loop, or `shared({place})` if it may be shared"
        )
    } else {
        field_hint(&write.place, "firstprivate(@)")
    };
    at(&write.tokens, format_args!("`{here}` is changed (`&mut`) by every iteration; {hint}"))
}

/// `v.push(..)`.
pub(crate) fn appended(write: &Use, method: &Ident) -> Error {
    let here = show(&write.tokens);
    let place = show(&write.place);
    let in_order = !matches!(method.to_string().as_str(), "insert" | "insert_str" | "push_front");
    let hint = match (in_order, write.place.is_variable()) {
        (true, true) => format!("write `reduction(append: {place})` to collect in iteration order"),
        (true, false) => field_hint(&write.place, "reduction(append: @)"),
        (false, _) => format!("write `reduction(MyOp: {place})` with an own `Reduction`"),
    };
    at(
        &write.tokens,
        format_args!(
            "`{here}.{method}(..)` is called by every iteration; {hint}, or `shared({place})` for a concurrent \
             collection"
        ),
    )
}

// Reductions

pub(crate) fn reduction_read(usage: &Use, place: &Place) -> Error {
    let place = show(place);
    at(&usage.tokens, format_args!("reduction variable `{place}` is read in the loop: inside it holds only this thread's part"))
}

pub(crate) fn reduction_misfit(usage: &Use, what: impl Display, clause: &str, allowed: &str) -> Error {
    at(&usage.tokens, format_args!("{what} does not fit `{clause}`; write {allowed}"))
}

/// `if v > best { best = v; at = i; }`.
pub(crate) fn under_partial(write: &Use, comparison: &Use) -> Error {
    let (here, best) = (show(&write.tokens), show(&comparison.tokens));
    let first = at(
        &write.tokens,
        format_args!(
            "`{here}` is written under a comparison with reduction variable `{best}`, which holds only this thread's \
             part; give it an `if` of its own, or keep both in one variable with an own `Reduction`"
        ),
    );
    and(first, &comparison.tokens, format_args!("and `{best}` is compared here"))
}

pub(crate) fn lastprivate_read(name: &Ident, tokens: &TokenStream) -> Error {
    at(
        tokens,
        format_args!(
            "`{name}` is read before this iteration has surely assigned it, so its value would come from another \
             iteration; assign `{name}` first, or declare another variable with `let`"
        ),
    )
}

pub(crate) fn unlisted(usage: &Use) -> Error {
    let name = &usage.place.root;
    at(
        name,
        format_args!("`{name}` is in no clause of this `default(none)` loop; write `shared({name})` if all threads may see it"),
    )
}

/// `h[e] op= v` with something after the index.
pub(crate) fn atomic_inside(usage: &Use) -> Error {
    let here = show(&usage.tokens);
    at(&usage.tokens, format_args!("`{here}` is a part of an element; `atomic` updates whole elements: `h[e] += v`"))
}

pub(crate) fn scatter_elsewhere(write: &Use, other: &Use) -> Error {
    let (place, there) = (show(&write.place), show(&other.tokens));
    let first = at(
        &other.tokens,
        format_args!(
            "`{there}` may be the element of another iteration, written before or after; under `scatter({place})` an iteration may read only what it writes"
        ),
    );
    and(first, &write.tokens, format_args!("and `{}` is written here", show(&write.tokens)))
}
