//! Ways out under a comparison with the part of a `min` or `max`: `if v < lo { lo = v; continue; }`. In the serial loop the comparison is
//! with the whole, here with what one thread has seen, so that what is left out would depend on the team.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{
    Error, ExprBreak, ExprClosure, ExprContinue, ExprForLoop, ExprIf, ExprLoop, ExprMatch, ExprReturn, ExprTry, ExprWhile, Pat,
};

use super::clauses::{Listed, Role};
use super::usage::{How, Use};
use crate::diag::loop_body as diag;
use crate::directive::{Place, ReductionOp};
use crate::macros;
use crate::nest::Nest;

/// An error for the first such way out.
pub(super) fn left_under(nest: &Nest<'_>, listed: &[Listed<'_>], uses: &[Use]) -> Option<Error> {
    let extremum = |role: &Role<'_>| matches!(role, Role::Reduction(ReductionOp::Min(_) | ReductionOp::Max(_)));
    let compared = |place: &Place| uses.iter().any(|usage| matches!(usage.how, How::Compared { .. }) && usage.place.same(place));
    let kept: Vec<&Place> =
        listed.iter().filter(|entry| extremum(&entry.role)).map(|entry| &entry.place).filter(|place| compared(place)).collect();
    let mut pass = Pass { kept, under: None, loops: 0, found: None };
    if !pass.kept.is_empty() {
        pass.visit_block(nest.body);
    }
    pass.found
}

struct Pass<'a> {
    kept: Vec<&'a Place>,
    /// What the `if` around compares with.
    under: Option<&'a Place>,
    /// How many loops there are between that `if` and here.
    loops: usize,
    found: Option<Error>,
}

impl<'a> Pass<'a> {
    fn compares(&self, condition: &impl ToTokens) -> Option<&'a Place> {
        let words = macros::words(condition.to_token_stream());
        self.kept.iter().copied().find(|place| words.contains(&place.root))
    }

    fn under(&mut self, place: Option<&'a Place>, visit: impl FnOnce(&mut Self)) {
        let outer = (self.under, self.loops);
        if place.is_some() {
            (self.under, self.loops) = (place, 0);
        }
        visit(self);
        (self.under, self.loops) = outer;
    }

    fn inner_loop(&mut self, visit: impl FnOnce(&mut Self)) {
        self.loops += 1;
        visit(self);
        self.loops -= 1;
    }

    fn left(&mut self, by: &TokenStream, word: &str) {
        if let Some(place) = self.under {
            self.found.get_or_insert_with(|| diag::left_under_partial(by, word, place));
        }
    }
}

impl<'ast> Visit<'ast> for Pass<'_> {
    fn visit_expr_if(&mut self, expr: &'ast ExprIf) {
        self.visit_expr(&expr.cond);
        let place = self.compares(&expr.cond);
        self.under(place, |pass| {
            pass.visit_block(&expr.then_branch);
            expr.else_branch.iter().for_each(|(_, otherwise)| pass.visit_expr(otherwise));
        });
    }

    /// Behind a guard all other arms depend on it, too.
    fn visit_expr_match(&mut self, expr: &'ast ExprMatch) {
        self.visit_expr(&expr.expr);
        let mut place = None;
        for arm in &expr.arms {
            if let Pat::Guard(guard) = &arm.pat {
                place = place.or_else(|| self.compares(&guard.guard));
            }
            self.under(place, |pass| pass.visit_arm(arm));
        }
    }

    fn visit_expr_for_loop(&mut self, expr: &'ast ExprForLoop) {
        self.inner_loop(|pass| visit::visit_expr_for_loop(pass, expr));
    }
    fn visit_expr_while(&mut self, expr: &'ast ExprWhile) {
        self.inner_loop(|pass| visit::visit_expr_while(pass, expr));
    }
    fn visit_expr_loop(&mut self, expr: &'ast ExprLoop) {
        self.inner_loop(|pass| visit::visit_expr_loop(pass, expr));
    }

    /// Of a closure `return` and `?` leave nothing else.
    fn visit_expr_closure(&mut self, expr: &'ast ExprClosure) {
        let outer = self.under.take();
        visit::visit_expr_closure(self, expr);
        self.under = outer;
    }

    fn visit_expr_break(&mut self, expr: &'ast ExprBreak) {
        if expr.label.is_some() || self.loops == 0 {
            self.left(&expr.to_token_stream(), "break");
        }
    }
    fn visit_expr_continue(&mut self, expr: &'ast ExprContinue) {
        if expr.label.is_some() || self.loops == 0 {
            self.left(&expr.to_token_stream(), "continue");
        }
    }
    fn visit_expr_return(&mut self, expr: &'ast ExprReturn) {
        self.left(&expr.to_token_stream(), "return");
    }
    fn visit_expr_try(&mut self, expr: &'ast ExprTry) {
        visit::visit_expr_try(self, expr);
        self.left(&expr.question_token.to_token_stream(), "?");
    }
}
