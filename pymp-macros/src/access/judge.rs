//! The rules of what a loop may write (DESIGN: "What a loop may write"), held against the uses.

use proc_macro2::{Ident, Span};
use syn::Error;
use syn::spanned::Spanned;

use super::clauses::{Listed, Role, clause_of};
use super::forms::Op;
use super::index::Index;
use super::walk::{How, Use};
use super::{Mode, Owned, methods, reduced};
use crate::diag::loop_body as diag;
use crate::directive::{Clause, Place};
use crate::nest::Nest;

pub(crate) struct Judge<'a> {
    pub(crate) errors: Vec<Error>,
    collapsed: bool,
    listed: &'a [Listed<'a>],
    uses: &'a [Use],
    /// Arrays owned because of what the body writes, or because a clause says so.
    found: Vec<(&'a Place, Mode)>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(nest: &Nest<'_>, listed: &'a [Listed<'a>], uses: &'a [Use]) -> Judge<'a> {
        Judge { errors: Vec::new(), collapsed: nest.levels.len() > 1, listed, uses, found: Vec::new() }
    }

    pub(crate) fn judge(&mut self) {
        for entry in self.listed {
            self.listed_place(entry);
        }
        let mut seen: Vec<&Place> = Vec::new();
        for write in self.uses.iter().filter(|usage| usage.writes()) {
            let (free, shared) = match clause_of(self.listed, write).map(|entry| entry.role) {
                None => (true, false),
                Some(Role::Shared) => (true, true),
                Some(_) => (false, false),
            };
            if free && !seen.iter().any(|place| place.same(&write.place)) {
                seen.push(&write.place);
                self.free_place(write, shared);
            }
        }
        self.errors.extend(reduced::under_partial(self.listed, self.uses));
    }

    fn of(&self, place: &'a Place) -> impl Iterator<Item = &'a Use> {
        self.uses.iter().filter(move |usage| usage.place.overlaps(place))
    }

    // Variables that no clause lists

    fn free_place(&mut self, write: &'a Use, shared: bool) {
        let own = self.of(&write.place).find(|usage| usage.writes() && usage.index.is_own() && usage.place.same(&write.place));
        let error = match own {
            Some(own) => {
                self.found.push((&own.place, mode(&own.index)));
                self.of(&own.place).find_map(|other| conflict(own, other))
            }
            None if write.index == Index::None => self.variable(write, shared),
            None => Some(self.stray(write)),
        };
        self.errors.extend(error);
    }

    /// A write to a captured variable itself.
    fn variable(&self, write: &Use, shared: bool) -> Option<Error> {
        match &write.how {
            How::Update { op, spelled } => Some(diag::update(write, *op, spelled)),
            How::Assign => Some(match self.extremum(write) {
                Some(op) => diag::update(write, op, "= .."),
                None => diag::assigned(write),
            }),
            _ if shared => None,
            How::Method(method) if method == "write_str" => Some(diag::appended(write, &Ident::new("write", method.span()))),
            How::Method(method) if methods::appends(&method.to_string()) => Some(diag::appended(write, method)),
            // `&self` in atomics, cells and locks: rustc knows which it is.
            How::Method(method) if methods::is_ambiguous(&method.to_string()) => None,
            How::Borrow | How::Method(_) => Some(diag::changed(write)),
            How::Read | How::Compared { .. } | How::Len | How::Opaque | How::Format => None,
        }
    }

    /// `if e < m { m = e }`: which extremum it keeps.
    fn extremum(&self, write: &Use) -> Option<Op> {
        self.uses.iter().find_map(|usage| match usage.how {
            How::Compared { branch, order } if reduced::same_words(usage, write) => {
                if write.ifs.contains(&(branch, true)) {
                    order
                } else {
                    None
                }
            }
            _ => None,
        })
    }

    /// A write to an element that is not the iteration's own.
    fn stray(&self, write: &'a Use) -> Error {
        let mut others = self.of(&write.place).filter(|other| !matches!(other.how, How::Len));
        if let Some(row) = self.common_row(write) {
            return diag::rows(write, row);
        }
        let conflict = others.find_map(|other| {
            if other.index == Index::None {
                return Some(diag::whole(write, other));
            }
            let both_update = is_update(write) && is_update(other);
            let both_scatter = write.index == Index::Other && other.index == Index::Other && other.writes();
            let apart = !reduced::same_words(write, other) && !both_update && !both_scatter;
            apart.then(|| diag::carried(write, other))
        });
        match (conflict, &write.how) {
            (Some(error), _) => error,
            (None, How::Update { op, .. }) => diag::scattered_update(write, *op),
            (None, _) if self.collapsed && matches!(write.index, Index::Shifted(_)) => diag::shared_by_collapsed(write),
            (None, _) => diag::not_own_element(write),
        }
    }

    /// `i*m + ..` in all uses, with one m.
    fn common_row(&self, write: &'a Use) -> Option<&'a super::Row> {
        let Index::Shifted(Some(row)) = &write.index else { return None };
        let agree = self.of(&write.place).all(|other| match &other.index {
            Index::Shifted(Some(also)) => also.size == row.size,
            Index::None => matches!(other.how, How::Len),
            _ => false,
        });
        (agree && !self.collapsed).then_some(row)
    }

    // Variables of the clauses

    fn listed_place(&mut self, entry: &'a Listed<'a>) {
        let ours = |usage: &&Use| clause_of(self.listed, usage).is_some_and(|clause| std::ptr::eq(clause, entry));
        let uses: Vec<&'a Use> = self.uses.iter().filter(ours).collect();
        let error = match entry.role {
            Role::Private | Role::Last | Role::Shared => None,
            Role::Reduction(op) => {
                self.errors.extend(reduced::check(&entry.place, op, &uses));
                None
            }
            Role::Owned => {
                let first = uses.iter().find(|usage| usage.index.is_own());
                let own = first.map_or(Mode::Element, |usage| mode(&usage.index));
                self.found.push((&entry.place, own));
                self.owned_clause(first.copied(), &uses)
            }
            Role::Chunks(size) => {
                self.found.push((&entry.place, Mode::Chunks(Box::new(size.clone()))));
                self.used_whole(&entry.place).map(|usage| diag::whole_under_clause(usage, "chunks"))
            }
            Role::Atomic => {
                self.found.push((&entry.place, Mode::Atomic));
                self.of(&entry.place).find_map(|usage| atomic(usage, &entry.place))
            }
            Role::Scatter => {
                self.found.push((&entry.place, Mode::Scatter));
                let whole = self.used_whole(&entry.place).map(|usage| diag::whole_under_clause(usage, "scatter"));
                whole.or_else(|| scatter(&uses))
            }
        };
        self.errors.extend(error);
    }

    fn owned_clause(&self, own: Option<&'a Use>, uses: &[&'a Use]) -> Option<Error> {
        match own {
            Some(own) => self.of(&own.place).find_map(|other| conflict(own, other)),
            None => uses.iter().find(|usage| !matches!(usage.how, How::Len)).map(|usage| match usage.index {
                Index::None => diag::whole_under_clause(usage, "owned"),
                _ => diag::not_own_element(usage),
            }),
        }
    }

    fn used_whole(&self, place: &'a Place) -> Option<&'a Use> {
        self.of(place).find(|usage| {
            let element = usage.index != Index::None && usage.place.same(place);
            let length = matches!(usage.how, How::Len) && usage.place.same(place);
            !element && !length
        })
    }

    // What the expansion asks

    pub(crate) fn owned(&self) -> Vec<Owned> {
        let mut all: Vec<(usize, Owned)> = Vec::new();
        for (place, mode) in &self.found {
            let appears = self.uses.iter().position(|usage| usage.place.same(place)).unwrap_or(usize::MAX);
            let write = self.uses.iter().find(|usage| usage.writes() && usage.place.same(place));
            let span = write.map_or_else(|| self.key(place), |usage| usage.tokens.span());
            all.push((appears, Owned { place: (*place).clone(), mode: mode.clone(), span }));
        }
        all.sort_by_key(|(appears, _)| *appears);
        all.into_iter().map(|(_, owned)| owned).collect()
    }

    fn key(&self, place: &Place) -> Span {
        let entry = self.listed.iter().find(|entry| entry.place.same(place));
        entry.map_or_else(Span::call_site, |entry| entry.key.span())
    }

    pub(crate) fn readers(&self) -> Vec<Ident> {
        let mut names: Vec<Ident> = Vec::new();
        for usage in self.uses {
            let name = &usage.place.root;
            let plain = |other: &Use| {
                other.place.is_variable()
                    && !other.deref
                    && matches!((&other.how, &other.index), (How::Len, Index::None) | (How::Read | How::Compared { .. }, _))
                    && (matches!(other.how, How::Len) || other.index != Index::None)
            };
            let variable = Place::variable(name);
            let only_read = self.of_name(&variable).all(plain);
            let indexed = self.of_name(&variable).any(|other| other.index != Index::None);
            let listed = self.listed.iter().any(|entry| entry.place.root == *name);
            if only_read && indexed && !listed && is_variable(name) && !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    fn of_name<'s>(&'s self, variable: &'s Place) -> impl Iterator<Item = &'s Use> {
        self.uses.iter().filter(|usage| variable.leads_to(&usage.place))
    }

    /// `default(none)`: every captured variable is in a clause.
    pub(crate) fn none_unlisted(&mut self, _clause: &Clause<()>) {
        let mut seen: Vec<&Ident> = Vec::new();
        for usage in self.uses {
            let name = &usage.place.root;
            let variable = Place::variable(name);
            let listed = self.listed.iter().any(|entry| variable.leads_to(&entry.place));
            // The tokens of a foreign macro may be anything.
            if listed || matches!(usage.how, How::Opaque) || !is_variable(name) || seen.contains(&name) {
                continue;
            }
            seen.push(name);
            self.errors.push(diag::unlisted(usage));
        }
    }
}

/// By Rust's own conventions: constants, types and variants begin with a capital.
fn is_variable(name: &Ident) -> bool {
    let name = name.to_string();
    let first = name.trim_start_matches("r#").trim_start_matches('_').chars().next();
    name != "self" && !first.is_some_and(char::is_uppercase)
}

fn mode(index: &Index) -> Mode {
    match index {
        Index::Grid => Mode::Grid,
        Index::Collapsed => Mode::Collapsed,
        _ => Mode::Element,
    }
}

fn is_update(usage: &Use) -> bool {
    matches!(usage.how, How::Update { .. })
}

/// What an owned array must not be used for.
fn conflict(own: &Use, other: &Use) -> Option<Error> {
    if !other.place.same(&own.place) {
        return Some(diag::whole(own, other));
    }
    match other.index {
        Index::None if matches!(other.how, How::Len) => None,
        Index::None => Some(diag::whole(own, other)),
        _ if other.index == own.index => None,
        _ => Some(diag::carried(own, other)),
    }
}

fn atomic(usage: &Use, place: &Place) -> Option<Error> {
    let element = usage.place.same(place) && usage.index != Index::None;
    match &usage.how {
        How::Len if usage.place.same(place) => None,
        How::Update { spelled, .. } if element && usage.deeper && spelled.ends_with('=') => Some(diag::atomic_inside(usage)),
        How::Update { op, spelled } if element && spelled.ends_with('=') => {
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
