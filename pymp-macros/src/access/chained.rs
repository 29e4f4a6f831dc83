//! Values that are made from the one before in the order of the iterations, `s = s * p + c`: no two parts of a loop could be put together afterwards.

use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ExprBinary, ExprMethodCall, ExprUnary, UnOp};

use super::forms::Op;
use super::usage::{How, Use};
use crate::place::bare;
use crate::text::show;

pub(super) fn is_chained(write: &Use) -> bool {
    let How::Assign { value, itself: true } = &write.how else { return false };
    let Ok(value) = syn::parse_str::<Expr>(value) else { return false };
    let mut chain = Chain { here: show(&write.tokens), found: false };
    if !chain.is_sum_of_a_copy(&value) {
        chain.visit_expr(&value);
    }
    chain.found || chain.is_step(&value)
}

/// Of numbers, with a number for their result.
const ARITHMETIC: &[&str] = &[
    "abs",
    "abs_diff",
    "cbrt",
    "cos",
    "div_euclid",
    "exp",
    "ln",
    "mul_add",
    "pow",
    "powf",
    "powi",
    "recip",
    "rem_euclid",
    "rotate_left",
    "rotate_right",
    "sin",
    "sqrt",
    "swap_bytes",
    "tan",
    "wrapping_mul",
    "wrapping_neg",
    "wrapping_pow",
    "wrapping_shl",
    "wrapping_shr",
];

/// Looks for an operator on the value from before. One on a part of it, `Complex(s.0 + x)`, says nothing of the whole.
struct Chain {
    here: String,
    found: bool,
}

impl Chain {
    /// It is the value, or what one of its methods gives.
    fn is_value(&self, expr: &Expr) -> bool {
        match bare(expr) {
            value if show(value) == self.here => true,
            Expr::MethodCall(call) => self.is_value(&call.receiver),
            Expr::Cast(cast) => self.is_value(&cast.expr),
            _ => false,
        }
    }

    /// `s.next()`, `step(s)`: nothing of the iteration is in it.
    fn is_step(&self, value: &Expr) -> bool {
        match bare(value) {
            Expr::Call(call) => !call.args.is_empty() && call.args.iter().all(|arg| show(bare(arg)) == self.here),
            Expr::MethodCall(call) => call.args.is_empty() && show(bare(&call.receiver)) == self.here,
            _ => false,
        }
    }

    /// `s.clone() + x`.
    fn is_sum_of_a_copy(&self, value: &Expr) -> bool {
        let copy = format!("{}.clone()", self.here);
        match bare(value) {
            Expr::Binary(sum) if matches!(sum.op, BinOp::Add(_) | BinOp::Mul(_)) => {
                [&sum.left, &sum.right].into_iter().any(|side| show(bare(side)) == copy)
            }
            _ => false,
        }
    }
}

impl Visit<'_> for Chain {
    fn visit_expr_binary(&mut self, binary: &ExprBinary) {
        let computes = Op::of_binary(&binary.op).is_some_and(|op| !matches!(op, Op::And | Op::Or));
        self.found |= computes && (self.is_value(&binary.left) || self.is_value(&binary.right));
        visit::visit_expr_binary(self, binary);
    }
    fn visit_expr_unary(&mut self, unary: &ExprUnary) {
        self.found |= !matches!(unary.op, UnOp::Deref(_)) && self.is_value(&unary.expr);
        visit::visit_expr_unary(self, unary);
    }
    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        self.found |= ARITHMETIC.iter().any(|name| call.method == name) && self.is_value(&call.receiver);
        visit::visit_expr_method_call(self, call);
    }
}
