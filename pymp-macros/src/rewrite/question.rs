//! How rustc is asked what something does to what all threads share.
//!
//! ```text
//! if false {
//!     never();
//!     let used = used_by(|| { never(); bump!(n) });
//!     FitForAllThreads::ask(&used, &lent); LeftAsItIs::ask(&used);
//! }
//! ```
//!
//! It is typed and never runs, see `unchanged.rs` of the runtime. After `never()` rustc looks at types alone: nothing is borrowed, moved or
//! unused there.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use crate::names::Names;

pub(crate) struct Question {
    /// Where the first and the last thing stand that it is about.
    pub(crate) from: Span,
    pub(crate) to: Span,
    /// What is known before.
    pub(crate) types: TokenStream,
    /// What rustc is to look at.
    pub(crate) asked: TokenStream,
    /// Where the answer matters.
    pub(crate) told: Option<Told>,
}

/// What takes the answer whether a thing is left as it is.
pub(crate) struct Told {
    /// The answers without which this one would say nothing new.
    pub(crate) before: Vec<Ident>,
    pub(crate) left: Ident,
}

impl Question {
    pub(crate) fn put(&self, names: &Names) -> TokenStream {
        let Self { from, to, types, asked, told } = self;
        let span = names.span().located_at(*from);
        let (pp, mut lent, mut used, last) =
            (names.private_at(span), names.lent(), names.fresh("used"), names.fresh("known_last"));
        lent.set_span(span);
        used.set_span(names.span().located_at(*to));
        let (known, captured, answers) = match told {
            Some(Told { before, left }) => (
                quote_spanned!(span=> let #last = #pp::unchanged::KnownLast::HERE;),
                quote_spanned!(span=> #last.is_here();),
                quote_spanned!(span=> let #used = #pp::unchanged::answers(&#pp::Asked::nothing()#(.and(&#before))*, &#used, &#left);),
            ),
            None => <(TokenStream, TokenStream, TokenStream)>::default(),
        };
        let unreached = unreached(&pp, span);
        quote_spanned!(span=>
            if false {
                #unreached
                #types
                #known
                let #used = #pp::unchanged::used_by(|| { #unreached #captured #asked });
                #pp::unchanged::FitForAllThreads::ask(&#used, &#lent);
                #answers
                #pp::unchanged::LeftAsItIs::ask(&#used);
            }
        )
    }
}

/// After this rustc looks at types alone. That something is unreachable is told of the first statement.
pub(crate) fn unreached(pp: &TokenStream, at: Span) -> TokenStream {
    quote_spanned!(at=> #pp::unchanged::never(); #[allow(unreachable_code)] let _ = ();)
}
