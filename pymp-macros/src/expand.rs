//! Checked model -> tokens; total, no error can arise here.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use crate::directive::LoopDirective;

/// One braced block. For now: the loop, on the calling thread.
pub(crate) fn expand(directive: &LoopDirective) -> TokenStream {
    let (label, pat, head, body) = (
        directive.label(),
        directive.pat(),
        directive.head(),
        directive.lowered(),
    );
    let each = directive.each.for_token;
    let span = directive.names().span();
    quote_spanned!(span=> { #label #each #pat in #head #body })
}
