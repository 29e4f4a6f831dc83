//! Which element an index means: the iteration's own, one beside it, or any.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Expr, ExprLit, Lit, Local, Pat, PatIdent};

use super::sum::{Atom, Sum, expand};
use crate::macros;
use crate::nest::Level;
use crate::place::bare;
use crate::scope::{Binding, Scope};

#[derive(Clone, PartialEq)]
pub(crate) enum Index {
    /// `y` itself.
    None,
    /// `y[i]`, with the name of the loop variable.
    Element(String),
    /// `a[[i, j]]`, `a[(i, j)]`; of two collapsed loops `a[i][j]` too.
    Grid,
    /// `c[i*m + j]`.
    Collapsed,
    /// The loop variable is in it, and it is not the iteration's own.
    Shifted {
        by: Option<Shift>,
        row: Option<Row>,
        /// `j*n + i`: what the body counts steps from row to row, so that no chunk is the iteration's.
        column: bool,
        /// The `i*n` of `i*n + j`, where j is the loop variable and i and n are from outside.
        base: Option<String>,
    },
    /// The variable of a loop inside the body, `buf[k]`: the same elements in every iteration.
    Inner,
    /// `a[k][i]`: the variable of an inner loop first, the loop variable behind it.
    Across,
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
        matches!(self, Index::Fixed | Index::Inner | Index::Across | Index::Other)
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
    /// How many rows from the iteration's own: the -1 of `(i - 1)*m + j`.
    pub(crate) beside: i128,
}

pub(crate) struct Indexing {
    depth: usize,
    /// The variable of the outermost loop.
    counter: Option<String>,
    /// `i*m + j`, when the inner loops say their m.
    collapsed: Option<Sum>,
    /// The loop variables are numbers.
    numbered: bool,
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
        Indexing { depth: levels.len(), counter, collapsed, numbered: levels.iter().all(Level::is_numbered) }
    }

    /// What is called as the loop variable is, and has been made or changed by the body.
    pub(crate) fn namesake(&self, index: &Expr, scope: &Scope) -> Option<Ident> {
        let is_other = |word: &Ident| match scope.get(word) {
            Some(Binding::Index(sum)) => sum.distance() != Some(0),
            binding => !matches!(binding, Some(Binding::Counter(_) | Binding::Inner(_))),
        };
        let named = |word: &Ident| self.counter.as_ref().is_some_and(|counter| word.unraw() == counter);
        macros::words(index.to_token_stream()).into_iter().find(|word| named(word) && is_other(word))
    }

    /// Whether it is the number of an element for all that shows, and not a key or an `Ordering`.
    pub(crate) fn is_number(&self, expr: &Expr, scope: &Scope) -> bool {
        match bare(expr) {
            Expr::Lit(ExprLit { lit, .. }) => matches!(lit, Lit::Int(_)),
            Expr::Binary(_) | Expr::Cast(_) | Expr::Range(_) => true,
            Expr::Path(path) => path.path.get_ident().is_some_and(|name| match scope.get(name) {
                Some(Binding::Counter(_) | Binding::Index(_)) => self.numbered,
                Some(Binding::Inner(_)) => true,
                _ => false,
            }),
            _ => false,
        }
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

    pub(crate) fn classify(&self, index: &Expr, second: Option<&Expr>, scope: &Scope) -> Index {
        match bare(index) {
            row if self.depth == 2 && second.is_some_and(|column| self.is_grid([row, column].into_iter(), scope)) => Index::Grid,
            Expr::Range(range) => match range.start.as_deref() {
                Some(start) => self.shifted(start, None, scope),
                None => Index::Other,
            },
            Expr::Path(path) if path.path.get_ident().is_some_and(|name| matches!(scope.get(name), Some(Binding::Inner(_)))) => {
                let counts = |second| expand(second, scope).is_some_and(|sum| sum.counts());
                if second.is_some_and(counts) { Index::Across } else { Index::Inner }
            }
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
                let base = sum.base().filter(|_| self.depth == 1);
                Index::Shifted { by, row, column, base }
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
