//! Clauses in another shape than theirs, when the one that was meant can be shown: what C, Fortran and Python write, and commas and colons
//! that are not there. Each reads on from where the clause went wrong.

mod reductions;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{Error, Expr, ExprAssign, LitStr, Result, Token, Type};

pub(super) use self::reductions::{another_operator, operator_last, reduction};
use super::invocation::is;
use super::{Value, starts_clause};
use crate::access::is_variable;
use crate::diag::clauses as say;
use crate::directive::ScheduleKind;
use crate::text::show;

/// What OpenMP writes before a colon, in front of a clause's value.
const MODIFIERS: &[&str] = &[
    "conditional",
    "default",
    "for",
    "inscan",
    "monotonic",
    "nonmonotonic",
    "parallel",
    "saved",
    "simd",
    "strict",
    "task",
    "taskloop",
];

/// Those whose value is a list.
const LISTS: &[&str] = &["reduction", "private", "firstprivate", "lastprivate", "owned", "chunks", "atomic", "scatter", "shared"];

/// `parallel for reduction(..)`: on to the clause behind the words of a pragma, if there is one.
pub(super) fn pragma(input: ParseStream) -> bool {
    let ahead = input.fork();
    let word = |input: ParseStream| input.fork().call(Ident::parse_any).is_ok_and(|word| say::is_pragma(&word));
    let found = word(&ahead);
    while word(&ahead) && ahead.call(Ident::parse_any).is_ok() {}
    let on = found && starts_clause(&ahead);
    if on {
        input.advance_to(&ahead);
    }
    on
}

/// Whether the clause that comes next, whatever is wrong with it, says nothing of the body.
pub(super) fn leaves_body_alone(input: ParseStream) -> bool {
    let key = input.fork().call(Ident::parse_any).map(|key| key.to_string());
    key.is_ok_and(|key| say::about_the_run(&key))
}

/// `num_threads 4`, `num_threads: 4`, `private x`: neither `=` nor parentheses behind the key.
pub(super) fn unled(input: ParseStream, key: &Ident) -> Result<Error> {
    let colon = input.parse::<Option<Token![:]>>()?;
    if input.is_empty() || input.peek(Token![,]) || starts_clause(input) {
        return Ok(say::missing_value(key.span(), key));
    }
    if LISTS.iter().any(|list| key == list) {
        return in_no_list(input, key);
    }
    let value = up_to_comma(input)?;
    let meant = format!("{key} = {}", show(&opened(value.clone())));
    Ok(say::expected_equals(&quote::quote!(#colon #value), key, &meant))
}

/// `reduction = +: sum`, `private x, y`: a list in no parentheses.
pub(super) fn in_no_list(input: ParseStream, key: &Ident) -> Result<Error> {
    let span = input.span();
    input.parse::<Option<Token![=]>>()?;
    let mut list = up_to_comma(input)?;
    while input.peek(Token![,]) && !begins_another(input) {
        let comma: Token![,] = input.parse()?;
        comma.to_tokens(&mut list);
        list.extend(up_to_comma(input)?);
    }
    let list = opened(unquoted(list));
    let parts = reductions::Parts::of(list.clone());
    let meant = match key.to_string().as_str() {
        "reduction" if !parts.colon => Some(format!("reduction({}: {})", parts.first.as_deref().unwrap_or("+"), parts.names)),
        "chunks" if !list.clone().into_iter().any(|tree| is(&tree, ',')) => None,
        _ if list.is_empty() => None,
        key => Some(format!("{key}({})", show(&list))),
    };
    Ok(say::takes_a_list(span, key, meant.as_deref()))
}

/// What stands in a string that is all of it: `reduction = "+: sum"`.
fn unquoted(list: TokenStream) -> TokenStream {
    let text = syn::parse2::<LitStr>(list.clone()).ok();
    text.and_then(|text| text.value().parse().ok()).unwrap_or(list)
}

/// Behind the comma there is a clause, or nothing.
fn begins_another(input: ParseStream) -> bool {
    let ahead = input.fork();
    ahead.parse::<Token![,]>().is_err() || ahead.is_empty() || starts_clause(&ahead)
}

/// `if(parallel: n > 3)`, `lastprivate(conditional: x)`, and Python's and C++'s idea of `private(x: 0)`.
pub(super) fn modifier(at: Value<'_>) -> Result<()> {
    let ahead = at.input.fork();
    let word = ahead.call(Ident::parse_any);
    let (Ok(word), true, true, false) = (word, at.in_parentheses, ahead.peek(Token![:]), ahead.peek(Token![::])) else {
        return Ok(());
    };
    ahead.parse::<Token![:]>()?;
    let rest: TokenStream = ahead.parse()?;
    let (key, value) = (at.key, show(&rest));
    if MODIFIERS.iter().any(|modifier| word == modifier) {
        let list = LISTS.iter().any(|list| key == list);
        let meant = if list { format!("{key}({value})") } else { format!("{key} = {value}") };
        return Err(say::no_modifier(&word, key, &meant));
    }
    if key == "private" {
        return Err(initial_value(&word, rest)?);
    }
    Ok(())
}

/// `private(x: 0)`, `private(x: f64 = 0.0)`, `private(x: f64)`; `rest` is what stands behind the colon.
fn initial_value(name: &Ident, rest: TokenStream) -> Result<Error> {
    let (first, others) = split(&rest, ',');
    let value = match split(&first, '=') {
        (_, value) if !value.is_empty() => value,
        _ if is_type(&first) => return Ok(say::typed(&first, name)),
        _ => first,
    };
    let others = if others.is_empty() { others } else { quote::quote!(, #others) };
    Ok(say::initial_value(name, &show(&quote::quote!(#value #others))))
}

/// What stands before the first sign of this kind, and behind it.
fn split(tokens: &TokenStream, sign: char) -> (TokenStream, TokenStream) {
    let mut trees = tokens.clone().into_iter();
    let before = trees.by_ref().take_while(|tree| !is(tree, sign)).collect();
    (before, trees.collect())
}

/// `Vec<f64>`, `f64`, `Point`: no value, whatever it is.
fn is_type(tokens: &TokenStream) -> bool {
    const NUMBERS: &[&str] =
        &["bool", "char", "f32", "f64", "i16", "i32", "i64", "i8", "isize", "u16", "u32", "u64", "u8", "usize"];
    let word = syn::parse2::<Ident>(tokens.clone());
    match word {
        Ok(word) => NUMBERS.contains(&word.to_string().as_str()) || !is_variable(&word),
        Err(_) => syn::parse2::<Type>(tokens.clone()).is_ok() && syn::parse2::<Expr>(tokens.clone()).is_err(),
    }
}

/// `a[0:10]`, a part of an array in OpenMP.
pub(super) fn section(input: ParseStream, key: &Ident) -> Result<()> {
    let ahead = input.fork();
    let (Ok(name), Ok(TokenTree::Group(brackets))) = (ahead.parse::<Ident>(), ahead.parse()) else { return Ok(()) };
    if brackets.delimiter() != Delimiter::Bracket || !brackets.stream().into_iter().any(|tree| is(&tree, ':')) {
        return Ok(());
    }
    input.advance_to(&ahead);
    Err(say::section(&quote::quote!(#name #brackets), key, &name))
}

/// `private(mut x)`.
pub(super) fn without_mut(input: ParseStream, key: &Ident) -> Result<()> {
    let ahead = input.fork();
    match ahead.parse::<Option<Token![mut]>>()? {
        Some(found) if ahead.peek(syn::Ident) => Err(say::without_mut(found.span, key, &ahead.parse()?)),
        _ => Ok(()),
    }
}

/// `schedule(static 4)`, `schedule(dynamic, chunk = 4)`, `schedule(nonmonotonic: dynamic)`.
pub(super) fn schedule(at: Value<'_>) -> Result<()> {
    let ahead = at.input.fork();
    let Ok(first) = ahead.parse::<TokenTree>() else {
        return Ok(());
    };
    let text = syn::parse2::<LitStr>(first.to_token_stream()).map_or_else(|_| first.to_string(), |text| text.value());
    if let (Some(chunk), true) = (named_chunk(&ahead)?, at.in_parentheses) {
        return Err(say::chunk_named(&chunk, &format!("schedule({text}, {})", show(&chunk.right))));
    }
    let colon = ahead.parse::<Option<Token![:]>>()?;
    let before_number = ahead.peek(syn::Lit);
    if ahead.is_empty() || ahead.peek(Token![,]) || (colon.is_none() && !at.in_parentheses && !before_number) {
        return Ok(());
    }
    let rest: TokenStream = if at.in_parentheses { ahead.parse()? } else { up_to_comma(&ahead)? };
    match &first {
        TokenTree::Ident(word) if colon.is_some() && MODIFIERS.iter().any(|modifier| word == modifier) => {
            Err(say::no_modifier(word, at.key, &format!("schedule({})", show(&rest))))
        }
        _ if ScheduleKind::from_word(&text).is_some() => {
            let chunk = show(&rest);
            let chunk = chunk.strip_prefix("chunk = ").unwrap_or(&chunk);
            Err(say::comma_before_chunk(&rest, &format!("schedule({text}, {chunk})")))
        }
        _ => Ok(()),
    }
}

/// `, chunk = 4`.
fn named_chunk(input: ParseStream) -> Result<Option<ExprAssign>> {
    let ahead = input.fork();
    let named = ahead.parse::<Option<Token![,]>>()?.is_some() && ahead.peek2(Token![=]) && !ahead.peek2(Token![==]);
    Ok(if named { ahead.parse().ok() } else { None })
}

/// What stands before the next comma.
fn up_to_comma(input: ParseStream) -> Result<TokenStream> {
    let mut found = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        found.extend([input.parse::<TokenTree>()?]);
    }
    Ok(found)
}

/// Without the parentheses around all of it.
fn opened(tokens: TokenStream) -> TokenStream {
    let mut trees = tokens.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Parenthesis => group.stream(),
        _ => tokens,
    }
}
