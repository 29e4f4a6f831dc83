//! The walk: to every loop and every item of its own, and past everything `#[parallel]` cannot stand on.

use proc_macro2::TokenStream;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Arm, Attribute, Block, Expr, ExprClosure, ExprLoop, ExprWhile, ImplItemFn, Item, ItemFn, ItemImpl, ItemMod, Local, Macro,
    Stmt, StmtMacro, TraitItemFn,
};

use super::Directives;
use super::annotation::{self, Annotation};
use super::survey::Survey;
use super::{declared, imports, region, survey};
use crate::diag::target as say;

impl VisitMut for Directives {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Some(attrs) = attributes(expr) {
            annotation::misnamed(attrs, &mut self.errors);
        }
        let each = match expr {
            Expr::ForLoop(each) => each,
            Expr::Closure(closure) if region::is_call(closure) => {
                if let Some(annotation) = annotation::take(&mut closure.attrs, &mut self.errors) {
                    *expr = self.closure(annotation, closure.clone());
                }
                return;
            }
            Expr::Block(block) if annotation::is_annotated(&block.attrs) => {
                if let Some(annotation) = annotation::take(&mut block.attrs, &mut self.errors) {
                    *expr = self.block(annotation, block.clone());
                }
                return;
            }
            _ => {
                self.other_expr(expr);
                return visit_mut::visit_expr_mut(self, expr);
            }
        };
        let written = annotation::take(&mut each.attrs, &mut self.errors);
        let implied = std::mem::take(&mut self.implied);
        let meant = || Annotation { span: each.for_token.span, clauses: TokenStream::new(), condition: None, word: None };
        match written.or_else(|| implied.then(meant)) {
            Some(annotation) => *expr = self.directive(annotation, each.clone()),
            None => {
                self.visit_expr_mut(&mut each.expr);
                self.again(None, |visitor| visitor.visit_block_mut(&mut each.body));
            }
        }
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        let mark = imports::mark(imports::items(&block.stmts)).filter(|_| Survey::of(|survey| survey.visit_block(block)).found());
        let around = std::mem::take(&mut self.own);
        self.stmts(block);
        declared::keep_mut(&mut block.stmts, &self.own);
        self.own.extend(around);
        if let Some(mark) = mark {
            block.stmts.insert(0, Stmt::Item(mark));
        }
    }

    fn visit_expr_while_mut(&mut self, each: &mut ExprWhile) {
        let head = each.cond.clone();
        self.again(Some(&head), |visitor| visit_mut::visit_expr_while_mut(visitor, each));
    }
    fn visit_expr_loop_mut(&mut self, each: &mut ExprLoop) {
        self.again(None, |visitor| visit_mut::visit_expr_loop_mut(visitor, each));
    }
    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        self.again(None, |visitor| visit_mut::visit_expr_closure_mut(visitor, closure));
    }

    fn visit_item_mut(&mut self, item: &mut Item) {
        let after = std::mem::take(&mut self.after);
        visit_mut::visit_item_mut(self, item);
        self.after = after;
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        survey::ordered(mac, |block| self.visit_block_mut(block));
    }

    fn visit_stmt_macro_mut(&mut self, stmt: &mut StmtMacro) {
        self.misplaced(&mut stmt.attrs, |span| say::wrong_target(span, "a macro"));
        visit_mut::visit_stmt_macro_mut(self, stmt);
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        self.misplaced(&mut arm.attrs, |span| say::wrong_target(span, "a match arm"));
        visit_mut::visit_arm_mut(self, arm);
    }

    fn visit_local_mut(&mut self, local: &mut Local) {
        self.misplaced(&mut local.attrs, |span| say::wrong_target(span, "a `let`"));
        visit_mut::visit_local_mut(self, local);
    }

    fn visit_item_fn_mut(&mut self, item: &mut ItemFn) {
        self.some_fn(&mut item.attrs, &mut item.block);
    }
    fn visit_impl_item_fn_mut(&mut self, item: &mut ImplItemFn) {
        self.some_fn(&mut item.attrs, &mut item.block);
    }
    fn visit_trait_item_fn_mut(&mut self, item: &mut TraitItemFn) {
        match &mut item.default {
            Some(block) => self.some_fn(&mut item.attrs, block),
            None => self.misplaced(&mut item.attrs, |span| say::no_body(span, "a fn")),
        }
    }
    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        let annotation = annotation::take(&mut item.attrs, &mut self.errors);
        self.some_impl(annotation.as_ref(), item);
    }
    fn visit_item_mod_mut(&mut self, item: &mut ItemMod) {
        let annotation = annotation::take(&mut item.attrs, &mut self.errors);
        self.some_mod(annotation.as_ref(), item);
    }

    /// What nobody took: on a struct, a field, a parameter.
    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        self.misplaced(&mut vec![attribute.clone()], |span| say::wrong_target(span, "something else"));
    }
}

/// Of the expressions on which a directive may be meant to stand.
fn attributes(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    Some(match expr {
        Expr::Assign(e) => &mut e.attrs,
        Expr::Binary(e) => &mut e.attrs,
        Expr::Block(e) => &mut e.attrs,
        Expr::Call(e) => &mut e.attrs,
        Expr::ForLoop(e) => &mut e.attrs,
        Expr::Index(e) => &mut e.attrs,
        Expr::Loop(e) => &mut e.attrs,
        Expr::MethodCall(e) => &mut e.attrs,
        Expr::Path(e) => &mut e.attrs,
        Expr::While(e) => &mut e.attrs,
        _ => return None,
    })
}

impl Directives {
    /// The expressions on which it is likely to be written by mistake.
    fn other_expr(&mut self, expr: &mut Expr) {
        let wrong = |found| move |span| say::wrong_target(span, found);
        match expr {
            Expr::While(e) => self.misplaced(&mut e.attrs, |span| say::other_loop(span, "a `while` loop")),
            Expr::Loop(e) => self.misplaced(&mut e.attrs, |span| say::other_loop(span, "a `loop`")),
            Expr::Unsafe(e) => self.misplaced(&mut e.attrs, wrong("an `unsafe` block")),
            Expr::If(e) => self.misplaced(&mut e.attrs, wrong("an `if`")),
            Expr::Match(e) => self.misplaced(&mut e.attrs, wrong("a `match`")),
            Expr::Closure(e) => self.misplaced(&mut e.attrs, wrong("a closure")),
            Expr::Macro(e) => self.misplaced(&mut e.attrs, wrong("a macro")),
            // Of an assignment the attribute is on what begins its left side.
            Expr::Index(e) => self.misplaced(&mut e.attrs, wrong("another expression")),
            Expr::Path(e) => self.misplaced(&mut e.attrs, wrong("another expression")),
            Expr::Call(e) => self.misplaced(&mut e.attrs, wrong("a call")),
            Expr::MethodCall(e) => self.misplaced(&mut e.attrs, wrong("a call")),
            _ => {}
        }
    }
}
