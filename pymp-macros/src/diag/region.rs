//! What is wrong with a region: one constructor per message.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Error, ExprForLoop, Pat};

use super::{Entry, error, one_of, spanned};
use crate::access::{How, Once, Op, Use, in_order};
use crate::directive::Place;
use crate::parse::Of;
use crate::text::show;

// How it is written

pub(crate) fn expected_region(span: Span) -> Error {
    error(
        span,
        Entry::RegionShape,
        "`region!` takes clauses and then a block with its handle: `region!(num_threads = 4, |p| { .. })`",
    )
}

pub(crate) fn after_region(span: Span) -> Error {
    error(
        span,
        Entry::RegionShape,
        "`region!` ends with its block; move this behind the macro, or before the block when it is a clause",
    )
}

pub(crate) fn not_a_handle(span: Span) -> Error {
    error(
        span,
        Entry::RegionShape,
        "the block of a region has one handle and nothing else before it: `|p| { .. }`; what it uses of the variables around it is shared",
    )
}

pub(crate) fn block_alone_on_stable(attribute: Span) -> Error {
    error(
        attribute,
        Entry::Alone,
        "on a stable compiler `#[parallel]` on a block needs `#[parallel]` on the fn around it too; or write `region!(|p| { .. })`",
    )
}

// Its clauses

pub(crate) fn clause_of_a_loop(key: &Ident) -> Error {
    let way = match key.to_string().as_str() {
        "chunk" => "write it in the schedule: `schedule = \"dynamic,64\"`",
        "lastprivate" => "write `reduction(..)` to bring values out of the region",
        _ => "write it on a `#[parallel]` loop",
    };
    error(
        key.span(),
        Entry::RegionClause,
        format!(
            "the clause `{key}` is about the iterations of a loop, and a region has none; {way} (the clauses of a region are {})",
            one_of(Of::Region.clauses())
        ),
    )
}

pub(crate) fn own_handle(name: &Ident, key: &Ident) -> Error {
    error(
        name.span(),
        Entry::ClauseVariable,
        format!("`{name}` is the handle of the region, each thread has its own; take it out of `{key}`"),
    )
}

/// `handle`: what the region calls it, if it does.
pub(crate) fn reduced_twice(place: &Place, each: &ExprForLoop, handle: Option<&Ident>) -> Error {
    let (here, pat, range) = (show(place), show(&each.pat), show(&each.expr));
    let region = match handle {
        Some(_) => "",
        None => "make it `region!(.., |p| { .. })` and ",
    };
    let handle = handle.map_or_else(|| "p".to_owned(), Ident::to_string);
    spanned(
        place,
        Entry::ReductionUse,
        format_args!(
            "`{here}` is a reduction of the region and of this loop, which every thread of the region runs whole: each of them would \
             count all of it; {region}write `for {pat} in {handle}.range({range}) {{ .. }}` without a directive, for each thread's part, \
             or take the region away"
        ),
    )
}

// The ways out of it

/// `words`: what is there, when the tokens do not show it.
pub(crate) fn leaves(tokens: impl ToTokens, words: &str) -> Error {
    spanned(
        tokens,
        Entry::RegionExit,
        format_args!(
            "`{words}` leaves the region, whose block every thread runs to its end; let the block have a value, or write \
             `Parallel::new(n).try_run(|p| ..)`, where a thread may end with an error"
        ),
    )
}

pub(crate) fn suspends(tokens: impl ToTokens, words: &str) -> Error {
    spanned(
        tokens,
        Entry::RegionExit,
        format_args!("`{words}` cannot stop a thread of a region; write it before the region or after it"),
    )
}

// What it writes

/// How to change one value together; `handle`: what the region calls it, if it does.
fn together(handle: Option<&Pat>) -> String {
    let critical = handle.map_or_else(String::new, |handle| {
        format!(", in `{}.critical(|| ..)` where several changes belong together", name(handle))
    });
    format!("to change one value together, take a `Mutex`, an atomic or one of `pymp::shared`{critical}")
}

fn name(handle: &Pat) -> String {
    match handle {
        Pat::Ident(handle) => handle.ident.to_string(),
        _ => "p".to_owned(),
    }
}

/// `sum += ..`.
pub(crate) fn updated(write: &Use, op: Op, spelled: &str, handle: Option<&Pat>) -> Error {
    let together = together(handle);
    let (here, place) = (show(&write.tokens), show(&write.place));
    let reduction = match op.reduces() {
        true => format!("reduction({op}: {place})"),
        false => format!("reduction(MyOp: {place})"),
    };
    spanned(
        &write.tokens,
        Entry::RegionWrite,
        format_args!(
            "`{here}` is updated (`{spelled}`) by every thread of the region; write `{reduction}` to combine the threads' parts; {together}"
        ),
    )
}

/// `x = ..`.
pub(crate) fn assigned(write: &Use, handle: Option<&Pat>) -> Error {
    let together = together(handle);
    let (here, place) = (show(&write.tokens), show(&write.place));
    let private = match write.place.is_variable() {
        true => format!("write `private({place})` for one of its own in each thread, or declare it in the block with `let`"),
        false => "declare a variable in the block with `let`".to_owned(),
    };
    spanned(
        &write.tokens,
        Entry::RegionWrite,
        format_args!(
            "`{here}` is assigned by every thread of the region; {private}; write `reduction(..: {place})` when it is needed \
             after the region; {together}"
        ),
    )
}

/// `p.single(|| x = ..)`.
pub(crate) fn assigned_once(write: &Use, once: &Once, handle: Option<&Pat>) -> Error {
    let (here, call, together) = (show(&write.tokens), &once.call, together(handle));
    let local = match write.place.is_variable() {
        true => here.clone(),
        false => "value".to_owned(),
    };
    let value = match &write.how {
        How::Assign { value, .. } if once.alone && !value.is_empty() => value,
        _ => "{ .. }",
    };
    let who = match once.for_all {
        true => "for all threads",
        false => "`Some(..)` on the thread that runs it",
    };
    spanned(
        &write.tokens,
        Entry::RegionWrite,
        format_args!(
            "`{here}` is shared by all threads, and assigned by the one in `{call}(..)`; write `let {local} = {call}(|| {value});`, \
             {who}, and end the block with `{local}` when it is needed after the region; {together}"
        ),
    )
}

/// `v.push(..)`.
pub(crate) fn appended(write: &Use, method: &Ident, handle: Option<&Pat>) -> Error {
    let together = together(handle);
    let (here, place) = (show(&write.tokens), show(&write.place));
    let what = match method == "write_str" {
        true => format!("`write!({here}, ..)`"),
        false => format!("`{here}.{method}(..)`"),
    };
    let (reduction, such) = match in_order(method) {
        true => (format!("`reduction(append: {place})` to join the threads' parts in thread order"), ""),
        false => (
            format!("`reduction(MyOp: {place})` with a `Reduction` of your own to join the threads' parts"),
            ", as a `pymp::shared::dict()` does",
        ),
    };
    spanned(
        &write.tokens,
        Entry::RegionWrite,
        format_args!(
            "{what} is called by every thread of the region; write {reduction}, or `shared({place})` for a collection that takes it by \
             `&self`{such}; {together}"
        ),
    )
}

/// `f(&mut x)`, `v.sort()`.
pub(crate) fn changed(write: &Use, handle: Option<&Pat>) -> Error {
    let together = together(handle);
    let (here, place) = (show(&write.tokens), show(&write.place));
    spanned(
        &write.tokens,
        Entry::RegionWrite,
        format_args!(
            "`{here}` is changed by every thread of the region; write `firstprivate({place})` for a clone in each thread, \
             `reduction(MyOp: {place})` with a `Reduction` of your own when it is needed after the region, or `shared({place})` if it takes \
             this by `&self`; {together}"
        ),
    )
}

/// `y[i] = ..`.
pub(crate) fn element(write: &Use, handle: Option<&Pat>) -> Error {
    let (here, place) = (show(&write.tokens), show(&write.place));
    let region = match handle {
        Some(_) => "",
        None => ", make the block `region!(.., |p| { .. })`",
    };
    let handle = handle.map_or_else(|| "p".to_owned(), name);
    let others = match write.how {
        How::Update { op, .. } if op.reduces() => format!("or write `reduction({op}: {place})` to combine the threads' parts"),
        _ => format!("or make `{place}` a `pymp::shared::array`, of which every thread may `set` all"),
    };
    spanned(
        &write.tokens,
        Entry::RegionWrite,
        format_args!(
            "`{here}` is written in a region, where no thread owns it; make `let parts = Parts::new(&mut {place});` before the \
             region{region} and take this thread's part, which is indexed from 0, with `{handle}.range_mut(&parts)`; {others}"
        ),
    )
}
