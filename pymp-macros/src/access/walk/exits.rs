//! The ways out of the body, and under which `if`s of the loop (or closure) that they leave they stand.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprContinue, ExprForLoop, ExprLoop, ExprWhile, Label, Lifetime, Stmt, parse_quote};

use super::Walk;
use crate::access::usage::Exit;
use crate::macros::words;
use crate::nest::Nest;
use crate::text::mentions;

/// What a way out can leave, and how many `if`s stand around it.
pub(super) struct Around {
    kind: Kind,
    label: Option<Lifetime>,
    ifs: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Loop,
    Block,
    /// `return` and `?` leave no more than it.
    Closure,
}

impl Walk {
    pub(super) fn inside(&mut self, kind: Kind, label: Option<&Label>, visit: impl FnOnce(&mut Self)) {
        self.around.push(Around { kind, label: label.map(|label| label.name.clone()), ifs: self.ifs.len() });
        match kind {
            Kind::Block => visit(self),
            Kind::Loop | Kind::Closure => {
                let known = self.comparisons.enter();
                self.inner.push(None);
                visit(self);
                self.inner.pop();
                self.comparisons.leave(known);
            }
        }
        self.around.pop();
    }

    /// `break` and `continue`.
    pub(super) fn exit(&mut self, tokens: &impl ToTokens, word: &'static str, label: Option<&Lifetime>) {
        self.exits(tokens, word, |around| match label {
            Some(_) => around.label.as_ref() == label,
            None => around.kind == Kind::Loop,
        });
    }

    /// `return` and `?`.
    pub(super) fn returns(&mut self, tokens: &impl ToTokens, word: &'static str) {
        self.exits(tokens, word, |around| around.kind == Kind::Closure);
    }

    fn exits(&mut self, tokens: &impl ToTokens, word: &'static str, leaves: impl Fn(&Around) -> bool) {
        let outside = self.around.iter().rev().find(|around| leaves(around)).map_or(0, |around| around.ifs);
        let ifs = self.ifs.iter().skip(outside).map(|(branch, _)| *branch).collect();
        self.uses.exits.push(Exit { word, tokens: tokens.to_token_stream(), ifs });
    }
}

/// The body without each `continue` after which its iteration has nothing to do anyway.
pub(super) fn without_last(nest: &Nest<'_>) -> Block {
    let mut body = nest.body.clone();
    if let Some(level) = nest.levels.last() {
        end(&mut body, level.label);
    }
    Inner.visit_block_mut(&mut body);
    body
}

fn end(body: &mut Block, label: Option<&Label>) {
    behind_continue(body, label);
    if let Some(Stmt::Expr(last, _)) = body.stmts.last_mut() {
        end_of(last, label);
    }
}

/// `if x <= m { continue; } m = x; at = i;` is `if !(x <= m) { m = x; at = i; }`.
fn behind_continue(body: &mut Block, label: Option<&Label>) {
    let assigns = |stmt: &Stmt| matches!(stmt, Stmt::Local(_) | Stmt::Expr(Expr::Assign(_), _));
    let at = body.stmts.iter().rposition(|stmt| !assigns(stmt));
    let Some(Stmt::Expr(Expr::If(choice), _)) = at.and_then(|at| body.stmts.get(at)) else { return };
    let is_asked = |stmt: &Stmt| match stmt {
        Stmt::Expr(Expr::Assign(set), _) => {
            words(set.left.to_token_stream()).iter().any(|name| mentions(choice.cond.to_token_stream(), name))
        }
        _ => false,
    };
    let asked = body.stmts.iter().skip(at.map_or(0, |at| at + 1)).any(is_asked);
    let leaves = match choice.then_branch.stmts.as_slice() {
        [Stmt::Expr(Expr::Continue(exit), _)] => is_own(exit, label),
        _ => false,
    };
    if let (Some(at), true, None) = (at, leaves && asked, &choice.else_branch) {
        let cond = choice.cond.clone();
        let rest = body.stmts.split_off(at + 1);
        body.stmts.pop();
        let binds = cond.to_token_stream().into_iter().any(|token| token.to_string() == "let");
        body.stmts.push(match binds {
            true => parse_quote!(if #cond {} else { #(#rest)* }),
            false => parse_quote!(if !(#cond) { #(#rest)* }),
        });
    }
}

/// It goes to the next iteration of this loop.
fn is_own(exit: &ExprContinue, label: Option<&Label>) -> bool {
    exit.label.is_none() || exit.label.as_ref() == label.map(|label| &label.name)
}

fn end_of(last: &mut Expr, label: Option<&Label>) {
    match last {
        Expr::Continue(exit) if is_own(exit, label) => {
            *last = parse_quote!(());
        }
        Expr::Block(inner) => end(&mut inner.block, label),
        Expr::If(choice) => {
            end(&mut choice.then_branch, label);
            choice.else_branch.iter_mut().for_each(|(_, otherwise)| end_of(otherwise, label));
        }
        Expr::Match(choice) => choice.arms.iter_mut().for_each(|arm| end_of(&mut arm.body, label)),
        _ => {}
    }
}

/// The same for the loops in the body.
struct Inner;

impl VisitMut for Inner {
    fn visit_expr_for_loop_mut(&mut self, each: &mut ExprForLoop) {
        end(&mut each.body, each.label.as_ref());
        visit_mut::visit_expr_for_loop_mut(self, each);
    }
    fn visit_expr_while_mut(&mut self, each: &mut ExprWhile) {
        end(&mut each.body, each.label.as_ref());
        visit_mut::visit_expr_while_mut(self, each);
    }
    fn visit_expr_loop_mut(&mut self, each: &mut ExprLoop) {
        end(&mut each.body, each.label.as_ref());
        visit_mut::visit_expr_loop_mut(self, each);
    }
}
