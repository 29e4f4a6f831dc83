//! A write to an element that is not the iteration's own: what the loops' heads and the index say about the way out.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::{Error, Expr, ExprRange, Pat, RangeLimits};

use super::columns::to_all_rows;
use crate::access::{How, Index, Row, Use, is_wide};
use crate::diag::{Entry, between, spanned};
use crate::nest::Level;
use crate::place::bare;
use crate::text::show;

/// `y[k(i)] = ..`, `y[i + 1] = ..`.
pub(crate) fn not_own(write: &Use, levels: &[Level<'_>]) -> Error {
    let (place, here) = (show(&write.place), show(&write.tokens));
    if let (Index::Across, Some(first)) = (&write.index, index_of(write)) {
        return to_all_rows(write, &place, &show(&first.stream()));
    }
    let message = if write.index == Index::Fixed {
        format!(
            "`{here}` is written by every iteration; write to a variable with `lastprivate` instead, and `{here}` after the loop, or \
             reduce into a variable"
        )
    } else if let Some(shift) = write.index.shift() {
        let (this, that) = (&shift.counter, shift.plus(0));
        format!(
            "iteration {this} writes `{here}`, the element of iteration {that}; move the loop's range so that this is \
             `{place}[{this}]`, or write `scatter({place})` when each element is written once"
        )
    } else if let Some(counter) = converted(write, levels) {
        format!(
            "`{here}` may be the element of another iteration; write `{place}[{counter} as usize]`, the element of iteration {counter}"
        )
    } else if let Some((op, flag)) = flag(write) {
        format!(
            "`{here}` may be the element of another iteration; write `{here} {op}= {flag}` with `atomic({place})`, which comes to the \
             same and which several may do at once"
        )
    } else if matches!(write.index, Index::Shifted { column: true, .. }) {
        format!("`{here}` may be the element of another iteration; write `scatter({place})` when each element is written once")
    } else {
        format!(
            "`{here}` may be the element of another iteration; write `scatter({place})` when each element is written \
             once, or `chunks({place}, n)` when iteration k owns `{place}[k*n .. (k + 1)*n]`"
        )
    };
    spanned(&write.tokens, Entry::OtherElement, message)
}

/// `let i = i - 1; y[i] = ..`, `for mut i in 0..n { i += 1; y[i] = ..; }`
pub(crate) fn namesake(usage: &Use, levels: &[Level<'_>]) -> Error {
    let (here, name) = (show(&usage.tokens), usage.namesake.as_ref().map(ToString::to_string).unwrap_or_default());
    let is_changed =
        levels.iter().any(|level| matches!(level.pat, Pat::Ident(pat) if pat.mutability.is_some() && pat.ident == name));
    let message = match is_changed {
        true => format!(
            "the loop variable `{name}` is changed in the body, so that `{here}` may be the element of another iteration; leave `{name}` as it \
             is, and make a variable of it, `let k = ..;`, that shows whose element this is"
        ),
        false => format!(
            "the `{name}` of `{here}` is not the loop's, but one that the body has made; give that a name of its own, as in `let k = ..;`, so \
             that it shows whose element this is"
        ),
    };
    spanned(&usage.tokens, Entry::OtherElement, message)
}

/// `sieve[j] = false`, which is `sieve[j] &= false`.
fn flag(write: &Use) -> Option<(&'static str, &'static str)> {
    match &write.how {
        How::Assign { value, .. } if !write.deeper => match value.as_str() {
            "false" => Some(("&", "false")),
            "true" => Some(("|", "true")),
            _ => None,
        },
        _ => None,
    }
}

/// `out[count] = ..; count += 1;`
pub(crate) fn counted(write: &Use, count: &Use) -> Error {
    let (place, here, count) = (show(&write.place), show(&write.tokens), show(&count.tokens));
    spanned(
        &write.tokens,
        Entry::OtherElement,
        format_args!(
            "where `{here}` is depends on how often the iterations before have counted `{count}` up; write `kept.push(..)` in its place, with \
             `let mut kept = Vec::new();` before the loop and `reduction(append: kept)`, to collect in iteration order, and copy it to `{place}` \
             if need be"
        ),
    )
}

/// `j = i; a[j] = ..`.
pub(crate) fn by_another(write: &Use, set: &Use, value: &str, key: Option<&Ident>) -> Error {
    let (here, name) = (show(&write.tokens), show(&set.tokens));
    let clause = key.map_or_else(String::new, |key| format!(" and take `{name}` out of `{key}`,"));
    between(
        &write.tokens,
        &set.tokens,
        Entry::OtherElement,
        format_args!(
            "which element `{here}` is depends on `{name}`, which the body assigns; write `let {name} = {value};` there,{clause} to show whose \
             element it is"
        ),
    )
}

/// `c[i*m + j] = ..`.
pub(crate) fn rows(write: &Use, row: &Row, levels: &[Level<'_>]) -> Error {
    let (place, here, size) = (show(&write.place), show(&write.tokens), &row.size);
    let collapse = if row.collapsible { ", or `collapse = 2` when the loops are perfectly nested" } else { "" };
    let start = levels.first().map(from_zero).unwrap_or_default();
    spanned(
        &write.tokens,
        Entry::OtherElement,
        format_args!(
            "`{here}` is not the iteration's own element; write `chunks({place}, {size})` so that each iteration owns \
             {size} elements{start}{collapse}"
        ),
    )
}

/// Chunk 0 belongs to the loop's first iteration, so a range that starts elsewhere is not what `chunks` takes.
pub(super) fn from_zero(level: &Level<'_>) -> String {
    match (bare(level.head), level.counter()) {
        (Expr::Range(range), Some(counter)) if level.extent().is_none() && range.start.is_some() => {
            format!(" (with {counter} from 0 on, and `continue` at the edges)")
        }
        _ => String::new(),
    }
}

/// What the heads of the loops, and an index behind the first, tell of the way out.
pub(crate) fn of_the_loops(write: &Use, levels: &[Level<'_>], inside: bool) -> Option<Error> {
    let message = match (levels, &write.index) {
        ([outer, inner], Index::Shifted { row: Some(row), .. }) if row.collapsed => inner_range(write, row, outer, inner)?,
        ([outer, _], Index::Shifted { .. }) => row_of_outer(write, outer)?,
        ([only], Index::Shifted { base: Some(base), .. }) => part_of_all(write, base, only, inside)?,
        _ => return None,
    };
    Some(spanned(&write.tokens, Entry::OtherElement, message))
}

/// `v[i*m + j] = ..` under `collapse = 2` with j in `1..m - 1`.
fn inner_range(write: &Use, row: &Row, outer: &Level<'_>, inner: &Level<'_>) -> Option<String> {
    let (place, here, size) = (show(&write.place), show(&write.tokens), &row.size);
    let (counter, head, start) = (inner.counter()?, show(inner.head), from_zero(outer));
    let end = if size.contains(' ') { format!("({size})") } else { size.clone() };
    Some(format!(
        "under `collapse` `{here}` is the iteration's own element only when {counter} runs over `0..{end}`, and here it runs over \
         `{head}`; let it run over `0..{end}` and put an `if` in the body, or leave out `collapse` and write `chunks({place}, {size})`\
         {start}"
    ))
}

/// `g[i][j] = ..` under `collapse = 2`.
fn row_of_outer(write: &Use, outer: &Level<'_>) -> Option<String> {
    let (place, here, counter) = (show(&write.place), show(&write.tokens), outer.counter()?);
    let (first, _) = two_indices(write)?;
    let is_row = *counter == show(&first.stream());
    is_row.then(|| {
        format!(
            "`{here}` is in `{place}[{counter}]`, which several iterations of the collapsed loops share; leave out `collapse`: then \
             iteration {counter} owns all of `{place}[{counter}]`"
        )
    })
}

/// `c[i*n + j] = ..` in a loop over j, in a plain loop over i.
fn part_of_all(write: &Use, base: &str, only: &Level<'_>, inside: bool) -> Option<String> {
    let (place, here, counter) = (show(&write.place), show(&write.tokens), only.counter()?);
    let end = match bare(only.head) {
        Expr::Range(ExprRange { end: Some(end), limits: RangeLimits::HalfOpen(_), .. }) => format!("{base} + {}", show(end)),
        _ => String::new(),
    };
    Some(format!(
        "all iterations write to one part of `{place}`, as `{here}`; write `let row = &mut {place}[{base}..{end}];` before the loop, and \
         `row[{counter}]` in it{}",
        serially(inside)
    ))
}

/// A way out for a loop in a parallel one.
pub(super) fn serially(inside: bool) -> &'static str {
    match inside {
        true => "; or take `#[parallel]` away from this loop, which stands in a parallel one, where it runs on one thread",
        false => "",
    }
}

/// The index of `y[i].x`, in its brackets.
pub(crate) fn index_of(usage: &Use) -> Option<Group> {
    usage.tokens.clone().into_iter().find_map(brackets)
}

/// The first index of `g[i][j].x`, in its brackets, and what follows, when that is an index too.
pub(super) fn two_indices(write: &Use) -> Option<(Group, TokenStream)> {
    let mut tokens = write.tokens.clone().into_iter();
    let first = tokens.find_map(brackets)?;
    let rest: TokenStream = tokens.collect();
    rest.clone().into_iter().next().and_then(brackets)?;
    Some((first, rest))
}

pub(super) fn brackets(token: TokenTree) -> Option<Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => Some(group),
        _ => None,
    }
}

/// The loop variable that the index `usize::try_from(i).unwrap()` converts.
fn converted(write: &Use, levels: &[Level<'_>]) -> Option<String> {
    let [only] = levels else { return None };
    let counter = only.counter()?.to_string();
    let index = index_of(write)?;
    let index: Expr = syn::parse2(index.stream()).ok()?;
    let what = conversion(&index, false)?;
    (show(what) == counter).then_some(counter)
}

/// What is converted, by calls of which the innermost is a conversion.
fn conversion(expr: &Expr, inside: bool) -> Option<&Expr> {
    match bare(expr) {
        Expr::Try(question) => conversion(&question.expr, inside),
        Expr::Cast(cast) if is_wide(&cast.ty) => conversion(&cast.expr, true),
        Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "unwrap" | "expect" => conversion(&call.receiver, inside),
            "into" | "try_into" | "unsigned_abs" => conversion(&call.receiver, true),
            _ => None,
        },
        Expr::Call(call) => match bare(&call.func) {
            Expr::Path(path)
                if path.path.segments.last().is_some_and(|last| last.ident == "from" || last.ident == "try_from") =>
            {
                conversion(call.args.first()?, true)
            }
            _ => None,
        },
        other @ Expr::Path(_) => inside.then_some(other),
        _ => None,
    }
}
