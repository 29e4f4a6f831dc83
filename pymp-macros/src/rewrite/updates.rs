//! What an update of an element becomes that a view of the runtime has no operator for.

use proc_macro2::{Ident, Span};
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{BinOp, Expr, ExprArray};

use crate::place::bare;

/// `match y[i] * dt { v => y[i] += v }`. For an operator of the user's own Rust takes the place before the value, which a slice allows
/// and a view, being indexed by a method, does not.
pub(super) fn value_first(expr: &Expr) -> Option<Expr> {
    let Expr::Binary(binary) = expr else { return None };
    let at = Span::mixed_site().located_at(binary.op.span());
    let value = Ident::new("__pymp_value", at);
    let (left, op, right) = (&binary.left, &binary.op, &binary.right);
    syn::parse2(quote_spanned! {at=> { match #right { #value => { #left #op #value; } } } }).ok()
}

/// The value comes before the index, as it does in Rust for numbers.
pub(super) fn atomic_call(expr: &Expr) -> Option<Expr> {
    let Expr::Binary(binary) = expr else {
        return None;
    };
    let Expr::Index(left) = bare(&binary.left) else {
        return None;
    };
    let at = Span::mixed_site().located_at(binary.op.span());
    let value = Ident::new("__pymp_value", at);
    let method = Ident::new(update_method(&binary.op)?, at);
    let (right, array, index) = (&binary.right, &left.expr, &left.index);
    let tokens = quote_spanned! {at=> { let #value = #right; #array.at(#index).#method(#value); } };
    syn::parse2(tokens).ok()
}

/// `a[[i, j]]` for `a[i][j]`.
pub(super) fn join_indices(expr: &mut Expr) {
    let Expr::Index(outer) = expr else { return };
    let Expr::Index(inner) = std::mem::replace(&mut *outer.expr, Expr::PLACEHOLDER) else { return };
    let column = std::mem::replace(&mut *outer.index, Expr::PLACEHOLDER);
    let elems = [*inner.index, column].into_iter().collect();
    *outer.index = Expr::Array(ExprArray { attrs: Vec::new(), bracket_token: outer.bracket_token, elems });
    outer.expr = inner.expr;
}

pub(super) fn is_update(op: &BinOp) -> bool {
    update_method(op).is_some() || matches!(op, BinOp::RemAssign(_) | BinOp::ShlAssign(_) | BinOp::ShrAssign(_))
}

/// The method of an element of an `atomic` view.
pub(super) fn update_method(op: &BinOp) -> Option<&'static str> {
    Some(match op {
        BinOp::AddAssign(_) => "add",
        BinOp::SubAssign(_) => "sub",
        BinOp::MulAssign(_) => "mul",
        BinOp::DivAssign(_) => "div",
        BinOp::BitAndAssign(_) => "bitand",
        BinOp::BitOrAssign(_) => "bitor",
        BinOp::BitXorAssign(_) => "bitxor",
        _ => return None,
    })
}
