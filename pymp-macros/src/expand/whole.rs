//! What a thread runs, as a closure of its own: rustc finds out by itself how it uses what it captures, and is asked.
//!
//! ```text
//! let __pymp_left_0 = Asked::OPEN;                 told by the question about a statement of the frame
//! let __pymp_kind = type_of(&__pymp_me);
//! let __pymp_whole = |__pymp_me| { if false { same(&__pymp_kind, &__pymp_me); } the frame };
//! the question about __pymp_whole(__pymp_kind.another())
//! __pymp_whole(__pymp_me)
//! ```
//!
//! The frame itself is given to a function that asks for an `Fn`, so rustc takes it for one, and speaks of a closure where it is none. This
//! one is given to nobody. It stands where there is something that no statement can be asked about, see `rewrite/rest.rs`.

use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;

use crate::names::Names;
use crate::rewrite::{Judged, Question, Told};

/// What a thread of a loop runs.
pub(super) fn of_loop(names: &Names, judged: Judged, frame: &TokenStream) -> TokenStream {
    let (span, pp, me) = (names.span(), names.private(), names.fresh("me"));
    let (kind, whole) = (names.fresh("kind"), names.fresh("whole"));
    let (answers, question) = asked(names, judged, quote_spanned!(span=> #whole(#kind.another())));
    match question {
        None => quote_spanned!(span=> #answers #frame #pp::END),
        Some(question) => quote_spanned!(span=>
            #answers
            let #kind = #pp::unchanged::type_of(&#me);
            let #whole = |#me| -> #pp::Ended {
                if false { #pp::unchanged::same(&#kind, &#me); }
                #frame
                #pp::END
            };
            #question
            #whole(#me)
        ),
    }
}

/// What a thread of a region runs.
pub(super) fn of_region(names: &Names, judged: Judged, block: &TokenStream) -> TokenStream {
    let (span, whole) = (names.span(), names.fresh("whole"));
    let (answers, question) = asked(names, judged, quote_spanned!(span=> #whole()));
    match question {
        None => quote_spanned!(span=> #answers #block),
        Some(question) => quote_spanned!(span=> #answers let #whole = || { #block }; #question #whole()),
    }
}

/// What is told the answers, and the question about the whole, if there is one.
fn asked(names: &Names, judged: Judged, asked: TokenStream) -> (TokenStream, Option<TokenStream>) {
    let (span, pp) = (names.span(), names.private());
    // While an answer is open, rustc tells some errors too early, and again. So it is only where somebody waits for it.
    let mut before: Vec<Ident> = match judged.answered() {
        true => (0..=judged.asks).map(|number| names.left(number)).collect(),
        false => Vec::new(),
    };
    let answers = before.iter().map(|left| quote_spanned!(span=> let #left = #pp::Asked::OPEN;)).collect();
    let told = before.pop().map(|left| Told { before, left });
    let types = TokenStream::new();
    (answers, judged.rest.map(|(from, to)| Question { from, to, types, asked, told }.put(names)))
}
