//! The walk over the body: every use of a captured variable, in the order of evaluation.

mod conditions;
mod exits;
mod handed;
mod places;

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Expr, ExprAssign, ExprBinary, ExprBreak, ExprCall, ExprCast, ExprClosure, ExprContinue, ExprForLoop, ExprIf, ExprLoop,
    ExprMatch, ExprMethodCall, ExprRawAddr, ExprReference, ExprReturn, ExprTry, ExprUnary, ExprWhile, Local, Pat,
    PointerMutability, StmtMacro, Type,
};

use self::exits::{Around, Kind};
use super::compare::{Comparison, Known, decides, is_comparing, is_comparison};
use super::decided::Comparisons;
use super::forms::{self, Op};
use super::index::Indexing;
use super::methods;
use super::patterns::borrows;
use super::setting::{Conjunct, Tie};
use super::taken_apart::Spelled;
use super::usage::{Added, How, Once, Plain, Uses};
use crate::macros;
use crate::nest::Nest;
use crate::place::{Target, bare};
use crate::scope::{self, Binding, Scope, scoped_visits};

/// Reads the body, that of a region with its handle. A loop variable that the body assigns to (`mut i`) names no iteration any more.
pub(crate) fn uses(nest: &Nest<'_>, handle: Option<&Pat>) -> Uses {
    let mut walk = Walk::new(nest, &BTreeSet::new());
    if let Some(handle) = handle {
        walk.scope.bind(handle);
    }
    let mut body = exits::without_last(nest);
    Spelled.visit_block_mut(&mut body);
    walk.visit_block_mut(&mut body.clone());
    if !walk.uses.moved_counters.is_empty() {
        let moved = std::mem::take(&mut walk.uses.moved_counters);
        walk = Walk::new(nest, &moved);
        walk.visit_block_mut(&mut body);
        walk.uses.moved_counters = moved;
    }
    walk.uses.settle();
    walk.uses
}

struct Walk {
    scope: Scope,
    indexing: Indexing,
    uses: Uses,
    ifs: Vec<(usize, bool)>,
    around: Vec<Around>,
    branches: usize,
    /// The condition being read: comparisons in it are those of this `if`.
    condition: Option<usize>,
    /// What it asks together.
    conjuncts: Vec<Conjunct>,
    /// Of each `if` what its condition knows to be `None`.
    untaken: BTreeSet<(usize, String)>,
    /// The loops (and closures) of the body that are being read, with what they count.
    inner: Vec<Option<Tie>>,
    /// What the condition says of the part of it that is read.
    known: Known,
    comparisons: Comparisons,
    /// What is read next is computed with, so a name is no function's.
    operand: Option<Plain>,
    /// The statement is a macro's, whose value nobody uses.
    in_macro_statement: bool,
}

impl Walk {
    fn new(nest: &Nest<'_>, moved: &BTreeSet<usize>) -> Walk {
        let mut scope = Scope::of(&nest.levels);
        for (depth, level) in nest.levels.iter().enumerate() {
            if let (Some(name), true) = (level.counter(), moved.contains(&depth)) {
                scope.insert(name, Binding::Local);
            }
        }
        let indexing = Indexing::new(&nest.levels, &scope);
        Walk {
            scope,
            indexing,
            uses: Uses::default(),
            ifs: Vec::new(),
            around: Vec::new(),
            branches: 0,
            condition: None,
            conjuncts: Vec::new(),
            untaken: BTreeSet::new(),
            inner: Vec::new(),
            known: Known::default(),
            comparisons: Comparisons::default(),
            operand: None,
            in_macro_statement: false,
        }
    }
}

impl VisitMut for Walk {
    scoped_visits! {}

    fn visit_expr_if_mut(&mut self, expr: &mut ExprIf) {
        self.scope.enter();
        let mark = self.comparisons.mark();
        self.at_once(expr);
        self.without_flag(expr);
        let branch = self.condition(&mut expr.cond);
        self.under(branch, true, |walk| walk.visit_block_mut(&mut expr.then_branch));
        self.scope.leave();
        if let Some((_, otherwise)) = &mut expr.else_branch {
            self.under(branch, false, |walk| walk.visit_expr_mut(otherwise));
        }
        self.comparisons.end(mark);
    }

    fn visit_expr_match_mut(&mut self, expr: &mut ExprMatch) {
        let borrows = expr.arms.iter().any(|arm| borrows(&arm.pat));
        self.scrutinee(&mut expr.expr, borrows);
        let mark = self.comparisons.mark();
        self.arms(&mut expr.arms);
        self.comparisons.end(mark);
    }

    fn visit_local_mut(&mut self, local: &mut Local) {
        let alias = Indexing::alias(local, &self.scope).map(|(name, binding)| (name.clone(), binding));
        let named = self.comparisons.named(local, &self.scope);
        scope::local(self, local);
        if let Some((name, binding)) = alias {
            self.scope.insert(&name, binding);
        }
        if let Some(named) = named {
            self.comparisons.alias(named, &self.scope);
        }
    }

    fn visit_expr_while_mut(&mut self, expr: &mut ExprWhile) {
        self.inside(Kind::Loop, expr.label.clone().as_ref(), |walk| scope::expr_while(walk, expr));
    }

    fn visit_expr_loop_mut(&mut self, expr: &mut ExprLoop) {
        self.inside(Kind::Loop, expr.label.clone().as_ref(), |walk| walk.visit_block_mut(&mut expr.body));
    }

    fn visit_expr_for_loop_mut(&mut self, expr: &mut ExprForLoop) {
        for clauses in scope::inner_clauses(&expr.attrs) {
            self.uses.inner_clauses.extend(macros::words(clauses));
        }
        let counter = Tie::inner(expr);
        self.inside(Kind::Loop, expr.label.clone().as_ref(), |walk| {
            walk.inner.pop();
            walk.inner.push(counter);
            scope::expr_for(walk, expr);
        });
    }

    fn visit_stmt_macro_mut(&mut self, stmt: &mut StmtMacro) {
        if !macros::never_leaves(&macros::name(&stmt.mac)) {
            self.uses.in_statements.extend(macros::words(stmt.mac.tokens.clone()));
        }
        visit_mut::visit_stmt_macro_mut(self, stmt);
    }

    fn visit_expr_closure_mut(&mut self, expr: &mut ExprClosure) {
        self.inside(Kind::Closure, None, |walk| scope::expr_closure(walk, expr));
    }

    fn visit_expr_break_mut(&mut self, expr: &mut ExprBreak) {
        visit_mut::visit_expr_break_mut(self, expr);
        self.exit(expr, "break", expr.label.as_ref());
    }
    fn visit_expr_continue_mut(&mut self, expr: &mut ExprContinue) {
        self.exit(expr, "continue", expr.label.as_ref());
    }
    fn visit_expr_return_mut(&mut self, expr: &mut ExprReturn) {
        visit_mut::visit_expr_return_mut(self, expr);
        self.returns(expr, "return");
    }
    fn visit_expr_try_mut(&mut self, expr: &mut ExprTry) {
        visit_mut::visit_expr_try_mut(self, expr);
        self.returns(&expr.question_token, "?");
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let operand = self.operand.take();
        // Only the parts of a condition that decide it are its comparisons.
        let condition = if decides(expr) { self.condition } else { self.condition.take() };
        let known = self.known;
        self.known = known.within(expr);
        match (self.condition, &mut *expr) {
            (Some(branch), expr) if Comparison::of(expr).is_some() => self.compare(branch, known, expr),
            (_, expr) => self.expression(expr, operand),
        }
        self.known = known;
        self.condition = condition;
    }

    fn visit_expr_assign_mut(&mut self, assign: &mut ExprAssign) {
        let target = bare(&assign.left).to_token_stream().to_string();
        if let (Some(value), Some(Target { index: None, .. })) = (forms::flag(&assign.right), Target::of(&assign.left)) {
            let op = if value { Op::Or } else { Op::And };
            self.touch(&mut assign.left, How::Update { op, spelled: format!("= {value}"), added: Added::Value });
            return;
        }
        let spelled = Target::of(&assign.left).is_some().then(|| forms::update(&target, &mut assign.right)).flatten();
        match spelled {
            Some((op, others)) => {
                let added = others.first().map_or(Added::Value, |first| Added::of(first));
                let values: Vec<Expr> = others.iter().map(|other| (**other).clone()).collect();
                others.into_iter().for_each(|other| self.visit_expr_mut(other));
                let spelled = format!("= .. {op} ..");
                self.write(&mut assign.left, How::Update { op, spelled, added }, &values);
            }
            None => self.assignment(&mut assign.left, &mut assign.right),
        }
    }

    fn visit_expr_binary_mut(&mut self, binary: &mut ExprBinary) {
        if let Some(op) = Op::of_assign(&binary.op) {
            let added = Added::of(&binary.right);
            self.operand(&mut binary.right, Plain::Value);
            self.touch(&mut binary.left, How::Update { op, spelled: format!("{op}="), added });
        } else if let (Some(branch), true) = (self.condition, is_comparison(&binary.op)) {
            self.compare_somehow(branch, &mut binary.left, &mut binary.right);
        } else {
            let how = if is_comparison(&binary.op) { Plain::Operand } else { Plain::Value };
            // That a text is taken rustc says, and how not to.
            self.operand(&mut binary.left, if Added::of(&binary.right) == Added::Value { how } else { Plain::Operand });
            self.operand(&mut binary.right, how);
        }
    }

    fn visit_expr_cast_mut(&mut self, cast: &mut ExprCast) {
        match *cast.ty {
            Type::FnPtr(_) => self.visit_expr_mut(&mut cast.expr),
            _ => {
                if let Some(usage) = self.touched(&mut cast.expr, How::Read) {
                    usage.by_value = true;
                }
            }
        }
    }

    fn visit_expr_unary_mut(&mut self, unary: &mut ExprUnary) {
        self.operand(&mut unary.expr, Plain::Value);
    }

    fn visit_expr_reference_mut(&mut self, reference: &mut ExprReference) {
        if reference.mutability.is_some() {
            self.touch(&mut reference.expr, How::Borrow(None));
        } else {
            self.touch(&mut reference.expr, How::Read);
        }
    }

    fn visit_expr_raw_addr_mut(&mut self, address: &mut ExprRawAddr) {
        let how = if matches!(address.mutability, PointerMutability::Mut(_)) { How::Borrow(None) } else { How::Read };
        self.touch(&mut address.expr, how);
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        if let (Some(branch), true, Some(argument)) = (self.condition, is_comparing(call), call.args.first_mut()) {
            self.compare_somehow(branch, &mut call.receiver, argument);
            return;
        }
        let method = call.method.to_string();
        let whole = Target::of(&call.receiver).is_some_and(|target| target.index.is_none());
        let how = match method.as_str() {
            "len" | "is_empty" if whole => How::Len,
            _ if methods::mutates(call) && methods::is_ambiguous(&call.method) && !self.is_of_an_array(call) => {
                How::Perhaps(call.method.clone())
            }
            _ if methods::mutates(call) => How::Method(call.method.clone()),
            _ => How::Read,
        };
        self.receiver(call, how);
        let before = self.uses.all.len();
        call.args.iter_mut().for_each(|arg| self.lend(arg, Some(&call.method)));
        self.uses.once.extend(Once::of(call, before..self.uses.all.len()));
    }

    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        let (method, to) = (methods::of_a_type(&call.func), self.callee(&mut call.func));
        for (at, arg) in call.args.iter_mut().enumerate() {
            match (&method, arg) {
                // `Vec::push(&mut v, x)` is `v.push(x)`.
                (Some(method), Expr::Reference(lent)) if at == 0 && lent.mutability.is_some() => {
                    self.touch(&mut lent.expr, How::Method(method.clone()));
                }
                (_, arg) => self.lend(arg, to.as_ref()),
            }
        }
    }
}
