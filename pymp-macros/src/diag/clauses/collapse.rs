//! Messages about collapsed loops.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::Error;

use crate::diag::{Entry, error, spanned};

pub(crate) fn collapse_is_a_literal(at: &impl ToTokens) -> Error {
    spanned(
        at,
        Entry::Collapse,
        "`collapse` is the number of loops, known when the program is compiled: a literal such as `collapse = 2`",
    )
}

pub(crate) fn collapse_below_one(span: Span) -> Error {
    error(span, Entry::Collapse, "`collapse` is at least 1, found `0`")
}

pub(crate) fn not_perfectly_nested(at: &impl ToTokens, depth: usize, level: usize) -> Error {
    spanned(
        at,
        Entry::Collapse,
        format!(
            "`collapse = {depth}` needs loop {level} of the {depth} to hold nothing but the next `for` loop; move this into the innermost loop, or lower `collapse`"
        ),
    )
}

pub(crate) fn too_few_loops(span: Span, depth: usize, found: usize) -> Error {
    error(
        span,
        Entry::Collapse,
        format!("`collapse = {depth}` needs {depth} loops, one directly inside the other; found {found}"),
    )
}

pub(crate) fn inner_head_depends(at: &Ident, level: usize) -> Error {
    error(
        at.span(),
        Entry::Collapse,
        format!(
            "the range of loop {level} depends on `{at}`; collapsed loops run over ranges known before the first of them starts: leave out `collapse`, or run over the whole range and skip what is too much with `if`"
        ),
    )
}

pub(crate) fn inner_label(at: &impl ToTokens) -> Error {
    spanned(at, Entry::Collapse, "a label inside collapsed loops has no loop left to name; take it away")
}

pub(crate) fn inner_attribute(at: &impl ToTokens) -> Error {
    spanned(at, Entry::Collapse, "an attribute on an inner loop of collapsed loops; move it to the outermost loop")
}

pub(crate) fn inner_directive(at: &impl ToTokens) -> Error {
    spanned(
        at,
        Entry::Collapse,
        "this loop is collapsed with the outer one, which is already parallel; take `#[parallel]` away here",
    )
}
