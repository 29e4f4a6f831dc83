//! Conditions that compare: `if e < m`, `if e.total_cmp(&m).is_lt()`.

use proc_macro2::Ident;
use syn::{BinOp, Expr};

use super::forms::Op;
use crate::place::bare;

/// The extremum that `m = e` makes of m under the condition `m op e`.
pub(super) fn order(op: &BinOp) -> Option<Op> {
    match op {
        BinOp::Lt(_) | BinOp::Le(_) => Some(Op::Max),
        BinOp::Gt(_) | BinOp::Ge(_) => Some(Op::Min),
        _ => None,
    }
}

/// Seen from the right, `e < m` is `m > e`.
pub(super) fn swapped(order: Op) -> Op {
    if order == Op::Max { Op::Min } else { Op::Max }
}

/// A method that compares, and the extremum it means.
pub(super) fn comparing(method: &Ident) -> Option<Option<Op>> {
    match method.to_string().as_str() {
        "lt" | "le" => Some(Some(Op::Max)),
        "gt" | "ge" => Some(Some(Op::Min)),
        "cmp" | "partial_cmp" | "total_cmp" => Some(None),
        _ => None,
    }
}

/// Whether the expression can hold the comparisons that decide a condition.
pub(super) fn decides(expr: &Expr) -> bool {
    match bare(expr) {
        Expr::Binary(_) | Expr::Let(_) | Expr::Unary(_) => true,
        Expr::MethodCall(call) => {
            let verdict = matches!(call.method.to_string().as_str(), "is_lt" | "is_le" | "is_gt" | "is_ge");
            verdict || comparing(&call.method).is_some()
        }
        _ => false,
    }
}

pub(super) fn is_comparison(op: &BinOp) -> bool {
    order(op).is_some() || matches!(op, BinOp::Eq(_) | BinOp::Ne(_))
}
