//! The value of each clause.

use super::Value;

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{Expr, ExprLit, Lit, LitStr, Path, Result, Token};

use crate::diag::clauses as say;
use crate::directive::{Chunked, CollapseArg, Place, Private, PrivateKind, Reduced, ReductionOp, ScheduleArg, ScheduleKind};

pub(super) fn expr(at: Value<'_>) -> Result<Expr> {
    at.input.parse()
}

/// `"dynamic,64"`, `dynamic, 64` (in parentheses), or a value.
pub(super) fn schedule(at: Value<'_>) -> Result<ScheduleArg> {
    if let Some(word) = bare_word(at.input) {
        match ScheduleKind::from_word(&word.to_string()) {
            Some(kind) => return Ok(ScheduleArg::Known { kind, span: word.span(), chunk: second(at)? }),
            // Two words can only be a schedule and its chunk; one may be a variable of the user's.
            None if second(at)?.is_some() => return Err(say::unknown_schedule(word.span(), &word.to_string())),
            None => return Ok(ScheduleArg::Value(syn::parse2(word.into_token_stream())?)),
        }
    }
    let expr: Expr = at.input.parse()?;
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

/// A single word that is the whole value, or is followed by a comma. `static` is one too, so it cannot be read as an
/// expression.
fn bare_word(input: ParseStream) -> Option<Ident> {
    let ahead = input.fork();
    let word = ahead.call(Ident::parse_any).ok()?;
    if !ahead.is_empty() && !ahead.peek(Token![,]) {
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

/// A literal number of loops; whether it is a good one is judged later.
pub(super) fn collapse(at: Value<'_>) -> Result<CollapseArg> {
    let expr: Expr = at.input.parse()?;
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

/// `op: a, b`.
pub(super) fn reductions(at: Value<'_>) -> Result<Vec<Reduced>> {
    let Value { input, .. } = at;
    let op = operator(input)?;
    if !input.peek(Token![:]) || input.peek(Token![::]) {
        return Err(say::expected_colon(input.span()));
    }
    input.parse::<Token![:]>()?;
    let places = places(at)?;
    Ok(places.into_iter().map(|place| Reduced { op: op.clone(), place }).collect())
}

fn operator(input: ParseStream) -> Result<ReductionOp> {
    let span = input.span();
    let found: TokenTree = input.fork().parse().map_err(|_| say::expected_operator(span))?;
    match found {
        TokenTree::Punct(ref punct) if punct.as_char() != ':' => symbol(input),
        TokenTree::Literal(text) => Err(say::unknown_operator(span, &text.to_string())),
        TokenTree::Punct(_) if !input.peek(Token![::]) => Err(say::expected_operator(span)),
        TokenTree::Group(_) => Err(say::expected_operator(span)),
        _ => word(input),
    }
}

fn symbol(input: ParseStream) -> Result<ReductionOp> {
    let span = input.span();
    // All of the operator's characters, so that `+=` is named as it is typed.
    let mut text = String::new();
    while let Ok(TokenTree::Punct(punct)) = input.fork().parse::<TokenTree>()
        && punct.as_char() != ':'
    {
        input.parse::<TokenTree>()?;
        text.push(punct.as_char());
    }
    Ok(match text.as_str() {
        "+" => ReductionOp::Add(span),
        "*" => ReductionOp::Mul(span),
        "-" => ReductionOp::Sub(span),
        "&" => ReductionOp::BitAnd(span),
        "|" => ReductionOp::BitOr(span),
        "^" => ReductionOp::BitXor(span),
        "&&" => ReductionOp::And(span),
        "||" => ReductionOp::Or(span),
        _ => return Err(say::unknown_operator(span, &text)),
    })
}

fn word(input: ParseStream) -> Result<ReductionOp> {
    let path: Path = input.parse()?;
    let Some(word) = path.get_ident() else {
        return Ok(ReductionOp::Own(path));
    };
    let span = word.span();
    Ok(match word.to_string().as_str() {
        "min" => ReductionOp::Min(span),
        "max" => ReductionOp::Max(span),
        "append" => ReductionOp::Append(span),
        _ => ReductionOp::Own(path),
    })
}

/// `a, self.b`; one alone after `=`.
pub(super) fn places(at: Value<'_>) -> Result<Vec<Place>> {
    separated(at, |input| place(input, at.key))
}

fn place(input: ParseStream, key: &Ident) -> Result<Place> {
    let expr: Expr = input.parse()?;
    Place::of(&expr).ok_or_else(|| say::not_a_place(&expr, key, named_in(&expr).as_ref()))
}

/// The variable an expression is about: `y` of `&mut y`, `y[i]`, `*y`, `y.len()`.
fn named_in(expr: &Expr) -> Option<Place> {
    Place::of(expr).or_else(|| match expr {
        Expr::Reference(inner) => named_in(&inner.expr),
        Expr::Index(inner) => named_in(&inner.expr),
        Expr::Unary(inner) => named_in(&inner.expr),
        Expr::MethodCall(inner) => named_in(&inner.receiver),
        Expr::Assign(inner) => named_in(&inner.left),
        _ => None,
    })
}

/// `x, y = value` of `private`; names alone for the other two.
pub(super) fn privates(at: Value<'_>) -> Result<Vec<Private>> {
    let key = at.key;
    separated(at, |input| {
        let (name, init) = match input.parse()? {
            Expr::Assign(assign) => (*assign.left, Some(assign.right)),
            name => (name, None),
        };
        let place = Place::of(&name).ok_or_else(|| say::not_a_variable(&name, key))?;
        if !place.fields.is_empty() {
            return Err(say::not_a_variable(&name, key));
        }
        let kind = match (key.to_string().as_str(), init) {
            ("private", Some(init)) => PrivateKind::Init(init),
            ("private", None) => PrivateKind::Default,
            (_, Some(init)) => return Err(say::no_initial_value(&init, key)),
            ("firstprivate", None) => PrivateKind::First,
            (_, None) => PrivateKind::Last,
        };
        Ok(Private { kind, name: place.root })
    })
}

/// `c, n`.
pub(super) fn chunks(at: Value<'_>) -> Result<Vec<Chunked>> {
    let Value { input, key, .. } = at;
    let place = place(input, key)?;
    if input.is_empty() {
        return Err(say::missing_value(place.root.span(), key));
    }
    input.parse::<Token![,]>()?;
    if input.is_empty() {
        return Err(say::missing_value(place.root.span(), key));
    }
    let size = input.parse()?;
    input.parse::<Option<Token![,]>>()?;
    Ok(vec![Chunked { place, size }])
}

/// A list in parentheses, or one item after `=`, where a comma ends the clause.
fn separated<T>(at: Value<'_>, item: impl Fn(ParseStream) -> Result<T>) -> Result<Vec<T>> {
    let Value { input, key, in_parentheses } = at;
    if !in_parentheses {
        return Ok(vec![item(input)?]);
    }
    if input.is_empty() {
        return Err(say::missing_value(input.span(), key));
    }
    let mut items = vec![item(input)?];
    while !input.is_empty() {
        if !input.peek(Token![,]) {
            return Err(say::expected_comma_between(input.span(), key));
        }
        input.parse::<Token![,]>()?;
        if !input.is_empty() {
            items.push(item(input)?);
        }
    }
    Ok(items)
}
