//! An index as a sum of products, so that `(i*m + j)*l + h` and `h + l*j + i*m*l` are one index.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{BinOp, Expr, Lit, Type, UnOp};

use super::index::Row;
use crate::place::bare;
use crate::scope::{Binding, Scope};
use crate::text::show;

/// Products with their factors; a product is the sorted list of its atoms.
#[derive(Clone, PartialEq, Default)]
pub(crate) struct Sum(BTreeMap<Vec<Atom>, i128>);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Atom {
    Counter(usize),
    /// The name (or tokens) of anything else; `true` when the body has bound it.
    Value(String, bool),
}

impl Sum {
    pub(super) fn atom(atom: Atom) -> Sum {
        Sum(BTreeMap::from([(vec![atom], 1)]))
    }

    pub(super) fn plus(mut self, other: &Sum, factor: i128) -> Sum {
        for (product, times) in &other.0 {
            let entry = self.0.entry(product.clone()).or_default();
            *entry = entry.saturating_add(times.saturating_mul(factor));
        }
        self.0.retain(|_, times| *times != 0);
        self
    }

    /// `None` when it grows beyond what anyone writes.
    pub(super) fn times(&self, other: &Sum) -> Option<Sum> {
        let mut out = Sum::default();
        for (left, a) in &self.0 {
            for (right, b) in &other.0 {
                let mut product = [left.as_slice(), right.as_slice()].concat();
                product.sort();
                out = out.plus(&Sum(BTreeMap::from([(product, a.checked_mul(*b)?)])), 1);
            }
        }
        (out.0.len() <= 64).then_some(out)
    }

    /// The `c` of `i + c`, i being the variable of the only loop.
    pub(super) fn distance(&self) -> Option<i128> {
        let rest = self.clone().plus(&Sum::atom(Atom::Counter(0)), -1);
        match rest.0.iter().collect::<Vec<_>>().as_slice() {
            [] => Some(0),
            [(product, times)] if product.is_empty() => Some(**times),
            _ => None,
        }
    }

    /// The `i*n` of `i*n + j`: what was there before the loop, and the loop variable once.
    pub(super) fn base(&self) -> Option<String> {
        let rest = self.clone().plus(&Sum::atom(Atom::Counter(0)), -1);
        let known =
            rest.0.iter().all(|(product, times)| *times > 0 && product.iter().all(|atom| matches!(atom, Atom::Value(_, false))));
        let terms = rest.0.iter().map(|(product, times)| {
            let number = (*times != 1 || product.is_empty()).then(|| times.to_string());
            number.into_iter().chain(product.iter().map(Atom::name)).collect::<Vec<_>>().join(" * ")
        });
        let terms: Vec<String> = terms.collect();
        let varies = rest.0.keys().any(|product| !product.is_empty());
        (known && varies).then(|| terms.join(" + "))
    }

    /// Made of what was there before the loop: literals, variables and their fields.
    pub(super) fn is_fixed(&self) -> bool {
        self.0
            .keys()
            .flatten()
            .all(|atom| matches!(atom, Atom::Value(text, false) if syn::parse_str(text).is_ok_and(|it| is_computed(&it))))
    }

    /// Whether a loop variable is a term or a factor of one.
    pub(super) fn counts(&self) -> bool {
        self.0.keys().flatten().any(|atom| matches!(atom, Atom::Counter(_)))
    }

    /// The loop variable alone is a term, and a variable of the body's own is in another one.
    pub(super) fn is_column(&self) -> bool {
        let local = self.0.keys().flatten().any(|atom| matches!(atom, Atom::Value(_, true)));
        local && self.0.contains_key([Atom::Counter(0)].as_slice())
    }

    pub(super) fn row(&self, scope: &Scope) -> Option<Row> {
        let outer = Atom::Counter(0);
        let (with, rest): (Vec<_>, Vec<_>) = self.0.iter().partition(|(product, _)| product.contains(&outer));
        let [(product, times)] = with.as_slice() else {
            return None;
        };
        let size: Vec<Atom> = product.iter().filter(|atom| **atom != outer).cloned().collect();
        if size.len() + 1 != product.len() || **times < 1 || (size.is_empty() && **times == 1) {
            return None;
        }
        let mut words: Vec<String> = size.iter().map(Atom::name).collect();
        if **times != 1 || words.is_empty() {
            words.push(times.to_string());
        }
        // A size that only the body knows cannot stand in a clause.
        let local = size.iter().any(|atom| matches!(atom, Atom::Value(_, true)));
        // Of `i*3 + 5` the number tells.
        let number = self.0.get([].as_slice()).filter(|_| size.is_empty() && rest.len() == 1).copied();
        let beside =
            number.or_else(|| self.0.get(&size).filter(|_| !size.is_empty()).copied()).map_or(0, |by| by.div_euclid(**times));
        let whole = Sum(BTreeMap::from([(size, **times)]));
        let collapsible = match rest.as_slice() {
            [(inner, 1)] => extent_of(inner, scope).is_some_and(|extent| extent == whole),
            _ => false,
        };
        let collapsed = !local && matches!(rest.as_slice(), [(inner, 1)] if **inner == [Atom::Counter(1)]);
        let size = if local { "n".to_owned() } else { words.join(" * ") };
        Some(Row { size, collapsible, collapsed, beside })
    }
}

/// The `m` of the inner `for j in 0..m` whose `j` this product is.
fn extent_of(product: &[Atom], scope: &Scope) -> Option<Sum> {
    let [Atom::Value(name, true)] = product else {
        return None;
    };
    let name: Ident = syn::parse_str(name).ok()?;
    match scope.get(&name)? {
        Binding::Inner(extent) => expand(extent, scope),
        _ => None,
    }
}

impl Atom {
    fn name(&self) -> String {
        match self {
            Atom::Counter(_) => String::new(),
            Atom::Value(name, _) => name.clone(),
        }
    }
}

pub(super) fn expand(expr: &Expr, scope: &Scope) -> Option<Sum> {
    match bare(expr) {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Int(number) => {
                let value: i128 = number.base10_parse().ok()?;
                Some(Sum::default().plus(&Sum(BTreeMap::from([(Vec::new(), value)])), 1))
            }
            _ => None,
        },
        // A narrow type would cut the number off.
        Expr::Cast(cast) if is_wide(&cast.ty) => expand(&cast.expr, scope),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => Some(Sum::default().plus(&expand(&unary.expr, scope)?, -1)),
        Expr::Binary(binary) => {
            let both = || Some((expand(&binary.left, scope)?, expand(&binary.right, scope)?));
            match binary.op {
                BinOp::Add(_) => both().map(|(left, right)| left.plus(&right, 1)),
                BinOp::Sub(_) => both().map(|(left, right)| left.plus(&right, -1)),
                BinOp::Mul(_) => both().and_then(|(left, right)| left.times(&right)),
                _ => Some(value(expr, scope)),
            }
        }
        Expr::Path(path) => match path.path.get_ident() {
            Some(name) => Some(match scope.get(name) {
                Some(Binding::Index(sum)) => sum.clone(),
                Some(Binding::Counter(depth)) => Sum::atom(Atom::Counter(*depth)),
                binding => Sum::atom(Atom::Value(name.unraw().to_string(), binding.is_some())),
            }),
            None => Some(value(expr, scope)),
        },
        // `usize::from(i)`, which clippy prefers to `i as usize`.
        Expr::Call(call) if is_conversion(&call.func) => expand(call.args.first()?, scope),
        other => Some(value(other, scope)),
    }
}

/// No call is in it.
fn is_computed(expr: &Expr) -> bool {
    match bare(expr) {
        Expr::Binary(binary) => is_computed(&binary.left) && is_computed(&binary.right),
        Expr::Cast(cast) => is_computed(&cast.expr),
        Expr::Field(field) => is_computed(&field.base),
        Expr::Unary(unary) => is_computed(&unary.expr),
        Expr::Lit(_) | Expr::Path(_) => true,
        _ => false,
    }
}

fn is_conversion(function: &Expr) -> bool {
    let Expr::Path(path) = bare(function) else { return false };
    let words: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    words == ["usize", "from"]
}

fn value(expr: &Expr, scope: &Scope) -> Sum {
    let local = mentions_local(expr.to_token_stream(), scope);
    Sum::atom(Atom::Value(show(expr), local))
}

fn mentions_local(tokens: TokenStream, scope: &Scope) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => !scope.is_captured(&ident),
        TokenTree::Group(group) => mentions_local(group.stream(), scope),
        _ => false,
    })
}

/// A type that cuts no index off.
pub(crate) fn is_wide(ty: &Type) -> bool {
    matches!(show(ty).as_str(), "usize" | "isize" | "u64" | "i64" | "u128" | "i128")
}
