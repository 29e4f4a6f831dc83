//! What a `macro_rules` macro was given as `$x:expr` is one operand: with `$x` as `a + b`, `2 * $x` is `2 * (a + b)`.
//!
//! The compiler holds it together by invisible delimiters, and forgets them in what comes out of a procedural macro
//! (rust-lang/rust#67062). So the body of a loop would compute something else than it says; parentheses that can be seen stay.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprParen, Macro, token};

use crate::macros::Args;

/// Puts parentheses around every operand that consists of several.
pub(crate) struct Operands;

impl Operands {
    pub(crate) fn kept(mut expr: Expr) -> Expr {
        Self.visit_expr_mut(&mut expr);
        expr
    }
}

impl VisitMut for Operands {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::Group(group) = expr
            && !is_atom(&group.expr)
        {
            let inner = std::mem::replace(&mut *group.expr, Expr::PLACEHOLDER);
            // Mixed-site, so that no lint takes them for the user's.
            let paren_token = token::Paren(Span::mixed_site().located_at(inner.span()));
            *expr = Expr::Paren(ExprParen { attrs: Vec::new(), paren_token, expr: Box::new(inner) });
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if let Some(mut args) = Args::of(mac) {
            args.exprs_mut().for_each(|arg| self.visit_expr_mut(arg));
            args.store(mac);
        }
    }
}

/// What binds tighter than any operator beside it, and what ends with a brace, which may be a statement.
fn is_atom(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Array(_)
            | Expr::Async(_)
            | Expr::Block(_)
            | Expr::Call(_)
            | Expr::Const(_)
            | Expr::Field(_)
            | Expr::ForLoop(_)
            | Expr::Group(_)
            | Expr::If(_)
            | Expr::Index(_)
            | Expr::Lit(_)
            | Expr::Loop(_)
            | Expr::Macro(_)
            | Expr::Match(_)
            | Expr::MethodCall(_)
            | Expr::Paren(_)
            | Expr::Path(_)
            | Expr::Tuple(_)
            | Expr::Unsafe(_)
            | Expr::Verbatim(_)
            | Expr::While(_)
    )
}
