//! What the clauses ask of the variables they list.

use syn::Error;

use super::clauses::{Listed, Role, clause_of};
use super::forms::Op;
use super::index::Index;
use super::judge::{Judge, mode};
use super::usage::{How, Use};
use super::{Mode, reduced};
use crate::diag::loop_body as diag;
use crate::directive::Place;

impl<'a> Judge<'a> {
    /// `left`: of this variable is told what leaves the loop, and one slip is told once.
    pub(super) fn listed_places(&mut self, left: Option<&Place>) {
        for entry in self.listed.iter().filter(|entry| left.is_none_or(|left| !left.same(&entry.place))) {
            self.listed_place(entry);
        }
    }

    fn listed_place(&mut self, entry: &'a Listed<'a>) {
        let ours = |usage: &&Use| clause_of(self.listed, usage).is_some_and(|clause| std::ptr::eq(clause, entry));
        let uses: Vec<&'a Use> = self.uses.iter().filter(ours).collect();
        let error = match entry.role {
            Role::Private => lost(entry, &uses),
            Role::Last | Role::Shared => None,
            Role::Reduction(op) => {
                match self.kept_otherwise(&entry.place, op, &uses) {
                    Some(error) => self.errors.push(error),
                    None => self.errors.extend(reduced::check(&entry.place, op, &uses)),
                }
                let around = self.of(&entry.place).find(|usage| !entry.place.leads_to(&usage.place));
                around.map(|usage| diag::reduction_read(usage, &entry.place))
            }
            Role::Owned => {
                let first = uses.iter().find(|usage| usage.index.is_own());
                let own = first.map_or(Mode::Element, |usage| mode(&usage.index));
                self.found.push((&entry.place, own));
                self.owned_clause(first.copied(), &uses)
            }
            Role::Chunks => {
                self.found.push((&entry.place, Mode::Chunks));
                let swaps = |usage: &Use| matches!(&usage.how, How::Method(name) | How::Perhaps(name) if name == "swap");
                let whole = self.used_whole(&entry.place, swaps);
                whole.map(|usage| diag::whole_under_clause(usage, "chunks"))
            }
            Role::Atomic => {
                self.found.push((&entry.place, Mode::Atomic));
                self.of(&entry.place).find_map(|usage| atomic(usage, &entry.place))
            }
            Role::Scatter => {
                self.found.push((&entry.place, Mode::Scatter));
                let whole = self.used_whole(&entry.place, |_| false).map(|usage| diag::whole_under_clause(usage, "scatter"));
                whole.or_else(|| scatter(&uses))
            }
        };
        self.errors.extend(error);
    }

    fn owned_clause(&self, own: Option<&'a Use>, uses: &[&'a Use]) -> Option<Error> {
        match own {
            Some(own) => self.conflict(own),
            None => uses.iter().find(|usage| !matches!(usage.how, How::Len)).map(|usage| match usage.index {
                Index::None => diag::whole_under_clause(usage, "owned"),
                _ => diag::not_own(usage, self.levels),
            }),
        }
    }

    /// `knows`: what the view of a part has, besides elements and the length.
    fn used_whole(&self, place: &'a Place, knows: impl Fn(&Use) -> bool) -> Option<&'a Use> {
        self.of(place).find(|usage| {
            let known = usage.index != Index::None || matches!(usage.how, How::Len) || knows(usage);
            !known || !usage.place.same(place)
        })
    }
}

/// `firstprivate(y)` over `y[i] = ..`, `private(s)` over `s += ..`, and nothing else: each thread would write to a copy that nobody reads.
fn lost(entry: &Listed<'_>, uses: &[&Use]) -> Option<Error> {
    let write = uses.first()?;
    let element = |usage: &&Use| usage.index.is_own() && matches!(usage.how, How::Assign { .. } | How::Update { .. });
    let update = |usage: &&Use| usage.index == Index::None && matches!(usage.how, How::Update { .. });
    (uses.iter().all(element) || uses.iter().all(update)).then(|| diag::lost(write, entry.key))
}

fn atomic(usage: &Use, place: &Place) -> Option<Error> {
    let element = usage.place.same(place) && usage.index != Index::None;
    match &usage.how {
        How::Len if usage.place.same(place) => None,
        How::Update { spelled, .. } if element && usage.deeper && spelled.ends_with('=') => Some(diag::atomic_inside(usage)),
        How::Update { op, spelled, .. } if element && spelled.ends_with('=') => {
            let known = !matches!(op, Op::Rem | Op::Shl | Op::Shr);
            (!known).then(|| diag::not_atomic(usage, place))
        }
        _ => Some(diag::not_atomic(usage, place)),
    }
}

/// An iteration reads only the elements it writes.
fn scatter(uses: &[&Use]) -> Option<Error> {
    let write = uses.iter().find(|usage| usage.writes())?;
    let reads = uses.iter().filter(|usage| !usage.writes() && !matches!(usage.how, How::Len));
    let mut strange = reads.filter(|read| !uses.iter().any(|write| write.writes() && reduced::within(read, write)));
    strange.next().map(|read| diag::scatter_elsewhere(write, read))
}
