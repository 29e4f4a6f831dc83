//! `#[parallel(..)]` among other attributes, spelled out or inside `#[cfg_attr(..)]`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Meta, Path, Token, parse_quote_spanned};

use crate::diag::Diagnostics;
use crate::diag::target as say;

/// One `#[parallel(..)]`.
#[derive(Clone)]
pub(super) struct Annotation {
    /// Where its name stands.
    pub(super) span: Span,
    /// The word `parallel`, where the user has written it.
    pub(super) word: Option<Ident>,
    /// The clauses, unread.
    pub(super) clauses: TokenStream,
    /// Under which configuration it holds, when it came out of a `cfg_attr`.
    pub(super) condition: Option<TokenStream>,
}

/// The path before `parallel` on what was a `parallel_for!`.
pub(super) const RESPELLED: &str = "__pymp_for";

/// Whether a path means our attribute: by its last word, since a macro cannot look up where it leads.
pub(crate) fn is_parallel(path: &Path) -> bool {
    last_is(path, "parallel")
}

/// Whether a path means the macro `parallel_for!`.
pub(crate) fn is_parallel_for(path: &Path) -> bool {
    last_is(path, "parallel_for")
}

/// Whether a path means the macro `region!`.
pub(crate) fn is_region(path: &Path) -> bool {
    last_is(path, "region")
}

fn last_is(path: &Path, word: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == word && last.arguments.is_none())
}

/// Takes ours out of the attributes. There is one at the most; further ones are taken out too, and reported.
pub(super) fn take(attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) -> Option<Annotation> {
    let mut found = Vec::new();
    for attribute in std::mem::take(attrs) {
        attrs.extend(split(attribute, &mut found, errors));
    }
    let mut found = found.into_iter();
    let first = found.next();
    for extra in found {
        errors.push(say::twice(extra.span));
    }
    first
}

/// Ours to `found`, what is left of the attribute back.
fn split(attribute: Attribute, found: &mut Vec<Annotation>, errors: &mut Diagnostics) -> Option<Attribute> {
    if is_parallel(attribute.path()) {
        found.extend(read(&attribute.meta, None, errors));
        return None;
    }
    if !attribute.path().is_ident("cfg_attr") {
        return Some(attribute);
    }
    let before = found.len();
    let rest = conditional(&attribute.meta, None, found, errors);
    if found.len() == before {
        return Some(attribute);
    }
    rest.map(|meta| Attribute { meta, ..attribute })
}

/// The annotations in a `cfg_attr`, which may hold others of its kind; what else it holds is given back.
fn conditional(meta: &Meta, outer: Option<&TokenStream>, found: &mut Vec<Annotation>, errors: &mut Diagnostics) -> Option<Meta> {
    let Meta::List(list) = meta else {
        return Some(meta.clone());
    };
    let span = list.path.span();
    // What cannot be read is not ours to judge: the compiler reads every `cfg_attr` itself.
    let Ok(parts) = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else {
        return Some(meta.clone());
    };
    let mut parts = parts.into_iter();
    let predicate = parts.next()?;
    let condition = match outer {
        Some(outer) => quote_spanned!(span=> all(#outer, #predicate)),
        None => predicate.to_token_stream(),
    };
    let mut rest = Vec::new();
    for part in parts {
        if is_parallel(part.path()) {
            found.extend(read(&part, Some(condition.clone()), errors));
        } else if part.path().is_ident("cfg_attr") {
            rest.extend(conditional(&part, Some(&condition), found, errors));
        } else {
            rest.push(part);
        }
    }
    if rest.is_empty() {
        return None;
    }
    let path = &list.path;
    Some(parse_quote_spanned!(span=> #path(#predicate, #(#rest),*)))
}

fn read(meta: &Meta, condition: Option<TokenStream>, errors: &mut Diagnostics) -> Option<Annotation> {
    let span = meta.path().span();
    let clauses = match meta {
        Meta::Path(_) => TokenStream::new(),
        Meta::List(list) => list.tokens.clone(),
        Meta::NameValue(_) => {
            errors.push(say::with_equals(span));
            return None;
        }
    };
    let segments = &meta.path().segments;
    let respelled = segments.first().is_some_and(|first| first.ident == RESPELLED);
    let word = segments.last().filter(|_| !respelled).map(|last| last.ident.clone());
    Some(Annotation { span, word, clauses, condition })
}

/// Takes out what is meant to be ours on an expression and is spelled or called otherwise, where the compiler would only say that attributes
/// there are experimental.
pub(super) fn misnamed(attrs: &mut Vec<Attribute>, errors: &mut Diagnostics) {
    attrs.retain(|attribute| {
        let found = say::misnamed(attribute.path());
        let is_other = found.is_none();
        errors.extend(found);
        is_other
    });
}

/// Whether ours is among the attributes, well written or not.
pub(super) fn is_annotated(attrs: &[Attribute]) -> bool {
    let mut errors = Diagnostics::new();
    let mut found = Vec::new();
    for attribute in attrs {
        split(attribute.clone(), &mut found, &mut errors);
    }
    let any = !found.is_empty() || errors.count() > 0;
    errors.disregard();
    any
}

/// The attributes that are not ours. Says nothing: who takes ours out to read them reports what is wrong.
pub(crate) fn without_ours(attrs: Vec<Attribute>) -> Vec<Attribute> {
    let mut errors = Diagnostics::new();
    let mut rest: Vec<_> = attrs.into_iter().filter_map(|attribute| split(attribute, &mut Vec::new(), &mut errors)).collect();
    misnamed(&mut rest, &mut errors);
    errors.disregard();
    rest
}
