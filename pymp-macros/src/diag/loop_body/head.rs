//! What the head of the loop hands out, used in the body besides.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Error;

use super::carried::copy;
use crate::access::{How, Index, Use};
use crate::diag::{Entry, between};
use crate::directive::Place;
use crate::nest::Level;
use crate::text::show;

/// `for x in v.iter_mut() { *x += v[0]; }`
pub(crate) fn handed_out(place: &Place, usage: &Use, levels: &[Level<'_>]) -> Error {
    let (here, place) = (show(&usage.tokens), show(place));
    let head = levels.first().map_or_else(TokenStream::new, |level| level.head.to_token_stream());
    let way = match (&usage.how, &usage.index) {
        (How::Len, _) => format!("write `let n = {here}.len();` before the loop and `n` here"),
        (how, _) if how.writes() => "write through the loop's own variable".to_owned(),
        (_, Index::Fixed) => format!("write `let value = {here};` before the loop and `value` here"),
        _ => {
            format!(
                "read it through the loop's own variable, or, if the value from before the loop is meant, write {}",
                copy(&place, &[usage])
            )
        }
    };
    between(
        &usage.tokens,
        &head,
        Entry::Carried,
        format_args!(
            "the head of the loop hands out `{place}` to be changed, `{}`, and the body uses it, `{here}`; {way}",
            show(&head)
        ),
    )
}
