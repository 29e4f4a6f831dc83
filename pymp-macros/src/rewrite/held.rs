//! What the threads of a loop or region share is used so that what rustc says of it is about that.
//!
//! A frame is a closure, and rustc's words for what it may not change or move are "a captured variable in a `Fn` closure". Nobody wrote
//! one. So:
//!
//! - What is given away whole, `draw(rng)`, `Some(name)`, `y[i] = name`, goes by way of a function that takes what is `Copy`:
//!   `draw(MayTake::take(rng))`. By value, so that the frame captures what it would without it. The message is ours.
//! - The receiver of a method is behind a reference: `rng.roll()` becomes `(*rng_shared_by_all_threads_unless_private).roll()`. That name is
//!   `&rng`, and rustc tells it. What a pattern takes apart is, too.
//! - What is called is behind the reference that a method has of it: `f(x)` becomes `(*f.called())(x)`.
//!
//! The first and the last cost nothing. A receiver that is a reference itself pays one load for each call that is not hoisted, a twentieth of
//! the instructions of a loop that does nothing but call an accessor, and none of one that is vectorised. With the name outside of the
//! frame there would be no such load, and rustc would speak of closures again.
//!
//! A place behind a reference is of the same type, is copied when it is `Copy`, and lends itself as long. Left alone is what may be no
//! variable or has no reference: the numbers in packed structs, the words of macros; and the user's closures that `move`.
//!
//! Whether the threads may share a variable is asked at the head of the loop, when the body shows that it is one. What is called or given
//! away may be the name of a generic function, of which only the use knows the type. What is called is asked there. What is given away may
//! turn into something else there, a `&dyn Fn()`. So the frame has its type from outside, and `if false { type_f.another() } else { f }` ties
//! the two together.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprBreak, ExprField, ExprPath, ExprReturn, Local, Macro, Stmt, Token, parse_quote_spanned};

use super::{question, shape};
use crate::access::{Access, is_variable, reads};
use crate::directive::Place;
use crate::effort;
use crate::macros;
use crate::names::Names;
use crate::nest::Nest;
use crate::place::Target;
use crate::scope::{Scope, Scoped, scoped_visits};

/// What the frame, and what stands around it, have to hold for the body.
#[derive(Default)]
pub(crate) struct Held {
    /// Variables that are used through a reference, and the names of the references.
    pub(crate) references: Vec<(Ident, Ident)>,
    /// Variables that are handed on, and the names for their types.
    pub(crate) types: Vec<(Ident, Ident)>,
    /// Whether the body asks something.
    pub(crate) asks: bool,
}

/// Puts references and questions into the body.
pub(crate) fn hold(nest: &Nest<'_>, body: &mut Block, access: &Access, names: &Names) -> Held {
    let in_region = nest.levels.is_empty();
    let valued = if in_region { shape::in_value(body) } else { Vec::new() };
    let scope = Scope::of(&nest.levels);
    let mut pass = Pass { scope, access, names, held: Held::default(), in_region, in_closure: false, valued };
    pass.visit_block_mut(body);
    pass.held
}

struct Pass<'a> {
    scope: Scope,
    access: &'a Access,
    names: &'a Names,
    held: Held,
    in_region: bool,
    /// One of the user's, which may be a plain function as long as it takes nothing of ours along.
    in_closure: bool,
    /// The words that lead to the value of a region.
    valued: Vec<Ident>,
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

    /// The name of a reference that the frame holds, placed where the variable stands.
    fn held(&mut self, root: &Ident, unless: &str) -> Option<Ident> {
        if !self.is_seen(root) {
            return None;
        }
        let mut name = self.names.held(root, unless);
        if !self.held.references.iter().any(|(_, other)| *other == name) {
            self.held.references.push((root.clone(), name.clone()));
        }
        name.set_span(self.names.span().located_at(root.span()));
        Some(name)
    }

    /// What is told whether the threads may share something.
    fn told(&mut self, at: Span) -> Expr {
        if self.in_closure {
            let pp = self.names.private_at(at);
            return parse_quote_spanned!(at=> #pp::Asked::OPEN);
        }
        self.held.asks = true;
        let mut lent = self.names.lent();
        lent.set_span(at);
        parse_quote_spanned!(at=> #lent)
    }

    /// What may be a variable, behind a reference.
    fn lend(&mut self, reference: &Expr, at: Span) -> Expr {
        let told = self.told(at);
        parse_quote_spanned!(at=> *#told.lend(#reference))
    }

    /// Whether a reference to it lives as long as what is made from it.
    fn is_lent_on(&self, place: &Place) -> bool {
        self.is_shared(place) && !self.valued.contains(&place.root)
    }

    /// What a method is called on. The parentheses are the user's for all that lints can see, who go by the whole call.
    fn receiver(&mut self, expr: &mut Expr, method: &Ident) {
        let Some(place) = Target::of(expr).map(|target| target.place).filter(|place| self.is_lent_on(place)) else { return };
        let at = place.root.span();
        match shape::innermost(expr) {
            path @ Expr::Path(_) if place.is_variable() => {
                if let Some(name) = self.held(&place.root, shape::unless(&place.root, method)) {
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
        let Some(root) = self.place(expr).filter(|place| place.is_variable() && self.is_lent_on(place)).map(|place| place.root)
        else {
            return;
        };
        let at = self.names.span().located_at(root.span());
        *expr = match self.held(&root, "_unless_private") {
            Some(name) => parse_quote_spanned!(at=> *#name),
            None => self.lend(&parse_quote_spanned!(at=> &#root), at),
        };
    }

    /// What is copied or moved.
    fn given(&mut self, expr: &mut Expr) {
        let Some(place) = self.place(expr) else { return };
        let at = self.names.span().located_at(place.root.span());
        let (pp, told) = (self.names.private_at(at), self.told(at));
        *expr = if !place.is_variable() || self.is_seen(&place.root) || self.in_closure {
            parse_quote_spanned!(at=> <#pp::AllThreads as #pp::MayTake<_>>::take(#expr, &#told))
        } else {
            let mut of_type = self.names.fresh_for(&format!("type_{}", self.held.types.len()), &place.root);
            of_type.set_span(at);
            self.held.types.push((place.root, of_type.clone()));
            let unreached = question::unreached(&pp, at);
            parse_quote_spanned!(at=> <#pp::AllThreads as #pp::MayTake<_>>::take(if false { #unreached #of_type.another() } else { #expr }, &#told))
        };
    }

    /// What is called, and may be a variable: `f(x)` becomes `(*&f)(x)`.
    fn called(&mut self, function: &mut Expr) {
        let Expr::Path(path) = &*function else { return };
        let Some(root) =
            path.path.get_ident().filter(|root| is_variable(root) && !shape::takes(root) && !effort::is_quick(root)).cloned()
        else {
            return;
        };
        if self.scope.is_captured(&root) && !self.access.perhaps_made.contains(&root) && !self.valued.contains(&root) {
            let at = self.names.span().located_at(root.span());
            let pp = self.names.private_at(at);
            let lent = self.lend(&parse_quote_spanned!(at=> { use #pp::seers::*; #root.__pymp_called() }), at);
            *function = parse_quote_spanned!(root.span()=> (#lent));
        }
    }

    /// The words of a macro, at which it may look; those of std that print do not.
    fn words(&mut self, mac: &mut Macro) {
        if macros::prints(&macros::name(mac)) {
            self.visit_macro_mut(mac);
        }
    }

    /// What a function is given.
    fn arguments<'e>(&mut self, arguments: impl IntoIterator<Item = &'e mut Expr>) {
        arguments.into_iter().for_each(|argument| self.given(argument));
    }

    /// The shared variable, or the field of one, that is all of this.
    fn place(&self, expr: &Expr) -> Option<Place> {
        let named = matches!(expr, Expr::Path(ExprPath { attrs, .. }) | Expr::Field(ExprField { attrs, .. }) if attrs.is_empty());
        Target::of(expr).filter(|_| named).map(|target| target.place).filter(|place| self.is_shared(place))
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
            Expr::Closure(_) => {
                let around = std::mem::replace(&mut self.in_closure, true);
                visit_mut::visit_expr_mut(self, expr);
                self.in_closure = around;
                return;
            }
            Expr::Macro(call) => return self.words(&mut call.mac),
            Expr::MethodCall(call) => {
                if !reads(&call.method) && !effort::is_quick(&call.method) {
                    self.receiver(&mut call.receiver, &call.method);
                }
                if shape::falls_back(&call.method) {
                    self.visit_expr_mut(&mut call.receiver);
                    return call.args.iter_mut().for_each(|kept| shape::inside(kept, &mut |value| self.visit_expr_mut(value)));
                }
            }
            Expr::Let(bound) => self.bound(&mut bound.expr),
            Expr::Match(choice) => self.bound(&mut choice.expr),
            // Functions in one array are of one type by its elements, which a call would hide.
            Expr::Array(array) => array.elems.iter_mut().for_each(|elem| self.bound(elem)),
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::MethodCall(call) if !self.is_handle(&call.receiver) => self.arguments(&mut call.args),
            Expr::Call(call) => {
                self.arguments(&mut call.args);
                self.called(&mut call.func);
            }
            Expr::ForLoop(each) => self.given(&mut each.expr),
            // It takes the first one. With other operands rustc would take the whole of `a * x` for ours.
            Expr::Binary(sum) if shape::joins_texts(sum) => self.given(&mut sum.left),
            Expr::Tuple(tuple) => self.arguments(&mut tuple.elems),
            Expr::Struct(fields) => fields.fields.iter_mut().for_each(|field| {
                self.given(&mut field.expr);
                if !matches!(field.expr, Expr::Path(_)) {
                    field.colon_token.get_or_insert_with(|| Token![:](field.member.span()));
                }
            }),
            Expr::Assign(assign) => self.given(&mut assign.right),
            Expr::Break(ExprBreak { expr: Some(value), .. }) | Expr::Return(ExprReturn { expr: Some(value), .. }) => {
                self.given(value)
            }
            _ => {}
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Macro(call) => return self.words(&mut call.mac),
            // A function may say that its result must be used, and rustc asks it by its name.
            Stmt::Expr(Expr::Call(call), Some(_)) => {
                call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
                return self.arguments(&mut call.args);
            }
            Stmt::Local(Local { init: Some(init), .. }) => self.bound(&mut init.expr),
            _ => {}
        }
        visit_mut::visit_stmt_mut(self, stmt);
        if let Stmt::Expr(value, None) = stmt {
            self.given(value);
        }
    }
}
