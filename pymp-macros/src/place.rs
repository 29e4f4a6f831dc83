//! Places: the variable an expression starts at, the fields that lead to an array, and its first index.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Expr, Member, UnOp};

use crate::directive::Place;

impl Place {
    /// The same variable and the same fields, `r#x` and `x` being one name.
    pub(crate) fn same(&self, other: &Place) -> bool {
        self.fields.len() == other.fields.len() && self.leads_to(other)
    }

    /// `self` is `other` or contains it: `grid` leads to `grid.cells`.
    pub(crate) fn leads_to(&self, other: &Place) -> bool {
        self.root.unraw() == other.root.unraw() && other.fields.starts_with(&self.fields)
    }

    /// One of the two contains the other.
    pub(crate) fn overlaps(&self, other: &Place) -> bool {
        self.leads_to(other) || other.leads_to(self)
    }

    pub(crate) fn is_variable(&self) -> bool {
        self.fields.is_empty()
    }

    pub(crate) fn variable(name: &Ident) -> Place {
        Place { root: name.clone(), fields: Vec::new(), behind: false }
    }

    /// `*y` for `y`.
    pub(crate) fn behind(self) -> Place {
        Place { behind: true, ..self }
    }
}

impl ToTokens for Place {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Place { root, fields, behind } = self;
        let star = behind.then(|| syn::Token![*](root.span()));
        tokens.extend(quote!(#star #root #(.#fields)*));
    }
}

/// An expression that names memory: `y`, `self.y[i]`, `(*p).rows[k][0].x`.
pub(crate) struct Target<'e> {
    pub(crate) place: Place,
    /// The first index after the fields.
    pub(crate) index: Option<&'e Expr>,
    /// The second one, right behind it: `a[i][j]`.
    pub(crate) second: Option<&'e Expr>,
    /// Something follows the index: `y[i].f`, `y[i][j]`.
    pub(crate) deeper: bool,
    /// A `*` stands before the first index.
    pub(crate) deref: bool,
    /// It stands before all of the place: `*p.sum`, and not `(*p).sum`.
    pub(crate) starred: bool,
}

enum Step<'e> {
    Field(&'e Member),
    Index(&'e Expr),
    Deref,
}

impl<'e> Target<'e> {
    pub(crate) fn of(expr: &'e Expr) -> Option<Target<'e>> {
        let mut steps = Vec::new();
        let root = peel(expr, &mut steps)?;
        let place = Place::variable(root);
        let mut target = Target { place, index: None, second: None, deeper: false, deref: false, starred: false };
        for step in steps {
            match step {
                Step::Index(second) if target.index.is_some() && !target.deeper => {
                    (target.second, target.deeper) = (Some(second), true);
                }
                _ if target.index.is_some() => target.deeper = true,
                Step::Field(member) => {
                    target.place.fields.push(member.clone());
                    target.starred = false;
                }
                Step::Index(index) => target.index = Some(index),
                Step::Deref => (target.deref, target.starred) = (true, true),
            }
        }
        Some(target)
    }
}

fn peel<'e>(expr: &'e Expr, steps: &mut Vec<Step<'e>>) -> Option<&'e Ident> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        Expr::Paren(inner) => peel(&inner.expr, steps),
        Expr::Group(inner) => peel(&inner.expr, steps),
        Expr::Field(field) => {
            let root = peel(&field.base, steps)?;
            steps.push(Step::Field(&field.member));
            Some(root)
        }
        Expr::Index(index) => {
            let root = peel(&index.expr, steps)?;
            steps.push(Step::Index(&index.index));
            Some(root)
        }
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => {
            let root = peel(&unary.expr, steps)?;
            steps.push(Step::Deref);
            Some(root)
        }
        _ => None,
    }
}

/// Without the parentheses around it.
pub(crate) fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => bare(&inner.expr),
        Expr::Group(inner) => bare(&inner.expr),
        other => other,
    }
}
