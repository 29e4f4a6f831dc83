//! What an iteration reads before it has surely assigned it: a value of another iteration, which `lastprivate` has no place for.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Arm, BinOp, Expr, ExprAssign, ExprAsync, ExprBinary, ExprBreak, ExprClosure, ExprContinue, ExprForLoop, ExprIf, ExprLoop,
    ExprMacro, ExprMatch, ExprMethodCall, ExprReference, ExprReturn, ExprWhile, Label, Local, Macro, StmtMacro,
};

use super::flow::{Flow, State};
use super::forms::Op;
use super::methods;
use crate::macros;
use crate::nest::Nest;
use crate::place::Target;
use crate::scope::{self, Scope, Scoped, scoped_visits};

/// The first such read of each of the variables.
pub(crate) fn read_first(nest: &Nest<'_>, names: &[Ident]) -> Vec<(Ident, TokenStream)> {
    if names.is_empty() {
        return Vec::new();
    }
    let mut pass = Pass {
        scope: Scope::of(&nest.levels),
        names: names.iter().map(|name| name.unraw().to_string()).collect(),
        flow: Flow::new(),
        reported: BTreeSet::new(),
        reads: Vec::new(),
    };
    pass.visit_block_mut(&mut nest.body.clone());
    pass.reads
}

struct Pass {
    scope: Scope,
    names: BTreeSet<String>,
    flow: Flow,
    reported: BTreeSet<String>,
    reads: Vec<(Ident, TokenStream)>,
}

impl Pass {
    fn named(&self, name: &Ident) -> Option<String> {
        let word = name.unraw().to_string();
        (self.names.contains(&word) && self.scope.is_captured(name)).then_some(word)
    }

    fn read(&mut self, name: &Ident, tokens: TokenStream) {
        let Some(word) = self.named(name).filter(|word| self.flow.lacks(word)) else { return };
        if self.reported.insert(word) {
            self.reads.push((name.clone(), tokens));
        }
    }

    fn write(&mut self, name: &Ident) {
        if let Some(word) = self.named(name) {
            self.flow.assign(word);
        }
    }

    /// The left side of `=`.
    fn assign(&mut self, left: &mut Expr) {
        match left {
            Expr::Path(path) => {
                if let Some(name) = path.path.get_ident() {
                    self.write(name);
                }
            }
            Expr::Paren(inner) => self.assign(&mut inner.expr),
            Expr::Tuple(tuple) => tuple.elems.iter_mut().for_each(|elem| self.assign(elem)),
            Expr::Array(array) => array.elems.iter_mut().for_each(|elem| self.assign(elem)),
            Expr::Call(call) => call.args.iter_mut().for_each(|arg| self.assign(arg)),
            Expr::Struct(fields) => fields.fields.iter_mut().for_each(|field| self.assign(&mut field.expr)),
            Expr::Infer(_) | Expr::Range(_) => {}
            // A part of it keeps the rest.
            other => self.visit_expr_mut(other),
        }
    }

    /// `visit` may run or not, any number of times: what it assigns is not sure afterwards.
    fn maybe(&mut self, visit: impl FnOnce(&mut Self)) {
        let before = self.flow.state.clone();
        visit(self);
        self.flow.state = before;
    }

    /// The same of what no `break` leaves.
    fn apart(&mut self, visit: impl FnOnce(&mut Self)) {
        let outside = self.flow.apart();
        visit(self);
        self.flow = outside;
    }

    /// Something `break` can leave; the state where those breaks and the end meet.
    fn leaving(&mut self, label: Option<&Label>, is_loop: bool, visit: impl FnOnce(&mut Self)) -> State {
        self.flow.enter(label, is_loop);
        visit(self);
        self.flow.exit()
    }

    fn after(&mut self, mac: &Macro) {
        if matches!(macros::name(mac).as_str(), "panic" | "unreachable" | "todo" | "unimplemented") {
            self.flow.end();
        }
    }
}

impl Scoped for Pass {
    fn scope(&mut self) -> &mut Scope {
        &mut self.scope
    }
    fn format_name(&mut self, name: Ident) {
        self.read(&name, name.to_token_stream());
    }
    fn opaque(&mut self, word: Ident) {
        self.read(&word, word.to_token_stream());
    }
}

impl VisitMut for Pass {
    scoped_visits! {}

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Path(path) => {
                if let Some(name) = path.path.get_ident() {
                    self.read(name, name.to_token_stream());
                }
            }
            Expr::Block(block) if block.label.is_some() => {
                let label = block.label.clone();
                let left = self.leaving(label.as_ref(), false, |pass| pass.visit_block_mut(&mut block.block));
                self.flow.meet(left);
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_expr_assign_mut(&mut self, assign: &mut ExprAssign) {
        self.visit_expr_mut(&mut assign.right);
        self.assign(&mut assign.left);
    }

    fn visit_expr_binary_mut(&mut self, binary: &mut ExprBinary) {
        match binary.op {
            BinOp::And(_) | BinOp::Or(_) => {
                self.visit_expr_mut(&mut binary.left);
                self.maybe(|pass| pass.visit_expr_mut(&mut binary.right));
            }
            op if Op::of_assign(&op).is_some() => {
                self.visit_expr_mut(&mut binary.right);
                self.visit_expr_mut(&mut binary.left);
            }
            _ => visit_mut::visit_expr_binary_mut(self, binary),
        }
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        let name = Target::of(&call.receiver).map(|target| target.place.root);
        if let (Some(name), true) = (name, methods::mutates(call)) {
            self.write(&name);
        }
    }

    fn visit_expr_reference_mut(&mut self, reference: &mut ExprReference) {
        self.visit_expr_mut(&mut reference.expr);
    }

    fn visit_expr_if_mut(&mut self, expr: &mut ExprIf) {
        self.scope.enter();
        self.visit_expr_mut(&mut expr.cond);
        let before = self.flow.state.clone();
        self.visit_block_mut(&mut expr.then_branch);
        self.scope.leave();
        let then = std::mem::replace(&mut self.flow.state, before);
        if let Some((_, otherwise)) = &mut expr.else_branch {
            self.visit_expr_mut(otherwise);
        }
        self.flow.meet(then);
    }

    fn visit_expr_match_mut(&mut self, expr: &mut ExprMatch) {
        self.visit_expr_mut(&mut expr.expr);
        let before = self.flow.state.clone();
        let mut after = State::Unreachable;
        for arm in &mut expr.arms {
            self.flow.state = before.clone();
            self.visit_arm_mut(arm);
            after = after.join(self.flow.state.clone());
        }
        self.flow.state = after;
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        scope::arm(self, arm);
    }

    fn visit_local_mut(&mut self, local: &mut Local) {
        if let Some(init) = &mut local.init {
            self.visit_expr_mut(&mut init.expr);
            if let Some((_, diverge)) = &mut init.diverge {
                // Never falls through.
                self.maybe(|pass| pass.visit_expr_mut(diverge));
            }
        }
        self.scope.bind(&local.pat);
    }

    fn visit_expr_while_mut(&mut self, expr: &mut ExprWhile) {
        self.scope.enter();
        self.visit_expr_mut(&mut expr.cond);
        let ended = self.flow.state.clone();
        let label = expr.label.clone();
        let left = self.leaving(label.as_ref(), true, |pass| pass.visit_block_mut(&mut expr.body));
        self.scope.leave();
        self.flow.state = ended.join(left);
    }

    fn visit_expr_for_loop_mut(&mut self, each: &mut ExprForLoop) {
        self.visit_expr_mut(&mut each.expr);
        let ended = self.flow.state.clone();
        self.scope.enter();
        scope::bind_inner(&mut self.scope, each);
        let label = each.label.clone();
        let left = self.leaving(label.as_ref(), true, |pass| pass.visit_block_mut(&mut each.body));
        self.scope.leave();
        self.flow.state = ended.join(left);
    }

    fn visit_expr_loop_mut(&mut self, expr: &mut ExprLoop) {
        let label = expr.label.clone();
        // Without a `break` nothing comes after it.
        self.flow.state = self.leaving(label.as_ref(), true, |pass| pass.visit_block_mut(&mut expr.body));
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        self.apart(|pass| scope::expr_closure(pass, closure));
    }

    fn visit_expr_async_mut(&mut self, expr: &mut ExprAsync) {
        self.apart(|pass| pass.visit_block_mut(&mut expr.block));
    }

    fn visit_expr_macro_mut(&mut self, expr: &mut ExprMacro) {
        self.visit_macro_mut(&mut expr.mac);
        self.after(&expr.mac);
    }

    fn visit_stmt_macro_mut(&mut self, stmt: &mut StmtMacro) {
        self.visit_macro_mut(&mut stmt.mac);
        self.after(&stmt.mac);
    }

    fn visit_expr_break_mut(&mut self, expr: &mut ExprBreak) {
        visit_mut::visit_expr_break_mut(self, expr);
        self.flow.leave(expr.label.as_ref());
    }

    fn visit_expr_continue_mut(&mut self, _: &mut ExprContinue) {
        self.flow.end();
    }

    fn visit_expr_return_mut(&mut self, expr: &mut ExprReturn) {
        visit_mut::visit_expr_return_mut(self, expr);
        self.flow.end();
    }
}
