//! Patterns that borrow without a word: in `if let Some(v) = o { v[i] += 1.0; }` it is `Some(ref mut v)` that is meant, where `o` is a
//! `&mut Option`. Only where the body shows it, and the name has no other meaning there.

use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Arm, BinOp, Block, Expr, ExprAssign, ExprBinary, ExprIf, ExprUnsafe, Ident, Pat, PatIdent, Stmt, Token};

use super::forms::Op;
use crate::place::Target;

/// Writes the words into them.
pub(super) struct Spelled;

impl VisitMut for Spelled {
    fn visit_expr_if_mut(&mut self, choice: &mut ExprIf) {
        visit_mut::visit_expr_if_mut(self, choice);
        let mut written = Written::default();
        written.visit_block(&choice.then_branch);
        written.in_condition(&mut choice.cond);
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        visit_mut::visit_arm_mut(self, arm);
        let mut written = Written::default();
        written.visit_expr(&arm.body);
        written.visit_pat_mut(&mut arm.pat);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_mut::visit_block_mut(self, block);
        let mut written = Written::default();
        for stmt in block.stmts.iter_mut().rev() {
            if let Stmt::Local(local) = stmt
                && !matches!(local.pat, Pat::Ident(_) | Pat::Type(_))
            {
                written.visit_pat_mut(&mut local.pat);
            }
            written.visit_stmt(stmt);
        }
    }
}

/// What code writes through, and what names it gives.
#[derive(Default)]
struct Written {
    through: Vec<Ident>,
    given: Vec<Ident>,
}

impl Written {
    fn in_condition(&mut self, cond: &mut Expr) {
        match cond {
            Expr::Let(matched) => self.visit_pat_mut(&mut matched.pat),
            Expr::Binary(ExprBinary { left, op: BinOp::And(_), right, .. }) => {
                self.in_condition(left);
                self.in_condition(right);
            }
            _ => {}
        }
    }

    fn write(&mut self, left: &Expr) {
        if let Some(Target { place, index, deref, .. }) = Target::of(left)
            && (deref || index.is_some() || !place.is_variable())
        {
            self.through.push(place.root);
        }
    }
}

impl<'ast> Visit<'ast> for Written {
    fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
        self.write(&assign.left);
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        if Op::of_assign(&binary.op).is_some() {
            self.write(&binary.left);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_pat_ident(&mut self, name: &'ast PatIdent) {
        self.given.push(name.ident.clone());
        visit::visit_pat_ident(self, name);
    }

    /// There it may be a pointer.
    fn visit_expr_unsafe(&mut self, _: &'ast ExprUnsafe) {}
}

impl VisitMut for Written {
    fn visit_pat_ident_mut(&mut self, name: &mut PatIdent) {
        if name.by_ref.is_none()
            && name.mutability.is_none()
            && self.through.contains(&name.ident)
            && !self.given.contains(&name.ident)
        {
            name.by_ref = Some(Token![ref](name.ident.span()));
            name.mutability = Some(Token![mut](name.ident.span()));
        }
        visit_mut::visit_pat_ident_mut(self, name);
    }
}
