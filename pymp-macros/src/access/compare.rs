//! Conditions that compare: `if e < m`, `if e.total_cmp(&m).is_lt()`.

use quote::ToTokens;
use syn::{BinOp, Expr, ExprMethodCall, UnOp};

use super::forms::Op;
use crate::macros::words;
use crate::place::bare;

/// What `m = e` keeps under a comparison of the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Order {
    pub(crate) keeps: Op,
    /// Of equal values the last: `>=`.
    pub(crate) last: bool,
}

impl Order {
    /// Of `m op e`.
    fn of(op: &BinOp) -> Option<Order> {
        let (keeps, last) = match op {
            BinOp::Lt(_) => (Op::Max, false),
            BinOp::Le(_) => (Op::Max, true),
            BinOp::Gt(_) => (Op::Min, false),
            BinOp::Ge(_) => (Op::Min, true),
            _ => return None,
        };
        Some(Order { keeps, last })
    }

    /// Of what `m.cmp(&e)` has come to: `lt`, `is_lt`, `Less`.
    fn named(word: &str) -> Option<Order> {
        let (keeps, last) = match word {
            "lt" | "is_lt" | "Less" => (Op::Max, false),
            "le" | "is_le" => (Op::Max, true),
            "gt" | "is_gt" | "Greater" => (Op::Min, false),
            "ge" | "is_ge" => (Op::Min, true),
            _ => return None,
        };
        Some(Order { keeps, last })
    }

    /// Seen from the right, `e < m` is `m > e`.
    pub(super) fn swapped(self) -> Order {
        let keeps = if self.keeps == Op::Max { Op::Min } else { Op::Max };
        Order { keeps, ..self }
    }

    /// `!(m > e)` is `m <= e`.
    fn refused(self) -> Order {
        Order { last: !self.last, ..self.swapped() }
    }

    /// As the comparison is known to have come out.
    pub(super) fn if_it_is(self, holds: bool) -> Order {
        if holds { self } else { self.refused() }
    }
}

/// The two sides, and what `left = right` keeps.
pub(super) struct Comparison<'e> {
    pub(super) left: &'e Expr,
    pub(super) right: &'e Expr,
    pub(super) order: Order,
}

impl<'e> Comparison<'e> {
    pub(super) fn of(expr: &'e Expr) -> Option<Comparison<'e>> {
        match expr {
            Expr::Binary(binary) if matches!(binary.op, BinOp::Eq(_)) => {
                let verdict = words(binary.right.to_token_stream());
                Comparison::of_ordering(&binary.left, &verdict.last()?.to_string())
            }
            Expr::Binary(binary) => {
                let order = Order::of(&binary.op)?;
                Some(Comparison { left: &binary.left, right: &binary.right, order })
            }
            Expr::MethodCall(call) => match (call.args.first(), call.method.to_string().as_str()) {
                (Some(right), "lt" | "le" | "gt" | "ge") => {
                    let order = Order::named(&call.method.to_string())?;
                    Some(Comparison { left: &call.receiver, right, order })
                }
                (None, verdict) => Comparison::of_ordering(&call.receiver, verdict),
                _ => None,
            },
            _ => None,
        }
    }

    /// `left.cmp(&right)`, with the word for what has come of it.
    fn of_ordering(ordering: &'e Expr, verdict: &str) -> Option<Comparison<'e>> {
        let Expr::MethodCall(call) = bare(ordering) else { return None };
        let right = call.args.first().filter(|_| orders(call))?;
        Some(Comparison { left: &call.receiver, right, order: Order::named(verdict)? })
    }
}

fn orders(call: &ExprMethodCall) -> bool {
    matches!(call.method.to_string().as_str(), "cmp" | "partial_cmp" | "total_cmp")
}

/// A method that compares.
pub(super) fn is_comparing(call: &ExprMethodCall) -> bool {
    call.args.len() == 1 && (orders(call) || matches!(call.method.to_string().as_str(), "lt" | "le" | "gt" | "ge"))
}

pub(super) fn is_comparison(op: &BinOp) -> bool {
    Order::of(op).is_some() || matches!(op, BinOp::Eq(_) | BinOp::Ne(_))
}

/// Whether the expression can hold the comparisons that decide a condition.
pub(super) fn decides(expr: &Expr) -> bool {
    match bare(expr) {
        Expr::Binary(_) | Expr::Let(_) | Expr::Unary(_) => true,
        Expr::MethodCall(call) => is_comparing(call) || Comparison::of(bare(expr)).is_some(),
        _ => false,
    }
}

/// How a part of a condition has come out, where the condition holds and where it does not; `None` where that says nothing.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) then: Option<bool>,
    pub(super) otherwise: Option<bool>,
}

impl Known {
    /// Of all of the condition.
    pub(super) const WHOLE: Known = Known { then: Some(true), otherwise: Some(false) };

    /// How it comes out where it decides the condition: of `a || b` both hold, or neither decides.
    pub(super) fn leaning(self) -> Option<bool> {
        self.then.or(self.otherwise.map(|holds| !holds))
    }

    /// Of the operands of this expression.
    pub(super) fn within(self, expr: &Expr) -> Known {
        let only = |holds: bool| {
            let keep = |known: Option<bool>| known.filter(|known| *known == holds);
            Known { then: keep(self.then), otherwise: keep(self.otherwise) }
        };
        match expr {
            Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) => only(true),
            Expr::Binary(binary) if matches!(binary.op, BinOp::Or(_)) => only(false),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => {
                let turn = |known: Option<bool>| known.map(|holds| !holds);
                Known { then: turn(self.then), otherwise: turn(self.otherwise) }
            }
            Expr::Paren(_) | Expr::Group(_) => self,
            _ => Known::default(),
        }
    }
}
