//! What leaves the loop: `break`, `return`, `?`. Found, judged, and put into the words of the runtime.
//!
//! `continue` stays as it is: the body still stands in a `for`. Closures, `async` blocks and nested items keep their own
//! `return` and `?`; loops inside the body keep their own `break`.

mod hidden;
mod labels;
#[cfg(test)]
mod tests;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Block, Error, Expr, ExprAsync, ExprClosure, ExprConst, ExprForLoop, ExprLoop, ExprTryBlock, ExprWhile, Item,
    Label, Lifetime, Macro, Pat, Stmt, Type, parse_quote,
};

use crate::diag::region;
use crate::diag::{Diagnostics, leaving as diag};
use crate::macros::{self, Args};
use crate::nest::Nest;

/// What the body holds.
#[derive(Default, Debug, PartialEq)]
pub(crate) struct Control {
    /// A `break` that ends our loop.
    pub(crate) breaks: bool,
    /// A `return` or `?` that leaves the function.
    pub(crate) returns: bool,
    /// A macro of the user's, which may hold a `break` that nobody sees.
    pub(crate) hidden: bool,
}

impl Control {
    /// Whether an iteration can end the loop.
    pub(crate) fn leaves(&self) -> bool {
        self.breaks || self.returns
    }
}

/// What the expansion writes in place of the words that leave the loop. Each expression must itself leave the generated
/// loop (`question`: when there is no value), and be a parsed one, so that parentheses are put where it needs them.
pub(crate) trait Exits {
    fn leave_break(&self, at: Span) -> Expr;
    fn leave_return(&self, value: Option<Expr>, at: Span) -> Expr;
    fn question(&self, value: Expr, at: Span) -> Expr;
}

/// Finds what leaves the loop; an error for what cannot.
pub(crate) fn judge(nest: &Nest<'_>) -> syn::Result<Control> {
    let mut pass = Pass::new(nest, None);
    pass.visit_block_mut(&mut nest.body.clone());
    Diagnostics::all(pass.errors)?;
    Ok(pass.found)
}

/// Replaces what leaves the loop in `body`, a judged body of this nest. The generated loop carries the label of the
/// innermost loop, so that `continue 'label` stands as typed.
pub(crate) fn rewrite(nest: &Nest<'_>, body: &mut Block, exits: &dyn Exits) {
    Pass::new(nest, Some(exits)).visit_block_mut(body);
}

/// A loop or labelled block inside the body.
struct Inner {
    label: Option<String>,
    is_loop: bool,
}

struct Pass<'a> {
    /// The labels of the loops that are ours, outermost first.
    ours: Vec<Option<&'a Lifetime>>,
    inner: Vec<Inner>,
    /// In a closure or an `async` block: nothing there leaves the loop.
    foreign: bool,
    /// In a `try` block, which ends every `?`.
    trying: bool,
    exits: Option<&'a dyn Exits>,
    /// The loop has the clause `ordered`.
    found: Control,
    errors: Vec<Error>,
}

impl<'a> Pass<'a> {
    fn new(nest: &Nest<'a>, exits: Option<&'a dyn Exits>) -> Pass<'a> {
        let ours = nest.levels.iter().map(|level| level.label.map(|label| &label.name)).collect();
        let (found, errors) = (Control::default(), Vec::new());
        Pass { ours, inner: Vec::new(), foreign: false, trying: false, exits, found, errors }
    }

    fn within(&mut self, label: Option<&Label>, is_loop: bool, visit: impl FnOnce(&mut Self)) {
        let label = label.map(|label| label.name.ident.to_string());
        self.inner.push(Inner { label, is_loop });
        visit(self);
        self.inner.pop();
    }

    fn abroad(&mut self, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.foreign, true);
        visit(self);
        self.foreign = outer;
    }

    fn leave(&mut self, expr: &mut Expr) {
        let at = expr.span();
        match expr {
            Expr::Break(leave) => {
                let label = leave.label.clone();
                if self.breaks(expr, label.as_ref()) {
                    self.found.breaks = true;
                    self.put(expr, |exits, _| exits.leave_break(at));
                }
            }
            Expr::Return(leave) if !self.foreign && self.in_region() => {
                self.errors.push(region::leaves(leave, "return"));
            }
            Expr::Try(question) if !self.foreign && !self.trying && self.in_region() => {
                self.errors.push(region::leaves(question.question_token, "?"));
            }
            Expr::Return(_) if !self.foreign => {
                self.found.returns = true;
                self.put(expr, |exits, old| match old {
                    Expr::Return(leave) => exits.leave_return(leave.expr.map(|value| *value), at),
                    other => other,
                });
            }
            Expr::Try(question) if !self.foreign && !self.trying => {
                let at = question.question_token.span();
                self.found.returns = true;
                self.put(expr, |exits, old| match old {
                    Expr::Try(question) => exits.question(*question.expr, at),
                    other => other,
                });
            }
            _ => {}
        }
    }

    fn put(&self, expr: &mut Expr, make: impl FnOnce(&dyn Exits, Expr) -> Expr) {
        if let Some(exits) = self.exits {
            let old = std::mem::replace(expr, Expr::PLACEHOLDER);
            *expr = make(exits, old);
        }
    }
}

impl VisitMut for Pass<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Await(wait) if !self.foreign && self.in_region() => {
                self.errors.push(region::suspends(wait.await_token, ".await"));
            }
            Expr::Yield(give) if !self.foreign && self.in_region() => {
                self.errors.push(region::suspends(give.yield_token, "yield"));
            }
            Expr::Await(wait) if !self.foreign => self.errors.push(diag::await_inside(&wait.await_token)),
            Expr::Yield(give) if !self.foreign => self.errors.push(diag::yield_inside(&give.yield_token)),
            Expr::Continue(next) => {
                let label = next.label.clone();
                self.continues(expr, label.as_ref());
            }
            Expr::Block(block) if block.label.is_some() => {
                let label = block.label.clone();
                self.within(label.as_ref(), false, |pass| pass.visit_block_mut(&mut block.block));
                return;
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
        self.leave(expr);
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        let asks = matches!(stmt, Stmt::Expr(Expr::Try(_), Some(_)));
        visit_mut::visit_stmt_mut(self, stmt);
        // After a `?` the semicolon is needed, whatever lints think of it after what stands there now.
        if let (true, Stmt::Expr(Expr::Match(asked), _)) = (asks, stmt) {
            asked.attrs.push(parse_quote!(#[allow(clippy::unnecessary_semicolon)]));
        }
    }

    fn visit_expr_for_loop_mut(&mut self, each: &mut ExprForLoop) {
        self.visit_expr_mut(&mut each.expr);
        let label = each.label.clone();
        self.within(label.as_ref(), true, |pass| pass.visit_block_mut(&mut each.body));
    }

    fn visit_expr_while_mut(&mut self, expr: &mut ExprWhile) {
        let label = expr.label.clone();
        self.within(label.as_ref(), true, |pass| {
            pass.visit_expr_mut(&mut expr.cond);
            pass.visit_block_mut(&mut expr.body);
        });
    }

    fn visit_expr_loop_mut(&mut self, expr: &mut ExprLoop) {
        let label = expr.label.clone();
        self.within(label.as_ref(), true, |pass| pass.visit_block_mut(&mut expr.body));
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        self.abroad(|pass| pass.visit_expr_mut(&mut closure.body));
    }

    fn visit_expr_async_mut(&mut self, expr: &mut ExprAsync) {
        self.abroad(|pass| pass.visit_block_mut(&mut expr.block));
    }

    fn visit_expr_const_mut(&mut self, _: &mut ExprConst) {}

    fn visit_expr_try_block_mut(&mut self, expr: &mut ExprTryBlock) {
        let outer = std::mem::replace(&mut self.trying, true);
        self.visit_block_mut(&mut expr.block);
        self.trying = outer;
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if self.foreign {
            return;
        }
        let name = macros::name(mac);
        if matches!(name.as_str(), "bail" | "ensure") {
            self.errors.push(match self.in_region() {
                true => region::leaves(&mac.path, &format!("{name}!")),
                false => diag::returning_macro(mac),
            });
        }
        self.found.hidden |= !self.is_inner(None) && !macros::never_leaves(&name);
        // Only one inside another macro is left by now. It keeps its `break`; what leaves the function cannot pass it.
        let inner_loop = name == "parallel_for";
        match Args::of(mac) {
            Some(mut args) if !inner_loop => {
                args.exprs_mut().for_each(|arg| self.visit_expr_mut(arg));
                args.store(mac);
            }
            _ => {
                let in_loop = inner_loop || self.is_inner(None);
                let hidden = hidden::exit(&mac.tokens, in_loop, self.trying);
                self.errors.extend(hidden.map(|word| match self.in_region() {
                    true => region::leaves(&word, &word.to_string()),
                    false => diag::hidden_in_macro(word, mac),
                }));
            }
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}
    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        // The guard of a match arm is the one expression in it that runs.
        if let Pat::Guard(guard) = pat {
            self.visit_expr_mut(&mut guard.guard);
        }
    }
    fn visit_attribute_mut(&mut self, _: &mut Attribute) {}
}
