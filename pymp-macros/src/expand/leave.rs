//! What stands in the body where the user left the loop, assigned a `lastprivate` variable, or opened an `ordered!` block.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::parse::Parse;
use syn::spanned::Spanned;
use syn::token::Brace;
use syn::{Block, Expr, Label, Lifetime, Path, Stmt};

use crate::control::{Control, Exits};
use crate::names::Names;
use crate::nest::Nest;
use crate::rewrite::Glue;

/// The words of the runtime, for one loop.
pub(crate) struct Words<'a> {
    names: &'a Names,
    returns: bool,
    /// The label of the generated loop: the user's, which under `collapse` the outermost loop has, or one of ours.
    label: Option<Lifetime>,
}

impl<'a> Words<'a> {
    pub(crate) fn new(names: &'a Names, nest: &Nest<'_>, control: &Control, ordered: bool) -> Self {
        let own = || (control.leaves() || ordered).then(|| names.label());
        let label = nest.levels.iter().find_map(|level| level.label).map(|label| label.name.clone()).or_else(own);
        Self { names, returns: control.returns, label }
    }

    /// The label to write before the loop.
    pub(crate) fn label(&self) -> Option<Label> {
        self.label.as_ref().map(|name| Label { name: name.clone(), colon_token: syn::Token![:](name.span()) })
    }

    fn span(&self, at: Span) -> Span {
        self.names.span().located_at(at)
    }

    /// One of ours, placed where the user left the loop: what rustc has to say about that is said there, all of it.
    fn fresh(&self, name: &str, at: Span) -> Ident {
        let mut ident = self.names.fresh(name);
        ident.set_span(self.span(at));
        ident
    }

    /// Leaves the loop by the runtime's `call` on this thread's share, and by `break`.
    fn leave(&self, at: Span, call: &TokenStream) -> TokenStream {
        let (span, me) = (self.span(at), self.fresh("me", at));
        let label = self.label.clone().map(|mut label| {
            label.set_span(label.span().located_at(at));
            label
        });
        quote_spanned!(span=> { #me.#call; break #label })
    }

    /// The same, and the function returns `value`.
    fn leave_with(&self, at: Span, value: &TokenStream) -> TokenStream {
        let (span, pp) = (self.span(at), self.names.private_at(at));
        let (number, exit) = (self.fresh("k", at), self.fresh("exit", at));
        self.leave(at, &quote_spanned!(span=> leave(#pp::Leave { exit: &#exit, number: #number, value: #value })))
    }
}

impl Exits for Words<'_> {
    fn leave_break(&self, at: Span) -> Expr {
        let (span, number, exit) = (self.span(at), self.fresh("k", at), self.fresh("exit", at));
        parsed(self.leave(
            at,
            &match self.returns {
                true => quote_spanned!(span=> leave_loop(#number, &#exit)),
                false => quote_spanned!(span=> cancel(#number)),
            },
        ))
    }

    fn leave_return(&self, value: Option<Expr>, at: Span) -> Expr {
        let span = self.span(at);
        let value = match value {
            None => quote_spanned!(span=> ()),
            // Lints look for needless ones in a block, and not in a field.
            Some(value @ (Expr::Paren(_) | Expr::Block(_))) => quote_spanned!(span=> { #value }),
            Some(value) => value.into_token_stream(),
        };
        parsed(self.leave_with(at, &value))
    }

    fn question(&self, value: Expr, at: Span) -> Expr {
        let (span, pp) = (self.span(at), self.names.private_at(at));
        let (output, residual) = (self.fresh("output", at), self.fresh("residual", at));
        // `(x)?` needs its parentheses, and the argument of a call does not.
        let value = match value {
            Expr::Paren(inner) => *inner.expr,
            other => other,
        };
        let leave = self.leave_with(at, &quote_spanned!(span=> #pp::Residual::from_residual(#residual)));
        let first = value.to_token_stream().into_iter().next().map_or(at, |tree| tree.span());
        let mut expr = parsed(quote_spanned!(span=> match #pp::Question::branch(#value) {
            #pp::Continue(#output) => #output,
            #pp::Break(#residual) => #leave
        }));
        // From the first word to the `?`, as the plain expression stands: what is to be said of its value is said there.
        if let Expr::Match(whole) = &mut expr {
            (whole.match_token.span, whole.brace_token) = (first, Brace(at));
        }
        expr
    }
}

impl Glue for Words<'_> {
    fn assigned(&self, name: &Ident, at: Span) -> Stmt {
        let (span, pp) = (self.span(at), self.names.private());
        let (flag, number) = (self.names.fresh_for("last", name), self.names.fresh("k"));
        parsed(quote_spanned!(span=> #flag = #pp::Some(#number);))
    }

    fn ordered(&self, block: Block, path: &Path) -> Expr {
        let (span, label, seat) = (self.span(path.span()), &self.label, self.names.fresh("seat"));
        let value = self.names.fresh("value");
        // The macro itself stands there empty, or the user's import of it would be unused.
        parsed(quote_spanned!(span=> {
            #path! { ; }
            if !#seat.enter() { break #label }
            let #value = #block;
            #seat.leave();
            #value
        }))
    }
}

/// Our own tokens as syntax; what does not parse, which would be a mistake of ours, stays as tokens for rustc to refuse.
fn parsed<T: Parse + Verbatim>(tokens: TokenStream) -> T {
    syn::parse2(tokens.clone()).unwrap_or_else(|_| T::verbatim(tokens))
}

trait Verbatim {
    fn verbatim(tokens: TokenStream) -> Self;
}

impl Verbatim for Expr {
    fn verbatim(tokens: TokenStream) -> Self {
        Expr::Verbatim(tokens)
    }
}

impl Verbatim for Stmt {
    fn verbatim(tokens: TokenStream) -> Self {
        Stmt::Expr(Expr::Verbatim(tokens), None)
    }
}
