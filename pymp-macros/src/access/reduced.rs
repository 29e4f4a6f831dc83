//! Whether what the body does to a reduction variable is what the clause combines by.

use proc_macro2::TokenTree;
use syn::Error;

use super::clauses::{Listed, Role, clause_of};
use super::forms::Op;
use super::index::Index;
use super::kept::Kept;
use super::usage::{How, Use};
use super::{methods, misfit};
use crate::diag::loop_body as diag;
use crate::directive::{Place, ReductionOp};
use crate::text::show;

enum Fit {
    Yes,
    Read,
    /// What was found instead.
    No(String),
}

/// The first misfit and the first read; more of them would repeat the same.
pub(crate) fn check(place: &Place, op: &ReductionOp, uses: &[&Use]) -> Vec<Error> {
    let Some((word, allowed)) = describe(op, &show(place)) else {
        return Vec::new();
    };
    if let Some(error) = by_halves(place, op, uses) {
        return vec![error];
    }
    let clause = format!("reduction({word}: {})", show(place));
    let (mut misfit, mut read) = (None, None);
    for usage in uses {
        match fit(op, usage, uses) {
            Fit::Yes => {}
            Fit::Read if read.is_none() => read = Some(diag::reduction_read(usage, place)),
            Fit::No(what) if misfit.is_none() => {
                let instead = misfit::instead(op, usage, uses, &allowed);
                misfit = Some(diag::reduction_misfit(usage, what, &clause, &instead));
            }
            Fit::Read | Fit::No(_) => {}
        }
    }
    // What is read to make what is assigned, or to decide whether, is a part of that misfit.
    let assigns = |usage: &&&Use| match &usage.how {
        How::Assign { .. } => true,
        How::Update { spelled, .. } => spelled.starts_with("= "),
        _ => false,
    };
    let one = misfit.is_some() && uses.iter().any(|usage| assigns(&usage));
    misfit.into_iter().chain(read.filter(|_| !one)).collect()
}

/// `t = t.max((v, i)); t.1 = t.1.max(3);`: whole and member by member are two orders.
fn by_halves(place: &Place, clause: &ReductionOp, uses: &[&Use]) -> Option<Error> {
    extremum(clause)?;
    let member = |write: &&&Use| {
        let last = write.tokens.clone().into_iter().last();
        let of_element = write.index != Index::None && !matches!(last, Some(TokenTree::Group(_)));
        write.place.fields.len() > place.fields.len() || of_element
    };
    let mut writes = uses.iter().filter(|write| write.writes());
    let part = writes.clone().find(member)?;
    let whole = writes.find(|write| !member(write))?;
    Some(diag::kept_by_halves(part, whole))
}

/// The word of the clause and what may be written under it; `None` for an own operator, which may be anything.
fn describe(op: &ReductionOp, name: &str) -> Option<(&'static str, String)> {
    let (word, allowed) = match op {
        ReductionOp::Add(_) => ("+", format!("`{name} += ..` or `{name} -= ..`")),
        ReductionOp::Sub(_) => ("-", format!("`{name} -= ..` or `{name} += ..`")),
        ReductionOp::Mul(_) => ("*", format!("`{name} *= ..`")),
        ReductionOp::BitAnd(_) => ("&", format!("`{name} &= ..`")),
        ReductionOp::BitOr(_) => ("|", format!("`{name} |= ..`")),
        ReductionOp::BitXor(_) => ("^", format!("`{name} ^= ..`")),
        ReductionOp::And(_) => ("&&", format!("`{name} &= ..`, `{name} = {name} && ..` or `{name} = false`")),
        ReductionOp::Or(_) => ("||", format!("`{name} |= ..`, `{name} = {name} || ..` or `{name} = true`")),
        ReductionOp::Min(_) => ("min", format!("`{name} = {name}.min(..)` or `if e < {name} {{ {name} = e }}`")),
        ReductionOp::Max(_) => ("max", format!("`{name} = {name}.max(..)` or `if e > {name} {{ {name} = e }}`")),
        ReductionOp::Append(_) => ("append", format!("`{name}.push(..)`, `{name}.extend(..)` or `{name}.push_str(..)`")),
        ReductionOp::Own(_) => return None,
    };
    Some((word, allowed))
}

fn fit(clause: &ReductionOp, usage: &Use, uses: &[&Use]) -> Fit {
    let append = matches!(clause, ReductionOp::Append(_));
    match &usage.how {
        // Only rustc sees what a macro of the user's does. One whose value is used reads what it is given.
        How::Opaque | How::Read if usage.argument => Fit::Yes,
        How::Opaque => Fit::Read,
        // The length of an array of sums is that of the array; the length of a part is not that of the whole.
        How::Len if !append => Fit::Yes,
        How::Len | How::Read | How::Format => Fit::Read,
        How::Compared { branch, .. } => {
            // Whether it decides is asked of the write.
            let writes = |write: &&Use| write.writes() && under(write, *branch);
            if extremum(clause).is_some() && uses.iter().any(writes) { Fit::Yes } else { Fit::Read }
        }
        How::Update { op, spelled, .. } => {
            if combines(clause, *op) && !(append && usage.index != Index::None) {
                Fit::Yes
            } else {
                Fit::No(spelled_out(usage, spelled))
            }
        }
        How::Assign { .. } => assignment(clause, usage, uses),
        How::Method(method) | How::Perhaps(method) => {
            let name = method.to_string();
            let known = methods::appends(&name) && methods::in_order(method)
                || matches!(name.as_str(), "write_str" | "write_char" | "reserve");
            if append && known && usage.index == Index::None {
                Fit::Yes
            } else {
                Fit::No(format!("`{}.{name}(..)`", show(&usage.tokens)))
            }
        }
        // A function that is given the list can hardly do anything else than append to it.
        How::Borrow(Some(by)) if append && usage.index == Index::None => match methods::takes_away(by) {
            true => Fit::No(format!("`{by}(&mut {})`", show(&usage.tokens))),
            false => Fit::Yes,
        },
        How::Borrow(None) if append && usage.argument => Fit::Yes,
        How::Borrow(_) | How::Apart => Fit::No(format!("`&mut {}`, through which anything can happen,", show(&usage.tokens))),
    }
}

fn spelled_out(usage: &Use, spelled: &str) -> String {
    let here = show(&usage.tokens);
    if let Some(op) = spelled.strip_prefix("= .. ").and_then(|rest| rest.strip_suffix(" ..")) {
        return match op {
            "min" | "max" => format!("`{here} = {here}.{op}(..)`"),
            _ => format!("`{here} = {here} {op} ..`"),
        };
    }
    if matches!(spelled, "= true" | "= false") {
        return format!("`{here} {spelled}`");
    }
    format!("`{here} {spelled} ..`")
}

/// `m = e` keeps the extremum when an `if` has compared the two.
fn assignment(clause: &ReductionOp, write: &Use, uses: &[&Use]) -> Fit {
    match (extremum(clause), Kept::by(write, uses.iter().copied())) {
        (Some(kept), Kept::Extremum(op)) if op == kept => Fit::Yes,
        (Some(_), Kept::Extremum(op)) => Fit::No(format!("a comparison that keeps the {op}")),
        _ => Fit::No(format!("`{} = ..`", show(&write.tokens))),
    }
}

pub(super) fn extremum(clause: &ReductionOp) -> Option<Op> {
    match clause {
        ReductionOp::Min(_) => Some(Op::Min),
        ReductionOp::Max(_) => Some(Op::Max),
        _ => None,
    }
}

fn combines(clause: &ReductionOp, op: Op) -> bool {
    match clause {
        ReductionOp::Add(_) | ReductionOp::Sub(_) => matches!(op, Op::Add | Op::Sub),
        ReductionOp::Mul(_) => op == Op::Mul,
        ReductionOp::BitAnd(_) => op == Op::BitAnd,
        ReductionOp::BitOr(_) => op == Op::BitOr,
        ReductionOp::BitXor(_) => op == Op::BitXor,
        ReductionOp::And(_) => matches!(op, Op::BitAnd | Op::And),
        ReductionOp::Or(_) => matches!(op, Op::BitOr | Op::Or),
        ReductionOp::Min(_) => op == Op::Min,
        ReductionOp::Max(_) => op == Op::Max,
        // `text += "more"`.
        ReductionOp::Append(_) => op == Op::Add,
        ReductionOp::Own(_) => true,
    }
}

pub(crate) fn under(usage: &Use, branch: usize) -> bool {
    usage.ifs.iter().any(|(inside, _)| *inside == branch)
}

/// The same variable, or the same element, as typed.
pub(crate) fn same_words(a: &Use, b: &Use) -> bool {
    show(&a.tokens) == show(&b.tokens)
}

/// `inner` is the element `outer` is, or a part of it.
pub(crate) fn within(inner: &Use, outer: &Use) -> bool {
    show(&inner.tokens).starts_with(&show(&outer.tokens))
}

pub(super) fn is_assigned(write: &Use) -> bool {
    matches!(write.how, How::Assign { .. }) && write.index == Index::None
}

/// What else is written where the part of a `min` or `max` has decided: right in a serial loop, wrong in ours.
pub(crate) fn under_partial(listed: &[Listed<'_>], uses: &[Use]) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut seen: Vec<&Place> = Vec::new();
    for write in uses.iter().filter(|usage| usage.writes()) {
        let entry = clause_of(listed, write);
        let role = entry.map(|entry| entry.role);
        if matches!(role, Some(Role::Private | Role::Shared)) || seen.iter().any(|place| place.same(&write.place)) {
            continue;
        }
        let partial = uses.iter().find(|usage| {
            let How::Compared { branch, .. } = usage.how else {
                return false;
            };
            if !under(write, branch) || usage.place.overlaps(&write.place) {
                return false;
            }
            let comparing = clause_of(listed, usage);
            let reduces =
                matches!(comparing.map(|entry| entry.role), Some(Role::Reduction(ReductionOp::Min(_) | ReductionOp::Max(_))));
            // `t.0 = v; t.1 = i;` is told as one.
            let one = entry.zip(comparing).is_some_and(|(one, other)| std::ptr::eq(one, other));
            let told = || uses.iter().any(|kept| kept.place.same(&usage.place) && under(kept, branch) && is_assigned(kept));
            reduces && !(one && is_assigned(write) && told())
        });
        // A variable without a clause has its own error already.
        if let (Some(partial), true) = (partial, role.is_some() || write.index != Index::None) {
            seen.push(&write.place);
            errors.push(diag::under_partial(write, partial));
        }
    }
    errors
}
