//! Words that leave the loop inside the tokens of a macro that takes something else than expressions.

use proc_macro2::{TokenStream, TokenTree};

/// The first `return`, `break`, `?` or `.await` among them.
pub(super) fn exit(tokens: &TokenStream, in_loop: bool, trying: bool) -> Option<TokenTree> {
    let mut before: Option<TokenTree> = None;
    for token in tokens.clone() {
        let found = match &token {
            TokenTree::Ident(word) => match word.to_string().as_str() {
                "return" => true,
                "break" => !in_loop,
                "await" => is_punct(before.as_ref(), '.'),
                _ => false,
            },
            // After a value it is the operator; `?Sized` and `{:?}` are not.
            TokenTree::Punct(punct) => {
                punct.as_char() == '?' && !trying && is_value(before.as_ref())
            }
            TokenTree::Group(group) => {
                let inner = exit(&group.stream(), in_loop, trying);
                if inner.is_some() {
                    return inner;
                }
                false
            }
            TokenTree::Literal(_) => false,
        };
        if found {
            return Some(token);
        }
        before = Some(token);
    }
    None
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn is_value(token: Option<&TokenTree>) -> bool {
    matches!(
        token,
        Some(TokenTree::Ident(_) | TokenTree::Group(_) | TokenTree::Literal(_))
    )
}
