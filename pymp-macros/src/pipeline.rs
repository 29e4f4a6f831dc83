//! The stages between the user's tokens and ours.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Error, Result};

use crate::diag::Diagnostics;
use crate::diag::target as say;
use crate::directive::LoopDirective;
use crate::target::{Function, Target};
use crate::{check, expand, fallback, nested, parse, target};

/// `#[parallel(clauses)] item`.
pub(crate) fn attribute(clauses: TokenStream, item: TokenStream) -> TokenStream {
    let at = Span::call_site();
    let (result, fallback): (_, fn(TokenStream, &Error) -> TokenStream) =
        match target::target(at, item.clone()) {
            Ok(Target::Fn(function)) => (on_fn(at, clauses, &function), fallback::item),
            Ok(Target::Group(mut group)) => {
                let done = nested::expand_item(at, clauses, &mut group);
                (done.map(|()| group.into_token_stream()), fallback::item)
            }
            Ok(Target::Loop(_)) if !cfg!(pymp_nightly) => {
                (Err(say::alone_on_stable(at)), fallback::expression)
            }
            Ok(Target::Loop(each)) => {
                (nested::expand_loop(at, clauses, each), fallback::expression)
            }
            Err(error) => (Err(error), fallback::anything),
        };
    result.unwrap_or_else(|error| fallback(item, &error))
}

/// `parallel_for!(clauses.., for ..)`.
pub(crate) fn invocation(tokens: TokenStream) -> TokenStream {
    if parse::is_mark(&tokens) {
        return TokenStream::new();
    }
    parse::invocation(tokens.clone())
        .and_then(|read| nested::expand_loop(Span::call_site(), read.clauses, read.each))
        .unwrap_or_else(|error| fallback::invoked(tokens, &error))
}

/// `ordered!({ .. })` that no loop around it has taken.
pub(crate) fn ordered(tokens: TokenStream) -> TokenStream {
    if parse::is_mark(&tokens) {
        return TokenStream::new();
    }
    let error = say::ordered_outside(Span::call_site()).to_compile_error();
    quote!({ #error #tokens })
}

/// One loop and its clauses to one block of tokens: check, analyse, expand.
pub(crate) fn loop_directive(mut directive: LoopDirective) -> Result<TokenStream> {
    let mut errors = Diagnostics::new();
    check::directive(&directive, &mut errors);
    errors.finish()?;
    directive.clauses.settle();
    Ok(expand::expand(&directive))
}

fn on_fn(at: Span, clauses: TokenStream, function: &Function) -> Result<TokenStream> {
    let (attrs, mut block) = function.body()?;
    nested::expand_fn(at, clauses, &mut block)?;
    Ok(function.with_body(&attrs, &block))
}
