//! Which element an index means: the iteration's own, one beside it, or any.
//!
//! An index is expanded into a sum of products, so that `(i*m + j)*l + h` and `h + l*j + i*m*l` are one index.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{BinOp, Expr, Lit, Type, UnOp};

use crate::nest::Level;
use crate::place::bare;
use crate::scope::{Binding, Scope};
use crate::text::show;

#[derive(Clone, PartialEq)]
pub(crate) enum Index {
    /// `y` itself.
    None,
    /// `y[i]`.
    Element,
    /// `a[[i, j]]`, `a[(i, j)]`.
    Grid,
    /// `c[i*m + j]`.
    Collapsed,
    /// The loop variable is in it, and it is not the iteration's own.
    Shifted(Option<Row>),
    Other,
}

impl Index {
    pub(crate) fn is_own(&self) -> bool {
        matches!(self, Index::Element | Index::Grid | Index::Collapsed)
    }
}

/// `i*m + ..`: each iteration has m elements.
#[derive(Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) size: String,
    /// The `..` is the variable of an inner `for j in 0..m`.
    pub(crate) collapsible: bool,
}

/// Products with their factors; a product is the sorted list of its atoms.
#[derive(Clone, PartialEq, Default)]
struct Sum(BTreeMap<Vec<Atom>, i128>);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Atom {
    Counter(usize),
    /// The name (or tokens) of anything else; `true` when the body has bound it.
    Value(String, bool),
}

pub(crate) struct Indexing {
    depth: usize,
    /// `i*m + j`, when the inner loops say their m.
    collapsed: Option<Sum>,
}

impl Indexing {
    pub(crate) fn new(levels: &[Level<'_>], scope: &Scope) -> Indexing {
        let mut collapsed = (levels.len() > 1).then(Sum::default);
        for (depth, level) in levels.iter().enumerate() {
            let extent = if depth == 0 { None } else { level.extent().and_then(|extent| expand(extent, scope)) };
            collapsed = collapsed.and_then(|sum| {
                let scaled = if depth == 0 { sum } else { sum.times(&extent?)? };
                Some(scaled.plus(&Sum::atom(Atom::Counter(depth)), 1))
            });
        }
        Indexing { depth: levels.len(), collapsed }
    }

    pub(crate) fn classify(&self, index: &Expr, scope: &Scope) -> Index {
        match bare(index) {
            Expr::Range(range) => match range.start.as_deref() {
                Some(start) => shifted(start, scope),
                None => Index::Other,
            },
            Expr::Array(array) if self.is_grid(array.elems.iter(), scope) => Index::Grid,
            Expr::Tuple(tuple) if self.is_grid(tuple.elems.iter(), scope) => Index::Grid,
            plain => {
                let sum = expand(plain, scope);
                if self.depth == 1 && sum == Some(Sum::atom(Atom::Counter(0))) {
                    Index::Element
                } else if sum.is_some() && sum == self.collapsed {
                    Index::Collapsed
                } else {
                    shifted(plain, scope)
                }
            }
        }
    }

    /// `[[i, j]]` of the loops over i and j, or any element of row i of the loop over i alone.
    fn is_grid<'e>(&self, mut elems: impl ExactSizeIterator<Item = &'e Expr>, scope: &Scope) -> bool {
        let is_counter = |depth, elem| expand(elem, scope) == Some(Sum::atom(Atom::Counter(depth)));
        match self.depth {
            1 => elems.len() == 2 && elems.next().is_some_and(|row| is_counter(0, row)),
            depth => elems.len() == depth && elems.enumerate().all(|(depth, elem)| is_counter(depth, elem)),
        }
    }
}

fn shifted(index: &Expr, scope: &Scope) -> Index {
    match expand(index, scope) {
        Some(sum) if sum.counts() => Index::Shifted(sum.row(scope)),
        _ => Index::Other,
    }
}

impl Sum {
    fn atom(atom: Atom) -> Sum {
        Sum(BTreeMap::from([(vec![atom], 1)]))
    }

    fn plus(mut self, other: &Sum, factor: i128) -> Sum {
        for (product, times) in &other.0 {
            let entry = self.0.entry(product.clone()).or_default();
            *entry = entry.saturating_add(times.saturating_mul(factor));
        }
        self.0.retain(|_, times| *times != 0);
        self
    }

    /// `None` when it grows beyond what anyone writes.
    fn times(&self, other: &Sum) -> Option<Sum> {
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

    /// Whether a loop variable is a term or a factor of one.
    fn counts(&self) -> bool {
        self.0.keys().flatten().any(|atom| matches!(atom, Atom::Counter(_)))
    }

    fn row(&self, scope: &Scope) -> Option<Row> {
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
        let whole = Sum(BTreeMap::from([(size, **times)]));
        let collapsible = match rest.as_slice() {
            [(inner, 1)] => extent_of(inner, scope).is_some_and(|extent| extent == whole),
            _ => false,
        };
        let size = if local { "n".to_owned() } else { words.join(" * ") };
        Some(Row { size, collapsible })
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

fn expand(expr: &Expr, scope: &Scope) -> Option<Sum> {
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
            Some(name) => Some(Sum::atom(match scope.get(name) {
                Some(Binding::Counter(depth)) => Atom::Counter(*depth),
                binding => Atom::Value(name.unraw().to_string(), binding.is_some()),
            })),
            None => Some(value(expr, scope)),
        },
        // `usize::from(i)`, which clippy prefers to `i as usize`.
        Expr::Call(call) if is_conversion(&call.func) => expand(call.args.first()?, scope),
        other => Some(value(other, scope)),
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

fn is_wide(ty: &Type) -> bool {
    matches!(show(ty).as_str(), "usize" | "isize" | "u64" | "i64" | "u128" | "i128")
}
