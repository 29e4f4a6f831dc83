//! What no statement can be asked about by itself, see `judged.rs`: macros of the user's in a `let`, in a condition, in the value of a block
//! or in a closure of the user's, and what leads to the value of a region.

use proc_macro2::{Ident, Span};
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprAsync, ExprClosure, ExprConst, ExprMethodCall, Item, Macro, Stmt};

use super::judged::is_foreign;
use super::made;
use crate::access::reads;
use crate::effort;
use crate::macros;

/// From where to where it stands, if there is any in this statement. In a block, statements are asked by themselves.
pub(super) fn of(stmt: &Stmt, valued: &[Ident], is_shared: &dyn Fn(&Ident) -> bool) -> Option<(Span, Span)> {
    let mut rest = Rest { valued, is_shared, in_closure: false, in_place: false, found: None };
    rest.visit_stmt(stmt);
    rest.found
}

struct Rest<'a> {
    valued: &'a [Ident],
    is_shared: &'a dyn Fn(&Ident) -> bool,
    in_closure: bool,
    /// An operator reads a variable here, or it is borrowed.
    in_place: bool,
    found: Option<(Span, Span)>,
}

impl Rest<'_> {
    fn found(&mut self, at: Span) {
        self.found = Some((self.found.map_or(at, |(first, _)| first), at));
    }

    /// A macro that is handed one variable is told by that.
    fn handed(&mut self, words: Vec<Ident>, name: Option<Span>) {
        let words: Vec<Ident> = words.into_iter().filter(|word| (self.is_shared)(word)).collect();
        match words.as_slice() {
            [] => {}
            [word] => self.found(word.span()),
            [word, ..] => self.found(name.unwrap_or_else(|| word.span())),
        }
    }
}

impl<'ast> Visit<'ast> for Rest<'_> {
    fn visit_block(&mut self, block: &'ast Block) {
        if self.in_closure {
            visit::visit_block(self, block);
        }
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        let outside = std::mem::replace(&mut self.in_closure, true);
        visit::visit_expr_closure(self, closure);
        self.in_closure = outside;
    }

    fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}
    fn visit_expr_const(&mut self, _: &'ast ExprConst) {}
    fn visit_item(&mut self, _: &'ast Item) {}

    fn visit_expr(&mut self, expr: &'ast Expr) {
        let in_place = matches!(
            expr,
            Expr::Binary(_) | Expr::Cast(_) | Expr::Field(_) | Expr::Index(_) | Expr::Reference(_) | Expr::Unary(_)
        );
        let outside = std::mem::replace(&mut self.in_place, in_place);
        if let (Expr::Path(path), false) = (expr, outside)
            && let Some(word) = path.path.get_ident()
            && self.valued.contains(word)
            && (self.is_shared)(word)
        {
            self.found(word.span());
        }
        visit::visit_expr(self, expr);
        self.in_place = outside;
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.in_place = reads(&call.method) || effort::is_quick(&call.method);
        self.visit_expr(&call.receiver);
        self.in_place = false;
        call.args.iter().for_each(|argument| self.visit_expr(argument));
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let name = mac.path.segments.last().map(|last| last.ident.span());
        if is_foreign(mac) {
            self.handed(macros::words(mac.tokens.clone()), name);
        } else {
            self.handed(made::in_foreign(mac.tokens.clone()), name);
        }
    }
}
