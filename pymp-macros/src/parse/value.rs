//! The values of the clauses that name no variables.

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{Expr, ExprLit, Lit, LitStr, Path, Result, Token};

use super::{Value, slips, starts_clause};
use crate::diag::clauses as say;
use crate::directive::{CollapseArg, ScheduleArg, ScheduleKind};
use crate::operands::Operands;

pub(super) fn expr(at: Value<'_>) -> Result<Expr> {
    slips::modifier(at)?;
    at.input.parse().map(Operands::kept)
}

/// `"dynamic,64"`, `dynamic, 64` (in parentheses), or a value.
pub(super) fn schedule(at: Value<'_>) -> Result<ScheduleArg> {
    slips::schedule(at)?;
    if let Some(word) = bare_word(at.input) {
        if word == "true" || word == "false" {
            return Err(say::schedule_is_no_word(&word));
        }
        match ScheduleKind::from_word(&word.to_string()) {
            Some(kind) => {
                return Ok(ScheduleArg::Known { kind, span: word.span(), chunk: second(at)? });
            }
            // Two words can only be a schedule and its chunk; one may be a variable of the user's.
            None if second(at)?.is_some() => {
                return Err(say::unknown_schedule(word.span(), &word.to_string()));
            }
            None => return Ok(ScheduleArg::Value(syn::parse2(word.into_token_stream())?)),
        }
    }
    let expr = bare(at.input.parse()?);
    let Expr::Lit(ExprLit { lit, .. }) = &expr else {
        return match second(at)? {
            Some(_) => Err(say::chunk_beside_value(&expr)),
            None => Ok(ScheduleArg::Value(expr)),
        };
    };
    let Lit::Str(text) = lit else {
        return Err(say::schedule_is_no_word(lit));
    };
    let (kind, inner) = schedule_text(text)?;
    let chunk = match (inner, second(at)?) {
        (Some(_), Some(extra)) => return Err(say::chunk_beside_value(&extra)),
        (inner, outer) => inner.or(outer),
    };
    Ok(ScheduleArg::Known { kind, span: text.span(), chunk })
}

/// A single word that is the whole value, or is followed by a comma, be it a forgotten one. `static` is one too, so it cannot be read
/// as an expression.
fn bare_word(input: ParseStream) -> Option<Ident> {
    let ahead = input.fork();
    let word = ahead.call(Ident::parse_any).ok()?;
    if !ahead.is_empty() && !ahead.peek(Token![,]) && !starts_clause(&ahead) {
        return None;
    }
    input.advance_to(&ahead);
    Some(word)
}

/// What follows a comma inside parentheses. Outside of them that comma ends the clause.
fn second(at: Value<'_>) -> Result<Option<Expr>> {
    let input = at.input;
    if !at.in_parentheses || !input.peek(Token![,]) {
        return Ok(None);
    }
    input.parse::<Token![,]>()?;
    if input.is_empty() { Ok(None) } else { input.parse().map(Some) }
}

fn schedule_text(text: &LitStr) -> Result<(ScheduleKind, Option<Expr>)> {
    let value = text.value();
    let (word, chunk) = match value.split_once(',') {
        Some((word, chunk)) => (word.trim(), Some(chunk.trim())),
        None => (value.trim(), None),
    };
    let kind = ScheduleKind::from_word(word).ok_or_else(|| say::unknown_schedule(text.span(), word))?;
    let Some(chunk) = chunk else {
        return Ok((kind, None));
    };
    let number = whole_number(chunk, text.span()).ok_or_else(|| say::schedule_chunk_text(text.span(), kind, chunk))?;
    Ok((kind, Some(syn::parse2(number)?)))
}

/// The tokens of a number in a string, its sign kept for `check` to judge.
fn whole_number(text: &str, span: Span) -> Option<TokenStream> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (Some(quote_spanned!(span=> -)), digits),
        None => (None, text),
    };
    let mut number = Literal::u64_unsuffixed(digits.parse().ok()?);
    number.set_span(span);
    Some(quote_spanned!(span=> #sign #number))
}

/// The expression without delimiters nobody sees, which are around what a macro of the user's took as `$e:expr`.
fn bare(expr: Expr) -> Expr {
    match expr {
        Expr::Group(inner) => bare(*inner.expr),
        other => other,
    }
}

/// A literal number of loops; whether it is a good one is judged later.
pub(super) fn collapse(at: Value<'_>) -> Result<CollapseArg> {
    let expr = bare(at.input.parse()?);
    let Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) = &expr else {
        return Err(say::collapse_is_a_literal(&expr));
    };
    let depth = number.base10_parse().map_err(|_| say::collapse_is_a_literal(&expr))?;
    Ok(CollapseArg { depth, span: number.span() })
}

pub(super) fn default(at: Value<'_>) -> Result<()> {
    let span = at.input.span();
    let word = match at.input.parse()? {
        TokenTree::Ident(word) => word.to_string(),
        TokenTree::Literal(text) => syn::parse_str::<LitStr>(&text.to_string()).map_or(text.to_string(), |t| t.value()),
        other => other.to_string(),
    };
    if word == "none" { Ok(()) } else { Err(say::default_is_none(span, &word)) }
}

/// An absolute path: `::a::b`, `crate::a`, or `$crate` from a macro of the user's.
pub(super) fn krate(at: Value<'_>) -> Result<Path> {
    let found: TokenTree = at.input.fork().parse()?;
    let path = Path::parse_mod_style(at.input).map_err(|_| say::not_a_path(&found))?;
    let first = path.segments.first().map(|segment| segment.ident.to_string());
    if path.leading_colon.is_some() || matches!(first.as_deref(), Some("crate" | "$crate")) {
        return Ok(path);
    }
    let relative = path.segments.iter().map(|segment| segment.ident.to_string());
    let names: Vec<String> = relative.filter(|name| !matches!(name.as_str(), "self" | "super" | "Self")).collect();
    Err(say::not_absolute(&path, if names.is_empty() { String::from("pymp") } else { names.join("::") }.as_str()))
}
