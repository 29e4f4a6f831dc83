//! Variables that are declared outside of a loop, and are each thread's own in it: nobody changes the one that was declared, and the
//! compiler would say that it need not be `mut`. Without the clause it must be.

use std::collections::BTreeSet;

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Local, PatIdent, Stmt, parse_quote_spanned};

use crate::directive::{Clauses, PrivateKind};

/// The names of a directive's own variables that it does not hand back.
pub(super) fn own(clauses: &Clauses) -> impl Iterator<Item = String> {
    let own = clauses.privates.iter().filter(|own| !matches!(own.value.kind, PrivateKind::Last));
    own.map(|own| own.value.name.unraw().to_string())
}

/// Lets those of these statements that declare one of them keep their `mut`.
pub(super) fn keep_mut(stmts: &mut [Stmt], own: &BTreeSet<String>) {
    for stmt in stmts {
        if let Stmt::Local(local) = stmt
            && declares(local, own)
        {
            let span = Span::mixed_site().located_at(local.let_token.span);
            local.attrs.push(parse_quote_spanned!(span=> #[allow(unused_mut)]));
        }
    }
}

fn declares(local: &Local, own: &BTreeSet<String>) -> bool {
    struct Found<'a>(&'a BTreeSet<String>, bool);
    impl<'ast> Visit<'ast> for Found<'_> {
        fn visit_pat_ident(&mut self, pat: &'ast PatIdent) {
            self.1 |= pat.mutability.is_some() && self.0.contains(&pat.ident.unraw().to_string());
            visit::visit_pat_ident(self, pat);
        }
    }
    let mut found = Found(own, false);
    found.visit_pat(&local.pat);
    found.1
}
