//! What an assignment keeps by the comparisons around it.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::Error;
use syn::ext::IdentExt;

use super::clauses::{Role, clause_of};
use super::compare::Order;
use super::forms::Op;
use super::index::Index;
use super::judge::Judge;
use super::reduced::{extremum, is_assigned, under};
use super::setting::Tie;
use super::usage::{How, Key, Use};
use crate::diag::loop_body as diag;
use crate::directive::{Place, ReductionOp};
use crate::macros;
use crate::text::show;

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

impl<'a> Judge<'a> {
    /// The numbers of an iteration, if it has them.
    pub(super) fn ties(&self) -> Vec<Tie> {
        self.levels.iter().map(Tie::of).collect::<Option<_>>().unwrap_or_default()
    }

    /// `if v > best { best = v; at = i; }`: one message for all that the comparison keeps.
    pub(super) fn kept_together(&mut self, seen: &mut Vec<&'a Place>) {
        for write in self.uses.iter().filter(|write| is_assigned(write)) {
            // Those beside it are told with it.
            seen.extend(self.key_of(write).into_iter().flat_map(|key| self.beside_key(key, write)).map(|other| &other.place));
        }
        for usage in self.uses {
            let How::Compared { branch, order: Some(order), needed, .. } = usage.how else { continue };
            let mut kept: Vec<&'a Use> = Vec::new();
            for write in self.uses.iter().filter(|write| write.ifs.contains(&(branch, true))) {
                let assigned = write.index == Index::None && matches!(write.how, How::Assign { .. });
                let free = self.is_free(write) && !seen.iter().any(|place| place.overlaps(&write.place));
                if assigned
                    && (free || self.is_kept_by_a_clause(write) && write.place.same(&usage.place))
                    && !kept.iter().any(|other| other.place.same(&write.place))
                {
                    kept.push(write);
                }
            }
            let itself = kept.iter().find(|write| write.place.same(&usage.place));
            // `if v > best.0 { best = (v, i); }`.
            let whole = kept.iter().any(|write| write.place.leads_to(&usage.place) && !write.place.same(&usage.place));
            let counted = self.counted_under(branch).filter(|_| needed && itself.is_some());
            let left = || kept.len() > 1 && needed && itself.is_some() && self.elsewhere(usage, &kept).is_some();
            if !kept.iter().any(|write| self.is_free(write)) && counted.is_none() {
                continue;
            }
            if let Some(count) = counted {
                seen.extend(kept.iter().chain([&count]).map(|write| &write.place));
                self.errors.push(diag::kept_in_order(usage, order, &kept, count));
            } else if left() {
                seen.extend(kept.iter().map(|write| &write.place));
                self.errors.push(self.as_one(usage, order, &kept));
            } else if let (Some(itself), Kept::Another(compared)) =
                (itself, itself.map_or(Kept::Anything, |write| Kept::by(write, self.uses)))
            {
                seen.extend(kept.iter().map(|write| &write.place));
                // Of a listed one that is told with its clause.
                self.errors.extend(self.is_free(itself).then(|| diag::keeps_another(itself, compared, None)));
            } else if needed && (whole || kept.len() > 1 && itself.is_some()) {
                seen.extend(kept.iter().map(|write| &write.place));
                self.errors.push(self.as_one(usage, order, &kept));
            }
        }
    }

    /// `if v > m { m = v; records += 1; }`: how often that happens depends on the order.
    fn counted_under(&self, branch: usize) -> Option<&'a Use> {
        let counts =
            |how: &How| matches!(how, How::Update { spelled, .. } if spelled.ends_with('=') || spelled.starts_with("= .."));
        let free = |usage: &&Use| usage.index == Index::None && self.is_free(usage);
        self.uses.iter().filter(free).find(|usage| usage.ifs.contains(&(branch, true)) && counts(&usage.how))
    }

    /// Those that are kept by this comparison, as one tuple, when nothing else is done with them.
    fn as_one(&self, compared: &'a Use, order: Order, kept: &[&Use]) -> Error {
        match self.elsewhere(compared, kept) {
            Some(other) => diag::kept_in_order(compared, order, kept, other),
            None => diag::kept_together(compared, order, kept, &self.ties()),
        }
    }

    /// `if v > m { second = m; m = v; }`: another use of what is kept, which would find another value in it.
    fn elsewhere(&self, compared: &Use, kept: &[&Use]) -> Option<&'a Use> {
        let known = |other: &Use| match (&compared.how, &other.how) {
            (How::Compared { comparison, .. }, How::Compared { comparison: own, .. }) => comparison == own,
            _ => kept.iter().any(|write| std::ptr::eq(*write, other)),
        };
        let about = |other: &&Use| kept.iter().any(|write| write.place.overlaps(&other.place));
        // `{ m = v; if c { at = i; } }`.
        let asked = |write: &&Use| match compared.how {
            How::Compared { branch, .. } => write.ifs.last() != Some(&(branch, true)),
            _ => false,
        };
        let mut others = self.uses.iter().filter(about);
        others.find(|other| !known(other) || kept.iter().any(|write| std::ptr::eq(*write, *other)) && asked(other))
    }

    /// Nothing else under this `if` is done with what it writes.
    fn is_alone(&self, write: &Use, branch: usize) -> bool {
        let mut beside = self.of(&write.place).filter(|other| other.ifs.contains(&(branch, true)));
        beside.all(|other| std::ptr::eq(other, write))
    }

    fn is_free(&self, write: &Use) -> bool {
        clause_of(self.listed, write).is_none()
    }

    /// Of `best` there is a clause already.
    fn is_kept_by_a_clause(&self, write: &Use) -> bool {
        let entry = clause_of(self.listed, write);
        entry.is_some_and(|entry| {
            matches!(entry.role, Role::Reduction(op) if extremum(op).is_some()) && entry.place.same(&write.place)
        })
    }

    /// `if x[i] < x[best] { best = i; }`: what is compared with, and which extremum it keeps.
    pub(super) fn kept_index(&self, write: &Use) -> Option<(&'a Use, Order)> {
        self.uses.iter().find_map(|usage| match &usage.how {
            How::Compared { branch, order: Some(order), needed: true, with, .. } if write.ifs.contains(&(*branch, true)) => {
                let by_it = macros::words(diag::index_of(usage)?.stream()).contains(&write.place.root);
                let same = is_made_alike(usage.tokens.clone(), &write.place.root, write, with);
                (by_it && same && self.is_alone(write, *branch) && write.place.is_variable() && !write.deref)
                    .then_some((usage, *order))
            }
            _ => None,
        })
    }

    /// `if x < lo { lo = x; } else if x > hi { hi = x; }`: the comparison that keeps something else, and this stands behind.
    pub(super) fn behind(&self, write: &Use) -> Option<&'a Use> {
        self.uses.iter().find(|usage| {
            let How::Compared { branch, .. } = usage.how else { return false };
            let keeps = |kept: &Use| is_assigned(kept) && kept.place.same(&usage.place) && under(kept, branch);
            under(write, branch) && !usage.place.overlaps(&write.place) && self.uses.iter().any(keeps)
        })
    }

    /// What a clause of `min` or `max` would not keep, though it is under a comparison.
    pub(super) fn kept_otherwise(&self, place: &Place, clause: &ReductionOp, uses: &[&'a Use]) -> Option<Error> {
        extremum(clause)?;
        let by_key = || uses.iter().find_map(|write| self.by_key(write));
        self.by_a_part(place, uses).or_else(|| self.another(clause, uses)).or_else(by_key)
    }

    /// `if x[i].abs() > m.abs() { m = x[i]; at = i; }`.
    pub(super) fn by_key(&self, write: &'a Use) -> Option<Error> {
        let key = self.key_of(write)?;
        let kept = std::iter::once(write).chain(self.beside_key(key, write)).collect::<Vec<_>>();
        Some(diag::kept_by_key(key, &kept, &self.ties()))
    }

    /// What else is kept by the comparison of keys.
    fn beside_key(&self, key: &Key, write: &'a Use) -> impl Iterator<Item = &'a Use> {
        let branch = key.branch;
        self.uses.iter().filter(move |other| {
            let assigned = is_assigned(other) && self.is_free(other) && other.ifs == write.ifs;
            assigned && !other.place.overlaps(&write.place) && self.is_alone(other, branch)
        })
    }

    /// `if x[i].abs() > m.abs() { m = x[i]; }`.
    fn key_of(&self, write: &Use) -> Option<&'a Key> {
        let root = &write.place.root;
        self.keys.iter().find(|key| {
            let under = write.ifs.contains(&(key.branch, true)) && macros::words(key.side.clone()).contains(root);
            under && is_made_alike(key.side.clone(), root, write, &key.with) && self.is_alone(write, key.branch)
        })
    }

    /// `if v > best.0 { best = (v, i) }`: the part decides, and the whole is kept, or other parts: `{ best.0 = v; best.1 = i }`.
    fn by_a_part(&self, place: &Place, uses: &[&'a Use]) -> Option<Error> {
        uses.iter().find_map(|part| {
            let How::Compared { branch, order: Some(order), needed: true, .. } = part.how else { return None };
            let kept: Vec<&Use> = uses.iter().filter(|write| under(write, branch) && is_assigned(write)).copied().collect();
            let whole = kept.iter().find(|write| write.place.same(place));
            match whole {
                _ if part.place.same(place) => None,
                Some(whole) if self.elsewhere(part, &kept).is_none() => {
                    Some(diag::compared_by_a_part(part, whole, order, &self.ties()))
                }
                _ => (kept.len() > 1 || whole.is_some()).then(|| self.as_one(part, order, &kept)),
            }
        })
    }

    /// `if x > m { m = f(x) }`: what is kept depends on the order of the iterations.
    pub(super) fn another(&self, clause: &ReductionOp, writes: &[&Use]) -> Option<Error> {
        let kept = extremum(clause)?;
        let decided = |write: &&&Use| matches!(write.how, How::Assign { .. } | How::Update { op: Op::Min | Op::Max, .. });
        writes.iter().filter(decided).find_map(|write| match Kept::by(write, self.uses) {
            Kept::Another(compared) => Some(diag::keeps_another(write, compared, Some(kept))),
            _ => None,
        })
    }
}

/// `x[i]` is `x[best]` for `best = i`.
fn is_made_alike(side: proc_macro2::TokenStream, name: &Ident, write: &Use, with: &str) -> bool {
    let How::Assign { value, .. } = &write.how else { return false };
    let value = value.parse().unwrap_or_else(|_| name.unraw().to_token_stream());
    show(&diag::in_place_of(side, name, &value)) == with
}
