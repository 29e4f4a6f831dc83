//! What the clauses say of each variable, in one list.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Block, Error, PatIdent};

use super::index::Index;
use super::usage::{How, Use};
use crate::diag::loop_body as diag;
use crate::directive::{Clauses, Place, PrivateKind, Reach, ReductionOp};

pub(crate) struct Listed<'a> {
    pub(crate) key: &'a Ident,
    pub(crate) place: Place,
    pub(crate) role: Role<'a>,
}

#[derive(Clone, Copy)]
pub(crate) enum Role<'a> {
    Reduction(&'a ReductionOp),
    /// `private`, `firstprivate`: anything goes.
    Private,
    Last,
    Chunks,
    Atomic,
    Scatter,
    Owned,
    Shared,
}

pub(crate) fn listed(clauses: &Clauses) -> Vec<Listed<'_>> {
    let mut all = Vec::new();
    let mut list = |key, place: Place, role| all.push(Listed { key, place, role });
    for clause in &clauses.reductions {
        list(&clause.key, clause.value.place.clone(), Role::Reduction(&clause.value.op));
    }
    for clause in &clauses.privates {
        let role = if matches!(clause.value.kind, PrivateKind::Last) { Role::Last } else { Role::Private };
        list(&clause.key, Place::variable(&clause.value.name), role);
    }
    for clause in &clauses.chunks {
        list(&clause.key, clause.value.place.clone(), Role::Chunks);
    }
    let places = [
        (&clauses.owned, Role::Owned),
        (&clauses.atomic, Role::Atomic),
        (&clauses.scatter, Role::Scatter),
        (&clauses.shared, Role::Shared),
    ];
    for (list_of, role) in places {
        for clause in list_of {
            list(&clause.key, clause.value.clone(), role);
        }
    }
    all
}

/// Results that only the body declares, each iteration its own.
pub(crate) fn declared_inside(listed: &[Listed<'_>], uses: &[Use], body: &Block) -> Vec<Error> {
    let results =
        listed.iter().filter(|entry| matches!(entry.role, Role::Reduction(_) | Role::Last) && entry.place.is_variable());
    let inside = results.filter(|entry| {
        let name = &entry.place.root;
        !uses.iter().any(|usage| usage.place.root == *name) && declares(body, name)
    });
    inside.map(|entry| diag::declared_inside(&entry.place.root, entry.key)).collect()
}

fn declares(body: &Block, name: &Ident) -> bool {
    struct Lets<'n>(&'n Ident, bool);
    impl<'ast> Visit<'ast> for Lets<'_> {
        fn visit_pat_ident(&mut self, pat: &'ast PatIdent) {
            self.1 |= pat.ident == *self.0;
            visit::visit_pat_ident(self, pat);
        }
    }
    let mut lets = Lets(name, false);
    lets.visit_block(body);
    lets.1
}

pub(crate) fn lastprivates(listed: &[Listed<'_>]) -> Vec<Ident> {
    let lasts = listed.iter().filter(|entry| matches!(entry.role, Role::Last));
    lasts.map(|entry| entry.place.root.clone()).collect()
}

/// How the body reaches the variables of `reduction`.
pub(crate) fn reach(listed: &[Listed<'_>], uses: &[Use]) -> Vec<Reach> {
    let reductions = listed.iter().filter(|entry| matches!(entry.role, Role::Reduction(_)));
    let reach = |entry: &Listed<'_>| {
        let mut writes = uses.iter().filter(|usage| usage.writes() && usage.place.same(&entry.place));
        let whole = |usage: &Use| usage.index == Index::None && matches!(usage.how, How::Assign { .. } | How::Update { .. });
        match writes.clone().any(|usage| usage.starred) {
            true => Reach::Behind,
            false if writes.any(whole) => Reach::Whole,
            false => Reach::Through,
        }
    };
    reductions.map(reach).collect()
}

/// The clause that speaks of this use: of several, the one with the longest path. A clause that owns wins over `shared`.
pub(crate) fn clause_of<'l, 'a>(listed: &'l [Listed<'a>], usage: &Use) -> Option<&'l Listed<'a>> {
    let entries = listed.iter().filter(|entry| entry.place.leads_to(&usage.place));
    entries.max_by_key(|entry| (entry.place.fields.len(), !matches!(entry.role, Role::Shared)))
}
