//! Asks of each variable that the threads share whether they may.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};

use super::Checked;
use crate::directive::{Place, PrivateKind};

impl Checked<'_> {
    /// `let __pymp_seen = Asked::by(|| (SharedByAllThreads::ask(&raw const x), ..));`, which is typed and never runs.
    pub(super) fn seen(&self) -> TokenStream {
        let (span, pp, asked) = (self.names.span(), self.names.private(), self.names.fresh("seen"));
        let firsts = self.directive.clauses.privates.iter().filter(|clause| matches!(clause.value.kind, PrivateKind::First));
        let firsts = firsts.map(|clause| Place::variable(&clause.value.name));
        let places: Vec<Place> = self.access.seen.iter().cloned().chain(firsts).collect();
        if places.is_empty() && !self.control.returns {
            return quote_spanned!(span=> let #asked = #pp::Asked::nothing(););
        }
        let exit = self.names.fresh("exit");
        let last = match self.control.returns {
            true => quote_spanned!(span=> #pp::Carried::ask(#exit.carried())),
            false => quote_spanned!(span=> ()),
        };
        let answers = places.iter().rev().fold(last, |answers, place| {
            let (captured, span) = (self.captured(place), span.located_at(place.root.span()));
            let pp = self.names.private_at(span);
            let answer = quote_spanned!(span=> #pp::SharedByAllThreads::ask(#captured));
            quote_spanned!(span=> (#answer, #answers))
        });
        quote_spanned!(span=> let #asked = #pp::Asked::by(|| { use #pp::seers::*; #answers });)
    }

    /// What is asked in the frame, if anything is: what holds its answers, and all the answers there are.
    pub(super) fn asked(&self) -> (TokenStream, TokenStream) {
        let (span, pp, asked) = (self.names.span(), self.names.private(), self.names.fresh("seen"));
        match self.lent {
            true => {
                let lent = self.names.lent();
                (quote_spanned!(span=> let #lent = #pp::Asked::in_frame(0);), quote_spanned!(span=> #asked.and(&#lent)))
            }
            false => (TokenStream::new(), asked.to_token_stream()),
        }
    }

    /// What the frame captures of a place: through a reference all that is behind it, else the field alone.
    fn captured(&self, place: &Place) -> TokenStream {
        let span = self.names.span().located_at(place.root.span());
        let (pp, root) = (self.names.private_at(span), &place.root);
        match place.is_variable() {
            // What has a variable's name may be a constant, which has no address.
            true => quote_spanned!(span=> &#place),
            false => quote_spanned!(span=> (&&#pp::Through::of(&#root)).__pymp_captured(&raw const #place)),
        }
    }
}
