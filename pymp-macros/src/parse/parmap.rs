//! `parmap!(function, inputs.., name = value..)`.

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, Path, Result, Token};

use super::ending_there;
use crate::diag::Diagnostics;
use crate::diag::parmap as say;
use crate::operands::Operands;

/// What a map is asked for by name. Every other name is that of a fixed argument.
const SETTINGS: &[&str] = &["engine", "workers", "chunk", "timeout", "progress", "crate"];

/// What joblib, multiprocessing and a loop's clauses call them; a function has hardly an argument of such a name.
const SYNONYMS: &[(&str, &str)] = &[
    ("n_jobs", "workers"),
    ("n_threads", "workers"),
    ("num_threads", "workers"),
    ("worker", "workers"),
    ("n_worker", "workers"),
    ("n_workers", "workers"),
    ("num_worker", "workers"),
    ("num_workers", "workers"),
    ("max_worker", "workers"),
    ("max_workers", "workers"),
    ("processes", "workers"),
    ("n_processes", "workers"),
    ("chunksize", "chunk"),
    ("chunk_size", "chunk"),
    ("backend", "engine"),
];

/// What was asked.
pub(crate) struct ParmapCall {
    pub(crate) function: Expr,
    pub(crate) inputs: Vec<Expr>,
    /// Arguments of the function behind the inputs, in the order in which they were written.
    pub(crate) fixed: Vec<(Ident, Expr)>,
    pub(crate) settings: Vec<(Ident, Expr)>,
    pub(crate) krate: Option<Path>,
}

pub(crate) fn parmap(tokens: TokenStream) -> Result<ParmapCall> {
    if tokens.is_empty() {
        return Err(say::no_function(Span::call_site()));
    }
    ending_there(tokens, call)
}

fn call(input: ParseStream) -> Result<ParmapCall> {
    if let Some(name) = name(input) {
        return Err(say::no_function(name.span()));
    }
    let mut call =
        ParmapCall { function: expr(input)?, inputs: Vec::new(), fixed: Vec::new(), settings: Vec::new(), krate: None };
    let mut errors = Diagnostics::new();
    while !input.is_empty() {
        // A user's macro may end with one comma or several.
        input.parse::<Token![,]>()?;
        if input.is_empty() {
            break;
        }
        one(input, &mut call, &mut errors)?;
    }
    errors.finish()?;
    Ok(call)
}

fn one(input: ParseStream, call: &mut ParmapCall, errors: &mut Diagnostics) -> Result<()> {
    let Some(name) = name(input) else {
        let value = expr(input)?;
        if let Some((first, _)) = call.fixed.first().or(call.settings.first()) {
            errors.push(say::input_behind_name(&value, first));
        }
        call.inputs.push(value);
        return Ok(());
    };
    input.call(Ident::parse_any)?;
    input.parse::<Token![=]>()?;
    if name == "crate" {
        call.krate = Some(input.parse()?);
        return Ok(());
    }
    let value = expr(input)?;
    if let Some((_, setting)) = SYNONYMS.iter().find(|(word, _)| name == word) {
        errors.push(say::called_otherwise(&name, setting, &value));
        return Ok(());
    }
    let written = call.fixed.iter().chain(&call.settings).any(|(other, _)| *other == name);
    if written {
        errors.push(say::twice(&name));
    }
    let list = if SETTINGS.iter().any(|word| name == word) { &mut call.settings } else { &mut call.fixed };
    list.push((name, value));
    Ok(())
}

fn expr(input: ParseStream) -> Result<Expr> {
    input.parse().map(Operands::kept)
}

/// The word before a `=`, if that is what comes next.
fn name(input: ParseStream) -> Option<Ident> {
    let ahead = input.fork();
    let name = ahead.call(Ident::parse_any).ok()?;
    (ahead.peek(Token![=]) && !ahead.peek(Token![==])).then_some(name)
}
