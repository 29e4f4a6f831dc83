//! What is wrong with the elements that a body uses: one constructor per message.

use proc_macro2::{Ident, TokenTree};
use syn::{Error, Member};

use super::OWN;
use crate::access::{How, Index, Op, Use};
use crate::diag::{Entry, between, spanned};
use crate::directive::Place;
use crate::text::show;

fn verb(usage: &Use) -> &'static str {
    if usage.writes() { "written" } else { "read" }
}

/// For `self.y[i] = self.f(i)`, where nothing can be read before.
fn taken_out(write: &Use, other: &Use) -> String {
    match write.place.fields.last() {
        Some(Member::Named(local)) if other.place.leads_to(&write.place) => {
            let place = show(&write.place);
            format!(
                ", or take the array out, `let mut {local} = std::mem::take(&mut {place});`, write `{local}` for `{place}` in all of the \
                 loop, its head too, where `{place}` and what reads it find nothing, and put it back after the loop, `{place} = {local};`"
            )
        }
        _ => String::new(),
    }
}

/// `y[i] = f(&y)`.
pub(crate) fn whole(write: &Use, other: &Use) -> Error {
    let (place, used, here) = (show(&write.place), show(&other.place), show(&write.tokens));
    let message = if !write.place.same(&other.place) {
        format!(
            "`{used}` is used whole while the iterations write `{here}`; read what is needed into a variable before the loop, with \
             `let`{}",
            taken_out(write, other)
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

/// How iterations may update the elements of an array together: each thread a copy of it, or all of them in place.
pub(super) fn together(write: &Use, op: Op) -> String {
    let place = show(&write.place);
    let reduction = match op.reduces() && !is_of_a_field(write) {
        true => format!("`reduction({op}: {place})` for a copy per thread that is combined after the loop"),
        false => format!("`reduction(MyOp: {place})` with a {OWN}, for a copy per thread that is combined after the loop"),
    };
    let atomic = format!("`atomic({place})` for an update in place");
    match op {
        Op::Min | Op::Max | Op::And | Op::Or | Op::Rem | Op::Shl | Op::Shr => reduction,
        _ if write.deeper => reduction,
        Op::Div => atomic,
        _ => format!("{reduction}, or {atomic}, where `{place}` is too large for that"),
    }
}

/// `h[k].count += 1`.
fn is_of_a_field(write: &Use) -> bool {
    let mut behind = write.tokens.clone().into_iter().skip_while(|tree| !matches!(tree, TokenTree::Group(_)));
    behind.any(|tree| matches!(tree, TokenTree::Punct(dot) if dot.as_char() == '.'))
}

/// `h[k(i)] += ..`.
pub(crate) fn scattered_update(write: &Use, op: Op) -> Error {
    let (hint, here) = (together(write, op), show(&write.tokens));
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

/// `firstprivate(y)` over `y[i] = ..`, `private(s)` over `s += ..`.
pub(crate) fn lost(write: &Use, key: &Ident) -> Error {
    let (place, here) = (show(&write.place), show(&write.tokens));
    let way = match write.how {
        How::Update { op, .. } if write.index == Index::None && op.reduces() => {
            format!("write `reduction({op}: {place})` in place of `{key}({place})`")
        }
        _ if write.index == Index::None => format!("write `reduction(MyOp: {place})` with a {OWN} in place of `{key}({place})`"),
        _ => format!("take `{place}` out of `{key}`: each iteration owns its element of `{place}` without a clause"),
    };
    spanned(
        &write.tokens,
        Entry::UnderClause,
        format_args!("`{here}` is written in this thread's own copy of `{place}`, which is gone after the loop; {way}"),
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
        How::Update { op, .. } if usage.index == Index::None && op.reduces() => {
            return spanned(
                &usage.tokens,
                Entry::UnderClause,
                format_args!(
                    "`{place}` is one variable, and `atomic({place})` is for elements, `{place}[e] += v`; write `reduction({op}: {place})`"
                ),
            );
        }
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
