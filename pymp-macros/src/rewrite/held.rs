//! What the threads of a loop or region share is used through a reference, where that changes nothing but what rustc says.
//!
//! A frame is a closure, and rustc's words for what it may not change or move are "a captured variable in a `Fn` closure". Nobody wrote
//! one. Behind a reference the same is refused as what it is: something that all threads share.
//!
//! - The receiver of a method: `rng.roll()` becomes `(*rng_shared_by_all_threads_unless_private).roll()`. That name is `&rng`, and rustc
//!   tells it.
//! - What is given away whole: `drop(x)` becomes `drop(*&x)`.
//! - In debug builds, what any function is given: `draw(rng)` becomes `draw(*rng_shared_by_all_threads_unless_private)`, and where a `for`
//!   inside of the body starts.
//!
//! The last are in debug builds alone, since they have a price. What a function is given is mostly a slice that is passed on, which the
//! frame holds by itself: through a reference to the variable it would be read anew after each write to an array. That is half of a
//! sparse product's time. Programs are checked, and built while they are wrong, without optimisation.
//!
//! A method's receiver pays less: where the variable is a reference itself, one load more for each call that is not hoisted, a twentieth of
//! the instructions of a loop that does nothing but call an accessor, and none of one that is vectorised. With the name outside of the
//! frame there would be no such load, and rustc would speak of closures again.
//!
//! A place behind a reference is of the same type, is copied when it is `Copy`, and lends itself as long. Left alone is what may be no
//! variable or has no reference: functions that are called, the numbers in packed structs, the words of macros; and the user's closures.
//! What is given away may be the name of a generic function, of which only the use knows the type. So such a name has its reference there,
//! and is asked there whether the threads may share it.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprBreak, ExprReturn, Local, Macro, Stmt, Token, parse_quote_spanned};

use super::shape;
use crate::access::{Access, is_variable, reads};
use crate::directive::Place;
use crate::effort;
use crate::macros;
use crate::names::Names;
use crate::nest::Nest;
use crate::place::Target;
use crate::scope::{Scope, Scoped, scoped_visits};

/// Whether rustc is likely to read the program for its errors: it is not being optimised.
const TELLS: bool = cfg!(debug_assertions);

/// Puts references into the body; the variables that need a name for theirs, and the names; and whether others are lent in the body.
pub(crate) fn hold(nest: &Nest<'_>, body: &mut Block, access: &Access, names: &Names) -> (Vec<(Ident, Ident)>, bool) {
    let in_region = nest.levels.is_empty();
    let valued = if in_region { shape::in_value(body) } else { Vec::new() };
    let returned = shape::returned(body);
    let mut pass =
        Pass { scope: Scope::of(&nest.levels), access, names, named: Vec::new(), lent: false, in_region, valued, returned };
    pass.visit_block_mut(body);
    (pass.named, pass.lent)
}

struct Pass<'a> {
    scope: Scope,
    access: &'a Access,
    names: &'a Names,
    named: Vec<(Ident, Ident)>,
    lent: bool,
    in_region: bool,
    /// The words that lead to the value of a region.
    valued: Vec<Ident>,
    /// The words of what leaves an iteration, which may live longer than a reference to a variable.
    returned: Vec<Ident>,
}

impl Pass<'_> {
    fn is_shared(&self, place: &Place) -> bool {
        let Access { owned, readers, shared, perhaps_made, .. } = self.access;
        if perhaps_made.contains(&place.root) || self.valued.contains(&place.root) {
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

    /// Whether this is the handle of a region, whose methods change nothing that they are given, and say themselves what they take.
    fn is_handle(&self, receiver: &Expr) -> bool {
        let Expr::Path(path) = receiver else { return false };
        self.in_region && path.path.get_ident().is_some_and(|root| !self.is_shared(&Place::variable(root)))
    }

    /// Whether the body shows that this is a variable.
    fn is_seen(&self, root: &Ident) -> bool {
        let variable = Place::variable(root);
        root == "self" || self.access.seen.iter().any(|place| place.same(&variable))
    }

    /// `rng_shared_by_all_threads_unless_private` for the variable `rng`, placed where it stands.
    fn name(&self, root: &Ident) -> Ident {
        let mut name = self.names.held(root);
        name.set_span(self.names.span().located_at(root.span()));
        name
    }

    /// The name of a reference that the frame holds.
    fn held(&mut self, root: &Ident) -> Option<Ident> {
        if !self.is_seen(root) {
            return None;
        }
        let name = self.names.held(root);
        if !self.named.iter().any(|(_, other)| *other == name) {
            self.named.push((root.clone(), name));
        }
        Some(self.name(root))
    }

    /// What may be a variable, behind a reference.
    fn lend(&mut self, root: &Ident, at: Span) -> Expr {
        self.lent = true;
        let mut lent = self.names.lent();
        lent.set_span(at);
        parse_quote_spanned!(at=> *#lent.lend(&#root))
    }

    /// What a method is called on. The parentheses are the user's for all that lints can see, who go by the whole call.
    fn receiver(&mut self, expr: &mut Expr) {
        let Some(place) = Target::of(expr).map(|target| target.place).filter(|place| self.is_shared(place)) else { return };
        let at = place.root.span();
        match shape::innermost(expr) {
            path @ Expr::Path(_) if place.is_variable() => {
                if let Some(name) = self.held(&place.root) {
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

    /// What is bound by a pattern, perhaps by reference.
    fn bound(&mut self, expr: &mut Expr) {
        let Expr::Path(path) = &*expr else { return };
        let Some(root) = path.path.get_ident().filter(|_| path.qself.is_none() && path.attrs.is_empty()).cloned() else { return };
        if self.is_shared(&Place::variable(&root)) {
            let at = self.names.span().located_at(root.span());
            *expr = match self.held(&root) {
                Some(name) => parse_quote_spanned!(at=> *#name),
                None if TELLS => self.lend(&root, at),
                None => parse_quote_spanned!(at=> *&#path),
            };
        }
    }

    /// What is copied or moved. Behind a name, if it is lent here, for rustc to tell.
    fn given(&mut self, expr: &mut Expr) {
        let root = match &*expr {
            Expr::Path(path) => path.path.get_ident().filter(|root| !self.is_seen(root)).cloned(),
            _ => None,
        };
        self.bound(expr);
        if let (Some(root), Expr::Unary(lent)) = (root.filter(|_| TELLS), &*expr) {
            let (at, name) = (self.names.span().located_at(root.span()), self.name(&root));
            *expr = parse_quote_spanned!(at=> { let ref #name = #lent; *#name });
        }
    }

    /// What is called, and may be a variable: `f(x)` becomes `(*&f)(x)`.
    fn called(&mut self, function: &mut Expr) {
        let Expr::Path(path) = &*function else { return };
        let Some(root) = path
            .path
            .get_ident()
            .filter(|root| TELLS && is_variable(root) && !shape::takes(root) && !effort::is_quick(root))
            .cloned()
        else {
            return;
        };
        if self.scope.is_captured(&root)
            && !self.access.perhaps_made.contains(&root)
            && !self.valued.contains(&root)
            && !self.returned.contains(&root)
        {
            let at = root.span();
            let lent = self.lend(&root, self.names.span().located_at(at));
            *function = parse_quote_spanned!(at=> (#lent));
        }
    }

    /// The words of a macro, at which it may look; those of std that print do not.
    fn words(&mut self, mac: &mut Macro) {
        if TELLS && macros::prints(&macros::name(mac)) {
            self.visit_macro_mut(mac);
        }
    }

    /// What a function is given: all that is left of it in an optimised program is what is given away.
    fn arguments<'e>(&mut self, taken: bool, arguments: impl IntoIterator<Item = &'e mut Expr>) {
        for argument in arguments {
            if taken
                || TELLS && !matches!(argument, Expr::Path(path) if self.returned.iter().any(|word| path.path.is_ident(word)))
            {
                self.given(argument);
            }
        }
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
            // What the user's own closures take along is told in the user's terms.
            Expr::Async(_) | Expr::Const(_) => return,
            Expr::Closure(closure) if closure.capture.is_some() => return,
            Expr::Macro(call) => return self.words(&mut call.mac),
            Expr::MethodCall(call) => {
                if !reads(&call.method) && !effort::is_quick(&call.method) {
                    self.receiver(&mut call.receiver);
                }
                if !self.is_handle(&call.receiver) {
                    self.arguments(shape::takes(&call.method), &mut call.args);
                }
            }
            Expr::Call(call) => {
                self.arguments(shape::is_taker(&call.func), &mut call.args);
                self.called(&mut call.func);
            }
            Expr::ForLoop(each) => self.arguments(false, [&mut *each.expr]),
            // It takes the first one. With other operands rustc would take the whole of `a * x` for ours.
            Expr::Binary(sum) if shape::joins_texts(sum) => {
                self.arguments(false, [&mut *sum.left]);
            }
            // Functions in one array are of one type by its elements, which a block would hide.
            Expr::Array(array) => array.elems.iter_mut().for_each(|elem| self.bound(elem)),
            Expr::Tuple(tuple) => tuple.elems.iter_mut().for_each(|elem| self.given(elem)),
            Expr::Struct(fields) => fields.fields.iter_mut().for_each(|field| {
                self.given(&mut field.expr);
                if !matches!(field.expr, Expr::Path(_)) {
                    field.colon_token.get_or_insert_with(|| Token![:](field.member.span()));
                }
            }),
            Expr::Assign(assign) => self.given(&mut assign.right),
            Expr::Let(bound) => self.bound(&mut bound.expr),
            Expr::Match(choice) => self.bound(&mut choice.expr),
            Expr::Break(ExprBreak { expr: Some(value), .. }) => self.bound(value),
            Expr::Return(ExprReturn { expr: Some(value), .. }) => self.given(value),
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Macro(call) => return self.words(&mut call.mac),
            // A function may say that its result must be used, and rustc asks it by its name. A name of two letters is a parameter's.
            Stmt::Expr(Expr::Call(call), Some(_)) if !shape::is_letter(&call.func) => {
                self.arguments(shape::is_taker(&call.func), &mut call.args);
                return call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            }
            Stmt::Expr(value, None) => self.given(value),
            Stmt::Local(Local { init: Some(init), .. }) => self.bound(&mut init.expr),
            _ => {}
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }
}
