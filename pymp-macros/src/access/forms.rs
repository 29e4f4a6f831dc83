//! Assignments that update: `s = s + e`, `x = x.max(e)`, `ok = ok && e`.

use std::fmt;

use quote::ToTokens;
use syn::{BinOp, Block, Expr, ExprIf, ExprLit, Lit, Stmt};

use crate::place::bare;

/// How a variable is updated from its own value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Op {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    BitAnd,
    BitOr,
    BitXor,
    Shl,
    Shr,
    And,
    Or,
    Min,
    Max,
}

impl Op {
    /// Of `+=` and its kin.
    pub(crate) fn of_assign(op: &BinOp) -> Option<Op> {
        Some(match op {
            BinOp::AddAssign(_) => Op::Add,
            BinOp::SubAssign(_) => Op::Sub,
            BinOp::MulAssign(_) => Op::Mul,
            BinOp::DivAssign(_) => Op::Div,
            BinOp::RemAssign(_) => Op::Rem,
            BinOp::BitAndAssign(_) => Op::BitAnd,
            BinOp::BitOrAssign(_) => Op::BitOr,
            BinOp::BitXorAssign(_) => Op::BitXor,
            BinOp::ShlAssign(_) => Op::Shl,
            BinOp::ShrAssign(_) => Op::Shr,
            _ => return None,
        })
    }

    pub(super) fn of_binary(op: &BinOp) -> Option<Op> {
        Some(match op {
            BinOp::Add(_) => Op::Add,
            BinOp::Sub(_) => Op::Sub,
            BinOp::Mul(_) => Op::Mul,
            BinOp::Div(_) => Op::Div,
            BinOp::Rem(_) => Op::Rem,
            BinOp::BitAnd(_) => Op::BitAnd,
            BinOp::BitOr(_) => Op::BitOr,
            BinOp::BitXor(_) => Op::BitXor,
            BinOp::Shl(_) => Op::Shl,
            BinOp::Shr(_) => Op::Shr,
            BinOp::And(_) => Op::And,
            BinOp::Or(_) => Op::Or,
            _ => return None,
        })
    }

    /// Whether the operands of this one may be regrouped, so that the variable can stand in any of them.
    fn is_associative(self) -> bool {
        !matches!(self, Op::Sub | Op::Div | Op::Rem | Op::Shl | Op::Shr)
    }

    /// There is a reduction of this name.
    pub(crate) fn reduces(self) -> bool {
        !matches!(self, Op::Div | Op::Rem | Op::Shl | Op::Shr)
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Op::Add => "+",
            Op::Sub => "-",
            Op::Mul => "*",
            Op::Div => "/",
            Op::Rem => "%",
            Op::BitAnd => "&",
            Op::BitOr => "|",
            Op::BitXor => "^",
            Op::Shl => "<<",
            Op::Shr => ">>",
            Op::And => "&&",
            Op::Or => "||",
            Op::Min => "min",
            Op::Max => "max",
        })
    }
}

/// The operator by which `target = value` updates the target, and the other operands.
pub(crate) fn update<'e>(target: &str, value: &'e mut Expr) -> Option<(Op, Vec<&'e mut Expr>)> {
    let op = operator(target, value)?;
    let mut others = Vec::new();
    collect(target, value, &mut others);
    Some((op, others))
}

/// `found = true` is `found = found || true`, and `ok = false` is `ok = ok && false`.
pub(crate) fn flag(value: &Expr) -> Option<bool> {
    match bare(value) {
        Expr::Lit(ExprLit { lit: Lit::Bool(flag), .. }) => Some(flag.value),
        _ => None,
    }
}

pub(crate) fn is_target(target: &str, expr: &Expr) -> bool {
    words(expr) == target
}

/// `most` of `*most = most.max(e)`: a method needs no star.
fn is_receiver(target: &str, expr: &Expr) -> bool {
    is_target(target, expr) || target.strip_prefix('*').is_some_and(|led| is_target(led.trim_start(), expr))
}

/// The operator, when the target stands exactly once where it can be taken out.
fn operator(target: &str, value: &Expr) -> Option<Op> {
    match bare(value) {
        Expr::Binary(binary) => {
            let op = Op::of_binary(&binary.op)?;
            let (left, right) = (&binary.left, &binary.right);
            let inner = |side: &Expr| match operator(target, side)? {
                inner if inner == op && op.is_associative() => Some(op),
                // `s - a + b` and `s + a - b` are sums.
                inner @ (Op::Add | Op::Sub) if matches!(op, Op::Add | Op::Sub) => Some(if inner == op { op } else { Op::Add }),
                _ => None,
            };
            if is_target(target, left) {
                return Some(op);
            }
            if is_target(target, right) && op.is_associative() {
                return Some(op);
            }
            // What is subtracted may not hold the target.
            inner(left).or_else(|| if op.is_associative() { inner(right) } else { None })
        }
        // `a.mul_add(b, s)` is `a*b + s`.
        Expr::MethodCall(call) if call.method == "mul_add" => {
            let last = call.args.last()?;
            (call.args.len() == 2 && is_target(target, last)).then_some(Op::Add)
        }
        Expr::MethodCall(call) => {
            let op = extremum(&call.method.to_string())?;
            let argument = call.args.first()?;
            let receives = is_receiver(target, &call.receiver) || operator(target, &call.receiver) == Some(op);
            let holds = receives || is_target(target, argument) || operator(target, argument) == Some(op);
            (call.args.len() == 1 && holds).then_some(op)
        }
        Expr::If(choice) => selection(target, choice),
        Expr::Call(call) => {
            let Expr::Path(path) = bare(&call.func) else {
                return None;
            };
            let op = extremum(&path.path.segments.last()?.ident.to_string())?;
            let holds = |argument| is_target(target, argument) || operator(target, argument) == Some(op);
            (call.args.len() == 2 && call.args.iter().any(holds)).then_some(op)
        }
        _ => None,
    }
}

/// `if e > s { e } else { s }`.
fn selection(target: &str, choice: &ExprIf) -> Option<Op> {
    let Expr::Binary(cond) = bare(&choice.cond) else {
        return None;
    };
    let greater = match cond.op {
        BinOp::Gt(_) | BinOp::Ge(_) => true,
        BinOp::Lt(_) | BinOp::Le(_) => false,
        _ => return None,
    };
    let Expr::Block(otherwise) = &*choice.else_branch.as_ref()?.1 else {
        return None;
    };
    let (then, otherwise) = (only(&choice.then_branch)?, only(&otherwise.block)?);
    let (left, right) = (words(&cond.left), words(&cond.right));
    let (then, otherwise) = (words(then), words(otherwise));
    // Both sides of the comparison are chosen from, and one of them is the target.
    let straight = left == then && right == otherwise;
    let crossed = left == otherwise && right == then;
    if (left != target && right != target) || !(straight || crossed) {
        return None;
    }
    Some(if greater == straight { Op::Max } else { Op::Min })
}

fn only(block: &Block) -> Option<&Expr> {
    match block.stmts.as_slice() {
        [Stmt::Expr(expr, None)] => Some(expr),
        _ => None,
    }
}

fn words(expr: &Expr) -> String {
    bare(expr).to_token_stream().to_string()
}

fn extremum(name: &str) -> Option<Op> {
    match name {
        "min" => Some(Op::Min),
        "max" => Some(Op::Max),
        _ => None,
    }
}

/// Every operand but one occurrence of the target; `true` when that one was met.
fn collect<'e>(target: &str, value: &'e mut Expr, others: &mut Vec<&'e mut Expr>) -> bool {
    if is_target(target, value) {
        return true;
    }
    if operator(target, value).is_none() {
        others.push(value);
        return false;
    }
    match value {
        Expr::Paren(inner) => collect(target, &mut inner.expr, others),
        Expr::Group(inner) => collect(target, &mut inner.expr, others),
        Expr::Binary(binary) => {
            if collect(target, &mut binary.left, others) {
                others.push(&mut binary.right);
                return true;
            }
            collect(target, &mut binary.right, others)
        }
        Expr::If(choice) => {
            if let Expr::Binary(cond) = bare_mut(&mut choice.cond) {
                let other = if is_target(target, &cond.left) { &mut cond.right } else { &mut cond.left };
                others.push(other);
            }
            true
        }
        Expr::MethodCall(call) => {
            if operator(target, &call.receiver).is_some() {
                let met = collect(target, &mut call.receiver, others);
                others.extend(call.args.iter_mut());
                return met;
            }
            if extremum(&call.method.to_string()).is_some() && is_receiver(target, &call.receiver) {
                others.extend(call.args.iter_mut());
                return true;
            }
            rest(target, std::iter::once(&mut *call.receiver).chain(call.args.iter_mut()), others)
        }
        Expr::Call(call) => rest(target, call.args.iter_mut(), others),
        _ => false,
    }
}

fn bare_mut(expr: &mut Expr) -> &mut Expr {
    match expr {
        Expr::Paren(inner) => bare_mut(&mut inner.expr),
        Expr::Group(inner) => bare_mut(&mut inner.expr),
        other => other,
    }
}

fn rest<'e>(target: &str, operands: impl Iterator<Item = &'e mut Expr>, others: &mut Vec<&'e mut Expr>) -> bool {
    let mut met = false;
    for operand in operands {
        let nested =
            !met && !is_target(target, operand) && operator(target, operand).is_some_and(|op| matches!(op, Op::Min | Op::Max));
        if nested {
            // `max(x, max(m, 2))`.
            met = collect(target, operand, others);
        } else if !met && is_target(target, operand) {
            met = true;
        } else {
            others.push(operand);
        }
    }
    met
}
