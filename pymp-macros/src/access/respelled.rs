//! Assignments that are an update in other words, `h = h.wrapping_add(x)`: which update that is.

use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Block, Expr, ExprIf, ExprMethodCall, Lit, Macro, Stmt, Token};

use super::forms::Op;
use super::usage::{How, Use};
use crate::diag::loop_body as diag;
use crate::macros;
use crate::place::bare;
use crate::text::show;

/// What to write in its place.
pub(super) fn respelled(write: &Use) -> Option<String> {
    let How::Assign { value, itself: true } = &write.how else { return None };
    let here = show(&write.tokens);
    match syn::parse_str::<Expr>(value).ok()? {
        Expr::MethodCall(call) => wrapped(&here, &call),
        Expr::If(choice) => chosen(&here, &choice),
        Expr::Macro(text) if macros::name(&text.mac) == "format" => formatted(&here, &text.mac),
        _ => None,
    }
}

fn wrapped(here: &str, call: &ExprMethodCall) -> Option<String> {
    let op = match call.method.to_string().as_str() {
        "wrapping_add" => Op::Add,
        "wrapping_sub" => Op::Sub,
        "wrapping_mul" => Op::Mul,
        _ => return None,
    };
    let operand = call.args.first().filter(|_| show(bare(&call.receiver)) == here)?;
    Some(diag::wrapped(here, op, &show(operand)))
}

/// `s = if c { s + a } else { s - b }`.
fn chosen(here: &str, choice: &ExprIf) -> Option<String> {
    let (_, otherwise) = choice.else_branch.as_ref()?;
    let Expr::Block(otherwise) = &**otherwise else { return None };
    let (then, otherwise) = (added(here, &choice.then_branch)?, added(here, &otherwise.block)?);
    Some(diag::chosen(here, &format!("if {} {{ {then} }} else {{ {otherwise} }}", show(&choice.cond))))
}

fn added(here: &str, block: &Block) -> Option<String> {
    let [Stmt::Expr(value, None)] = block.stmts.as_slice() else { return None };
    if show(value) == here {
        return Some("0".to_owned());
    }
    let Expr::Binary(binary) = value else { return None };
    let (left, right) = (show(&binary.left), show(&binary.right));
    match (Op::of_binary(&binary.op)?, &*binary.right) {
        (Op::Add, _) if left == here => Some(right),
        (Op::Add, _) if right == here => Some(left),
        (Op::Sub, Expr::Binary(_) | Expr::Cast(_)) if left == here => Some(format!("-({right})")),
        (Op::Sub, _) if left == here => Some(format!("-{right}")),
        _ => None,
    }
}

/// `t = format!("{t}{i}")`.
fn formatted(here: &str, text: &Macro) -> Option<String> {
    let args = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(text.tokens.clone()).ok()?;
    let mut args = args.into_iter();
    let Expr::Lit(literal) = args.next()? else { return None };
    let Lit::Str(literal) = literal.lit else { return None };
    let typed = literal.to_token_stream().to_string();
    let rest = match typed.strip_prefix(&format!("\"{{{here}}}")) {
        Some(rest) => rest,
        None => typed.strip_prefix("\"{}").filter(|_| args.next().is_some_and(|first| show(&first) == here))?,
    };
    let others: String = args.map(|arg| format!(", {}", show(&arg))).collect();
    Some(diag::formatted(here, &format!("format!(\"{rest}{others})")))
}
