//! Items and bodies that cannot be read.
//!
//! Rustc has read it before us and has said what is wrong. Of the same words it says the same once more, which counts once, and so they stay
//! as they are. Attributes of loops become others that mean nothing, since rustc may have named the sign they begin with.
//!
//! What only we cannot read, syntax that is younger than we are, must not become a serial loop in silence. There a lint says so, for which
//! rustc only looks when nothing else is wrong.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::Error;

use super::{attribute, is_brackets};

/// A fn whose signature cannot be read, an impl block or a mod.
pub(crate) fn unread_item(item: TokenStream, error: &Error) -> TokenStream {
    let ((item, _), said) = (without_meaning(item), said(error));
    quote!(#item const _: () = { #said };)
}

/// What stands in the braces of a fn.
pub(crate) fn unread_body(body: TokenStream, error: &Error) -> TokenStream {
    let mut trees: Vec<TokenTree> = without_meaning(body).0.into_iter().collect();
    // Attributes of the fn itself come first: `#![..]`.
    let is_punct = |at: usize, sign| matches!(trees.get(at), Some(TokenTree::Punct(found)) if found.as_char() == sign);
    let begin = (0..).step_by(3).find(|at| !is_punct(*at, '#') || !is_punct(at + 1, '!')).unwrap_or_default();
    let stmts = trees.split_off(begin.min(trees.len()));
    trees.extend(said(error));
    trees.into_iter().chain(stmts).collect()
}

/// The error of a lint.
fn said(error: &Error) -> TokenStream {
    let (at, words) = (Span::mixed_site().located_at(error.span()), error.to_string());
    quote_spanned!(at=>
        #[must_use = #words]
        const fn __pymp_cannot_read_this() {}
        #[deny(unused_must_use)]
        __pymp_cannot_read_this();
    )
}

/// The code with nothing of ours in it, and whether there was something. What there was nothing in keeps its delimiters as they are.
fn without_meaning(tokens: TokenStream) -> (TokenStream, bool) {
    let mut out: Vec<TokenTree> = Vec::new();
    let mut found = false;
    let mut rest = tokens.into_iter().peekable();
    while let Some(tree) = rest.next() {
        match tree {
            TokenTree::Punct(ref hash) if hash.as_char() == '#' => {
                let Some(brackets) = rest.next_if(is_brackets) else {
                    out.push(tree);
                    continue;
                };
                let written: TokenStream = [tree.clone(), brackets.clone()].into_iter().collect();
                let ours = attribute(written).is_empty();
                found |= ours;
                // Where a value stands there may be none.
                let is_value = matches!(out.last(), Some(TokenTree::Punct(sign)) if sign.as_char() != ';');
                match (ours, is_value) {
                    (true, true) => {}
                    (true, false) => out.extend([tree, nothing(brackets.span())]),
                    (false, _) => out.extend([tree, brackets]),
                }
            }
            TokenTree::Group(group) => {
                let (inside, ours) = without_meaning(group.stream());
                found |= ours;
                out.push(TokenTree::Group(if ours { regrouped(&group, inside) } else { group }));
            }
            other => out.push(other),
        }
    }
    (out.into_iter().collect(), found)
}

fn regrouped(group: &Group, inside: TokenStream) -> Group {
    let mut new = Group::new(group.delimiter(), inside);
    // What is missing at its end was said there.
    new.set_span(group.span_close());
    new
}

/// `[allow(unused_attributes)]`.
fn nothing(at: Span) -> TokenTree {
    let mut brackets = Group::new(Delimiter::Bracket, quote_spanned!(at=> allow(unused_attributes)));
    brackets.set_span(at);
    TokenTree::Group(brackets)
}
