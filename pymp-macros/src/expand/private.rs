//! The variables of which each thread has its own.

use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;

use crate::directive::{Clause, Clauses, Private, PrivateKind};
use crate::names::Names;

/// `let mut x = ..;` in each thread.
pub(super) fn private(names: &Names, Clause { value: Private { kind, name }, .. }: &Clause<Private>) -> TokenStream {
    let span = names.span().located_at(name.span());
    let (pp, quietly) = (names.private_at(span), names.no_new_name());
    let value = match kind {
        PrivateKind::Default => {
            let hint = hint_name(names, name);
            quote_spanned!(span=> #pp::Begins::begin(&#hint))
        }
        PrivateKind::Init(expr) => {
            // In two steps, so that a value that every iteration overwrites is not called unused.
            let first = names.fresh_for("first", name);
            return quote_spanned!(span=> let #first = #expr; #quietly let mut #name = #first;);
        }
        PrivateKind::First => quote_spanned!(span=> #pp::Cloned::cloned(&#name)),
        PrivateKind::Last => return TokenStream::new(),
    };
    quote_spanned!(span=> #quietly let mut #name = #value;)
}

/// The types of `private(x)` variables, which the variable outside knows.
pub(super) fn type_hints(names: &Names, clauses: &Clauses) -> TokenStream {
    let (span, pp) = (names.span(), names.private());
    let privates = clauses.privates.iter().map(|clause| &clause.value);
    let defaults = privates.filter(|private| matches!(private.kind, PrivateKind::Default));
    let hints = defaults.map(|private| {
        let (hint, name) = (hint_name(names, &private.name), &private.name);
        quote_spanned!(span=>
            let #hint = #pp::TypeOf::unknown();
            // Names the variable, and asks for no value of it.
            let _ = #name;
            if false {
                #pp::unchanged::never();
                #[allow(unreachable_code)]
                #hint.is_of(&#name);
            }
        )
    });
    quote_spanned!(span=> #(#hints)*)
}

fn hint_name(names: &Names, name: &Ident) -> Ident {
    names.fresh_for("type", name)
}
