//! What to write where the body does something else than the clause of the reduction says: the clause that fits, if there is one.

use syn::ExprArray;

use super::chained::is_chained;
use super::forms::Op;
use super::kept::Kept;
use super::reduced::extremum;
use super::respelled::respelled;
use super::usage::{How, Use};
use crate::diag::loop_body as diag;
use crate::directive::ReductionOp;

/// `allowed`: what the clause takes, for those of whom the body shows nothing better.
pub(super) fn instead(clause: &ReductionOp, usage: &Use, uses: &[&Use], allowed: &str) -> String {
    let mut ops = uses.iter().filter(|write| write.writes()).map(|write| does(write, uses));
    let all_known = ops.clone().all(|op| op.is_some());
    let one = ops.next().flatten().filter(|first| ops.all(|next| next == Some(*first)));
    match (&usage.how, does(usage, uses)) {
        _ if matches!(clause, ReductionOp::Append(_)) => {
            respelled(usage).or_else(|| inserted(usage)).unwrap_or_else(|| diag::as_the_clause(allowed))
        }
        (How::Method(method), _) if method == "iter_mut" => {
            assigns_by(clause).map_or_else(|| diag::own_operator(usage, allowed), |op| diag::by_elements(usage, op))
        }
        (How::Borrow(_) | How::Apart | How::Method(_) | How::Perhaps(_), _) => diag::own_operator(usage, allowed),
        (How::Assign { itself: true, .. }, None) if extremum(clause).is_some() => diag::as_the_clause_or_in_order(allowed),
        (How::Assign { itself: true, .. }, None) => respelled(usage).unwrap_or_else(|| match is_chained(usage) {
            true => diag::in_order_only(usage),
            false => diag::own_operator(usage, allowed),
        }),
        (How::Update { spelled, .. }, _)
            if is_flag(spelled) && matches!(clause, ReductionOp::BitAnd(_) | ReductionOp::BitOr(_)) =>
        {
            diag::as_the_clause(allowed)
        }
        (_, Some(op)) if !op.reduces() => diag::no_such_reduction(usage, op),
        (_, Some(_)) if all_known => {
            one.map_or_else(|| diag::in_order_only(usage), |op| diag::that_clause(usage, in_words(clause, op)))
        }
        _ => diag::as_the_clause(allowed),
    }
}

/// `set.insert(x)`; with two arguments it is a map's or a list's.
fn inserted(usage: &Use) -> Option<String> {
    let How::Method(method) = &usage.how else { return None };
    let handed = syn::parse_str::<ExprArray>(&format!("[{}]", usage.handed)).ok().filter(|_| method == "insert")?;
    (handed.elems.len() == 1).then(|| diag::extended(usage))
}

/// The operator of an update, `+` for `-`, or what the `if` around an assignment keeps.
fn does(write: &Use, uses: &[&Use]) -> Option<Op> {
    match write.how {
        How::Update { op: Op::Sub, .. } => Some(Op::Add),
        How::Update { op, .. } => Some(op),
        How::Assign { .. } => Kept::by(write, uses.iter().copied()).extremum(),
        _ => None,
    }
}

/// The clauses whose operator is that of an assignment, `+` and `+=`.
fn assigns_by(clause: &ReductionOp) -> Option<Op> {
    Some(match clause {
        ReductionOp::Add(_) => Op::Add,
        ReductionOp::Sub(_) => Op::Sub,
        ReductionOp::Mul(_) => Op::Mul,
        _ => return None,
    })
}

/// Where the clause is one of truths, `&=` is `&&`.
fn in_words(clause: &ReductionOp, op: Op) -> Op {
    match (clause, op) {
        (ReductionOp::And(_) | ReductionOp::Or(_), Op::BitAnd) => Op::And,
        (ReductionOp::And(_) | ReductionOp::Or(_), Op::BitOr) => Op::Or,
        (_, op) => op,
    }
}

fn is_flag(spelled: &str) -> bool {
    matches!(spelled, "= true" | "= false")
}
