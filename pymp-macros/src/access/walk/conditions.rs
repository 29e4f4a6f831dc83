//! What stands under which `if`, and what its condition compares.

use syn::visit_mut::VisitMut;
use syn::{Arm, Expr, ExprBinary, Pat};

use super::Walk;
use crate::access::compare::{order, swapped};
use crate::access::forms::Op;
use crate::access::patterns::apart;
use crate::access::usage::How;
use crate::place::Target;

impl Walk {
    pub(super) fn compare(&mut self, branch: usize, binary: &mut ExprBinary) {
        let order = if self.negated { None } else { order(&binary.op) };
        self.compared(branch, order, &mut binary.left);
        self.compared(branch, order.map(swapped), &mut binary.right);
    }

    pub(super) fn compared(&mut self, branch: usize, order: Option<Op>, side: &mut Expr) {
        match side {
            Expr::Reference(reference) if reference.mutability.is_none() => {
                self.compared(branch, order, &mut reference.expr);
            }
            _ if Target::of(side).is_some() => self.touch(side, How::Compared { branch, order }),
            _ => self.visit_expr_mut(side),
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
        let branch = self.branches;
        self.visit_expr_mut(cond);
        self.condition = outer;
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
