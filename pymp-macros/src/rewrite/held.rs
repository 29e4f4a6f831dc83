//! What the threads share is used through a reference, where that changes nothing but what rustc says.
//!
//! A frame is a closure, and rustc's words for what it may not change or move are "a captured variable in a `Fn` closure". Nobody wrote
//! one. Behind a reference the same is refused as what it is: something that all threads share.
//!
//! - The receiver of a method: `rng.roll()` becomes `(*rng_shared_by_all_threads).roll()`. That name is `&rng`, and rustc tells it.
//! - What is given away whole: `drop(x)` becomes `drop(*&x)`.
//!
//! What other functions are given stays as it is. It is mostly a slice that is passed on, which the frame holds by itself: through a
//! reference to the variable it would be read anew after each write to an array. That is half of a sparse product's time.
//!
//! A method's receiver pays less: where the variable is a reference itself, one load more for each call that is not hoisted, a twentieth of
//! the instructions of a loop that does nothing but call an accessor, and none of one that is vectorised. With the name outside of the
//! frame there would be no such load, and rustc would speak of closures again.
//!
//! A place behind a reference is of the same type, is copied when it is `Copy`, and lends itself as long. Left alone is what may be no
//! variable or has no reference: functions that are called, the numbers in packed structs, the words of macros; and the user's closures.

use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprBreak, ExprReturn, Local, Stmt, Token, parse_quote_spanned};

use crate::access::{Access, is_variable, reads};
use crate::directive::Place;
use crate::effort;
use crate::names::Names;
use crate::nest::Nest;
use crate::place::Target;
use crate::scope::{Scope, Scoped, scoped_visits};

/// Puts references into the body; the variables that need a name for theirs, and the names.
pub(crate) fn hold(nest: &Nest<'_>, body: &mut Block, access: &Access, names: &Names) -> Vec<(Ident, Ident)> {
    let mut pass = Pass { scope: Scope::of(&nest.levels), access, names, named: Vec::new() };
    pass.visit_block_mut(body);
    pass.named
}

struct Pass<'a> {
    scope: Scope,
    access: &'a Access,
    names: &'a Names,
    named: Vec<(Ident, Ident)>,
}

impl Pass<'_> {
    fn is_shared(&self, place: &Place) -> bool {
        let Access { owned, readers, shared, perhaps_made, .. } = self.access;
        if perhaps_made.contains(&place.root) {
            return false;
        }
        let others = || owned.iter().map(|owned| &owned.place).chain(readers.iter().map(|reader| &reader.place));
        let used = if place.root == "self" && place.is_variable() {
            !others().any(|other| other.overlaps(place))
        } else {
            (is_variable(&place.root) || place.root == "self")
                && shared.iter().any(|other| other.same(place))
                && !others().any(|other| other.leads_to(place))
        };
        used && self.scope.is_captured(&place.root)
    }

    /// `rng_shared_by_all_threads` for the variable `rng`.
    fn name(&mut self, root: &Ident) -> Option<Ident> {
        let variable = Place::variable(root);
        if root != "self" && !self.access.seen.iter().any(|place| place.same(&variable)) {
            return None;
        }
        let mut name = self.names.held(root);
        if !self.named.iter().any(|(_, other)| *other == name) {
            self.named.push((root.clone(), name.clone()));
        }
        name.set_span(self.names.span().located_at(root.span()));
        Some(name)
    }

    /// What a method is called on. The parentheses are the user's for all that lints can see, who go by the whole call.
    fn receiver(&mut self, expr: &mut Expr) {
        let Some(place) = Target::of(expr).map(|target| target.place).filter(|place| self.is_shared(place)) else { return };
        let at = place.root.span();
        match innermost(expr) {
            path @ Expr::Path(_) if place.is_variable() => {
                if let Some(name) = self.name(&place.root) {
                    *path = parse_quote_spanned!(at=> (*#name));
                }
            }
            // In braces, since there is a lint against `*&`.
            field @ Expr::Field(_) => {
                let behind: Expr = parse_quote_spanned!(self.names.span().located_at(at)=> *{ &#field });
                *field = parse_quote_spanned!(at=> (#behind));
            }
            _ => {}
        }
    }

    /// What is copied or moved.
    fn given(&mut self, expr: &mut Expr) {
        let Expr::Path(path) = &*expr else { return };
        let Some(root) = path.path.get_ident().filter(|_| path.qself.is_none() && path.attrs.is_empty()).cloned() else { return };
        if self.is_shared(&Place::variable(&root)) {
            let at = self.names.span().located_at(root.span());
            *expr = match self.name(&root) {
                Some(name) => parse_quote_spanned!(at=> *#name),
                None => parse_quote_spanned!(at=> *&#path),
            };
        }
    }
}

/// Functions and methods that keep, or drop, what they are given.
const TAKERS: [&str; 8] = ["drop", "forget", "insert", "push", "push_back", "push_front", "send", "spawn"];

fn takes(function: &Ident) -> bool {
    TAKERS.contains(&function.to_string().as_str())
}

/// Those, and the constructors of tuple structs.
fn is_taker(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    path.path.segments.last().is_some_and(|last| takes(&last.ident) || last.ident.to_string().starts_with(char::is_uppercase))
}

/// The variable and its fields, inside of `v[k]`.
fn innermost(expr: &mut Expr) -> &mut Expr {
    if is_named(expr) {
        return expr;
    }
    match expr {
        Expr::Index(index) => innermost(&mut index.expr),
        Expr::Paren(inner) => innermost(&mut inner.expr),
        Expr::Group(inner) => innermost(&mut inner.expr),
        Expr::Unary(unary) => innermost(&mut unary.expr),
        Expr::Field(field) => innermost(&mut field.base),
        other => other,
    }
}

/// `x`, `x.y.z`.
fn is_named(expr: &Expr) -> bool {
    match expr {
        Expr::Field(field) => is_named(&field.base),
        other => matches!(other, Expr::Path(_)),
    }
}

impl Scoped for Pass<'_> {
    fn scope(&mut self) -> &mut Scope {
        &mut self.scope
    }
}

impl VisitMut for Pass<'_> {
    scoped_visits! {}
    scoped_visits! { branches }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            // What the user's own closures capture is told in the user's terms; a macro may look at its very words.
            Expr::Async(_) | Expr::Closure(_) | Expr::Const(_) | Expr::Macro(_) => return,
            Expr::MethodCall(call) => {
                if !reads(&call.method) && !effort::is_quick(&call.method) {
                    self.receiver(&mut call.receiver);
                }
                if takes(&call.method) {
                    call.args.iter_mut().for_each(|arg| self.given(arg));
                }
            }
            Expr::Call(call) if is_taker(&call.func) => call.args.iter_mut().for_each(|arg| self.given(arg)),
            Expr::Array(array) => array.elems.iter_mut().for_each(|elem| self.given(elem)),
            Expr::Tuple(tuple) => tuple.elems.iter_mut().for_each(|elem| self.given(elem)),
            Expr::Struct(fields) => fields.fields.iter_mut().for_each(|field| {
                field.colon_token.get_or_insert_with(|| Token![:](field.member.span()));
                self.given(&mut field.expr);
            }),
            Expr::Assign(assign) => self.given(&mut assign.right),
            Expr::Let(bound) => self.given(&mut bound.expr),
            Expr::Match(choice) => self.given(&mut choice.expr),
            Expr::Break(ExprBreak { expr: Some(value), .. }) | Expr::Return(ExprReturn { expr: Some(value), .. }) => {
                self.given(value);
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Macro(_) => return,
            Stmt::Expr(value, None) => self.given(value),
            Stmt::Local(Local { init: Some(init), .. }) => self.given(&mut init.expr),
            _ => {}
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }
}
