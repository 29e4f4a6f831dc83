//! What no statement can be asked about by itself, see `judged.rs`: macros of the user's in a `let`, in a condition, in the value of a block or
//! in a closure of the user's; and variables that are handed on as they are, without a reference of ours, see `held.rs`.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprAsync, ExprBinary, ExprClosure, ExprConst, ExprForLoop, ExprLet, ExprMethodCall, ExprUnary, Item,
    Local, Macro, Stmt, UnOp,
};

use super::judged::is_foreign;
use super::shape;
use crate::access::reads;
use crate::effort;
use crate::macros::{self, Args};
use crate::place::Target;

/// Where it stands.
#[derive(Default)]
pub(super) struct Rest {
    place: Option<(Span, Span)>,
    /// The words that macros have been handed.
    handed: BTreeSet<String>,
}

impl Rest {
    /// From where to where, if there is any.
    pub(super) fn place(&self) -> Option<(Span, Span)> {
        self.place
    }

    /// Looks at a statement. In a block, statements are asked by themselves.
    pub(super) fn look(&mut self, stmt: &Stmt, is_shared: &dyn Fn(&Ident) -> bool) {
        Pass { rest: self, is_shared, bound: Vec::new(), in_closure: false, in_place: false }.visit_stmt(stmt);
    }

    fn found(&mut self, at: Span) {
        self.place = Some((self.place.map_or(at, |(first, _)| first), at));
    }
}

struct Pass<'a> {
    rest: &'a mut Rest,
    is_shared: &'a dyn Fn(&Ident) -> bool,
    /// The names of the patterns around.
    bound: Vec<Ident>,
    in_closure: bool,
    /// A variable here is but read or borrowed.
    in_place: bool,
}

impl Pass<'_> {
    fn is_shared(&self, word: &Ident) -> bool {
        (self.is_shared)(word) && !self.bound.contains(word)
    }

    /// What is given one variable is told by that.
    fn handed(&mut self, tokens: TokenStream, name: Span) {
        let words: Vec<Ident> = macros::words(tokens).into_iter().filter(|word| self.is_shared(word)).collect();
        match words.as_slice() {
            [] => {}
            [word] => self.rest.found(word.span()),
            _ => self.rest.found(name),
        }
        self.rest.handed.extend(words.iter().map(Ident::to_string));
    }

    /// `x`, `x.y`, `*x`, where the value of an element is wanted. What a macro has been given has been told.
    fn given(&mut self, expr: &Expr) {
        let part = matches!(expr, Expr::Path(_) | Expr::Field(_) | Expr::Unary(ExprUnary { op: UnOp::Deref(_), .. }));
        if let (true, Some(Target { place, index: None, .. })) = (part, Target::of(expr))
            && !effort::is_quick(&place.root)
            && self.is_shared(&place.root)
            && !self.rest.handed.contains(&place.root.to_string())
        {
            self.rest.found(place.root.span());
        }
    }
}

impl<'ast> Visit<'ast> for Pass<'_> {
    fn visit_block(&mut self, block: &'ast Block) {
        if self.in_closure {
            visit::visit_block(self, block);
        }
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        if let Some(capture) = &closure.capture {
            return self.handed(closure.body.to_token_stream(), capture.span());
        }
        let (outside, names) = (std::mem::replace(&mut self.in_closure, true), self.bound.len());
        self.bound.extend(closure.inputs.iter().flat_map(|input| macros::words(input.to_token_stream())));
        self.visit_expr(&closure.body);
        self.bound.truncate(names);
        self.in_closure = outside;
    }

    fn visit_expr_async(&mut self, block: &'ast ExprAsync) {
        self.handed(block.block.to_token_stream(), block.async_token.span);
    }

    fn visit_expr_const(&mut self, _: &'ast ExprConst) {}
    fn visit_item(&mut self, _: &'ast Item) {}

    fn visit_expr(&mut self, expr: &'ast Expr) {
        let in_place = matches!(
            expr,
            Expr::Binary(_)
                | Expr::Cast(_)
                | Expr::Field(_)
                | Expr::If(_)
                | Expr::Index(_)
                | Expr::Range(_)
                | Expr::Reference(_)
                | Expr::Unary(_)
                | Expr::While(_)
        );
        if shape::is_taken(expr) {
            return;
        }
        let outside = std::mem::replace(&mut self.in_place, in_place);
        if !outside {
            self.given(expr);
        }
        visit::visit_expr(self, expr);
        self.in_place = outside;
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        let names = self.bound.len();
        self.bound.extend(macros::words(arm.pat.to_token_stream()));
        visit::visit_arm(self, arm);
        self.bound.truncate(names);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        visit::visit_local(self, local);
        self.bound.extend(macros::words(local.pat.to_token_stream()));
    }

    fn visit_expr_let(&mut self, bound: &'ast ExprLet) {
        visit::visit_expr_let(self, bound);
        self.bound.extend(macros::words(bound.pat.to_token_stream()));
    }

    fn visit_expr_for_loop(&mut self, each: &'ast ExprForLoop) {
        self.visit_expr(&each.expr);
        self.bound.extend(macros::words(each.pat.to_token_stream()));
        self.visit_block(&each.body);
    }

    fn visit_expr_binary(&mut self, sum: &'ast ExprBinary) {
        self.in_place = !shape::joins_texts(sum);
        self.visit_expr(&sum.left);
        self.in_place = true;
        self.visit_expr(&sum.right);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let quick = effort::is_quick(&call.method);
        self.in_place = quick || reads(&call.method);
        self.visit_expr(&call.receiver);
        self.in_place = quick;
        call.args.iter().for_each(|argument| self.visit_expr(argument));
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        if is_foreign(mac) {
            let name = mac.path.segments.last().map_or_else(|| mac.span(), |last| last.ident.span());
            self.handed(mac.tokens.clone(), name);
        } else if let Some(mut args) = Args::of(mac) {
            let takes = matches!(macros::name(mac).as_str(), "dbg" | "vec");
            let outside = std::mem::replace(&mut self.in_place, !takes);
            args.exprs_mut().for_each(|argument| self.visit_expr(argument));
            self.in_place = outside;
        }
    }
}
