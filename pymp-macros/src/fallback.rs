//! After an error: the user's code again as ordinary Rust, and the error beside it.
//!
//! Works on tokens alone, so half-typed code passes through. Callers of the fn, completion and hovers keep working.

mod answered;
mod unread;

pub(crate) use answered::answered;
pub(crate) use unread::{unread_body, unread_item};

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::Parser;
use syn::{Attribute, Block, Error, ExprForLoop, Stmt};

use crate::diag::Diagnostics;
use crate::nested::without_ours;
use crate::parse::{self, RegionCall, invocation};

/// The tokens that make rustc tell an error: `compile_error! { .. }`, without the `::core::` before it. In a crate of edition 2015 there is no
/// `::core`, and rustc would say that instead.
pub(crate) fn told(error: &Error) -> TokenStream {
    let is_path = |tree: &TokenTree| match tree {
        TokenTree::Punct(punct) => punct.as_char() == ':',
        TokenTree::Ident(word) => word == "core",
        _ => false,
    };
    error.to_compile_error().into_iter().filter(|tree| !is_path(tree)).collect()
}

/// An item, an error behind it.
pub(crate) fn item(tokens: TokenStream, error: &Error) -> TokenStream {
    let (plain, error) = (plain(tokens), told(error));
    quote!(#plain #error)
}

/// A loop, wherever an expression may stand.
pub(crate) fn expression(tokens: TokenStream, error: &Error) -> TokenStream {
    let (plain, error) = (plain(tokens), told(error));
    quote!({ #error #plain })
}

/// A loop that was refused. The error stands behind it: an editor compares its expansion with one in which the error has more words.
pub(crate) fn refused(each: &ExprForLoop, error: &Error) -> TokenStream {
    let (plain, error) = (plain(each.to_token_stream()), told(error));
    quote!({ #plain #error })
}

/// Whatever it is: what is neither of the two can only be an item that is half typed, or a `let`.
pub(crate) fn anything(tokens: TokenStream, error: &Error) -> TokenStream {
    match syn::parse2::<Stmt>(quote!(#tokens;)) {
        Ok(Stmt::Expr(..)) => expression(tokens, error),
        _ => item(tokens, error),
    }
}

/// What was in a `parallel_for!`: its loop. Of one that cannot be read the compiler would say so again.
pub(crate) fn invoked(tokens: TokenStream, error: &Error) -> TokenStream {
    match invocation(tokens.clone()) {
        Ok(read) => refused(&read.each, error),
        Err(_) => {
            let (clauses, each) = parse::halves(tokens);
            unread(clauses, each, error)
        }
    }
}

/// Code that only an editor sees, and the error.
pub(crate) fn unread(clauses: TokenStream, code: TokenStream, error: &Error) -> TokenStream {
    let (krate, code, error) = (facade(clauses), plain(code), told(error));
    quote!({ #krate::__private::for_editors! { #code } #error })
}

/// Where the clauses say that the facade is.
fn facade(clauses: TokenStream) -> TokenStream {
    let mut errors = Diagnostics::new();
    let krate = parse::clauses(parse::Of::Loop, clauses, &mut errors).krate;
    errors.disregard();
    krate.map_or_else(|| quote!(::pymp), |krate| krate.value.to_token_stream())
}

/// What was in a `region!`: its block.
pub(crate) fn region(tokens: TokenStream, error: &Error) -> TokenStream {
    if let Some(block) = plain_region(tokens.clone()) {
        return expression(block, error);
    }
    let (clauses, handle, stmts) = parse::region_parts(tokens);
    let block = with_handle(&facade(clauses.clone()), &handle, &stmts);
    unread(clauses, block, error)
}

/// The block of a `region!`.
fn plain_region(tokens: TokenStream) -> Option<TokenStream> {
    let RegionCall { clauses, closure } = parse::region(tokens).ok()?;
    let (handle, block) = parse::handle_and_block(&closure)?;
    let krate = facade(clauses);
    let stmts = answered(&krate, &block).stmts;
    Some(with_handle(&krate, &handle, &quote!(#(#stmts)*)))
}

/// The block of a `region!` with a handle that has its type and nothing else, since this never runs.
pub(crate) fn with_handle(krate: &TokenStream, handle: &impl ToTokens, stmts: &TokenStream) -> TokenStream {
    quote_spanned! {Span::mixed_site()=> {
        fn __pymp_handle() -> &'static #krate::Region<'static, 'static> {
            loop {}
        }
        let #handle = __pymp_handle();
        #stmts
    }}
}

/// The same code without our words: no `#[parallel]`, only the loop of a `parallel_for!`, only the block of a `region!` or `ordered!`.
/// Otherwise each of them would report again what was reported here.
fn plain(tokens: TokenStream) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    let mut rest = tokens.into_iter().peekable();
    while let Some(tree) = rest.next() {
        match tree {
            TokenTree::Punct(ref hash) if hash.as_char() == '#' => match rest.next_if(is_brackets) {
                Some(brackets) => out.extend(attribute([tree, brackets].into_iter().collect())),
                None => out.push(tree),
            },
            TokenTree::Group(group) => {
                let called = called(&mut out, &group);
                // Mixed-site, so that no lint takes braces of ours for the user's.
                let (delimiter, stream, span) = match called {
                    Some(inner) => (Delimiter::Brace, unbraced(inner), Span::mixed_site().located_at(group.span())),
                    None => (group.delimiter(), group.stream(), group.span()),
                };
                let mut new = Group::new(delimiter, plain(stream));
                new.set_span(span);
                out.push(TokenTree::Group(new));
            }
            other => out.push(other),
        }
    }
    out.into_iter().collect()
}

/// An attribute without what is ours in it.
fn attribute(tokens: TokenStream) -> TokenStream {
    match Attribute::parse_outer.parse2(tokens.clone()) {
        Ok(attrs) => {
            let attrs = without_ours(attrs);
            quote!(#(#attrs)*)
        }
        Err(_) => tokens,
    }
}

/// What stays when a group turns out to be the argument of one of our macros, whose name is taken off the end of `out`.
/// One that cannot be read stays and reports itself.
fn called(out: &mut Vec<TokenTree>, group: &Group) -> Option<TokenStream> {
    let [.., TokenTree::Ident(name), TokenTree::Punct(bang)] = out.as_slice() else {
        return None;
    };
    let inner = match name.to_string().as_str() {
        _ if bang.as_char() != '!' => return None,
        "parallel_for" => invocation(group.stream()).ok()?.each.to_token_stream(),
        "region" => plain_region(group.stream())?,
        "ordered" if !parse::is_mark(&group.stream()) && Block::parse_within.parse2(group.stream()).is_ok() => group.stream(),
        _ => return None,
    };
    out.truncate(out.len() - 2);
    // The path before the name: `pymp::`, `::pymp::`, `$crate::`.
    while let [.., TokenTree::Punct(a), TokenTree::Punct(b)] = out.as_slice()
        && (a.as_char(), b.as_char()) == (':', ':')
    {
        out.truncate(out.len() - 2);
        if let Some(TokenTree::Ident(_)) = out.last() {
            out.pop();
        }
    }
    Some(inner)
}

/// `{ .. }` alone without its braces: those around it do, and a lint would call the user's needless.
pub(crate) fn unbraced(tokens: TokenStream) -> TokenStream {
    let mut trees = tokens.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Brace => group.stream(),
        _ => tokens,
    }
}

fn is_brackets(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

#[cfg(test)]
mod tests;
