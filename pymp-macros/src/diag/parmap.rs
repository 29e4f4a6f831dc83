//! Messages about `parmap!`.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::Error;

use super::{Entry, did_you_mean, error, one_of, spanned};
use crate::check::ENGINES;
use crate::text::show;

const USAGE: &str = "`parmap!(hypot, xs, ys, n = 3, workers = 4)`";

pub(crate) fn no_function(span: Span) -> Error {
    error(span, Entry::ParmapShape, format_args!("`parmap!` takes a function, then its inputs, then what has a name: {USAGE}"))
}

pub(crate) fn input_behind_name(value: impl ToTokens, name: &Ident) -> Error {
    spanned(
        value,
        Entry::ParmapShape,
        format_args!("this input stands behind `{name} = ..`; the inputs come first, then what has a name: {USAGE}"),
    )
}

pub(crate) fn twice(name: &Ident) -> Error {
    error(name.span(), Entry::ParmapShape, format_args!("`{name}` is given twice to this `parmap!`, keep one"))
}

/// `n_jobs = 3`.
pub(crate) fn called_otherwise(name: &Ident, setting: &str, value: impl ToTokens) -> Error {
    let value = show(&value);
    error(name.span(), Entry::ParmapShape, format_args!("a map has no `{name}`; write `{setting} = {value}`"))
}

pub(crate) fn unknown_engine(value: impl ToTokens, word: &str) -> Error {
    let names: Vec<&str> = ENGINES.iter().map(|(name, _)| *name).collect();
    let guess = did_you_mean(word, &names);
    spanned(value, Entry::Engine, format_args!("unknown engine `{word}`{guess} (the engines are {})", one_of(&names)))
}
