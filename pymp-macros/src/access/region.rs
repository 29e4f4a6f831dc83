//! The rules of what a region may write, held against the uses: nothing of what it captures, as every thread runs all of it.
//!
//! What a thread does with its own part of a reduction is its own business, unlike in a loop, where the body must mean the same
//! when it runs serially; but an extremum that a comparison does not decide is refused here, too.

use syn::{Error, Pat};

use super::clauses::{self, Role, clause_of};
use super::index::Index;
use super::judge::Judge;
use super::methods;
use super::usage::{How, Once, Use};
use super::{Access, walk};
use crate::diag::{Diagnostics, region as diag};
use crate::directive::{Place, RegionDirective};
use crate::nest::Nest;

/// Reads the block; all that is wrong with it comes as one combined error.
pub(crate) fn analyse_region(directive: &RegionDirective) -> syn::Result<Access> {
    let nest = Nest::of_region(directive);
    let uses = walk::uses(&nest, directive.handle.as_ref());
    let listed = clauses::listed(&directive.clauses);
    let mut judge = Judge::new(&nest, &listed, &uses.all);
    let mut seen: Vec<&Place> = Vec::new();
    for (at, write) in uses.all.iter().enumerate().filter(|(_, usage)| usage.writes()) {
        let shared = match clause_of(&listed, write).map(|entry| entry.role) {
            None => uses.inner_clauses.contains(&write.place.root),
            Some(Role::Shared) => true,
            Some(Role::Reduction(op)) => {
                judge.errors.extend(judge.another(op, &[write]));
                continue;
            }
            Some(_) => continue,
        };
        if seen.iter().any(|place| place.same(&write.place)) {
            continue;
        }
        if let Some(error) = refused(write, shared, uses.once(at), directive.handle.as_ref()) {
            seen.push(&write.place);
            judge.errors.push(error);
        }
    }
    if directive.clauses.default_none.is_some() {
        judge.none_unlisted("region");
    }
    Diagnostics::all(std::mem::take(&mut judge.errors))?;
    Ok(Access {
        shared: judge.shared(|_| true),
        seen: super::seen(&judge, &uses.in_statements),
        operands: super::operands(&judge, &uses.in_statements),
        reductions: clauses::reach(&listed, &uses.all),
        perhaps_made: uses.in_statements,
        ..Access::default()
    })
}

/// `shared`: a clause says that the threads see it all together, so that methods by `&self` are meant.
fn refused(write: &Use, shared: bool, once: Option<&Once>, handle: Option<&Pat>) -> Option<Error> {
    match &write.how {
        How::Method(method) => {
            let name = method.to_string();
            match methods::appends(&name) || name == "write_str" {
                _ if shared => None,
                true => Some(diag::appended(write, method, handle)),
                false => Some(diag::changed(write, handle)),
            }
        }
        How::Borrow(_) | How::Apart if shared => None,
        _ if write.index != Index::None => Some(diag::element(write, handle)),
        How::Update { op, spelled, .. } => Some(diag::updated(write, *op, spelled, handle)),
        How::Assign { .. } => Some(match once {
            Some(once) => diag::assigned_once(write, once, handle),
            None => diag::assigned(write, handle),
        }),
        How::Borrow(_) | How::Apart => Some(diag::changed(write, handle)),
        How::Perhaps(_) | How::Read | How::Compared { .. } | How::Len | How::Opaque | How::Format => None,
    }
}
