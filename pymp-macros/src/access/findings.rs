//! What the judged body tells the expansion.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;

use super::Owned;
use super::index::Index;
use super::judge::Judge;
use super::usage::{How, Use};
use crate::diag::loop_body as diag;
use crate::directive::Place;

impl Judge<'_> {
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

    /// Those that an inner loop's clauses name stay what they are.
    pub(crate) fn readers(&self, kept: &[Ident]) -> Vec<Ident> {
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
            let listed = kept.contains(name) || self.listed.iter().any(|entry| entry.place.root == *name);
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
    pub(crate) fn none_unlisted(&mut self) {
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
