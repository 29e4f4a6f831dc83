//! Which element an index means: the iteration's own, one beside it, or any.
//!
//! An index is expanded into a sum of products, so that `(i*m + j)*l + h` and `h + l*j + i*m*l` are one index.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{BinOp, Expr, Lit, Local, Pat, PatIdent, Type, UnOp};

use crate::nest::Level;
use crate::place::bare;
use crate::scope::{Binding, Scope};
use crate::text::show;

#[derive(Clone, PartialEq)]
pub(crate) enum Index {
    /// `y` itself.
    None,
    /// `y[i]`, with the name of the loop variable.
    Element(String),
    /// `a[[i, j]]`, `a[(i, j)]`.
    Grid,
    /// `c[i*m + j]`.
    Collapsed,
    /// The loop variable is in it, and it is not the iteration's own.
    Shifted {
        by: Option<Shift>,
        row: Option<Row>,
        /// `j*n + i`: what the body counts steps from row to row, so that no chunk is the iteration's.
        column: bool,
    },
    /// Nothing that the body makes is in it: `y[0]`, the same for all iterations.
    Fixed,
    Other,
}

impl Index {
    pub(crate) fn is_own(&self) -> bool {
        matches!(self, Index::Element(_) | Index::Grid | Index::Collapsed)
    }

    /// Any element, so that nothing is known of two such.
    pub(crate) fn is_any(&self) -> bool {
        matches!(self, Index::Fixed | Index::Other)
    }

    /// How far from the iteration's own element, where that is a number.
    pub(crate) fn shift(&self) -> Option<Shift> {
        match self {
            Index::Element(counter) => Some(Shift { counter: counter.clone(), by: 0 }),
            Index::Shifted { by, .. } => by.clone(),
            _ => None,
        }
    }
}

/// `i + 1`: the element of the next iteration, or of the one so many before or after.
#[derive(Clone, PartialEq)]
pub(crate) struct Shift {
    pub(crate) counter: String,
    pub(crate) by: i128,
}

impl Shift {
    /// The iteration whose element it is, seen from one that is `by` further: `i - 1`.
    pub(crate) fn plus(&self, by: i128) -> String {
        let (counter, by) = (&self.counter, self.by.saturating_add(by));
        match by {
            0 => counter.clone(),
            1.. => format!("{counter} + {by}"),
            _ => format!("{counter} - {}", by.unsigned_abs()),
        }
    }
}

/// `i*m + ..`: each iteration has m elements.
#[derive(Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) size: String,
    /// The `..` is the variable of an inner `for j in 0..m`.
    pub(crate) collapsible: bool,
    /// It is the variable of the second of two collapsed loops.
    pub(crate) collapsed: bool,
}

/// Products with their factors; a product is the sorted list of its atoms.
#[derive(Clone, PartialEq, Default)]
pub(crate) struct Sum(BTreeMap<Vec<Atom>, i128>);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Atom {
    Counter(usize),
    /// The name (or tokens) of anything else; `true` when the body has bound it.
    Value(String, bool),
}

pub(crate) struct Indexing {
    depth: usize,
    /// The variable of the outermost loop.
    counter: Option<String>,
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
        let counter = levels.first().and_then(Level::counter).map(|name| name.unraw().to_string());
        Indexing { depth: levels.len(), counter, collapsed }
    }

    /// `let k = i as usize;`: from there on k is i. One that can change (`mut`) is not.
    pub(crate) fn alias<'l>(local: &'l Local, scope: &Scope) -> Option<(&'l Ident, Binding)> {
        let pat = match &local.pat {
            Pat::Type(typed) => &*typed.pat,
            pat => pat,
        };
        let (Pat::Ident(PatIdent { by_ref: None, mutability: None, ident, subpat: None, .. }), Some(init)) = (pat, &local.init)
        else {
            return None;
        };
        let sum = expand(&init.expr, scope).filter(Sum::counts)?;
        init.diverge.is_none().then_some((ident, Binding::Index(sum)))
    }

    pub(crate) fn classify(&self, index: &Expr, scope: &Scope) -> Index {
        match bare(index) {
            Expr::Range(range) => match range.start.as_deref() {
                Some(start) => self.shifted(start, None, scope),
                None => Index::Other,
            },
            Expr::Array(array) if self.is_grid(array.elems.iter(), scope) => Index::Grid,
            Expr::Tuple(tuple) if self.is_grid(tuple.elems.iter(), scope) => Index::Grid,
            plain => {
                let sum = expand(plain, scope);
                let by = sum.as_ref().and_then(Sum::distance).filter(|_| self.depth == 1);
                match (by, &self.counter) {
                    (Some(0), Some(counter)) => Index::Element(counter.clone()),
                    _ if sum.is_some() && sum == self.collapsed => Index::Collapsed,
                    (by, _) => self.shifted(plain, by, scope),
                }
            }
        }
    }

    fn shifted(&self, index: &Expr, by: Option<i128>, scope: &Scope) -> Index {
        let by = by.zip(self.counter.clone()).map(|(by, counter)| Shift { counter, by });
        match expand(index, scope) {
            Some(sum) if sum.counts() => {
                let (row, column) = (sum.row(scope), sum.is_column());
                Index::Shifted { by, row, column }
            }
            Some(sum) if sum.is_fixed() => Index::Fixed,
            _ => Index::Other,
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

    /// The `c` of `i + c`, i being the variable of the only loop.
    fn distance(&self) -> Option<i128> {
        let rest = self.clone().plus(&Sum::atom(Atom::Counter(0)), -1);
        match rest.0.iter().collect::<Vec<_>>().as_slice() {
            [] => Some(0),
            [(product, times)] if product.is_empty() => Some(**times),
            _ => None,
        }
    }

    /// Made of what was there before the loop, literals and plain variables.
    fn is_fixed(&self) -> bool {
        self.0.keys().flatten().all(|atom| matches!(atom, Atom::Value(name, false) if syn::parse_str::<Ident>(name).is_ok()))
    }

    /// Whether a loop variable is a term or a factor of one.
    fn counts(&self) -> bool {
        self.0.keys().flatten().any(|atom| matches!(atom, Atom::Counter(_)))
    }

    /// The loop variable alone is a term, and a variable of the body's own is in another one.
    fn is_column(&self) -> bool {
        let local = self.0.keys().flatten().any(|atom| matches!(atom, Atom::Value(_, true)));
        local && self.0.contains_key([Atom::Counter(0)].as_slice())
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
        let collapsed = !local && matches!(rest.as_slice(), [(inner, 1)] if **inner == [Atom::Counter(1)]);
        let size = if local { "n".to_owned() } else { words.join(" * ") };
        Some(Row { size, collapsible, collapsed })
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
