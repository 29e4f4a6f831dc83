//! What stands under which `if`, and what its condition compares.

use quote::ToTokens;
use syn::visit_mut::VisitMut;
use syn::{Arm, BinOp, Expr, ExprBinary, ExprIf, Pat, Stmt, UnOp, parse_quote};

use super::Walk;
use crate::access::compare::{Comparison, Known};
use crate::access::decided::Asked;
use crate::access::forms;
use crate::access::patterns::apart;
use crate::access::setting::{Conjunct, Setting};
use crate::access::usage::{How, Key};
use crate::place::{Target, bare};
use crate::text::show;

impl Walk {
    /// `e > m` and the like, of which is known how it comes out where the condition holds.
    pub(super) fn compare(&mut self, branch: usize, known: Known, expr: &Expr) {
        let Some(Comparison { left, right, order }) = Comparison::of(expr) else { return };
        let asked = self.comparisons.next(branch);
        let setting = Setting::of(&self.conjuncts, expr, &self.inner);
        for (side, other, order) in [(left, right, order), (right, left, order.swapped())] {
            let order = known.leaning().map(|holds| order.if_it_is(holds));
            let (Asked { branch, comparison }, with) = (asked, show(without_borrow(other)));
            let (needed, setting) = (known.then.is_some(), setting.clone());
            self.compared(&mut side.clone(), How::Compared { branch, comparison, order, needed, with, setting });
        }
        for (place, value, order) in [(left, right, order), (right, left, order.swapped())] {
            let place = without_borrow(place);
            self.comparisons.learn(asked, known, (place, value), order, &self.scope);
            if let (Some(holds), None) = (known.then, Target::of(place)) {
                let (side, with) = (place.to_token_stream(), show(without_borrow(value)));
                self.uses.keys.push(Key { branch, side, with, order: order.if_it_is(holds), setting: setting.clone() });
            }
        }
    }

    /// `a == b`, `a.cmp(&b)`: nothing is known of which is larger.
    pub(super) fn compare_somehow(&mut self, branch: usize, left: &mut Expr, right: &mut Expr) {
        let asked = self.comparisons.next(branch);
        let (first, second) = (left.clone(), right.clone());
        for (side, other) in [(left, second), (right, first)] {
            let (Asked { branch, comparison }, with) = (asked, show(without_borrow(&other)));
            // Whether there is one yet says nothing of which.
            let how = match with.as_str() {
                "None" => How::Read,
                _ => How::Compared { branch, comparison, order: None, needed: false, with, setting: Setting::ALONE },
            };
            self.compared(side, how);
        }
    }

    fn compared(&mut self, side: &mut Expr, how: How) {
        match side {
            Expr::Reference(reference) if reference.mutability.is_none() => self.compared(&mut reference.expr, how),
            _ if Target::of(side).is_some() => self.touch(side, how),
            _ => self.visit_expr_mut(side),
        }
    }

    /// `if a { if b { .. } }` is `if a && b { .. }`.
    pub(super) fn at_once(&self, choice: &mut ExprIf) {
        if choice.else_branch.is_some() {
            return;
        }
        while let [Stmt::Expr(Expr::If(inner @ ExprIf { else_branch: None, .. }), _)] = choice.then_branch.stmts.as_slice() {
            let (left, right) = (choice.cond.clone(), inner.cond.clone());
            let both = ExprBinary { attrs: Vec::new(), left, op: BinOp::And(Default::default()), right };
            (choice.cond, choice.then_branch) = (Box::new(Expr::Binary(both)), inner.then_branch.clone());
        }
    }

    /// `if !found && c { found = true; }` is `if c { found = true; }`.
    pub(super) fn without_flag(&self, choice: &mut ExprIf) {
        let ([Stmt::Expr(Expr::Assign(set), _)], None) = (choice.then_branch.stmts.as_slice(), &choice.else_branch) else {
            return;
        };
        if let (Some(value), true) = (forms::flag(&set.right), self.comparisons.is_pure(&choice.cond)) {
            leave_out(&mut choice.cond, &show(&set.left), value);
        }
    }

    pub(super) fn under(&mut self, branch: usize, then: bool, visit: impl FnOnce(&mut Self)) {
        self.ifs.push((branch, then));
        visit(self);
        self.ifs.pop();
    }

    pub(super) fn condition(&mut self, cond: &mut Expr) -> usize {
        self.branches += 1;
        let outer = self.condition.replace(self.branches);
        let conjuncts = std::mem::replace(&mut self.conjuncts, Conjunct::all(cond));
        let branch = self.branches;
        self.untaken.extend(self.conjuncts.iter().filter_map(Conjunct::untaken).map(|name| (branch, name.to_owned())));
        self.known = Known::WHOLE;
        self.visit_expr_mut(cond);
        self.condition = outer;
        self.conjuncts = conjuncts;
        branch
    }

    /// Behind a guard the arms are asked whose patterns may match what it refused.
    pub(super) fn arms(&mut self, arms: &mut [Arm]) {
        let around = self.ifs.len();
        let mut guards: Vec<(Pat, usize)> = Vec::new();
        for arm in arms {
            let asked = guards.iter().filter(|(pat, _)| !apart(pat, &arm.pat));
            self.ifs.extend(asked.map(|(_, branch)| (*branch, false)));
            self.scope.enter();
            self.scope.bind(&arm.pat);
            match &mut arm.pat {
                Pat::Guard(guard) => {
                    let branch = self.condition(&mut guard.guard);
                    self.under(branch, true, |walk| walk.visit_expr_mut(&mut arm.body));
                    guards.push((arm.pat.clone(), branch));
                }
                _ => self.visit_expr_mut(&mut arm.body),
            }
            self.scope.leave();
            self.ifs.truncate(around);
        }
    }
}

/// Out of what a condition asks together, the test whether the flag is still to be set to this.
fn leave_out(cond: &mut Expr, name: &str, value: bool) {
    if is_test(cond, name, value) {
        *cond = parse_quote!(true);
    } else if let Expr::Binary(ExprBinary { left, op: BinOp::And(_), right, .. }) = cond {
        leave_out(left, name, value);
        leave_out(right, name, value);
    }
}

fn is_test(expr: &Expr, name: &str, value: bool) -> bool {
    match bare(expr) {
        Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => value && show(bare(&not.expr)) == name,
        other => !value && show(other) == name,
    }
}

/// `m` of `&m`.
fn without_borrow(side: &Expr) -> &Expr {
    match bare(side) {
        Expr::Reference(reference) if reference.mutability.is_none() => without_borrow(&reference.expr),
        other => other,
    }
}
