//! The rules of what a loop may write (DESIGN: "What a loop may write"), held against the uses.

use proc_macro2::Ident;
use syn::Error;

use super::clauses::{Listed, Role, clause_of};
use super::forms::Op;
use super::index::Index;
use super::usage::{Exit, How, Key, Use};
use super::{Mode, partial, reduced};
use crate::diag::loop_body as diag;
use crate::directive::Place;
use crate::macros;
use crate::nest::{Level, Nest};

pub(crate) struct Judge<'a> {
    pub(crate) errors: Vec<Error>,
    pub(super) nest: &'a Nest<'a>,
    pub(super) levels: &'a [Level<'a>],
    /// The loop has the clause `ordered`.
    pub(crate) ordered: bool,
    /// It stands in another parallel loop.
    pub(crate) inside: bool,
    pub(super) listed: &'a [Listed<'a>],
    pub(super) uses: &'a [Use],
    pub(crate) keys: &'a [Key],
    /// Arrays owned because of what the body writes, or because a clause says so.
    pub(super) found: Vec<(&'a Place, Mode)>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(nest: &'a Nest<'a>, listed: &'a [Listed<'a>], uses: &'a [Use]) -> Judge<'a> {
        Judge {
            errors: Vec::new(),
            nest,
            levels: &nest.levels,
            ordered: false,
            inside: false,
            listed,
            uses,
            keys: &[],
            found: Vec::new(),
        }
    }

    pub(crate) fn judge(&mut self, exits: &[Exit]) {
        let left = partial::left_under(self.listed, self.uses, exits);
        self.listed_places(left.as_ref().map(|(kept, _)| *kept));
        let mut seen: Vec<&Place> = Vec::new();
        self.kept_together(&mut seen);
        let writes = self.uses.iter().filter(|usage| usage.writes());
        // What may be no write is asked last: `r = r.next()` assigns for certain.
        let (perhaps, sure): (Vec<_>, Vec<_>) = writes.partition(|usage| matches!(usage.how, How::Perhaps(_)));
        for write in sure.into_iter().chain(perhaps) {
            let (free, shared) = match clause_of(self.listed, write).map(|entry| entry.role) {
                None => (true, false),
                Some(Role::Shared) => (true, true),
                Some(_) => (false, false),
            };
            if free && !seen.iter().any(|place| place.same(&write.place)) {
                seen.push(&write.place);
                if self.is_scratch_struct(write) {
                    seen.extend(self.of_root(write).map(|usage| &usage.place));
                    self.errors.push(diag::scratch_struct(write));
                } else {
                    self.free_place(write, shared);
                }
            }
        }
        self.errors.extend(reduced::under_partial(self.listed, self.uses));
        self.errors.extend(left.map(|(_, error)| error));
    }

    pub(super) fn of<'s>(&'s self, place: &'s Place) -> impl Iterator<Item = &'a Use> + 's {
        self.uses.iter().filter(move |usage| usage.place.overlaps(place))
    }

    /// A variable that no clause lists.
    fn free_place(&mut self, write: &'a Use, shared: bool) {
        let own = self.of(&write.place).find(|usage| usage.writes() && usage.index.is_own() && usage.place.same(&write.place));
        let error = match own {
            Some(own) => {
                self.found.push((&own.place, mode(&own.index)));
                self.conflict(own)
            }
            None if write.index == Index::None => self.variable(write, shared),
            None => Some(self.stray(write)),
        };
        let namesake = self.of(&write.place).find(|usage| usage.namesake.is_some());
        self.errors.extend(error.map(|error| namesake.map_or(error, |usage| diag::namesake(usage, self.levels))));
    }

    /// `out[count] = ..; count += 1;`
    fn counted(&self, write: &Use) -> Option<&'a Use> {
        let index = diag::index_of(write)?.stream().to_string();
        self.uses.iter().find(|other| matches!(other.how, How::Update { op: Op::Add, .. }) && other.tokens.to_string() == index)
    }

    /// `j = i; a[j] = ..`, with the value and the clause of `j`.
    fn assigned_index(&self, write: &Use) -> Option<(&'a Use, &'a str, Option<&'a Ident>)> {
        let words = macros::words(diag::index_of(write)?.stream());
        let in_it = |other: &&Use| other.place.is_variable() && other.index == Index::None && words.contains(&other.place.root);
        let mut sets = self.uses.iter().filter(|other| other.writes()).filter(in_it);
        match (sets.next(), sets.next()) {
            (Some(set @ Use { how: How::Assign { value, itself: false }, .. }), None) if !value.is_empty() => {
                Some((set, value, clause_of(self.listed, set).map(|entry| entry.key)))
            }
            _ => None,
        }
    }

    /// What an owned array must not be used for.
    pub(super) fn conflict(&self, own: &'a Use) -> Option<Error> {
        self.apart(own, |other| other.index != own.index)
    }

    /// The array used whole, or at elements that may be another iteration's.
    fn apart(&self, write: &'a Use, is_apart: impl Fn(&Use) -> bool) -> Option<Error> {
        let whole = |other: &Use| other.index == Index::None || !other.place.same(&write.place);
        let others = self.of(&write.place).filter(|other| !(matches!(other.how, How::Len) && other.place.same(&write.place)));
        let others: Vec<&Use> = others.filter(|other| whole(other) || is_apart(other)).collect();
        let first = others.first()?;
        if whole(first) {
            return Some(diag::whole(write, first));
        }
        let elements: Vec<&Use> = others.into_iter().filter(|other| !whole(other)).collect();
        Some(diag::carried(write, &elements, self.levels, self.only_updated(&write.place)))
    }

    /// `f[i] += v; f[j] -= v;`: the operator, when nothing else is done with the array, or the variable.
    pub(super) fn only_updated(&self, place: &Place) -> Option<Op> {
        let ops = self.of(place).filter(|other| !matches!(other.how, How::Len)).map(|other| match other.how {
            How::Update { op: Op::Sub, .. } => Some(Op::Add),
            How::Update { op, .. } => Some(op),
            _ => None,
        });
        let op = ops.reduce(|first, next| first.filter(|_| first == next)).flatten()?;
        op.reduces().then_some(op)
    }

    /// A write to an element that is not the iteration's own.
    fn stray(&self, write: &'a Use) -> Error {
        if let Some(row) = self.common_row(write) {
            return diag::rows(write, row, self.levels);
        }
        if self.is_scratch(write) {
            return diag::scratch(write);
        }
        let elements: Vec<&Use> = self.of(&write.place).filter(|usage| !matches!(usage.how, How::Len)).collect();
        let taken_out = || diag::in_all_iterations(write, &elements, self.levels, self.inside);
        if let Some(error) = diag::swept(write, &elements, self.nest).or_else(taken_out) {
            return error;
        }
        let conflict = self.apart(write, |other| {
            let both_update = is_update(write) && is_update(other);
            let both_scatter = write.index.is_any() && other.index.is_any() && other.writes();
            !reduced::same_words(write, other) && !both_update && !both_scatter && !in_one_row(write, other)
        });
        let counted = || self.counted(write).map(|count| diag::counted(write, count));
        let by_another = || self.assigned_index(write).map(|(set, value, key)| diag::by_another(write, set, value, key));
        conflict
            .or_else(counted)
            .or_else(by_another)
            .or_else(|| diag::of_the_loops(write, self.levels, self.inside))
            .unwrap_or_else(|| match &write.how {
                How::Update { op, .. } if !self.is_one_each(write) => diag::scattered_update(write, *op),
                _ if self.levels.len() > 1 && matches!(write.index, Index::Shifted { .. }) => diag::shared_by_collapsed(write),
                _ => diag::not_own(write, self.levels),
            })
    }

    /// `a[i - 1]` in all uses, or `a[j][i]`: no two iterations have one element.
    fn is_one_each(&self, write: &'a Use) -> bool {
        let alone = || self.of(&write.place).all(|other| other.index == write.index || matches!(other.how, How::Len));
        write.index == Index::Across || (write.index.shift().is_some() && alone())
    }

    /// `i*m + ..` in all uses, with one m.
    fn common_row(&self, write: &'a Use) -> Option<&'a super::Row> {
        let Index::Shifted { row: Some(row), .. } = &write.index else {
            return None;
        };
        let agree = self.of(&write.place).all(|other| in_one_row(write, other) || matches!(other.how, How::Len));
        (agree && self.levels.len() == 1).then_some(row)
    }
}

pub(super) fn mode(index: &Index) -> Mode {
    match index {
        Index::Grid => Mode::Grid,
        Index::Collapsed => Mode::Collapsed,
        _ => Mode::Element,
    }
}

fn is_update(usage: &Use) -> bool {
    matches!(usage.how, How::Update { .. })
}

/// `c[i*m + j]` and `c[i*m + k]`.
fn in_one_row(a: &Use, b: &Use) -> bool {
    match (&a.index, &b.index) {
        (Index::Shifted { row: Some(a), .. }, Index::Shifted { row: Some(b), .. }) => a.size == b.size && a.beside == b.beside,
        _ => false,
    }
}
