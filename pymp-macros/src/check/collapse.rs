//! Loops that `collapse` makes one: as many as it says, perfectly nested, over ranges that do not depend on each other.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit::Visit;
use syn::{Attribute, Block, Expr, ExprForLoop, ExprPath, Macro, Stmt};

use super::bound_by;
use crate::diag::Diagnostics;
use crate::diag::clauses as say;
use crate::directive::LoopDirective;
use crate::nested::is_parallel;

pub(super) fn nest(directive: &LoopDirective, errors: &mut Diagnostics) {
    let Some(clause) = &directive.clauses.collapse else {
        return;
    };
    let (depth, span) = (clause.value.depth, clause.value.span);
    if depth == 0 {
        errors.push(say::collapse_below_one(span));
        return;
    }
    let mut bound = bound_by(directive.pat());
    let mut body = directive.body();
    for level in 2..=depth {
        let Some(inner) = only_loop(body, errors, depth, level - 1) else {
            errors.push(say::too_few_loops(span, depth, level - 1));
            return;
        };
        one(inner, level, &bound, errors);
        bound.extend(bound_by(&inner.pat));
        body = &inner.body;
    }
}

/// The loop that is all there is in the body of another. What else is there is reported, when a loop is there too.
fn only_loop<'b>(body: &'b Block, errors: &mut Diagnostics, depth: usize, level: usize) -> Option<&'b ExprForLoop> {
    let inner = body.stmts.iter().find_map(as_loop)?;
    for other in body.stmts.iter().filter(|stmt| as_loop(stmt).is_none_or(|each| !std::ptr::eq(each, inner))) {
        if !matches!(other, Stmt::Expr(Expr::Verbatim(nothing), _) if nothing.is_empty()) {
            errors.push(say::not_perfectly_nested(other, depth, level));
        }
    }
    Some(inner)
}

fn as_loop(stmt: &Stmt) -> Option<&ExprForLoop> {
    match stmt {
        Stmt::Expr(Expr::ForLoop(each), _) => Some(each),
        _ => None,
    }
}

/// The rules about one inner loop.
fn one(inner: &ExprForLoop, level: usize, bound: &[Ident], errors: &mut Diagnostics) {
    if let Some(label) = &inner.label {
        errors.push(say::inner_label(&label.name));
    }
    for attribute in &inner.attrs {
        errors.push(attribute_error(attribute));
    }
    let mut mentions = Mentions { bound, found: None };
    mentions.visit_expr(&inner.expr);
    if let Some(name) = mentions.found {
        errors.push(say::inner_head_depends(&name, level));
    }
}

fn attribute_error(attribute: &Attribute) -> syn::Error {
    if is_parallel(attribute.path()) { say::inner_directive(attribute) } else { say::inner_attribute(attribute) }
}

/// The first variable of the outer loops that an expression reads.
struct Mentions<'b> {
    bound: &'b [Ident],
    found: Option<Ident>,
}

impl Mentions<'_> {
    fn note(&mut self, name: &Ident) {
        if self.found.is_none() && self.bound.contains(name) {
            self.found = Some(name.clone());
        }
    }

    fn note_all(&mut self, tokens: TokenStream) {
        for tree in tokens {
            match tree {
                TokenTree::Ident(name) => self.note(&name),
                TokenTree::Group(group) => self.note_all(group.stream()),
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Mentions<'_> {
    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        if let Some(name) = path.path.get_ident() {
            self.note(name);
        }
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        self.note_all(mac.tokens.clone());
    }
}
