//! Tokens -> model. Grammar only: whether a number is a good number and whether two clauses go together is for `check`.

mod data;
mod invocation;
mod keys;
mod parmap;
mod region;
mod slips;
mod typed;
mod value;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Error, Expr, ExprLit, Lit, LitBool, LitInt, Result, Token, token};

pub(crate) use invocation::{Invocation, halves, invocation, is_mark};
pub(crate) use keys::{CLAUSES, Of};
pub(crate) use parmap::{ParmapCall, parmap};
pub(crate) use region::{RegionCall, handle_and_block, region, region_parts};

use crate::diag::Diagnostics;
use crate::diag::clauses as say;
use crate::diag::target::unread;
use crate::directive::{Clause, Clauses};
use crate::place::bare;

/// The clauses of one directive: what can be read of them, and an error for each that cannot.
pub(crate) fn clauses(of: Of, tokens: TokenStream, errors: &mut Diagnostics) -> Clauses {
    let mut clauses = Clauses::default();
    let list = |input: ParseStream| {
        while !input.is_empty() {
            one(of, input, &mut clauses, errors)?;
        }
        Ok(())
    };
    let read = ending_there(tokens, list);
    errors.keep(read);
    clauses
}

/// Parses all of the tokens. What is missing at their end is said to be missing at the last of them; syn alone would say
/// so at the whole macro.
fn ending_there<T>(tokens: TokenStream, parse: impl FnOnce(ParseStream) -> Result<T>) -> Result<T> {
    let end = tokens.clone().into_iter().last();
    let mut group = Group::new(Delimiter::Parenthesis, tokens);
    group.set_span(end.map_or_else(Span::call_site, |last| last.span()));
    let inside = |input: ParseStream| {
        let content;
        syn::parenthesized!(content in input);
        parse(&content)
    };
    inside.parse2(TokenTree::Group(group).into())
}

/// What ends a macro's input, `this loop` or `this region`; `after` is the error for anything behind it but a comma or a semicolon.
fn last<T: Parse>(input: ParseStream, what: &str, after: fn(Span) -> Error) -> Result<T> {
    let found = input.parse().map_err(|error| unread(&error, what))?;
    input.parse::<Option<Token![,]>>()?;
    input.parse::<Option<Token![;]>>()?;
    if input.is_empty() {
        return Ok(found);
    }
    let error = after(input.span());
    input.parse::<TokenStream>()?;
    Err(error)
}

/// The tokens; what a macro of the user's took last as `$e:expr` comes in delimiters nobody sees, in rust-analyzer in parentheses, and
/// without them here.
fn opened(tokens: TokenStream) -> Vec<TokenTree> {
    let mut trees: Vec<TokenTree> = tokens.into_iter().collect();
    while let Some(inner) = fragment(&trees) {
        trees.pop();
        trees.extend(inner);
    }
    trees
}

fn fragment(trees: &[TokenTree]) -> Option<TokenStream> {
    let (TokenTree::Group(last), before) = trees.split_last()? else { return None };
    let alone = before.last().is_none_or(|before| invocation::is(before, ','));
    let around = match last.delimiter() {
        Delimiter::None => true,
        Delimiter::Parenthesis => alone,
        _ => false,
    };
    around.then(|| last.stream())
}

/// One clause and the comma after it. A bad clause is noted and skipped, and the next one is tried.
fn one(of: Of, input: ParseStream, clauses: &mut Clauses, errors: &mut Diagnostics) -> Result<()> {
    let ahead = input.fork();
    let key = match clause(of, &ahead, clauses) {
        Ok(key) => key,
        Err(error) => {
            clauses.unclear |= !slips::leaves_body_alone(input);
            errors.push(say::unread_clause(input.fork().call(Ident::parse_any).ok().as_ref(), error));
            if slips::pragma(input) {
                return Ok(());
            }
            input.advance_to(&ahead);
            return skip(input);
        }
    };
    input.advance_to(&ahead);
    clauses.written.push(key.clone());
    if input.is_empty() {
        return Ok(());
    }
    if input.peek(Token![,]) {
        return input.parse::<Token![,]>().map(drop);
    }
    errors.push(say::expected_comma(input.span(), &key));
    // A comma forgotten between two clauses costs one error, not the second clause.
    if starts_clause(input) { Ok(()) } else { skip(input) }
}

fn starts_clause(input: ParseStream) -> bool {
    input.fork().call(Ident::parse_any).is_ok_and(|key| CLAUSES.contains(&key.to_string().as_str()))
}

/// On to behind the next comma, and behind a number there, which begins no clause.
fn skip(input: ParseStream) -> Result<()> {
    while !input.is_empty() {
        if let TokenTree::Punct(punct) = input.parse()?
            && punct.as_char() == ','
            && !input.peek(LitInt)
        {
            break;
        }
    }
    Ok(())
}

fn clause(of: Of, input: ParseStream, into: &mut Clauses) -> Result<Ident> {
    let key = input.call(Ident::parse_any).map_err(|_| {
        let schedule = into.schedule.as_ref().filter(|clause| into.written.last() == Some(&clause.key));
        say::expected_clause(of, input.span(), input.fork().parse().ok().as_ref(), schedule.map(|clause| &clause.value))
    })?;
    let repeated = &mut into.repeated;
    match key.to_string().as_str() {
        "num_threads" => set(&mut into.num_threads, repeated, &key, value(input, &key, value::expr)?),
        "chunk" => set(&mut into.chunk, repeated, &key, value(input, &key, value::expr)?),
        "if" | "if_" => set(&mut into.condition, repeated, &key, value(input, &key, value::expr)?),
        "min_chunk" => set(&mut into.min_chunk, repeated, &key, value(input, &key, value::expr)?),
        "schedule" => {
            skip_equals(input)?;
            set(&mut into.schedule, repeated, &key, value(input, &key, value::schedule)?);
        }
        "collapse" => set(&mut into.collapse, repeated, &key, value(input, &key, value::collapse)?),
        "crate" => set(&mut into.krate, repeated, &key, value(input, &key, value::krate)?),
        "default" => set(&mut into.default_none, repeated, &key, value(input, &key, value::default)?),
        "reproducible" => set(&mut into.reproducible, repeated, &key, flag(input, &key)?),
        "ordered" | "explain" => {
            let slot = if key == "ordered" { &mut into.ordered } else { &mut into.explain };
            if switch(input, &key)? {
                set(slot, repeated, &key, ());
            }
        }
        "reduction" => into.reductions.extend(list(input, &key, data::reductions)?),
        "private" | "firstprivate" | "lastprivate" => {
            into.privates.extend(several(input, &key, data::privates)?);
        }
        "owned" => into.owned.extend(several(input, &key, data::places)?),
        "atomic" => into.atomic.extend(several(input, &key, data::places)?),
        "scatter" => into.scatter.extend(several(input, &key, data::places)?),
        "shared" => into.shared.extend(several(input, &key, data::places)?),
        "chunks" => into.chunks.extend(list(input, &key, data::chunks)?),
        _ => return Err(say::unknown_clause(of, &key, input.fork().parse().ok().as_ref())),
    }
    Ok(key)
}

/// A clause that stands once; the second is kept beside it for `check` to refuse.
fn set<T>(slot: &mut Option<Clause<T>>, repeated: &mut Vec<(Ident, Ident)>, key: &Ident, value: T) {
    match slot {
        Some(first) => repeated.push((first.key.clone(), key.clone())),
        None => *slot = Some(Clause { key: key.clone(), value }),
    }
}

/// `key` alone is `key = true`.
fn flag(input: ParseStream, key: &Ident) -> Result<Expr> {
    if input.peek(Token![=]) || input.peek(token::Paren) {
        return value(input, key, value::expr);
    }
    Ok(on(key))
}

fn on(key: &Ident) -> Expr {
    Expr::Lit(ExprLit { attrs: Vec::new(), lit: Lit::Bool(LitBool::new(true, key.span())) })
}

/// A flag that the macro itself must know.
fn switch(input: ParseStream, key: &Ident) -> Result<bool> {
    match bare(&flag(input, key)?) {
        Expr::Lit(ExprLit { lit: Lit::Bool(on), .. }) => Ok(on.value),
        other => Err(say::known_when_compiled(other, key)),
    }
}

/// A value about to be read: where it is, whose it is, and how it is written.
#[derive(Clone, Copy)]
struct Value<'p> {
    input: ParseStream<'p>,
    key: &'p Ident,
    /// `key(..)`, where a comma goes on with the value; after `key =` it ends the clause.
    in_parentheses: bool,
}

/// `key = (..)` of a clause whose value is more than an expression: the same as `key(..)`.
fn skip_equals(input: ParseStream) -> Result<()> {
    let ahead = input.fork();
    if ahead.parse::<Token![=]>().is_ok()
        && matches!(ahead.parse(), Ok(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
        && (ahead.is_empty() || ahead.peek(Token![,]))
    {
        input.parse::<Token![=]>()?;
    }
    Ok(())
}

/// `key = value` or `key(value)`.
fn value<T>(input: ParseStream, key: &Ident, parse: impl FnOnce(Value<'_>) -> Result<T>) -> Result<T> {
    if input.peek(token::Paren) {
        return inside(input, key, parse);
    }
    if !input.peek(Token![=]) {
        return Err(slips::unled(input, key)?);
    }
    let equals: Token![=] = input.parse()?;
    if input.is_empty() || input.peek(Token![,]) {
        return Err(say::missing_value(equals.span, key));
    }
    parse(Value { input, key, in_parentheses: false })
}

/// The same, of a clause that names several things and may be repeated.
fn several<T>(input: ParseStream, key: &Ident, parse: impl FnOnce(Value<'_>) -> Result<Vec<T>>) -> Result<Vec<Clause<T>>> {
    skip_equals(input)?;
    let values = value(input, key, parse)?;
    Ok(values.into_iter().map(|value| Clause { key: key.clone(), value }).collect())
}

/// What is only written `key(..)`, since one value is never enough.
fn list<T>(input: ParseStream, key: &Ident, parse: impl FnOnce(Value<'_>) -> Result<Vec<T>>) -> Result<Vec<Clause<T>>> {
    skip_equals(input)?;
    if input.peek(Token![=]) {
        return Err(slips::in_no_list(input, key)?);
    }
    several(input, key, parse)
}

/// The whole of a pair of parentheses. Whatever is left in them is taken out: left alone, it would be a second error.
fn inside<T>(input: ParseStream, key: &Ident, parse: impl FnOnce(Value<'_>) -> Result<T>) -> Result<T> {
    let content;
    let paren = syn::parenthesized!(content in input);
    let parsed = match content.is_empty() {
        true => Err(say::missing_value(paren.span.join(), key)),
        false => parse(Value { input: &content, key, in_parentheses: true }),
    };
    let rest = content.span();
    let ended = content.is_empty();
    content.parse::<TokenStream>()?;
    match parsed {
        Ok(_) if !ended => Err(say::too_much(rest, key)),
        other => other,
    }
}

#[cfg(test)]
mod tests;
