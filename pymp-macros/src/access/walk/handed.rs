//! What macros and format strings are handed.

use proc_macro2::{Ident, Span};
use syn::visit_mut::VisitMut;
use syn::{Expr, Pat, Stmt};

use super::Walk;
use crate::access::patterns::borrows;
use crate::access::usage::How;
use crate::place::Target;
use crate::scope::{Scope, Scoped};

impl Scoped for Walk {
    fn scope(&mut self) -> &mut Scope {
        &mut self.scope
    }
    fn before(&mut self, stmt: &Stmt) -> Option<Stmt> {
        self.in_macro_statement = matches!(stmt, Stmt::Macro(_) | Stmt::Expr(Expr::Macro(_), Some(_)));
        None
    }
    fn matched(&mut self, value: &mut Expr, pat: &Pat) {
        self.scrutinee(value, borrows(pat));
    }
    fn format_name(&mut self, name: Ident) {
        self.name(&name, How::Format);
    }
    fn write_target(&mut self, target: &mut Expr) {
        let method = Ident::new("write_str", Span::call_site());
        match target {
            // `write!(&mut s, ..)` and `write!(s, ..)` write the same.
            Expr::Reference(reference) if reference.mutability.is_some() => {
                self.touch(&mut reference.expr, How::Method(method));
            }
            _ => self.touch(target, How::Method(method)),
        }
    }
    fn argument(&mut self, argument: &mut Expr) {
        let (root, noted) = (Target::of(argument).map(|target| target.place.root), self.uses.all.len());
        self.visit_expr_mut(argument);
        if let (true, Some(root)) = (self.in_macro_statement, &root) {
            self.comparisons.forget(root);
        }
        if let Some(usage) = self.uses.all.get_mut(noted)
            && root.is_some_and(|root| root == usage.place.root)
        {
            usage.argument = self.in_macro_statement;
        }
    }
    fn printed(&mut self, argument: &mut Expr) {
        match argument {
            // No function is printed.
            Expr::Path(_) => self.touch(argument, How::Read),
            _ => self.visit_expr_mut(argument),
        }
    }
    fn opaque(&mut self, word: Ident) {
        let noted = self.uses.all.len();
        self.name(&word, How::Opaque);
        if self.in_macro_statement {
            self.comparisons.forget(&word);
        }
        if let Some(usage) = self.uses.all.get_mut(noted) {
            usage.argument = self.in_macro_statement;
        }
    }
}
