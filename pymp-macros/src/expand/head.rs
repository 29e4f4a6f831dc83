//! What the loop runs over.
//!
//! The leaves of the head, `v.iter()` in `v.iter().enumerate().rev()`, are wrapped in `cut!`, which asks their types whether they
//! can be cut into chunks. The adapters stay as typed and are found by the type of what stands before them.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall};

use super::Checked;
use crate::place::bare;

/// Adapters that what was cut has too, under the same names.
const ADAPTERS: [&str; 10] = ["enumerate", "zip", "rev", "step_by", "take", "skip", "map", "copied", "cloned", "chain"];

/// Adapters with an argument that is a head of its own.
const OPERANDS: [&str; 2] = ["zip", "chain"];

/// Methods whose iterator does not tell what it was made of, so that their slice must be asked.
const PARTS: [(&str, &str); 2] = [("chunks_mut", "__pymp_chunks_mut"), ("chunks_exact_mut", "__pymp_chunks_exact_mut")];

impl Checked<'_> {
    /// The expression that `match` binds to `__pymp_head`.
    pub(super) fn head(&self) -> TokenStream {
        let (span, pp) = (self.names.span(), self.names.private());
        // Rows within rows: `nest(a, nest(b, c))`.
        let mut levels = self.nest.levels.iter().rev().map(|level| self.cut(level.head));
        let last = levels.next().unwrap_or_default();
        levels.fold(last, |inner, outer| quote_spanned!(span=> #pp::nest(#outer, #inner)))
    }

    /// Where the head stands: what cannot be iterated is said there.
    pub(super) fn head_span(&self) -> Span {
        let span = self.names.span();
        self.nest.levels.first().map_or(span, |level| span.located_at(level.head.span()))
    }

    /// The argument of `run` that is made of `__pymp_head`.
    pub(super) fn source(&self) -> TokenStream {
        let span = self.head_span();
        let (pp, mut head) = (self.names.private_at(span), self.names.fresh("head"));
        head.set_span(span);
        let source = quote_spanned!(span=> #pp::source!(#head));
        if self.is_static() { quote_spanned!(span=> #pp::counted(#source)) } else { source }
    }

    /// The trait of the hidden methods, for the block around everything: the head's temporaries must outlive the loop.
    pub(super) fn imports(&self) -> TokenStream {
        let (span, pp) = (self.names.span(), self.names.private());
        let asks = self.nest.levels.iter().any(|level| asks_slice(level.head));
        if asks { quote_spanned!(span=> use #pp::SliceParts as _;) } else { TokenStream::new() }
    }

    /// `if false { for _ in (0..n) {} .. }`: what lints say of a range that is a head, they say of this one. It is only put where they
    /// have something to say, and not among literals alone, which would be of another type than the loop variable's.
    pub(super) fn remarked(&self) -> TokenStream {
        let (span, pp) = (self.names.span(), self.names.private());
        let heads = self.nest.levels.iter().map(|level| level.head).filter(|head| is_remarkable(head));
        heads.map(|head| quote_spanned!(span=> if false { for _ in #head {} #pp::unchanged::never() })).collect()
    }

    fn cut(&self, expr: &Expr) -> TokenStream {
        let (span, pp) = (self.names.span(), self.names.private());
        match expr {
            Expr::MethodCall(call) if call.turbofish.is_none() => {
                let method = call.method.to_string();
                if ADAPTERS.contains(&method.as_str()) {
                    return self.adapter(call, OPERANDS.contains(&method.as_str()));
                }
                if let Some((_, hidden)) = PARTS.iter().find(|(name, _)| *name == method) {
                    let ExprMethodCall { receiver, dot_token, args, .. } = call;
                    let hidden = Ident::new(hidden, span.located_at(call.method.span()));
                    return quote_spanned!(span=> #receiver #dot_token #hidden(#args));
                }
                quote_spanned!(span=> #pp::cut!(#expr))
            }
            // What a `macro_rules` macro was given as `$head:expr` has adapters too.
            Expr::Group(inner) => self.cut(&inner.expr),
            Expr::Paren(inner) if matches!(*inner.expr, Expr::MethodCall(_)) => self.cut(&inner.expr),
            _ => quote_spanned!(span=> #pp::cut!(#expr)),
        }
    }

    fn adapter(&self, call: &ExprMethodCall, operand: bool) -> TokenStream {
        let ExprMethodCall { receiver, dot_token, method, paren_token, args, .. } = call;
        let mut tokens = self.cut(receiver);
        if let (true, Some(other)) = (operand, args.first()) {
            let (span, pp, other) = (self.names.span(), self.names.private(), self.cut(other));
            return quote_spanned!(span=> #pp::join!(#tokens, #method, #other));
        }
        dot_token.to_tokens(&mut tokens);
        method.to_tokens(&mut tokens);
        paren_token.surround(&mut tokens, |tokens| args.to_tokens(tokens));
        tokens
    }
}

/// Whether this is a range in parentheses, or with `n + 1` as its end. One of floats is refused in our words.
fn is_remarkable(head: &Expr) -> bool {
    let Expr::Range(range) = bare(head) else { return false };
    let is_known = |end: &Option<Box<Expr>>| matches!(end.as_deref().map(bare), None | Some(Expr::Lit(_)));
    let is_float = |tree| matches!(tree, TokenTree::Literal(value) if value.to_string().contains('.'));
    let is_sum = matches!(range.end.as_deref(), Some(Expr::Binary(_)));
    range.start.is_some()
        && !(is_known(&range.start) && is_known(&range.end))
        && (is_sum || matches!(head, Expr::Paren(_)))
        && !range.to_token_stream().into_iter().any(is_float)
}

/// Whether a leaf of the head is one of the methods whose slice must be asked; it sees through what [`Checked::cut`] sees through.
fn asks_slice(head: &Expr) -> bool {
    match head {
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            PARTS.iter().any(|(name, _)| *name == method)
                || (ADAPTERS.contains(&method.as_str()) && (asks_slice(&call.receiver) || call.args.iter().any(asks_slice)))
        }
        Expr::Group(inner) => asks_slice(&inner.expr),
        Expr::Paren(inner) => asks_slice(&inner.expr),
        _ => false,
    }
}
