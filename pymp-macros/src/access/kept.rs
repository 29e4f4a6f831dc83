//! What an assignment keeps by the comparisons around it.

use super::forms::Op;
use super::reduced::under;
use super::usage::{How, Use};

pub(super) enum Kept<'a> {
    /// No comparison with the same variable is around it.
    Anything,
    /// `if e > m { m = e }`.
    Extremum(Op),
    /// `if e > m { m = f(e) }`, `if e > m || c { m = e }`: the comparison does not decide.
    Another(&'a Use),
}

impl<'a> Kept<'a> {
    pub(super) fn by(write: &Use, uses: impl IntoIterator<Item = &'a Use>) -> Kept<'a> {
        let mut extremum = None;
        for usage in uses {
            let How::Compared { branch, comparison, .. } = usage.how else { continue };
            if !under(write, branch) || !usage.place.overlaps(&write.place) {
                continue;
            }
            match write.decided.iter().find(|(decides, _)| *decides == comparison) {
                Some((_, keeps)) if extremum.is_none_or(|other| other == *keeps) => extremum = Some(*keeps),
                _ => return Kept::Another(usage),
            }
        }
        extremum.map_or(Kept::Anything, Kept::Extremum)
    }

    pub(super) fn extremum(&self) -> Option<Op> {
        match self {
            Kept::Extremum(op) => Some(*op),
            _ => None,
        }
    }
}
