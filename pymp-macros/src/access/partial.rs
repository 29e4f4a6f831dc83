//! Ways out under a comparison with the part of a `min` or `max`: `if v < lo { lo = v; continue; }`. In the serial loop the comparison is
//! with the whole, here with what one thread has seen, so that what is left out would depend on the team.

use syn::Error;

use super::clauses::{Listed, Role};
use super::usage::{Exit, How, Use};
use crate::diag::loop_body as diag;
use crate::directive::{Place, ReductionOp};

/// An error for the first such way out, and the variable that it is about.
pub(super) fn left_under<'a>(listed: &'a [Listed<'_>], uses: &[Use], exits: &[Exit]) -> Option<(&'a Place, Error)> {
    let extrema: Vec<&Place> = listed
        .iter()
        .filter(|entry| matches!(entry.role, Role::Reduction(ReductionOp::Min(_) | ReductionOp::Max(_))))
        .map(|entry| &entry.place)
        .collect();
    exits.iter().find_map(|exit| {
        let mut around =
            uses.iter().filter(|usage| matches!(usage.how, How::Compared { branch, .. } if exit.ifs.contains(&branch)));
        let kept = around.find_map(|usage| extrema.iter().copied().find(|place| place.same(&usage.place)))?;
        Some((kept, diag::left_under_partial(exit, kept)))
    })
}
