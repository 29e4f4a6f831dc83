//! Which comparisons decide an assignment: under `if e > m` the assignment `m = e` keeps the largest e, and `m = f(e)` keeps what the order
//! of the iterations makes of it.
//!
//! 1. A comparison that a condition rests on is learned, with the words of both sides.
//! 2. It is forgotten when something that it names changes, and not known where a name means something else.
//! 3. An assignment asks which of the comparisons it stands under are between its two sides.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Expr, ExprAssign, ExprBinary, ExprCall, ExprMacro, ExprMethodCall, ExprReference, Local, Pat, UnOp};

use super::compare::{Known, Order};
use super::forms::Op;
use super::methods;
use crate::macros;
use crate::place::{Target, bare};
use crate::scope::Scope;
use crate::text::show;

#[derive(Default)]
pub(super) struct Comparisons {
    known: Vec<Fact>,
    aliases: Vec<Alias>,
    /// What was learned before an inner loop or closure holds no longer in it: it may run again after a change.
    around: (usize, usize),
    count: usize,
    /// Names that were bound by `let mut`, of which one may be a closure that changes something.
    mutable: Vec<String>,
}

/// A comparison, and the `if` in whose condition it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) branch: usize,
    pub(crate) comparison: usize,
}

/// `place op value`.
struct Fact {
    asked: Asked,
    place: Words,
    /// As it is typed, and as the `let` says that it names.
    values: Vec<Words>,
    then: Option<Op>,
    otherwise: Option<Op>,
    /// The place has changed since.
    lost: bool,
}

/// `let name = value;`
struct Alias {
    name: (String, usize),
    values: Vec<Words>,
}

/// Tokens, with the variable that each name in them is.
#[derive(Clone)]
pub(super) struct Words {
    text: String,
    names: Vec<(String, usize)>,
}

impl Words {
    fn of(expr: &Expr, scope: &Scope) -> Words {
        let names = macros::words(expr.to_token_stream()).into_iter().map(|word| {
            let name = word.unraw().to_string();
            let number = scope.number(&name);
            (name, number)
        });
        Words { text: show(expr), names: names.collect() }
    }

    /// All of it still means the same.
    fn holds(&self, scope: &Scope) -> bool {
        self.names.iter().all(|(name, number)| scope.number(name) == *number)
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|(other, _)| other == name)
    }
}

impl Comparisons {
    /// Another comparison in the condition of this `if` is read.
    pub(super) fn next(&mut self, branch: usize) -> Asked {
        self.count += 1;
        Asked { branch, comparison: self.count }
    }

    /// Where a condition begins, for `end`.
    pub(super) fn mark(&self) -> usize {
        self.known.len()
    }

    /// The `if` is over.
    pub(super) fn end(&mut self, mark: usize) {
        self.known.truncate(mark);
    }

    /// An inner loop or closure begins; what it returns is for `leave`.
    pub(super) fn enter(&mut self) -> (usize, usize) {
        std::mem::replace(&mut self.around, (self.known.len(), self.aliases.len()))
    }

    pub(super) fn leave(&mut self, outer: (usize, usize)) {
        self.around = outer;
    }

    pub(super) fn learn(&mut self, asked: Asked, known: Known, (place, value): (&Expr, &Expr), order: Order, scope: &Scope) {
        let captured = Target::of(place).is_some_and(|target| scope.is_captured(&target.place.root));
        if !captured || (known.then.is_none() && known.otherwise.is_none()) || !self.is_pure(value) || !self.is_pure(place) {
            return;
        }
        let keeps = |holds: Option<bool>| holds.map(|holds| order.if_it_is(holds).keeps);
        let (then, otherwise) = (keeps(known.then), keeps(known.otherwise));
        let (place, values) = (Words::of(bare(place), scope), self.words(value, scope));
        self.known.push(Fact { asked, place, values, then, otherwise, lost: false });
    }

    /// `let w = x[i];`: the words of the value, before the name is bound.
    pub(super) fn named(&mut self, local: &Local, scope: &Scope) -> Option<(Ident, Vec<Words>)> {
        let Pat::Ident(pat) = (match &local.pat {
            Pat::Type(typed) => &*typed.pat,
            pat => pat,
        }) else {
            return None;
        };
        if pat.mutability.is_some() {
            self.mutable.push(pat.ident.unraw().to_string());
        }
        let value = &local.init.as_ref().filter(|init| init.diverge.is_none())?.expr;
        let plain = pat.by_ref.is_none() && pat.subpat.is_none();
        (plain && self.is_pure(value)).then(|| (pat.ident.clone(), self.words(value, scope)))
    }

    /// And when it is.
    pub(super) fn alias(&mut self, (name, values): (Ident, Vec<Words>), scope: &Scope) {
        let name = name.unraw().to_string();
        let number = scope.number(&name);
        self.aliases.push(Alias { name: (name, number), values });
    }

    /// It changes.
    pub(super) fn forget(&mut self, name: &Ident) {
        let name = name.unraw().to_string();
        self.aliases.iter_mut().for_each(|alias| {
            let renamed = alias.name.0 == name;
            alias.values.retain(|words| !renamed && !words.has(&name));
        });
        self.known.iter_mut().for_each(|fact| {
            fact.values.retain(|words| !words.has(&name));
            fact.lost |= fact.place.has(&name);
        });
    }

    /// The comparisons in the conditions of these `if`s that decide `place = value`, each with what is kept by it.
    pub(super) fn decide(&self, place: &Expr, values: &[Expr], ifs: &[(usize, bool)], scope: &Scope) -> Vec<(usize, Op)> {
        let known = self.known.get(self.around.0..).unwrap_or_default();
        if known.is_empty() || values.is_empty() {
            return Vec::new();
        }
        let (place, values) = (Words::of(bare(place), scope), values.iter().map(|value| self.words(value, scope)));
        let values: Vec<Vec<Words>> = values.collect();
        let same = |fact: &Fact, value: &[Words]| {
            let holding = |words: &&Words| words.holds(scope);
            fact.values.iter().filter(holding).any(|one| value.iter().any(|other| one.text == other.text))
        };
        let about = |fact: &&Fact| !fact.lost && fact.place.text == place.text && fact.place.holds(scope);
        let decides = known.iter().filter(about).filter(|fact| values.iter().all(|value| same(fact, value)));
        let kept = decides.flat_map(|fact| {
            ifs.iter().filter_map(|(branch, then)| {
                let kept = if *then { fact.then } else { fact.otherwise };
                Some((fact.asked.comparison, kept?)).filter(|_| *branch == fact.asked.branch)
            })
        });
        kept.collect()
    }

    /// As it is typed, and as the `let` of its name says.
    fn words(&self, value: &Expr, scope: &Scope) -> Vec<Words> {
        let value = same_value(value);
        let own = Words::of(value, scope);
        let named = |alias: &&Alias| own.text == alias.name.0 && scope.number(&alias.name.0) == alias.name.1;
        let aliases = self.aliases.get(self.around.1..).unwrap_or_default();
        let named = aliases.iter().rev().find(named).map(|alias| alias.values.iter().filter(|words| words.holds(scope)).cloned());
        named.into_iter().flatten().chain([own.clone()]).collect()
    }

    /// Evaluated twice it gives the same, as far as the words show.
    pub(super) fn is_pure(&self, expr: &Expr) -> bool {
        let mut changes = Changes { mutable: &self.mutable, found: false };
        changes.visit_expr(expr);
        !changes.found
    }
}

/// Without what leaves the value what it is: `*v`, `&v`, `v.clone()`, `v as f64` where the other side is an `f64`.
fn same_value(expr: &Expr) -> &Expr {
    match without_reference(expr) {
        Expr::Cast(cast) => without_reference(&cast.expr),
        other => other,
    }
}

fn without_reference(expr: &Expr) -> &Expr {
    match bare(expr) {
        Expr::Reference(reference) if reference.mutability.is_none() => without_reference(&reference.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => without_reference(&unary.expr),
        Expr::MethodCall(call) if call.args.is_empty() && COPIES.iter().any(|copies| call.method == copies) => {
            without_reference(&call.receiver)
        }
        other => other,
    }
}

const COPIES: &[&str] = &["clone", "cloned", "copied", "into", "to_owned", "to_string", "to_vec"];

/// Of iterators, channels and generators.
const TAKES: &[&str] = &[
    "by_ref",
    "draw",
    "gen",
    "gen_bool",
    "gen_range",
    "next",
    "next_back",
    "next_f32",
    "next_f64",
    "next_if",
    "next_u32",
    "next_u64",
    "nth",
    "nth_back",
    "random",
    "random_bool",
    "random_range",
    "recv",
    "roll",
    "sample",
    "try_recv",
];

/// Looks for what changes something: `it.next()`, `{ k += 1; k }`.
struct Changes<'n> {
    mutable: &'n [String],
    found: bool,
}

impl Visit<'_> for Changes<'_> {
    fn visit_expr_assign(&mut self, _: &ExprAssign) {
        self.found = true;
    }
    fn visit_expr_binary(&mut self, binary: &ExprBinary) {
        self.found |= Op::of_assign(&binary.op).is_some();
        visit::visit_expr_binary(self, binary);
    }
    fn visit_expr_reference(&mut self, reference: &ExprReference) {
        self.found |= reference.mutability.is_some();
        visit::visit_expr_reference(self, reference);
    }
    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        let changes = methods::mutates(call) || TAKES.iter().any(|name| call.method == name);
        self.found |= changes && Target::of(&call.receiver).is_some();
        visit::visit_expr_method_call(self, call);
    }
    fn visit_expr_call(&mut self, call: &ExprCall) {
        if let Expr::Path(path) = &*call.func {
            self.found |= path.path.get_ident().is_some_and(|name| self.mutable.contains(&name.unraw().to_string()));
        }
        visit::visit_expr_call(self, call);
    }
    /// A format string names variables that are not among the words.
    fn visit_expr_macro(&mut self, expr: &ExprMacro) {
        self.found |= macros::name(&expr.mac) == "format";
    }
}
