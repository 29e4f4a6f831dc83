//! Which variables may be read after a directive, as far as the fn around it shows it: a clause that gives each thread its own loses what
//! they hold. Too many are found rather than too few.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, Stmt};

use super::Directives;
use super::survey::Survey;
use crate::macros;

impl Directives {
    /// The statements of a block, each of them knowing what may be read after it.
    pub(super) fn stmts(&mut self, block: &mut Block) {
        let (typed, after) = (block.stmts.clone(), self.after.clone());
        let mut around = after.clone();
        if std::mem::take(&mut self.again) {
            // After the last statement comes the first.
            around.extend(before(&typed, BTreeSet::new()));
        }
        let mut rest = typed.as_slice();
        for stmt in &mut block.stmts {
            rest = rest.get(1..).unwrap_or_default();
            if self.implied || !Survey::of(|survey| survey.visit_stmt(stmt)).directives.is_empty() {
                self.after = before(rest, around.clone());
            }
            self.visit_stmt_mut(stmt);
        }
        self.after = after;
    }

    /// What runs again and again: what it reads in its head may be read after its body.
    pub(super) fn again(&mut self, head: Option<&Expr>, inside: impl FnOnce(&mut Self)) {
        let after = self.after.clone();
        self.after.extend(head.into_iter().flat_map(mentioned));
        self.again = true;
        inside(self);
        self.again = false;
        self.after = after;
    }
}

/// What may be read before these statements, when `after` may be read behind them.
fn before(stmts: &[Stmt], after: BTreeSet<String>) -> BTreeSet<String> {
    stmts.iter().rev().fold(after, |mut after, stmt| {
        let (written, read) = match stmt {
            Stmt::Local(local) => {
                (Some(local.pat.to_token_stream()), local.init.as_ref().map(|init| init.expr.to_token_stream()))
            }
            Stmt::Expr(Expr::Assign(assign), Some(_)) if matches!(*assign.left, Expr::Path(_)) => {
                (Some(assign.left.to_token_stream()), Some(assign.right.to_token_stream()))
            }
            other => (None, Some(other.to_token_stream())),
        };
        let written = written.map(macros::mentioned).unwrap_or_default();
        after.retain(|name| !written.contains(name));
        after.extend(read.into_iter().flat_map(macros::mentioned));
        after
    })
}

fn mentioned(part: &Expr) -> BTreeSet<String> {
    macros::mentioned(part.to_token_stream())
}
