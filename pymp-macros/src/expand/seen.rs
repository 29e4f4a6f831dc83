//! Asks of each variable that the threads share whether they may.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::Checked;
use crate::directive::{Place, PrivateKind};

impl Checked<'_> {
    /// `let __pymp_seen = Asked::by(|| { SharedByAllThreads::ask(&raw const x); .. });`, which is typed and never runs.
    pub(super) fn seen(&self) -> TokenStream {
        let (span, pp, asked) = (self.names.span(), self.names.private(), self.names.fresh("seen"));
        let firsts = self.directive.clauses.privates.iter().filter(|clause| matches!(clause.value.kind, PrivateKind::First));
        let firsts = firsts.map(|clause| Place::variable(&clause.value.name));
        let places: Vec<Place> = self.access.seen.iter().cloned().chain(firsts).collect();
        let captured: Vec<TokenStream> = places.iter().map(|place| self.captured(place)).collect();
        let checks = places.iter().zip(&captured).map(|(place, captured)| {
            let span = span.located_at(place.root.span());
            let pp = self.names.private_at(span);
            quote_spanned!(span=> #pp::SharedByAllThreads::ask(#captured);)
        });
        let exit = self.names.fresh("exit");
        let (returned, last) = match self.control.returns {
            true => (
                quote_spanned!(span=> #pp::Carried::ask(#exit.carried());),
                quote_spanned!(span=> ((&&#pp::Probe::of(&#exit)).__pymp_seen(), ())),
            ),
            false => (TokenStream::new(), quote_spanned!(span=> ())),
        };
        let answers = captured
            .iter()
            .rev()
            .fold(last, |answers, captured| quote_spanned!(span=> ((&&#pp::Probe::of(#captured)).__pymp_seen(), #answers)));
        if places.is_empty() && !self.control.returns {
            return quote_spanned!(span=> let #asked = #pp::Asked::nothing(););
        }
        quote_spanned!(span=>
            let #asked = #pp::Asked::by(|| {
                use #pp::seers::*;
                #(#checks)*
                #returned
                #answers
            });
        )
    }

    /// What the frame captures of a place: through a reference all that is behind it, else the field alone.
    fn captured(&self, place: &Place) -> TokenStream {
        let span = self.names.span().located_at(place.root.span());
        let (pp, root) = (self.names.private_at(span), &place.root);
        match place.is_variable() {
            true => quote_spanned!(span=> &raw const #place),
            false => quote_spanned!(span=> (&&#pp::Through::of(&#root)).__pymp_captured(&raw const #place)),
        }
    }
}
