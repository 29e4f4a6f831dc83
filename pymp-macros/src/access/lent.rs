//! Arrays of which an element goes on as a reference, `out[i] = &names[i];`: it may have to live longer than what a loop holds its arrays by.

use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprAssign, ExprMethodCall, ExprReturn, Ident, Local, Pat, Stmt};

use super::methods;
use crate::directive::Place;
use crate::place::{Target, bare};

/// What is assigned, appended or returned as a reference. What a function is given it hardly keeps.
pub(super) fn lent(body: &Block) -> Vec<Place> {
    let mut pass = Pass::default();
    pass.visit_block(body);
    let Pass { lent, names, lets } = pass;
    let by_name = lets.into_iter().filter(|(name, _)| names.contains(name)).flat_map(|(_, places)| places);
    lent.into_iter().chain(by_name).collect()
}

#[derive(Default)]
struct Pass {
    lent: Vec<Place>,
    /// The names that go on.
    names: Vec<Ident>,
    /// `let name = &names[i];`
    lets: Vec<(Ident, Vec<Place>)>,
}

impl Pass {
    fn value(&mut self, value: &Expr) {
        match bare(value) {
            Expr::Path(path) => self.names.extend(path.path.get_ident().cloned()),
            Expr::Reference(reference) => self.element(&reference.expr),
            Expr::MethodCall(call) if methods::lends(&call.method) => {
                self.element(&call.receiver);
                self.value(&call.receiver);
            }
            // `Some(&names[i])`.
            Expr::Call(call) if is_constructor(&call.func) => call.args.iter().for_each(|part| self.value(part)),
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|part| self.value(part)),
            Expr::Struct(fields) => fields.fields.iter().for_each(|part| self.value(&part.expr)),
            Expr::If(choice) => {
                self.last(&choice.then_branch);
                choice.else_branch.iter().for_each(|(_, otherwise)| self.value(otherwise));
            }
            Expr::Match(choice) => choice.arms.iter().for_each(|arm| self.value(&arm.body)),
            Expr::Block(inner) => self.last(&inner.block),
            _ => {}
        }
    }

    fn last(&mut self, block: &Block) {
        if let Some(Stmt::Expr(value, None)) = block.stmts.last() {
            self.value(value);
        }
    }

    fn element(&mut self, expr: &Expr) {
        self.lent.extend(Target::of(expr).filter(|target| target.index.is_some()).map(|target| target.place));
    }
}

impl<'ast> Visit<'ast> for Pass {
    fn visit_local(&mut self, local: &'ast Local) {
        if let (Pat::Ident(name), Some(init)) = (&local.pat, &local.init) {
            let mut pass = Pass::default();
            pass.value(&init.expr);
            self.lets.push((name.ident.clone(), pass.lent));
        }
        visit::visit_local(self, local);
    }
    fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
        self.value(&assign.right);
        visit::visit_expr_assign(self, assign);
    }
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if methods::appends(&call.method.to_string()) {
            call.args.iter().for_each(|part| self.value(part));
        }
        visit::visit_expr_method_call(self, call);
    }
    fn visit_expr_return(&mut self, exit: &'ast ExprReturn) {
        exit.expr.iter().for_each(|value| self.value(value));
        visit::visit_expr_return(self, exit);
    }
}

fn is_constructor(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    path.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}
