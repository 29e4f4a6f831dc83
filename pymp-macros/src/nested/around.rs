//! What stands around an expansion: the attributes that the loop had beside ours, and the `cfg` that ours was under.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{AttrStyle, Attribute, Expr};

/// `#![allow(..)]` inside the loop's braces holds for the loop, and so does `#[allow(..)]` before our block.
pub(super) fn outer(mut attrs: Vec<Attribute>) -> Vec<Attribute> {
    for attribute in &mut attrs {
        attribute.style = AttrStyle::Outer;
    }
    attrs
}

/// The expansion as an expression. With attributes, or under a `cfg`, it becomes a statement in a block of its own: there
/// attributes are stable wherever the loop stood.
pub(super) fn block(span: Span, attrs: &[Attribute], expanded: &TokenStream, conditional: Option<(TokenStream, Expr)>) -> Expr {
    let glue = Span::mixed_site().located_at(span);
    let tokens = match conditional {
        Some((condition, plain)) => quote_spanned! {glue=> {
            #(#attrs)* #[cfg(#condition)] #expanded
            #(#attrs)* #[cfg(not(#condition))] #plain
        }},
        None if attrs.is_empty() => expanded.clone(),
        None => quote_spanned!(glue=> { #(#attrs)* #expanded }),
    };
    // Read back, so that a loop around it sees what is inside.
    syn::parse2(tokens.clone()).unwrap_or(Expr::Verbatim(tokens))
}
