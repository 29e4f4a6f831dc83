//! What is wrong with a loop body: one constructor per message.

use std::fmt::Display;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Error;

use crate::access::{How, Op, Row, Use};
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

/// What stands behind `MyOp` in a message.
const OWN: &str = "`Reduction` of your own";

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
            "`{here}` may be the element of several iterations of the collapsed loops; write `{place}[i*m + j]` or \
             `{place}[[i, j]]` with the variables of all loops in their order (j from `0..m`), `scatter({place})` when each \
             element is written once, or leave out `collapse`"
        ),
    )
}

pub(crate) fn whole_under_clause(usage: &Use, clause: &str) -> Error {
    let place = show(&usage.place);
    at(
        &usage.tokens,
        format_args!(
            "all of `{place}` is used here; under `{clause}` an iteration sees only its own elements: write `{place}[..]` \
             with an index, or use `{place}` after the loop"
        ),
    )
}

pub(crate) fn not_atomic(usage: &Use, place: &Place) -> Error {
    let place = show(place);
    let way = match usage.how {
        How::Assign { .. } => format!(", or `scatter({place})` instead when each element is set once"),
        How::Update { .. } => String::new(),
        _ => format!("; read `{place}` after it"),
    };
    at(
        &usage.tokens,
        format_args!(
            "`{}` is {} here; under `atomic({place})` the loop can only update elements: `{place}[e] += v` (or -=, *=, /=, \
             &=, |=, ^=){way}",
            show(&usage.tokens),
            verb(usage)
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

/// For clauses that take fields too, but no `*x`.
fn in_place(write: &Use, clause: &str) -> String {
    match write.deref {
        true => by_variable(write, clause),
        false => format!("write `{}`", clause.replace('@', &show(&write.place))),
    }
}

/// `sum += ..`, `x = x.max(e)`.
pub(crate) fn update(write: &Use, op: Op, spelled: &str) -> Error {
    let here = show(&write.tokens);
    let hint = match op {
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
    at(&write.tokens, format_args!("`{here}` is updated (`{spelled}`) by every iteration; {hint}"))
}

/// `x = ..`.
pub(crate) fn assigned(write: &Use) -> Error {
    let here = show(&write.tokens);
    let place = show(&write.place);
    let hint = if write.place.is_variable() && !write.deref {
        format!(
            "write `lastprivate({place})` to keep the value of the last iteration, `private({place})` for one of its own \
             in each thread, or declare it in the body with `let`"
        )
    } else {
        by_variable(write, "lastprivate(@)")
    };
    at(&write.tokens, format_args!("`{here}` is assigned by every iteration; {hint}"))
}

/// `x = f(x, i)`, `if e > best.0 { best = (e, i) }`.
pub(crate) fn made_from_itself(write: &Use) -> Error {
    let here = show(&write.tokens);
    let hint = in_place(write, "reduction(MyOp: @)");
    at(&write.tokens, format_args!("`{here}` is made from its own value by every iteration; {hint} with a {OWN}"))
}

/// `f(&mut x)`, `v.sort()`.
pub(crate) fn changed(write: &Use) -> Error {
    let here = show(&write.tokens);
    let place = show(&write.place);
    let (what, shared) = match &write.how {
        How::Method(method) => (format!("`.{method}(..)`"), format!(", or `shared({place})` if `{method}` takes `&self`")),
        _ => ("`&mut`".to_owned(), String::new()),
    };
    let hint = if write.place.is_variable() {
        format!(
            "write `private({place})` or `firstprivate({place})` for one of its own in each thread, `reduction(..: {place})` \
             or `lastprivate({place})` when it is needed after the loop{shared}"
        )
    } else {
        format!("{}{shared}", in_place(write, "reduction(MyOp: @)") + " with a " + OWN)
    };
    at(&write.tokens, format_args!("`{here}` is changed ({what}) by every iteration; {hint}"))
}

/// `v.push(..)`.
pub(crate) fn appended(write: &Use, method: &Ident) -> Error {
    let here = show(&write.tokens);
    let place = show(&write.place);
    let in_order = !matches!(method.to_string().as_str(), "insert" | "insert_str" | "push_front");
    let hint = match in_order {
        true => format!("{} to collect in iteration order", in_place(write, "reduction(append: @)")),
        false => format!("{} with a {OWN}", in_place(write, "reduction(MyOp: @)")),
    };
    let what = match method == "write" {
        true => format!("`write!({here}, ..)`"),
        false => format!("`{here}.{method}(..)`"),
    };
    at(
        &write.tokens,
        format_args!(
            "{what} is called by every iteration; {hint}, or `shared({place})` for a collection that takes it by `&self`"
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
    at(&usage.tokens, format_args!("{what} holds only this thread's part; read it after the loop"))
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
             part; give it an `if` of its own, or keep both in one variable with a {OWN}"
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

pub(crate) fn unlisted(usage: &Use, what: &str) -> Error {
    let name = &usage.place.root;
    at(
        name,
        format_args!("`{name}` is in no clause of this `default(none)` {what}; write `shared({name})` if all threads may see it"),
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
