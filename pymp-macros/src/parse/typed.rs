//! Code that is being typed. Rust-analyzer expands a macro as it is, and once more with a word of its own at the cursor, and looks for what
//! belongs there in the first expansion, as far from its beginning as that word is in the second. So both must be of one kind.

use proc_macro2::{Group, TokenStream, TokenTree};

/// Rust-analyzer's word.
const CURSOR: &str = "raCompletionMarker";

/// What has been typed without the editor's word, if that stands in it.
pub(super) fn as_typed(tokens: &TokenStream) -> Option<TokenStream> {
    let mut found = false;
    let typed = without_cursor(tokens.clone(), &mut found);
    found.then_some(typed)
}

fn without_cursor(tokens: TokenStream, found: &mut bool) -> TokenStream {
    let mut typed = Vec::new();
    for tree in tokens {
        match tree {
            TokenTree::Ident(word) if word == CURSOR => *found = true,
            TokenTree::Group(group) => {
                let mut inside = Group::new(group.delimiter(), without_cursor(group.stream(), found));
                inside.set_span(group.span());
                typed.push(TokenTree::Group(inside));
            }
            other => typed.push(other),
        }
    }
    typed.into_iter().collect()
}
