//! What is wrong with a loop body: one constructor per message.

use std::fmt::Display;

use proc_macro2::{Ident, Span, TokenStream};
use syn::Error;

use super::{Entry, between, error, spanned};
use crate::access::{How, Index, Op, Use};
use crate::directive::Place;
use crate::text::show;

/// What stands behind `MyOp` in a message.
const OWN: &str = "`Reduction` of your own";

fn verb(usage: &Use) -> &'static str {
    if usage.writes() { "written" } else { "read" }
}

// What the iterations own

/// `y[i] = y[i - 1]`.
pub(crate) fn carried(write: &Use, other: &Use) -> Error {
    let (place, here, there) = (show(&write.place), show(&write.tokens), show(&other.tokens));
    let verb = if other.writes() { "writes" } else { "reads" };
    let reason = match (write.index.shift(), other.index.shift()) {
        (Some(own), Some(shift)) => {
            let (this, that) = (&shift.counter, shift.plus(-own.by));
            match other.writes() {
                true => format!("iteration {this} writes `{there}`, which iteration {that} writes too, as `{here}`"),
                false if own.by != 0 => format!("iteration {this} reads `{there}`, which iteration {that} writes as `{here}`"),
                false => format!("iteration {this} reads `{there}`, which iteration {that} writes"),
            }
        }
        _ if other.index == Index::Fixed => format!("every iteration {verb} `{there}`, which may be the `{here}` of another one"),
        _ if other.writes() => format!("an iteration writes `{here}` and `{there}`, and another one may write these too"),
        _ => format!("an iteration reads `{there}`, which another one may write as `{here}`"),
    };
    let way = match other.writes() {
        true => "let each iteration write one element only".to_owned(),
        false if other.index == Index::Fixed => format!(
            "if the value from before the loop is meant, write `let value = {there};` before the loop and `value` here; if not, \
             the iterations must run one after another"
        ),
        false => copied(&place, &there),
    };
    between(
        &write.tokens,
        &other.tokens,
        Entry::Carried,
        format_args!("the loop carries a dependence on `{place}`: {reason}; {way}"),
    )
}

/// The way out for whom the old values are good enough.
fn copied(place: &str, there: &str) -> String {
    let read = there.strip_prefix(place).map_or_else(|| "`old`".to_owned(), |index| format!("`old{index}`"));
    format!(
        "if the value from before the loop is meant, write `let old = {place}.to_vec();` before the loop and {read} here; if \
         not, the iterations must run one after another"
    )
}

/// `y[i] = f(&y)`.
pub(crate) fn whole(write: &Use, other: &Use) -> Error {
    let (place, used, here) = (show(&write.place), show(&other.place), show(&write.tokens));
    let message = if !write.place.same(&other.place) {
        format!(
            "`{used}` is used whole while the iterations write `{here}`; read what is needed into a variable before the loop, with \
             `let`"
        )
    } else if other.writes() {
        format!(
            "the loop carries a dependence on `{place}`: every iteration changes all of `{place}`, of which the others write \
             `{here}`; use `{here}` alone, or do this before or after the loop"
        )
    } else {
        format!(
            "the loop carries a dependence on `{place}`: every iteration reads all of `{place}`, of which the others write \
             `{here}`; use `{here}` alone, or write `let old = {place}.to_vec();` before the loop and `old` here"
        )
    };
    between(&other.tokens, &write.tokens, Entry::Carried, message)
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
    spanned(
        &write.tokens,
        Entry::UpdatedElement,
        format_args!("`{here}` may be updated by several iterations at once; write {hint}"),
    )
}

/// `y[i] = ..` under `collapse = 2`.
pub(crate) fn shared_by_collapsed(write: &Use) -> Error {
    let (place, here) = (show(&write.place), show(&write.tokens));
    spanned(
        &write.tokens,
        Entry::OtherElement,
        format_args!(
            "`{here}` may be the element of several iterations of the collapsed loops; write `{place}[i*m + j]` or \
             `{place}[[i, j]]` with the variables of all loops in their order (j from `0..m`), `scatter({place})` when each \
             element is written once, or leave out `collapse`"
        ),
    )
}

pub(crate) fn whole_under_clause(usage: &Use, clause: &str) -> Error {
    let place = show(&usage.place);
    spanned(
        &usage.tokens,
        Entry::UnderClause,
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
    spanned(
        &usage.tokens,
        Entry::UnderClause,
        format_args!(
            "`{}` is {} here; under `atomic({place})` the loop can only update elements: `{place}[e] += v` (or -=, *=, /=, \
             &=, |=, ^=){way}",
            show(&usage.tokens),
            verb(usage)
        ),
    )
}

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

/// For clauses that take fields too, but no `*x`.
fn in_place(write: &Use, clause: &str) -> String {
    match write.deref {
        true if write.place.is_variable() => format!("write `{}`", clause.replace('@', &show(&Place::behind(&write.place.root)))),
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
    spanned(&write.tokens, Entry::Updated, format_args!("`{here}` is updated (`{spelled}`) by every iteration; {hint}"))
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
    let hint = if write.place.is_variable() {
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
    spanned(
        &write.tokens,
        Entry::Appended,
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
    spanned(&usage.tokens, Entry::ReductionUse, format_args!("{what} holds only this thread's part; read it after the loop"))
}

pub(crate) fn reduction_misfit(usage: &Use, what: impl Display, clause: &str, allowed: &str) -> Error {
    spanned(&usage.tokens, Entry::ReductionUse, format_args!("{what} does not fit `{clause}`; write {allowed}"))
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

/// `h[e] op= v` with something after the index.
pub(crate) fn atomic_inside(usage: &Use) -> Error {
    let here = show(&usage.tokens);
    spanned(
        &usage.tokens,
        Entry::UnderClause,
        format_args!("`{here}` is a part of an element; `atomic` updates whole elements: `h[e] += v`"),
    )
}

pub(crate) fn scatter_elsewhere(write: &Use, other: &Use) -> Error {
    let (place, here, there) = (show(&write.place), show(&write.tokens), show(&other.tokens));
    between(
        &other.tokens,
        &write.tokens,
        Entry::UnderClause,
        format_args!(
            "an iteration writes `{here}` and reads `{there}`, which may be the element of another one, written before or after; \
             under `scatter({place})` an iteration reads only what it writes"
        ),
    )
}
