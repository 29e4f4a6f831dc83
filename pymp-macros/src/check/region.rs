//! The rules about one region.

use proc_macro2::Ident;

use super::{bound_by, data, ordered, twice, values};
use crate::diag::Diagnostics;
use crate::diag::region as say;
use crate::directive::{Clauses, PrivateKind, RegionDirective};

/// All rules about one region, and whether its block can be judged.
pub(crate) fn region(directive: &RegionDirective, errors: &mut Diagnostics) -> bool {
    values(&directive.clauses, errors);
    twice::reduced(directive, errors);
    let before = errors.count();
    for key in about_iterations(&directive.clauses) {
        errors.push(say::clause_of_a_loop(key));
    }
    data(&directive.clauses, errors);
    let bound = directive.handle.as_ref().map(bound_by).unwrap_or_default();
    for (key, place) in directive.clauses.places() {
        if bound.contains(&place.root) {
            errors.push(say::own_handle(&place.root, key));
        }
    }
    ordered::none(directive.lowered(), errors);
    errors.count() == before && !directive.clauses.unclear
}

/// The keys of clauses that only a loop has.
fn about_iterations(clauses: &Clauses) -> Vec<&Ident> {
    let lasts = clauses.privates.iter().filter(|clause| matches!(clause.value.kind, PrivateKind::Last));
    let mut keys: Vec<&Ident> = lasts.map(|clause| &clause.key).collect();
    keys.extend(clauses.chunk.iter().chain(&clauses.min_chunk).map(|clause| &clause.key));
    keys.extend(clauses.collapse.iter().map(|clause| &clause.key));
    keys.extend(clauses.reproducible.as_ref().map(|clause| &clause.key));
    keys.extend(clauses.ordered.iter().map(|clause| &clause.key));
    keys.extend(clauses.owned.iter().chain(&clauses.atomic).chain(&clauses.scatter).map(|clause| &clause.key));
    keys.extend(clauses.chunks.iter().map(|clause| &clause.key));
    // A clause that names several variables is one clause, written once.
    keys.dedup_by_key(|key| format!("{key} {:?}", key.span()));
    keys
}
