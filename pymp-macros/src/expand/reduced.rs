//! One variable of a `reduction`: its operator, what a part of it starts as, and where the combined parts go.
//!
//! What the body takes whole is a value, of a type that may not be known yet. Anything else may lead to its value by a `&mut`, which
//! `like!` and `place!` look through.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprField, Index};

use crate::directive::{Reach, Reduced, ReductionOp};
use crate::names::Names;
use crate::place::bare;

/// A variable, with where it is said what its operator cannot combine, and the place of the operator among those of the loop.
pub(super) struct Variable<'a> {
    pub(super) names: &'a Names,
    pub(super) reduced: &'a Reduced,
    pub(super) span: Span,
    pub(super) index: usize,
}

impl Variable<'_> {
    fn operator(&self) -> TokenStream {
        let (mut operators, index) = (self.names.fresh("ops"), Index::from(self.index));
        operators.set_span(self.span);
        quote_spanned!(self.span=> &#operators.#index)
    }

    /// The operator, which must fit the variable.
    pub(super) fn fitting(&self) -> TokenStream {
        let (span, pp, place, index) =
            (self.span, self.names.private_at(self.span), &self.reduced.place, Index::from(self.index));
        let (mut operators, like) = (
            self.names.fresh("ops"),
            match self.reduced.reach {
                Reach::Whole => quote_spanned!(span=> &#place),
                Reach::Behind | Reach::Through => quote_spanned!(span=> #pp::like!(#place)),
            },
        );
        operators.set_span(span);
        quote_spanned!(span=> { use #pp::fitting::asking::*; #pp::fitting::Operator::of(#like, #operators.#index).__pymp_fits() })
    }

    /// `.reduces(&op, &sum)`: the runtime asks the operator how exact it is, and how heavy.
    pub(super) fn declared(&self) -> TokenStream {
        let (span, pp, operator, place) = (self.span, self.names.private_at(self.span), self.operator(), &self.reduced.place);
        match self.reduced.reach {
            Reach::Whole => quote_spanned!(span=> .reduces(#operator, &#place)),
            Reach::Behind | Reach::Through => quote_spanned!(span=> .reduces_in_parts(#operator, #pp::like!(#place))),
        }
    }

    /// What a part starts as.
    pub(super) fn start(&self) -> TokenStream {
        let (span, pp, operator, place) = (self.span, self.names.private_at(self.span), self.operator(), &self.reduced.place);
        match self.reduced.reach {
            Reach::Whole => quote_spanned!(span=> #pp::Reduction::identity(#operator, &#place)),
            Reach::Behind | Reach::Through => quote_spanned!(span=> #pp::InParts::start(#operator, #pp::like!(#place))),
        }
    }

    /// `let sum = &mut part;`, where the body goes on to write `*sum`.
    pub(super) fn star(&self) -> Option<TokenStream> {
        let place = &self.reduced.place;
        let (star, local) = (self.names.in_body(place), self.names.local(place));
        let (span, quietly) = (self.names.span().located_at(place.root.span()), self.names.no_new_name());
        place.behind.then(|| quote_spanned!(span=> #quietly let #star = &mut #local; let _ = &#star;))
    }

    /// Adds the combined parts to the variable.
    pub(super) fn finish(&self, parts: &Ident) -> TokenStream {
        let (span, pp, operator, place) = (self.span, self.names.private_at(self.span), self.operator(), &self.reduced.place);
        match self.reduced.reach {
            Reach::Whole => quote_spanned!(span=> #pp::Reduction::combine(#operator, &mut #place, #parts);),
            Reach::Behind | Reach::Through => {
                quote_spanned!(span=> #pp::InParts::finish(#operator, #pp::place!(#place), #parts);)
            }
        }
    }
}

/// The operator of a clause as a value.
pub(super) fn operator(names: &Names, body: &Block, Reduced { op, place, .. }: &Reduced) -> TokenStream {
    let variable = &names.in_body(place);
    let (name, span) = match op {
        ReductionOp::Add(span) => ("Add", span),
        ReductionOp::Mul(span) => ("Mul", span),
        ReductionOp::Sub(span) => ("Sub", span),
        ReductionOp::BitAnd(span) => ("BitAnd", span),
        ReductionOp::BitOr(span) => ("BitOr", span),
        ReductionOp::BitXor(span) => ("BitXor", span),
        ReductionOp::And(span) => ("And", span),
        ReductionOp::Or(span) => ("Or", span),
        // A tuple that is assigned whole is compared whole: that is what finds a place beside its value.
        ReductionOp::Min(span) => (if changes_members(body, variable) { "Min" } else { "Least" }, span),
        ReductionOp::Max(span) => (if changes_members(body, variable) { "Max" } else { "Greatest" }, span),
        ReductionOp::Append(span) => ("Append", span),
        ReductionOp::Own(value) => return quote_spanned!(names.span()=> &#value),
    };
    let (pp, name) = (names.private(), Ident::new(name, names.span().located_at(*span)));
    quote_spanned!(names.span()=> #pp::op::#name)
}

/// Whether the body reaches into a tuple, `t.0` or `h[k].0`, rather than taking it whole.
fn changes_members(body: &Block, variable: &Ident) -> bool {
    struct Members<'a> {
        variable: &'a Ident,
        found: bool,
    }
    impl Members<'_> {
        fn is_variable(&self, expr: &Expr) -> bool {
            match bare(expr) {
                Expr::Path(path) => path.path.is_ident(self.variable),
                Expr::Index(element) => self.is_variable(&element.expr),
                Expr::Unary(star) => self.is_variable(&star.expr),
                _ => false,
            }
        }
    }
    impl<'ast> Visit<'ast> for Members<'_> {
        fn visit_expr_field(&mut self, field: &'ast ExprField) {
            self.found |= self.is_variable(&field.base) && matches!(field.member, syn::Member::Unnamed(_));
            visit::visit_expr_field(self, field);
        }
    }
    let mut members = Members { variable, found: false };
    members.visit_block(body);
    members.found
}
