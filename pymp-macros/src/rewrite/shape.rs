//! What the forms of calls and places tell, where no types are known.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, ExprBinary, ExprForLoop, ExprLet, ExprLit, ExprMatch, Lit, Local, Stmt};

use crate::access::{draws, is_type};
use crate::macros;

/// The words from which the value of a region comes, which may live longer than a reference to a variable.
pub(super) fn in_value(body: &Block) -> Vec<Ident> {
    struct Bound(Vec<(Vec<Ident>, Vec<Ident>)>);
    impl Bound {
        fn bind(&mut self, pat: &impl ToTokens, from: &impl ToTokens) {
            self.0.push((macros::words(pat.to_token_stream()), macros::words(from.to_token_stream())));
        }
    }
    impl<'ast> Visit<'ast> for Bound {
        fn visit_local(&mut self, local: &'ast Local) {
            if let Some(init) = &local.init {
                self.bind(&local.pat, &init.expr);
            }
            visit::visit_local(self, local);
        }
        fn visit_expr_for_loop(&mut self, each: &'ast ExprForLoop) {
            self.bind(&each.pat, &each.expr);
            visit::visit_expr_for_loop(self, each);
        }
        fn visit_expr_let(&mut self, bound: &'ast ExprLet) {
            self.bind(&bound.pat, &bound.expr);
            visit::visit_expr_let(self, bound);
        }
        fn visit_expr_match(&mut self, choice: &'ast ExprMatch) {
            choice.arms.iter().for_each(|arm| self.bind(&arm.pat, &choice.expr));
            visit::visit_expr_match(self, choice);
        }
    }
    let Some(value) = body.stmts.last().filter(|_| ends_with_value(body)) else { return Vec::new() };
    let mut bound = Bound(Vec::new());
    bound.visit_block(body);
    let mut words = macros::words(value.to_token_stream());
    while let Some(at) = bound.0.iter().position(|(names, _)| names.iter().any(|name| words.contains(name))) {
        words.extend(bound.0.swap_remove(at).1);
    }
    words
}

/// Whether a block has a value, for all that shows.
fn ends_with_value(block: &Block) -> bool {
    match block.stmts.last() {
        Some(Stmt::Expr(value, None)) => is_value(value),
        Some(Stmt::Macro(call)) => call.semi_token.is_none() && !macros::prints(&macros::name(&call.mac)),
        _ => false,
    }
}

fn is_value(expr: &Expr) -> bool {
    match expr {
        Expr::Assign(_) | Expr::ForLoop(_) | Expr::While(_) => false,
        Expr::Binary(binary) => !super::is_update(&binary.op),
        Expr::Block(inner) => ends_with_value(&inner.block),
        Expr::If(branch) => ends_with_value(&branch.then_branch),
        Expr::Macro(call) => !macros::prints(&macros::name(&call.mac)),
        Expr::Match(choice) => choice.arms.iter().any(|arm| is_value(&arm.body)),
        _ => true,
    }
}

/// `name + "x"`, `name + &other`.
pub(super) fn joins_texts(sum: &ExprBinary) -> bool {
    matches!(sum.op, BinOp::Add(_)) && matches!(&*sum.right, Expr::Lit(ExprLit { lit: Lit::Str(_), .. }) | Expr::Reference(_))
}

/// Functions and methods that keep, or drop, what they are given.
const TAKERS: [&str; 8] = ["drop", "forget", "insert", "push", "push_back", "push_front", "send", "spawn"];

pub(super) fn takes(function: &Ident) -> bool {
    TAKERS.contains(&function.to_string().as_str())
}

/// Methods of `Option`, `Result` and the like that are given a value for later. Lints look for calls there.
const FALL_BACKS: [&str; 9] = ["and", "expect", "get_or_insert", "map_or", "ok_or", "or", "or_insert", "then_some", "unwrap_or"];

pub(super) fn falls_back(method: &Ident) -> bool {
    FALL_BACKS.contains(&method.to_string().as_str())
}

/// What is in `Some(x)` and `(x, y)`, or this.
pub(super) fn inside(value: &mut Expr, each: &mut dyn FnMut(&mut Expr)) {
    match value {
        Expr::Call(call) if is_constructor(&call.func) => call.args.iter_mut().for_each(|value| inside(value, each)),
        Expr::Tuple(tuple) => tuple.elems.iter_mut().for_each(|value| inside(value, each)),
        other => each(other),
    }
}

fn is_constructor(function: &Expr) -> bool {
    matches!(function, Expr::Path(path) if path.path.segments.last().is_some_and(|last| is_type(&last.ident)))
}

/// The variable and its fields, inside of `v[k]`.
pub(super) fn innermost(expr: &mut Expr) -> &mut Expr {
    if is_named(expr) {
        return expr;
    }
    match expr {
        Expr::Index(index) => innermost(&mut index.expr),
        Expr::Paren(inner) => innermost(&mut inner.expr),
        Expr::Group(inner) => innermost(&mut inner.expr),
        Expr::Unary(unary) => innermost(&mut unary.expr),
        Expr::Field(field) => innermost(&mut field.base),
        other => other,
    }
}

/// `x`, `x.y.z`.
fn is_named(expr: &Expr) -> bool {
    match expr {
        Expr::Field(field) => is_named(&field.base),
        other => matches!(other, Expr::Path(_)),
    }
}

/// `<AllThreads as MayTake<_>>::take(x)`, of `held.rs`.
pub(super) fn is_taken(expr: &Expr) -> bool {
    let Expr::Call(call) = expr else { return false };
    matches!(&*call.func, Expr::Path(path) if path.qself.is_some() && path.path.segments.iter().any(|segment| segment.ident == "MayTake"))
}

/// When the threads need not share a variable that this method changes, as far as names show what it is for.
pub(super) fn unless(variable: &Ident, method: &Ident) -> &'static str {
    match method.to_string().as_str() {
        _ if variable == "self" => "",
        // Of an array, it has been refused.
        "get_mut" => "_unless_a_shared_dict",
        by if draws(&variable.to_string(), by) => "_unless_private",
        _ => "_unless_private_or_reduced",
    }
}
