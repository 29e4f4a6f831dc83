//! What the parts of a reduction start from, and where they go. That is the place itself, or, where the body takes it apart, what its
//! type says: of a slice the parts are `Vec`s.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprField, ExprIndex};

use crate::directive::Place;
use crate::names::Names;

/// One reduction.
pub(super) struct Start<'a> {
    names: &'a Names,
    place: &'a Place,
    /// The name by which the body knows the part.
    local: &'a Ident,
    /// The clause, where it is said what cannot be combined.
    span: Span,
    is_asked: bool,
}

impl<'a> Start<'a> {
    pub(super) fn of(names: &'a Names, body: &Block, place: &'a Place, local: &'a Ident, span: Span) -> Self {
        // Only where the type is known before the loop, as it must be there: to ask settles it.
        let is_asked = place.behind || Members::of(body, variable(place, local)).indexed;
        Self { names, place, local, span, is_asked }
    }

    /// `let __pymp_like_hist = ..;`
    pub(super) fn binding(&self) -> TokenStream {
        let (span, pp, place, like) = (self.span, self.names.private_at(self.span), self.place, self.name());
        match self.is_asked {
            true => quote_spanned!(span=>
                let #like = { use #pp::kinds::*; (&&&#pp::Kind::of(&#place)).__pymp_like(&#place) };
            ),
            false => TokenStream::new(),
        }
    }

    /// A reference to the value before the loop.
    pub(super) fn value(&self) -> TokenStream {
        let (span, place, like) = (self.span, self.place, self.name());
        if self.is_asked { quote_spanned!(span=> &*#like) } else { quote_spanned!(span=> &#place) }
    }

    /// Adds what the loop made.
    pub(super) fn combine(&self, operator: &TokenStream, result: &Ident) -> TokenStream {
        let (span, pp, place) = (self.span, self.names.private_at(self.span), self.place);
        match self.is_asked {
            true => quote_spanned!(span=>
                { use #pp::kinds::*; (#place).__pymp_combine(&#operator, #result); }
            ),
            false => quote_spanned!(span=> #pp::Reduction::combine(&#operator, &mut #place, #result);),
        }
    }

    fn name(&self) -> Ident {
        let mut name = self.names.fresh_for("like", self.local);
        name.set_span(name.span().located_at(self.span));
        name
    }
}

/// Whether the body reaches into the part, `t.0` or `h[k]`, rather than taking it whole.
pub(super) fn is_taken_apart(body: &Block, place: &Place, local: &Ident) -> bool {
    let members = Members::of(body, variable(place, local));
    members.indexed || members.named
}

/// Behind a reference the members are those of the variable itself.
fn variable<'a>(place: &'a Place, local: &'a Ident) -> &'a Ident {
    if place.behind { &place.root } else { local }
}

struct Members<'a> {
    variable: &'a Ident,
    indexed: bool,
    named: bool,
}

impl Members<'_> {
    fn of<'a>(body: &Block, variable: &'a Ident) -> Members<'a> {
        let mut members = Members { variable, indexed: false, named: false };
        members.visit_block(body);
        members
    }

    fn is_variable(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(path) => path.path.is_ident(self.variable),
            Expr::Paren(inner) => self.is_variable(&inner.expr),
            Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)) && self.is_variable(&unary.expr),
            _ => false,
        }
    }
}

impl<'ast> Visit<'ast> for Members<'_> {
    fn visit_expr_field(&mut self, field: &'ast ExprField) {
        self.named |= self.is_variable(&field.base) && matches!(field.member, syn::Member::Unnamed(_));
        visit::visit_expr_field(self, field);
    }

    fn visit_expr_index(&mut self, index: &'ast ExprIndex) {
        self.indexed |= self.is_variable(&index.expr);
        visit::visit_expr_index(self, index);
    }
}
