//! Which names the loop body itself has bound: everything else it mentions is captured.
//!
//! A pass over the body implements [`Scoped`] and takes its traversal from `scoped_visits!`; the order of the visits is the
//! order of evaluation, so that a `let` shadows what comes after it and nothing before.

mod names;

use proc_macro2::{Ident, TokenStream};
use syn::visit_mut::VisitMut;
use syn::{Arm, Attribute, Block, Expr, ExprBlock, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprWhile, Local, Meta, Pat, Stmt};

pub(crate) use self::names::{Binding, Scope};
use crate::diag::Diagnostics;
use crate::directive::PrivateKind;
use crate::nest::Level;
use crate::nested::is_parallel;
use crate::parse;

/// A pass over the body that knows what is bound where it stands.
pub(crate) trait Scoped: VisitMut {
    fn scope(&mut self) -> &mut Scope;
    /// What is to stand before a statement.
    fn before(&mut self, _stmt: &Stmt) -> Option<Stmt> {
        None
    }
    /// A value that a `let` or an `if let` takes apart.
    fn matched(&mut self, value: &mut Expr, _pat: &Pat) {
        self.visit_expr_mut(value);
    }
    /// `"{name}"` in a format string.
    fn format_name(&mut self, _name: Ident) {}
    /// The first argument of `write!`.
    fn write_target(&mut self, target: &mut Expr) {
        self.visit_expr_mut(target);
    }
    /// An argument of a macro of which only its definition knows what it does with it.
    fn argument(&mut self, argument: &mut Expr) {
        self.visit_expr_mut(argument);
    }
    /// An argument of a macro that prints it.
    fn printed(&mut self, argument: &mut Expr) {
        self.visit_expr_mut(argument);
    }
    /// A word among the tokens of a macro that takes something else than expressions.
    fn opaque(&mut self, _word: Ident) {}
}

/// The visits that open scopes, for an `impl VisitMut` of a [`Scoped`] pass; those of the branches and loops apart,
/// since some passes have more to do there.
macro_rules! scoped_visits {
    () => {
        fn visit_block_mut(&mut self, block: &mut syn::Block) {
            $crate::scope::block(self, block);
        }
        fn visit_expr_block_mut(&mut self, expr: &mut syn::ExprBlock) {
            $crate::scope::expr_block(self, expr);
        }
        fn visit_expr_let_mut(&mut self, expr: &mut syn::ExprLet) {
            $crate::scope::expr_let(self, expr);
        }
        fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
            $crate::macros::visit(self, mac);
        }
        // A nested item sees none of the variables around it.
        fn visit_item_mut(&mut self, _: &mut syn::Item) {}
        // Types and patterns name no variables (`[T; n]` needs a constant).
        fn visit_type_mut(&mut self, _: &mut syn::Type) {}
        fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}
        fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}
    };
    (branches) => {
        fn visit_local_mut(&mut self, local: &mut syn::Local) {
            $crate::scope::local(self, local);
        }
        fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
            $crate::scope::arm(self, arm);
        }
        fn visit_expr_if_mut(&mut self, expr: &mut syn::ExprIf) {
            $crate::scope::expr_if(self, expr);
        }
        fn visit_expr_while_mut(&mut self, expr: &mut syn::ExprWhile) {
            $crate::scope::expr_while(self, expr);
        }
        fn visit_expr_for_loop_mut(&mut self, expr: &mut syn::ExprForLoop) {
            $crate::scope::expr_for(self, expr);
        }
        fn visit_expr_closure_mut(&mut self, expr: &mut syn::ExprClosure) {
            $crate::scope::expr_closure(self, expr);
        }
    };
}
pub(crate) use scoped_visits;

pub(crate) fn block<V: Scoped + ?Sized>(v: &mut V, block: &mut Block) {
    v.scope().enter();
    v.scope().bind_items(block);
    for mut stmt in std::mem::take(&mut block.stmts) {
        let before = v.before(&stmt);
        v.visit_stmt_mut(&mut stmt);
        block.stmts.extend(before);
        block.stmts.push(stmt);
    }
    v.scope().leave();
}

pub(crate) fn local<V: Scoped + ?Sized>(v: &mut V, local: &mut Local) {
    if let Some(init) = &mut local.init {
        v.matched(&mut init.expr, &local.pat);
        if let Some((_, diverge)) = &mut init.diverge {
            v.visit_expr_mut(diverge);
        }
    }
    v.scope().bind(&local.pat);
}

/// Binds into the frame of the `if`, `while` or arm around it.
pub(crate) fn expr_let<V: Scoped + ?Sized>(v: &mut V, expr: &mut ExprLet) {
    v.matched(&mut expr.expr, &expr.pat);
    v.scope().bind(&expr.pat);
}

pub(crate) fn expr_if<V: Scoped + ?Sized>(v: &mut V, expr: &mut ExprIf) {
    v.scope().enter();
    v.visit_expr_mut(&mut expr.cond);
    v.visit_block_mut(&mut expr.then_branch);
    v.scope().leave();
    if let Some((_, otherwise)) = &mut expr.else_branch {
        v.visit_expr_mut(otherwise);
    }
}

pub(crate) fn expr_while<V: Scoped + ?Sized>(v: &mut V, expr: &mut ExprWhile) {
    v.scope().enter();
    v.visit_expr_mut(&mut expr.cond);
    v.visit_block_mut(&mut expr.body);
    v.scope().leave();
}

pub(crate) fn expr_for<V: Scoped + ?Sized>(v: &mut V, each: &mut ExprForLoop) {
    v.visit_expr_mut(&mut each.expr);
    v.scope().enter();
    bind_inner(v.scope(), each);
    v.visit_block_mut(&mut each.body);
    v.scope().leave();
}

/// The pattern of a loop inside the body, and what is private to it when it is a directive itself.
pub(crate) fn bind_inner(scope: &mut Scope, each: &ExprForLoop) {
    bind_privates(scope, &each.attrs);
    scope.bind(&each.pat);
    let level = Level { label: None, pat: &each.pat, head: &each.expr };
    if let (Some(name), Some(extent)) = (level.counter(), level.extent()) {
        scope.insert(name, Binding::Inner(Box::new(extent.clone())));
    }
}

fn bind_privates(scope: &mut Scope, attrs: &[Attribute]) {
    for tokens in inner_clauses(attrs) {
        let mut errors = Diagnostics::new();
        let clauses = parse::clauses(parse::Of::Loop, tokens, &mut errors);
        errors.disregard();
        let privates = clauses.privates.iter().filter(|clause| !matches!(clause.value.kind, PrivateKind::Last));
        privates.for_each(|clause| scope.insert(&clause.value.name, Binding::Local));
    }
}

/// What stands in the `#[parallel(..)]` of a loop or region inside the body.
pub(crate) fn inner_clauses(attrs: &[Attribute]) -> impl Iterator<Item = TokenStream> {
    attrs.iter().filter_map(|attribute| match &attribute.meta {
        Meta::List(list) if is_parallel(&list.path) => Some(list.tokens.clone()),
        _ => None,
    })
}

pub(crate) fn expr_closure<V: Scoped + ?Sized>(v: &mut V, closure: &mut ExprClosure) {
    v.scope().enter();
    // That of a region has clauses.
    bind_privates(v.scope(), &closure.attrs);
    closure.inputs.iter().for_each(|input| v.scope().bind(input));
    v.visit_expr_mut(&mut closure.body);
    v.scope().leave();
}

/// A block with `#[parallel(..)]` is a region.
pub(crate) fn expr_block<V: Scoped + ?Sized>(v: &mut V, expr: &mut ExprBlock) {
    v.scope().enter();
    bind_privates(v.scope(), &expr.attrs);
    v.visit_block_mut(&mut expr.block);
    v.scope().leave();
}

pub(crate) fn arm<V: Scoped + ?Sized>(v: &mut V, arm: &mut Arm) {
    v.scope().enter();
    v.scope().bind(&arm.pat);
    if let Pat::Guard(guard) = &mut arm.pat {
        v.visit_expr_mut(&mut guard.guard);
    }
    v.visit_expr_mut(&mut arm.body);
    v.scope().leave();
}
