//! The loops that `collapse` makes one of, outermost first, and the body inside them all.

use proc_macro2::Ident;
use syn::{Block, Expr, ExprForLoop, ExprLit, ExprRange, Label, Lit, Pat, RangeLimits, Stmt};

use crate::directive::{LoopDirective, RegionDirective};
use crate::place::bare;

pub(crate) struct Nest<'a> {
    /// One level without `collapse`; none in a region.
    pub(crate) levels: Vec<Level<'a>>,
    pub(crate) body: &'a Block,
}

#[derive(Clone, Copy)]
pub(crate) struct Level<'a> {
    pub(crate) label: Option<&'a Label>,
    pub(crate) pat: &'a Pat,
    pub(crate) head: &'a Expr,
}

impl<'a> Nest<'a> {
    /// As many levels as `collapse` asks for, or as there are.
    pub(crate) fn of(directive: &'a LoopDirective) -> Nest<'a> {
        let mut each = &directive.each;
        let mut levels = vec![Level::of(each)];
        while levels.len() < directive.depth() {
            let Some(inner) = only_loop(&each.body) else { break };
            levels.push(Level::of(inner));
            each = inner;
        }
        Nest { levels, body: &each.body }
    }

    /// A region is no loop.
    pub(crate) fn of_region(directive: &'a RegionDirective) -> Nest<'a> {
        Nest { levels: Vec::new(), body: &directive.body }
    }
}

/// The innermost body, the directives in it expanded: what is generated.
pub(crate) fn lowered_body(directive: &LoopDirective) -> Block {
    let mut body = directive.lowered();
    for _ in 1..directive.depth() {
        let Some(inner) = only_loop(body) else { break };
        body = &inner.body;
    }
    body.clone()
}

/// The `for` that is all a block holds.
fn only_loop(block: &Block) -> Option<&ExprForLoop> {
    match block.stmts.as_slice() {
        [Stmt::Expr(Expr::ForLoop(each), _)] => Some(each),
        _ => None,
    }
}

impl<'a> Level<'a> {
    fn of(each: &'a ExprForLoop) -> Level<'a> {
        Level { label: each.label.as_ref(), pat: &each.pat, head: &each.expr }
    }

    /// The variable that counts the iterations: `i`, or the first of `(i, x)` under `.enumerate()`.
    pub(crate) fn counter(&self) -> Option<&'a Ident> {
        match naked(self.pat) {
            Pat::Tuple(tuple) if is_enumerated(self.head) => plain(naked(tuple.elems.first()?)),
            pat => plain(pat),
        }
    }

    /// Whether the counter is a number for certain.
    pub(crate) fn is_numbered(&self) -> bool {
        matches!(in_full(self.head), Expr::Range(_)) || is_enumerated(self.head)
    }

    /// Whether the counter goes down.
    pub(crate) fn is_reversed(&self) -> bool {
        is_reversed(self.head)
    }

    /// How far the counter goes from iteration to iteration; `None` when only the running program knows.
    pub(crate) fn step(&self) -> Option<i128> {
        step_of(self.head)
    }

    /// Of `(start..end).step_by(step)`, start and step being numbers.
    pub(crate) fn stepped(&self) -> Option<(i128, &'a Expr, i128)> {
        let Expr::MethodCall(call) = bare(self.head) else { return None };
        let Expr::Range(ExprRange { start, end, limits: RangeLimits::HalfOpen(_), .. }) = bare(&call.receiver) else {
            return None;
        };
        Some((number(start.as_deref()?)?, end.as_deref()?, self.step().filter(|_| call.method == "step_by")?))
    }

    /// The `m` of `0..m`.
    pub(crate) fn extent(&self) -> Option<&'a Expr> {
        let Expr::Range(range) = bare(self.head) else { return None };
        let from_zero = number(range.start.as_deref()?) == Some(0) && matches!(range.limits, RangeLimits::HalfOpen(_));
        range.end.as_deref().filter(|_| from_zero)
    }
}

/// A literal one.
pub(crate) fn number(expr: &Expr) -> Option<i128> {
    match bare(expr) {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    }
}

fn naked(pat: &Pat) -> &Pat {
    match pat {
        Pat::Paren(inner) => naked(&inner.pat),
        Pat::Type(typed) => naked(&typed.pat),
        other => other,
    }
}

fn plain(pat: &Pat) -> Option<&Ident> {
    match pat {
        Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => Some(&ident.ident),
        _ => None,
    }
}

fn step_of(head: &Expr) -> Option<i128> {
    let Expr::MethodCall(call) = bare(head) else { return Some(1) };
    match call.method.to_string().as_str() {
        "step_by" => step_of(&call.receiver)?.checked_mul(number(call.args.first()?)?).filter(|step| *step > 0),
        "rev" | "take" | "skip" => step_of(&call.receiver),
        _ => Some(1),
    }
}

fn is_reversed(head: &Expr) -> bool {
    match bare(head) {
        Expr::MethodCall(call) if call.method == "rev" => !is_reversed(&call.receiver),
        Expr::MethodCall(call) if matches!(call.method.to_string().as_str(), "take" | "skip" | "step_by") => {
            is_reversed(&call.receiver)
        }
        _ => false,
    }
}

/// `.enumerate()`, after which only whole pairs are left out or turned round.
fn is_enumerated(head: &Expr) -> bool {
    matches!(in_full(head), Expr::MethodCall(call) if call.method == "enumerate")
}

/// Without what only leaves iterations out or turns them round.
fn in_full(head: &Expr) -> &Expr {
    match bare(head) {
        Expr::MethodCall(call) if matches!(call.method.to_string().as_str(), "rev" | "take" | "skip" | "step_by") => {
            in_full(&call.receiver)
        }
        other => other,
    }
}
