//! The values of the clauses that name variables.

use proc_macro2::{Delimiter, Ident, TokenTree};
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprCall, ExprPath, ExprStruct, Path, Result, Token, UnOp, parenthesized};

use super::{Value, slips};
use crate::diag::clauses as say;
use crate::directive::{Chunked, Place, Private, PrivateKind, Reach, Reduced, ReductionOp};
use crate::operands::Operands;
use crate::place::bare;

/// `op: a, b`.
pub(super) fn reductions(at: Value<'_>) -> Result<Vec<Reduced>> {
    let Value { input, key, .. } = at;
    let start = input.fork();
    let op = operator(input).and_then(|op| {
        let colon = input.peek(Token![:]) && !input.peek(Token![::]);
        colon.then_some(op).ok_or_else(|| say::expected_operator(input.span()))
    });
    let op = op.or_else(|error| Err(slips::reduction(&start, key, error.span())?.unwrap_or(error)))?;
    input.parse::<Token![:]>()?;
    slips::operator_last(&start, input)?;
    let places = separated(at, |input| {
        slips::another_operator(&start, input)?;
        reduced(input, at.key)
    })?;
    Ok(places.into_iter().map(|place| Reduced { op: op.clone(), place, reach: Reach::Through }).collect())
}

pub(super) fn operator(input: ParseStream) -> Result<ReductionOp> {
    let span = input.span();
    let found: TokenTree = input.fork().parse().map_err(|_| say::expected_operator(span))?;
    match found {
        TokenTree::Punct(ref punct) if punct.as_char() != ':' => symbol(input),
        TokenTree::Literal(text) => Err(say::unknown_operator(span, &text.to_string())),
        TokenTree::Punct(_) if !input.peek(Token![::]) => Err(say::expected_operator(span)),
        TokenTree::Group(group) if group.delimiter() != Delimiter::None => Err(say::expected_operator(span)),
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
    let ahead = input.fork();
    if ahead.parse::<Path>().is_ok() && ahead.peek(syn::token::Brace) {
        let made: ExprStruct = input.parse()?;
        return Ok(ReductionOp::Own(Box::new(Operands::kept(Expr::Struct(made)))));
    }
    let path: Path = input.parse()?;
    if input.peek(syn::token::Paren) {
        return made(input, path);
    }
    let Some(word) = path.get_ident() else {
        return Ok(own(path));
    };
    let span = word.span();
    Ok(match word.to_string().as_str() {
        "min" => ReductionOp::Min(span),
        "max" => ReductionOp::Max(span),
        "append" => ReductionOp::Append(span),
        found if say::is_operator_in_words(found) => return Err(say::unknown_operator(span, found)),
        _ => own(path),
    })
}

fn own(path: Path) -> ReductionOp {
    ReductionOp::Own(Box::new(Expr::Path(ExprPath { attrs: Vec::new(), qself: None, path })))
}

/// `Top(3)`, `Top::of(n)`: a value that is made for this loop.
fn made(input: ParseStream, path: Path) -> Result<ReductionOp> {
    let arguments;
    let paren_token = parenthesized!(arguments in input);
    let args = Punctuated::parse_terminated(&arguments)?;
    let func = Box::new(Expr::Path(ExprPath { attrs: Vec::new(), qself: None, path }));
    let call = ExprCall { attrs: Vec::new(), func, paren_token, args };
    Ok(ReductionOp::Own(Box::new(Operands::kept(Expr::Call(call)))))
}

/// `a, self.b`; one alone after `=`.
pub(super) fn places(at: Value<'_>) -> Result<Vec<Place>> {
    slips::modifier(at)?;
    separated(at, |input| place(input, at.key))
}

fn place(input: ParseStream, key: &Ident) -> Result<Place> {
    let expr: Expr = input.parse()?;
    Place::of(&expr).ok_or_else(|| say::not_a_place(&expr, key, named_in(&expr).as_ref()))
}

/// `sum`, `self.sum`, or what lies behind one of them, `*sum`.
fn reduced(input: ParseStream, key: &Ident) -> Result<Place> {
    let expr: Expr = input.parse()?;
    let behind = match bare(&expr) {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => Place::of(&unary.expr).map(Place::behind),
        _ => None,
    };
    behind.or_else(|| Place::of(&expr)).ok_or_else(|| say::not_a_place(&expr, key, named_in(&expr).as_ref()))
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
    slips::modifier(at)?;
    separated(at, |input| {
        let (name, init) = match input.parse()? {
            Expr::Assign(assign) => (*assign.left, Some(Box::new(Operands::kept(*assign.right)))),
            name => (name, None),
        };
        let place = Place::of(&name).ok_or_else(|| say::not_a_variable(&name, key, named_in(&name).as_ref()))?;
        if !place.fields.is_empty() {
            return Err(say::not_a_variable(&name, key, None));
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
    let without = || say::chunks_without_size(place.root.span());
    if input.is_empty() {
        return Err(without());
    }
    input.parse::<Token![,]>()?;
    if input.is_empty() {
        return Err(without());
    }
    let size = Operands::kept(input.parse()?);
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
    let item = |input: ParseStream| {
        slips::without_mut(input, key)?;
        slips::section(input, key)?;
        item(input)
    };
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
