//! What the judged body tells the expansion.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::clauses::{Role, clause_of};
use super::index::Index;
use super::judge::Judge;
use super::usage::{How, Use};
use super::{Owned, Reader};
use crate::diag::loop_body as diag;
use crate::directive::Place;
use crate::text::show;

impl Judge<'_> {
    pub(crate) fn owned(&self) -> Vec<Owned> {
        let mut all: Vec<(usize, Owned)> = Vec::new();
        for (place, mode) in &self.found {
            let appears = self.uses.iter().position(|usage| usage.place.same(place)).unwrap_or(usize::MAX);
            let write = self.uses.iter().find(|usage| usage.writes() && usage.place.same(place));
            let span = write.map_or_else(|| self.key(place), |usage| usage.tokens.span());
            all.push((
                appears,
                Owned {
                    place: (*place).clone(),
                    mode: mode.clone(),
                    span,
                    shown: write.map(|usage| show(&element(&usage.tokens))),
                },
            ));
        }
        all.sort_by_key(|(appears, _)| *appears);
        all.into_iter().map(|(_, owned)| owned).collect()
    }

    /// What the iterations see together: each variable, or each of the fields that are used.
    pub(crate) fn shared(&self, which: impl Fn(&Use) -> bool) -> Vec<Place> {
        let mut shared: Vec<Place> = Vec::new();
        for usage in self.uses.iter().filter(|usage| which(usage)) {
            let place = &usage.place;
            let role = clause_of(self.listed, usage).map(|entry| entry.role);
            let own = !matches!(role, None | Some(Role::Shared)) || self.found.iter().any(|(owned, _)| owned.leads_to(place));
            let opaque = matches!(usage.how, How::Opaque);
            let variable = is_variable(&place.root) || place.root == "self" || !place.is_variable();
            if variable && !own && !opaque && !shared.iter().any(|other| other.same(place)) {
                shared.push(place.clone());
            }
        }
        shared
    }

    fn key(&self, place: &Place) -> Span {
        let entry = self.listed.iter().find(|entry| entry.place.same(place));
        entry.map_or_else(Span::call_site, |entry| entry.key.span())
    }

    /// Those that an inner loop's clauses name, and those whose elements are lent on, stay what they are.
    pub(crate) fn readers(&self, kept: &[Ident], lent: &[Place]) -> Vec<Reader> {
        let mut readers: Vec<Reader> = Vec::new();
        for usage in self.uses.iter().filter(|usage| usage.index != Index::None) {
            let place = &usage.place;
            if readers.iter().any(|reader| reader.place.same(place)) {
                continue;
            }
            let around: Vec<&Use> = self.uses.iter().filter(|other| other.place.overlaps(place)).collect();
            let only_read = around.iter().all(|other| {
                let element = matches!(other.how, How::Read | How::Compared { .. }) && other.index != Index::None;
                let len = matches!(other.how, How::Len) && other.index == Index::None;
                (element || len) && !other.deref && other.place.same(place)
            });
            let listed = kept.contains(&place.root) || self.listed.iter().any(|entry| entry.place.overlaps(place));
            let lent = lent.iter().any(|other| other.overlaps(place));
            if only_read && !listed && !lent && (is_variable(&place.root) || !place.is_variable()) {
                let by_counter = around.iter().any(|other| matches!(other.index, Index::Element(_)));
                readers.push(Reader { place: place.clone(), by_counter });
            }
        }
        readers
    }

    /// `default(none)`: every captured variable is in a clause.
    pub(crate) fn none_unlisted(&mut self, what: &str) {
        let mut seen: Vec<&Ident> = Vec::new();
        for usage in self.uses {
            let name = &usage.place.root;
            let variable = Place::variable(name);
            let listed = self.listed.iter().any(|entry| variable.leads_to(&entry.place));
            // Has been refused, with the clause that it needs.
            let refused = self.uses.iter().any(|other| {
                let changed = matches!(other.how, How::Assign { .. } | How::Update { .. }) && other.index == Index::None;
                changed && other.place.root == *name
            });
            // The tokens of a foreign macro may be anything.
            if listed || refused || matches!(usage.how, How::Opaque) || !is_variable(name) || seen.contains(&name) {
                continue;
            }
            seen.push(name);
            self.errors.push(diag::unlisted(usage, what));
        }
    }
}

/// The `y[i]` of `y[i][j].f`, all of which is the iteration's.
fn element(tokens: &TokenStream) -> TokenStream {
    let mut inside = true;
    let up_to_brackets = |tree: &TokenTree| {
        let was = inside;
        inside &= !matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
        was
    };
    tokens.clone().into_iter().take_while(up_to_brackets).collect()
}

/// By Rust's own conventions: types and variants are `Some` or `A`, variables `some`, constants `SOME`.
pub(crate) fn is_type(name: &Ident) -> bool {
    let name = name.unraw().to_string();
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_uppercase) && (name.len() == 1 || letters.any(char::is_lowercase))
}

/// By Rust's own conventions: constants, types and variants begin with a capital.
pub(crate) fn is_variable(name: &Ident) -> bool {
    let name = name.to_string();
    let first = name.trim_start_matches("r#").trim_start_matches('_').chars().next();
    name != "self" && !first.is_some_and(char::is_uppercase)
}
