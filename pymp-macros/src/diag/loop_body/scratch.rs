//! Scratch space that is declared before the loop: a copy for each thread, when nobody reads it afterwards.

use syn::Error;

use super::local_of;
use crate::access::{Index, Use};
use crate::diag::{Entry, spanned};
use crate::directive::Place;
use crate::text::show;

/// `for k in 0..m { buf[k] = ..; }`, `r[0] = x[i]; r[1] = r[0] * 2.0;`
pub(crate) fn scratch(write: &Use) -> Error {
    let (place, here) = (show(&write.place), show(&write.tokens));
    let elements = if write.index == Index::Fixed { "element" } else { "elements" };
    spanned(
        &write.tokens,
        Entry::OtherElement,
        format_args!("every iteration writes `{here}`, the same {elements} of `{place}`; {}", if_made_anew(write, &place)),
    )
}

/// `v.x = x[i]; v.y = v.x * 2.0;`
pub(crate) fn scratch_struct(write: &Use) -> Error {
    let (whole, here) = (write.place.root.to_string(), show(&write.tokens));
    let all = Use { place: Place::variable(&write.place.root), ..write.clone() };
    spanned(
        &write.tokens,
        Entry::Assigned,
        format_args!("`{here}` is assigned by every iteration; {}", if_made_anew(&all, &whole)),
    )
}

/// What to write, and for whom it is right.
pub(super) fn if_made_anew(write: &Use, place: &str) -> String {
    if write.kept && write.place.is_variable() {
        return format!("`{place}` is read after the loop: if each iteration makes all of it anew, {}", last_kept(place));
    }
    format!(
        "if each iteration makes anew what it reads of `{place}`, and nothing reads it after the loop, {}: each thread then works in a copy \
         of its own",
        own_copy(write, place)
    )
}

fn own_copy(write: &Use, place: &str) -> String {
    match write.place.is_variable() {
        true => format!("write `firstprivate({place})`"),
        false => {
            let local = local_of(write);
            format!(
                "write `let {local} = {place}.clone();` before the loop, `firstprivate({local})` on it, and `{local}` for `{place}` in it"
            )
        }
    }
}

/// To have what the last iteration has made of it.
pub(super) fn last_kept(place: &str) -> String {
    format!(
        "write `let first = {place}.clone();` before the loop, `lastprivate({place})` on it, and `{place} = first.clone();` as the first line \
         of the body, to keep what the last one made"
    )
}
