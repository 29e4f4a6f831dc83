//! The few words of the body that cannot stay as typed: assignments to `lastprivate` variables get a flag, updates of
//! `atomic` arrays become calls, `ordered!` blocks wait their turn, and a written field path gets a name.

mod held;
mod judged;
mod made;
mod question;
mod rest;
mod shape;
#[cfg(test)]
mod tests;
mod updates;

pub(crate) use held::{Held, hold};
pub(crate) use judged::{Judged, judge};
pub(crate) use question::{Question, Told, unreached};

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprBlock, ExprMacro, ExprParen, ExprPath, Macro, PointerMutability, Stmt, StmtMacro, Token, token};

use crate::access::mutates;
use crate::directive::Place;
use crate::macros;
use crate::nest::Nest;
use crate::parse;
use crate::place::{Target, bare};
use crate::scope::{Scope, Scoped, scoped_visits};
use crate::text::mentions;
use updates::{atomic_call, is_update, join_indices, update_method, value_first};

/// What the expansion writes at those places.
pub(crate) trait Glue {
    /// Notes that this iteration has assigned the variable.
    fn assigned(&self, name: &Ident, at: Span) -> Stmt;
    /// The block of an `ordered!`.
    fn ordered(&self, block: Block, path: &syn::Path) -> Expr;
}

/// What is to be found in the body.
pub(crate) struct Marked<'a> {
    pub(crate) lastprivates: &'a [Ident],
    pub(crate) atomics: &'a [Place],
    /// Arrays that stand for views of what the iterations own.
    pub(crate) owned: &'a [Place],
    /// Those of them whose elements have two indices, `a[[i, j]]`, of two collapsed loops.
    pub(crate) grids: &'a [Place],
    /// Field paths, and the names that stand for them in the generated loop.
    pub(crate) bases: &'a [(Place, Ident)],
}

pub(crate) fn rewrite(nest: &Nest<'_>, body: &mut Block, marked: &Marked<'_>, glue: &dyn Glue) {
    Pass { scope: Scope::of(&nest.levels), marked, glue }.visit_block_mut(body);
}

struct Pass<'a> {
    scope: Scope,
    marked: &'a Marked<'a>,
    glue: &'a dyn Glue,
}

impl Pass<'_> {
    /// The name that stands for this field path.
    fn base(&self, expr: &Expr) -> Option<Ident> {
        let target = Target::of(expr).filter(|target| target.index.is_none())?;
        if !self.scope.is_captured(&target.place.root) {
            return None;
        }
        let (_, name) = self.marked.bases.iter().find(|(place, _)| place.same(&target.place))?;
        let mut name = name.clone();
        name.set_span(name.span().located_at(expr.span()));
        Some(name)
    }

    fn lastprivate(&self, expr: &Expr) -> Option<Ident> {
        let root = Target::of(expr)?.place.root;
        let listed = self.marked.lastprivates.iter().any(|name| name.unraw() == root.unraw());
        (listed && self.scope.is_captured(&root)).then_some(root)
    }

    /// The `lastprivate` variables that `=` to this left side assigns.
    fn assigned(&self, left: &Expr) -> Vec<Ident> {
        match left {
            Expr::Tuple(tuple) => tuple.elems.iter().flat_map(|elem| self.assigned(elem)).collect(),
            Expr::Array(array) => array.elems.iter().flat_map(|elem| self.assigned(elem)).collect(),
            Expr::Call(call) => call.args.iter().flat_map(|arg| self.assigned(arg)).collect(),
            Expr::Struct(fields) => fields.fields.iter().flat_map(|field| self.assigned(&field.expr)).collect(),
            place => self.lastprivate(place).into_iter().collect(),
        }
    }

    /// The variables this expression assigns, and whether its value is needed after that.
    fn writes(&self, expr: &Expr) -> (Vec<Ident>, bool) {
        match expr {
            Expr::Assign(assign) => (self.assigned(&assign.left), false),
            Expr::Binary(binary) if is_update(&binary.op) => (self.assigned(&binary.left), false),
            Expr::Reference(reference) if reference.mutability.is_some() => {
                (self.lastprivate(&reference.expr).into_iter().collect(), true)
            }
            Expr::RawAddr(address) if matches!(address.mutability, PointerMutability::Mut(_)) => {
                (self.lastprivate(&address.expr).into_iter().collect(), true)
            }
            Expr::MethodCall(call) if mutates(call) => (self.lastprivate(&call.receiver).into_iter().collect(), true),
            _ => (Vec::new(), false),
        }
    }

    /// `{ x = e; flag }`, or `{ flag; &mut x }` where the value is needed.
    fn flag(&self, expr: &mut Expr, names: &[Ident], valued: bool) {
        let at = expr.span();
        let flags = names.iter().map(|name| self.glue.assigned(name, at));
        let old = std::mem::replace(expr, Expr::PLACEHOLDER);
        let mut stmts: Vec<Stmt>;
        if valued {
            stmts = flags.collect();
            stmts.push(Stmt::Expr(old, None));
        } else {
            stmts = vec![Stmt::Expr(old, Some(Token![;](at)))];
            stmts.extend(flags);
        }
        *expr = block(stmts, at);
    }

    /// `y[i] += v` of an array that iterations own, with a `v` that may read it.
    fn is_from_itself(&self, expr: &Expr) -> bool {
        let Expr::Binary(binary) = expr else { return false };
        let Some(target) = Target::of(&binary.left) else { return false };
        is_update(&binary.op)
            && target.index.is_some()
            && self.marked.owned.iter().any(|place| place.same(&target.place))
            && self.scope.is_captured(&target.place.root)
            && mentions(binary.right.to_token_stream(), &target.place.root)
    }

    /// `a[i][j]` of an array that has its elements by `a[[i, j]]`.
    fn is_cell(&self, expr: &Expr) -> bool {
        let Some(Target { place, index: Some(row), second: Some(_), .. }) = Target::of(expr) else { return false };
        let (Expr::Index(outer), false) = (expr, matches!(bare(row), Expr::Array(_) | Expr::Tuple(_))) else { return false };
        // The two innermost of `a[i][j][k]`.
        let innermost = Target::of(&outer.expr).is_some_and(|target| !target.deeper);
        innermost && self.marked.grids.iter().any(|grid| grid.same(&place)) && self.scope.is_captured(&place.root)
    }

    /// `h[e] += v` of an `atomic` array.
    fn is_atomic(&self, expr: &Expr) -> bool {
        let Expr::Binary(binary) = expr else {
            return false;
        };
        let Some(target) = Target::of(&binary.left) else {
            return false;
        };
        update_method(&binary.op).is_some()
            && target.index.is_some()
            && !target.deeper
            && self.marked.atomics.iter().any(|place| place.same(&target.place))
            && self.scope.is_captured(&target.place.root)
    }

    fn ordered(&mut self, mac: &Macro) -> Option<Expr> {
        if parse::is_mark(&mac.tokens) {
            return None;
        }
        let mut block = macros::ordered_block(mac)?;
        self.visit_block_mut(&mut block);
        Some(self.glue.ordered(block, &mac.path))
    }
}

fn path(name: Ident) -> Expr {
    Expr::Path(ExprPath { attrs: Vec::new(), qself: None, path: name.into() })
}

/// The name without an index behind it, in parentheses that are ours: to lints, which would take its place for all of `self.y`.
fn alone(name: Ident) -> Expr {
    let paren_token = token::Paren(Span::mixed_site().located_at(name.span()));
    Expr::Paren(ExprParen { attrs: Vec::new(), paren_token, expr: Box::new(path(name)) })
}

fn block(stmts: Vec<Stmt>, at: Span) -> Expr {
    let block = Block { brace_token: token::Brace(at), stmts };
    Expr::Block(ExprBlock { attrs: Vec::new(), label: None, block })
}

impl Scoped for Pass<'_> {
    fn scope(&mut self) -> &mut Scope {
        &mut self.scope
    }
    fn write_target(&mut self, target: &mut Expr) {
        let name = self.lastprivate(target);
        self.visit_expr_mut(target);
        if let Some(name) = name {
            let at = target.span();
            let borrow: Expr = syn::parse_quote_spanned!(at=> &mut #target);
            *target = borrow;
            self.flag(target, &[name], true);
        }
    }
}

impl VisitMut for Pass<'_> {
    scoped_visits! {}
    scoped_visits! { branches }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let (Expr::Field(_), Some(name)) = (&*expr, self.base(expr)) {
            *expr = alone(name);
            return;
        }
        if let Expr::Index(index) = expr
            && let (Expr::Field(_), Some(name)) = (&*index.expr, self.base(&index.expr))
        {
            *index.expr = path(name);
        }
        if let Expr::Macro(ExprMacro { mac, .. }) = &*expr {
            let mac = mac.clone();
            if let Some(ordered) = self.ordered(&mac) {
                *expr = ordered;
                return;
            }
        }
        let (names, valued) = self.writes(expr);
        let (atomic, from_itself, cell) = (self.is_atomic(expr), self.is_from_itself(expr), self.is_cell(expr));
        visit_mut::visit_expr_mut(self, expr);
        if cell {
            join_indices(expr);
        }
        if let (true, Some(update)) = (from_itself, value_first(expr)) {
            *expr = update;
        }
        if !names.is_empty() {
            self.flag(expr, &names, valued);
        }
        if let (true, Some(call)) = (atomic, atomic_call(expr)) {
            *expr = call;
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(StmtMacro { mac, semi_token, .. }) = &*stmt {
            let (mac, semi) = (mac.clone(), *semi_token);
            if let Some(ordered) = self.ordered(&mac) {
                *stmt = Stmt::Expr(ordered, semi);
                return;
            }
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }
}
