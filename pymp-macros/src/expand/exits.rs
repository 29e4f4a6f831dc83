//! What stands around the call: what leaves the function after it.

use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;

use super::Checked;
use crate::directive::Place;

impl Checked<'_> {
    /// Before and after a loop whose iterations can return from the function.
    ///
    /// The first `return` never runs; it tells rustc the type of the values before it looks at the body.
    pub(super) fn exits(&self) -> (TokenStream, TokenStream) {
        if !self.control.returns {
            return (TokenStream::new(), TokenStream::new());
        }
        let (span, pp) = (self.names.span(), self.names.private());
        let (exit, value) = (self.names.fresh("exit"), self.names.fresh("value"));
        let leave = quote_spanned!(span=> if let #pp::Some(#value) = #exit.take() { return #value; });
        (quote_spanned!(span=> let mut #exit = #pp::Exit::new(); #leave), leave)
    }

    /// What the runtime gives for an array, before it is a view.
    pub(super) fn part_name(&self, place: &Place) -> Ident {
        let local = self.local_name(place);
        self.names.fresh_for("part", &local)
    }
}
