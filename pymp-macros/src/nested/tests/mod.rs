#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

mod attributes;
mod clauses;
mod places;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Block;

use super::{Stages, expand_fn};
use crate::check;
use crate::diag::Diagnostics;
use crate::directive::{LoopDirective, RegionDirective};

const PLAIN: Stages = Stages { each: plain_loop, region: plain_region };

/// Stands in for the later stages: the loop, on the calling thread.
fn plain_loop(directive: LoopDirective, mut errors: Diagnostics) -> syn::Result<TokenStream> {
    check::directive(&directive, &mut errors);
    errors.finish()?;
    let (each, body) = (&directive.each, directive.lowered());
    let (label, for_token, pat, head) = (&each.label, &each.for_token, &each.pat, &each.expr);
    Ok(quote!({ #label #for_token #pat in #head #body }))
}

/// The same for a region: its block.
fn plain_region(directive: RegionDirective, mut errors: Diagnostics) -> syn::Result<TokenStream> {
    check::region(&directive, &mut errors);
    errors.finish()?;
    let (handle, body) = (directive.handle.iter(), directive.lowered());
    Ok(quote!({ #(let #handle = handle();)* #body }))
}

/// The body of a fn with `#[parallel(clauses)]`, expanded, its spaces evened out; or the messages.
fn body(clauses: TokenStream, mut block: Block) -> Result<String, Vec<String>> {
    expand_fn(PLAIN, Span::call_site(), clauses, &mut block)
        .map(|()| block.to_token_stream().to_string())
        .map_err(|all| all.into_iter().map(|error| error.to_string()).collect())
}

fn expanded(block: Block) -> String {
    let text = body(quote!(), block).unwrap();
    assert!(!text.contains("parallel (") && !text.contains("[parallel"), "{text}");
    text
}

fn messages(clauses: TokenStream, block: Block) -> Vec<String> {
    body(clauses, block).unwrap_err()
}

fn text(tokens: TokenStream) -> String {
    tokens.to_string()
}
