//! What is wrong with the ways out of a loop body: one constructor per message.

use quote::ToTokens;
use syn::{Error, Macro};

use super::{Entry, spanned};
use crate::text::show;

pub(crate) fn label_outside(tokens: &impl ToTokens) -> Error {
    let words = show(tokens);
    spanned(
        tokens,
        Entry::OuterLabel,
        format_args!(
            "`{words}` leaves the parallel loop for what is around it; end this loop with `break`, and go on from there \
             after it"
        ),
    )
}

/// `ordered!` under no clause `ordered`.
pub(crate) fn unordered(mac: &Macro) -> Error {
    spanned(
        &mac.path,
        Entry::Ordered,
        "`ordered!` needs the clause `ordered` on its loop: `#[parallel(ordered)]`, or `parallel_for!(ordered, for ..)`",
    )
}

pub(crate) fn await_inside(tokens: &impl ToTokens) -> Error {
    spanned(tokens, Entry::Suspended, "`.await` cannot stop an iteration of a parallel loop: await before the loop or after it")
}

pub(crate) fn yield_inside(tokens: &impl ToTokens) -> Error {
    spanned(tokens, Entry::Suspended, "`yield` cannot stop an iteration of a parallel loop: yield before the loop or after it")
}

pub(crate) fn inner_break(tokens: &impl ToTokens, outermost: Option<&syn::Lifetime>) -> Error {
    let words = show(tokens);
    let way = match outermost {
        Some(label) => format!("write `break {label}` to end all of them"),
        None => "label the outermost loop and write `break 'label` to end all of them".to_owned(),
    };
    spanned(
        tokens,
        Entry::Collapse,
        format_args!(
            "`{words}` ends only an inner one of the collapsed loops, which have become one; {way}, or leave out `collapse`"
        ),
    )
}

pub(crate) fn outer_continue(tokens: &impl ToTokens) -> Error {
    let words = show(tokens);
    spanned(
        tokens,
        Entry::Collapse,
        format_args!(
            "`{words}` skips the rest of an inner one of the collapsed loops, which have become one; leave out \
             `collapse`, or skip with `if`"
        ),
    )
}

pub(crate) fn hidden_in_macro(token: impl ToTokens, mac: &Macro) -> Error {
    let (word, path) = (show(&token), show(&mac.path));
    let way = match word.as_str() {
        "return" | "break" => "take it out of the macro",
        _ => "take it out of the macro, into a `let` before it",
    };
    spanned(token, Entry::HiddenExit, format_args!("`{word}` inside `{path}!` cannot be followed out of the loop; {way}"))
}

pub(crate) fn returning_macro(mac: &Macro) -> Error {
    let path = show(&mac.path);
    spanned(
        &mac.path,
        Entry::HiddenExit,
        format_args!("`{path}!` returns from the function, which cannot be followed out of the loop; write `return Err(..)`"),
    )
}
