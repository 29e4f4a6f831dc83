//! What is noted of a place: a use of a captured variable, with the element it means.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprArray, ExprBlock, ExprMethodCall, ExprTuple};

use super::Walk;
use super::exits::Kind;
use crate::access::index::Index;
use crate::access::methods;
use crate::access::usage::{How, Plain, Use};
use crate::directive::Place;
use crate::macros;
use crate::place::{Target, bare};
use crate::scope::Binding;
use crate::text::show;

impl Walk {
    pub(super) fn operand(&mut self, expr: &mut Expr, how: Plain) {
        self.operand = Some(how);
        self.visit_expr_mut(expr);
    }

    pub(super) fn expression(&mut self, expr: &mut Expr, operand: Option<Plain>) {
        match expr {
            Expr::Path(_) | Expr::Field(_) | Expr::Index(_) | Expr::Unary(_) if Target::of(expr).is_some() => {
                let plain = match expr {
                    Expr::Path(_) => operand.unwrap_or(Plain::Name),
                    _ => Plain::No,
                };
                if let Some(usage) = self.touched(expr, How::Read) {
                    (usage.plain, usage.by_value) = (plain, true);
                }
            }
            Expr::Block(ExprBlock { label: label @ Some(_), .. }) => {
                let label = label.clone();
                self.inside(Kind::Block, label.as_ref(), |walk| visit_mut::visit_expr_mut(walk, expr));
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    /// What is assigned, by which comparisons it may be decided.
    pub(super) fn write(&mut self, left: &mut Expr, how: How, values: &[Expr]) {
        let decided = self.comparisons.decide(left, values, &self.ifs, &self.scope);
        let noted = self.uses.all.len();
        self.touch(left, how);
        if let Some(usage) = self.uses.all.get_mut(noted) {
            usage.decided = decided;
            let name = show(&usage.tokens);
            usage.untaken = usage.ifs.iter().any(|(branch, then)| *then && self.untaken.contains(&(*branch, name.clone())));
        }
    }

    /// Notes a use when `expr` is a place of a captured variable; otherwise reads it like any expression.
    pub(super) fn touch(&mut self, expr: &mut Expr, how: How) {
        let Some(target) = Target::of(expr) else {
            self.visit_expr_mut(expr);
            return;
        };
        let writes = how.writes();
        if writes {
            self.comparisons.forget(&target.place.root);
        }
        match self.scope.get(&target.place.root) {
            None => {
                let index = target.index.map_or(Index::None, |index| self.indexing.classify(index, target.second, &self.scope));
                let (deeper, deref, starred) = (target.deeper, target.deref, target.starred);
                let namesake = target.index.and_then(|index| self.indexing.namesake(index, &self.scope));
                self.note(Use { index, deeper, deref, starred, namesake, ..Use::new(target.place, how, expr.to_token_stream()) });
            }
            Some(Binding::Counter(depth)) if writes => {
                self.uses.moved_counters.insert(*depth);
            }
            Some(_) => {}
        }
        self.indices(expr);
    }

    /// The same, and the use that it is.
    pub(super) fn touched(&mut self, expr: &mut Expr, how: How) -> Option<&mut Use> {
        let (noted, root) = (self.uses.all.len(), Target::of(expr).map(|target| target.place.root));
        self.touch(expr, how);
        self.uses.all.get_mut(noted).filter(|usage| root.is_some_and(|root| root == usage.place.root))
    }

    /// What a method is called on.
    pub(super) fn receiver(&mut self, call: &mut ExprMethodCall, how: How) {
        let (handed, by_value) = (show(&call.args), is_of_a_value(&call.method));
        if let Some(usage) = self.touched(&mut call.receiver, how) {
            match usage.writes() {
                true => usage.handed = handed,
                false => usage.by_value = by_value,
            }
        }
    }

    pub(super) fn note(&mut self, mut usage: Use) {
        usage.ifs.clone_from(&self.ifs);
        self.uses.all.push(usage);
    }

    pub(super) fn name(&mut self, name: &Ident, how: How) {
        if self.scope.is_captured(name) {
            self.note(Use::new(Place::variable(name), how, name.to_token_stream()));
        }
    }

    /// The name of what is called, which is no variable.
    pub(super) fn callee(&mut self, called: &mut Expr) -> Option<Ident> {
        match called {
            Expr::Path(path) => path.path.segments.last().map(|last| last.ident.clone()),
            other => {
                self.visit_expr_mut(other);
                None
            }
        }
    }

    /// What a function is given.
    pub(super) fn lend(&mut self, argument: &mut Expr, to: Option<&Ident>) {
        match argument {
            Expr::Reference(lent) if lent.mutability.is_some() => self.touch(&mut lent.expr, How::Borrow(to.cloned())),
            other => self.visit_expr_mut(other),
        }
    }

    /// What a pattern takes apart.
    pub(super) fn scrutinee(&mut self, value: &mut Expr, borrowed: bool) {
        match borrowed {
            true => self.touch(value, How::Apart),
            false => self.visit_expr_mut(value),
        }
    }

    /// The index expressions inside a place.
    pub(super) fn indices(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Path(_) => {}
            Expr::Paren(inner) => self.indices(&mut inner.expr),
            Expr::Group(inner) => self.indices(&mut inner.expr),
            Expr::Field(field) => self.indices(&mut field.base),
            Expr::Unary(unary) => self.indices(&mut unary.expr),
            Expr::Index(index) => {
                self.indices(&mut index.expr);
                let condition = self.condition.take();
                self.visit_expr_mut(&mut index.index);
                self.condition = condition;
            }
            other => self.visit_expr_mut(other),
        }
    }

    /// `left = right`.
    pub(super) fn assignment(&mut self, left: &mut Expr, right: &mut Expr) {
        let before = self.uses.all.len();
        self.visit_expr_mut(right);
        let read: Vec<Place> = self.uses.all.iter().skip(before).map(|usage| usage.place.clone()).collect();
        self.assign(left, right, &read);
    }

    pub(super) fn is_of_an_array(&self, call: &ExprMethodCall) -> bool {
        let numbers = call.args.iter().all(|argument| self.indexing.is_number(argument, &self.scope));
        methods::is_of_an_array(&call.method) && !call.args.is_empty() && numbers
    }

    /// The left side of `=`; `(a, b) = ..` assigns to each, one value to each when there are as many.
    fn assign(&mut self, left: &mut Expr, right: &Expr, read: &[Place]) {
        match (left, bare(right)) {
            (Expr::Paren(inner), _) => self.assign(&mut inner.expr, right, read),
            (Expr::Tuple(names), Expr::Tuple(values)) if names.elems.len() == values.elems.len() => {
                let all: Vec<Ident> = names.elems.iter().filter_map(|name| Some(Target::of(name)?.place.root)).collect();
                for (name, value) in names.elems.iter_mut().zip(&values.elems) {
                    // `(a, b) = (b, a + b)` is about both: no variable of the two is made from itself alone.
                    let words = macros::words(value.to_token_stream());
                    let other = |word| all.contains(word) && Target::of(name).is_none_or(|target| target.place.root != *word);
                    let mut from = read.to_vec();
                    from.retain(|place| words.contains(&place.root) && !words.iter().any(other));
                    self.assign_each(name, &from, Some(value));
                }
            }
            (left, right) => self.assign_each(left, read, Some(right)),
        }
    }

    /// `value`: nothing where several are assigned at once.
    fn assign_each(&mut self, left: &mut Expr, from: &[Place], value: Option<&Expr>) {
        match left {
            Expr::Tuple(ExprTuple { elems, .. }) | Expr::Array(ExprArray { elems, .. }) => {
                elems.iter_mut().for_each(|elem| self.assign_each(elem, from, None));
            }
            Expr::Call(call) => call.args.iter_mut().for_each(|arg| self.assign_each(arg, from, None)),
            Expr::Struct(fields) => fields.fields.iter_mut().for_each(|field| self.assign_each(&mut field.expr, from, None)),
            Expr::Paren(inner) => self.assign_each(&mut inner.expr, from, value),
            Expr::Infer(_) | Expr::Range(_) => {}
            place => {
                let itself = Target::of(place).is_some_and(|target| from.iter().any(|read| read.overlaps(&target.place)));
                let shown = value.map(show).unwrap_or_default();
                self.write(place, How::Assign { itself, value: shown }, value.map(std::slice::from_ref).unwrap_or_default());
            }
        }
    }
}

/// A method of numbers and collections, and of no cell, atomic or lock.
fn is_of_a_value(method: &Ident) -> bool {
    const VALUES: &str =
        "abs ceil clamp contains cos exp first floor iter last ln max min powf powi rem_euclid round sin sqrt tan to_vec";
    VALUES.split(' ').any(|name| method == name)
}
