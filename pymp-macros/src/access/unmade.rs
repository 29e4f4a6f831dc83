//! `private(x)` without a value, of which the body shows that an iteration reads what it has not made.

use proc_macro2::Ident;
use syn::Error;

use super::index::Index;
use super::usage::{How, Use};
use super::{assigned, methods};
use crate::diag::loop_body as diag;
use crate::directive::{Clauses, Place, PrivateKind};
use crate::nest::Nest;

pub(super) fn unmade(clauses: &Clauses, uses: &[Use], nest: &Nest<'_>) -> Vec<Error> {
    let names: Vec<&Ident> = without_a_value(clauses).collect();
    let assigned: Vec<Ident> = names.iter().copied().filter(|name| is_assigned(name, uses)).cloned().collect();
    let early = assigned::read_first(nest, &assigned);
    let early = early.iter().map(|(name, tokens)| diag::private_read(name, tokens));
    let never = names.iter().filter_map(|name| only_read(name, uses)).map(diag::private_only_read);
    let grown = names.iter().filter_map(|name| only_grown(name, uses)).map(|(push, read)| diag::private_grown(push, read));
    early.chain(never).chain(grown).collect()
}

fn without_a_value(clauses: &Clauses) -> impl Iterator<Item = &Ident> {
    let defaults = clauses.privates.iter().filter(|clause| matches!(clause.value.kind, PrivateKind::Default));
    defaults.map(|clause| &clause.value.name)
}

fn of<'u>(name: &Ident, uses: &'u [Use]) -> impl Iterator<Item = &'u Use> {
    let all = Place::variable(name);
    uses.iter().filter(move |usage| all.leads_to(&usage.place))
}

/// Assigned as a whole, and else only updated: one that is made from itself, `b = b.or(..)`, is a thread's own state.
fn is_assigned(name: &Ident, uses: &[Use]) -> bool {
    let flag = |spelled: &str| matches!(spelled, "= true" | "= false");
    let assigned = |usage: &Use| match &usage.how {
        How::Assign { .. } => true,
        How::Update { spelled, .. } => flag(spelled),
        _ => false,
    };
    let whole = |usage: &Use| {
        let place = usage.place.is_variable() && usage.index == Index::None && !usage.starred;
        place && matches!(usage.how, How::Assign { itself: false, .. } | How::Update { .. })
    };
    let writes = || of(name, uses).filter(|usage| usage.writes());
    writes().any(assigned) && writes().all(whole)
}

/// `y[i] = k`, `y[i] = k[i % 3]`.
fn only_read<'u>(name: &Ident, uses: &'u [Use]) -> Option<&'u Use> {
    let by_value = |usage: &Use| match usage.how {
        How::Read => usage.by_value && !usage.argument,
        How::Compared { .. } | How::Format | How::Len => true,
        _ => false,
    };
    of(name, uses).next().filter(|_| of(name, uses).all(by_value))
}

/// `buf.push(i); y[i] = buf.len();`
fn only_grown<'u>(name: &Ident, uses: &'u [Use]) -> Option<(&'u Use, &'u Use)> {
    let grows = |usage: &Use| matches!(&usage.how, How::Method(method) if methods::appends(&method.to_string()));
    let known = |usage: &Use| grows(usage) || matches!(usage.how, How::Read | How::Compared { .. } | How::Len | How::Format);
    let push = of(name, uses).next().filter(|first| grows(first) && of(name, uses).all(known))?;
    of(name, uses).find(|usage| !usage.writes()).map(|read| (push, read))
}
