//! Asks of each variable that the threads share whether they may.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote_spanned};

use super::{Checked, Region};
use crate::access::Access;
use crate::directive::{Clauses, Place, PrivateKind};
use crate::names::Names;
use crate::rewrite::{Held, Judged, unreached};

impl Checked<'_> {
    /// What is asked, and whether what leaves the loop may go to another thread.
    pub(super) fn seen(&self) -> TokenStream {
        let (span, pp, exit) = (self.names.span(), self.names.private(), self.names.fresh("exit"));
        let carried = self.control.returns.then(|| quote_spanned!(span=> #pp::Carried::ask(#exit.carried())));
        seen(self.names, self.access, &self.directive.clauses, carried)
    }
}

impl Region<'_> {
    /// What is asked.
    pub(super) fn seen(&self) -> TokenStream {
        seen(self.names, self.access, &self.directive.clauses, None)
    }
}

/// `let __pymp_seen = if false { never(); Asked::of((Used::here(&x).by_every_thread(), ..)) } else { Asked::OPEN };`. There rustc looks at
/// types alone, so that what `x` is can be asked for `x.field` while another field of it is lent or has been given away.
fn seen(names: &Names, access: &Access, clauses: &Clauses, carried: Option<TokenStream>) -> TokenStream {
    let (span, pp, asked) = (names.span(), names.private(), names.fresh("seen"));
    let firsts = clauses.privates.iter().filter(|clause| matches!(clause.value.kind, PrivateKind::First));
    let firsts = firsts.map(|clause| Place::variable(&clause.value.name));
    let places: Vec<Place> = access.seen.iter().cloned().chain(firsts).collect();
    let operands: TokenStream = access.operands.iter().map(|place| copied(names, place)).collect();
    if places.is_empty() && carried.is_none() && operands.is_empty() {
        return quote_spanned!(span=> let #asked = #pp::Asked::nothing(););
    }
    let last = carried.unwrap_or_else(|| quote_spanned!(span=> ()));
    let answers = places.iter().rev().fold(last, |answers, place| {
        let (captured, span) = (captured(names, place), span.located_at(place.root.span()));
        let pp = names.private_at(span);
        let answer = quote_spanned!(span=> #pp::Used::here(#captured).by_every_thread());
        quote_spanned!(span=> (#answer, #answers))
    });
    let unreached = unreached(&pp, span);
    quote_spanned!(span=>
        let #asked = if false { #unreached use #pp::seers::*; #operands #pp::Asked::of(#answers) } else { #pp::Asked::OPEN };
    )
}

/// What is computed with by value is copied each time, or the first thread has it.
fn copied(names: &Names, place: &Place) -> TokenStream {
    let span = names.span().located_at(place.root.span());
    let pp = names.private_at(span);
    quote_spanned!(span=> <#pp::AllThreads as #pp::MayTake<_>>::ask(&#place);)
}

/// What is asked where the threads run it, if anything is: what stands before the frame for it, and all the answers there are.
pub(super) fn asked(names: &Names, held: &Held, judged: Judged) -> (TokenStream, TokenStream) {
    let (span, pp, asked) = (names.span(), names.private(), names.fresh("seen"));
    if !held.asks && judged.asks == 0 && judged.rest.is_none() {
        return (TokenStream::new(), asked.to_token_stream());
    }
    let lent = names.lent();
    let types: TokenStream = held.types.iter().map(|(variable, name)| type_of(names, variable, name)).collect();
    (quote_spanned!(span=> let #lent = #pp::Asked::in_frame(0); #types), quote_spanned!(span=> #asked.and(&#lent)))
}

/// The type of a variable. Told here whether the threads may share it: what it is handed on as may be another, a `&dyn Fn()` say.
fn type_of(names: &Names, variable: &Ident, name: &Ident) -> TokenStream {
    let span = names.span().located_at(variable.span());
    let (pp, mut lent) = (names.private_at(span), names.lent());
    lent.set_span(span);
    quote_spanned!(span=> let #name = #pp::unchanged::type_of(#lent.lend(&#variable));)
}

/// The references through which variables are used. With `ref`, not `&`: there rustc would propose, at the `for`, to make it a `&mut`.
pub(super) fn held(names: &Names, held: &Held) -> TokenStream {
    let span = names.span();
    held.references.iter().map(|(variable, name)| quote_spanned!(span=> let ref #name = #variable;)).collect()
}

/// What the frame captures of a place: through a reference all that is behind it, else the field alone.
fn captured(names: &Names, place: &Place) -> TokenStream {
    let span = names.span().located_at(place.root.span());
    let (pp, root) = (names.private_at(span), &place.root);
    match place.is_variable() {
        // What has a variable's name may be a constant, which has no address.
        true => quote_spanned!(span=> &#place),
        false => quote_spanned!(span=> (&&#pp::Through::of(&#root)).__pymp_captured(&raw const #place)),
    }
}
