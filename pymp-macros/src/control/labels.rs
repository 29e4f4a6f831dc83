//! Which loop a `break` or `continue` means, and whether it may.

use syn::{Error, Expr, ExprBreak, Lifetime};

use super::Pass;
use crate::diag::leaving as diag;
use crate::diag::region;
use crate::text::show;

impl Pass<'_> {
    /// The loop or block inside the body that this label, or none, means.
    pub(super) fn is_inner(&self, label: Option<&Lifetime>) -> bool {
        match label {
            Some(label) => {
                let name = label.ident.to_string();
                self.inner.iter().any(|inner| inner.label.as_ref() == Some(&name))
            }
            None => self.inner.iter().any(|inner| inner.is_loop),
        }
    }

    /// The level of our loops that this label, or none, means.
    fn level(&self, label: Option<&Lifetime>) -> Option<usize> {
        match label {
            Some(label) => self.ours.iter().rposition(|name| name.is_some_and(|name| name.ident == label.ident)),
            None => self.ours.len().checked_sub(1),
        }
    }

    /// Whether a `break` ends our loop.
    pub(super) fn breaks(&mut self, expr: &Expr, label: Option<&Lifetime>) -> bool {
        if self.foreign || self.is_inner(label) {
            return false;
        }
        match self.level(label) {
            // With a value it stays as typed, for rustc to refuse.
            Some(0) => !matches!(expr, Expr::Break(ExprBreak { expr: Some(_), .. })),
            Some(_) => {
                let outermost = self.ours.first().copied().flatten();
                self.errors.push(diag::inner_break(expr, outermost));
                false
            }
            None => {
                self.errors.push(self.outside(expr));
                false
            }
        }
    }

    pub(super) fn continues(&mut self, expr: &Expr, label: Option<&Lifetime>) {
        if self.foreign || self.is_inner(label) {
            return;
        }
        match self.level(label) {
            Some(level) if level + 1 == self.ours.len() => {}
            Some(_) => self.errors.push(diag::outer_continue(expr)),
            None => self.errors.push(self.outside(expr)),
        }
    }

    fn outside(&self, expr: &Expr) -> Error {
        if self.in_region() { region::leaves(expr, &show(expr)) } else { diag::label_outside(expr) }
    }

    /// A region is no loop of ours; nothing may leave it.
    pub(super) fn in_region(&self) -> bool {
        self.ours.is_empty()
    }
}
