//! Clauses in another shape than theirs, when the one that was meant can be shown: what C, Fortran and Python write, and commas and colons
//! that are not there. Each reads on from where the clause went wrong.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{Error, Expr, LitStr, Result, Token};

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
    let list = opened(list);
    let parts = Parts::of(list.clone());
    let meant = match key.to_string().as_str() {
        "reduction" if !parts.colon => Some(format!("reduction({}: {})", parts.first.as_deref().unwrap_or("+"), parts.names)),
        "chunks" if !list.clone().into_iter().any(|tree| is(&tree, ',')) => None,
        _ if list.is_empty() => None,
        key => Some(format!("{key}({})", show(&list))),
    };
    Ok(say::takes_a_list(span, key, meant.as_deref()))
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
        return Err(say::initial_value(&word, &value));
    }
    Ok(())
}

/// `private(mut x)`.
pub(super) fn without_mut(input: ParseStream, key: &Ident) -> Result<()> {
    let ahead = input.fork();
    match ahead.parse::<Option<Token![mut]>>()? {
        Some(found) if ahead.peek(syn::Ident) => Err(say::without_mut(found.span, key, &ahead.parse()?)),
        _ => Ok(()),
    }
}

/// `schedule(static 4)`, `schedule(nonmonotonic: dynamic)`.
pub(super) fn schedule(at: Value<'_>) -> Result<()> {
    let ahead = at.input.fork();
    let Ok(first) = ahead.parse::<TokenTree>() else {
        return Ok(());
    };
    let text = syn::parse2::<LitStr>(first.to_token_stream()).map_or_else(|_| first.to_string(), |text| text.value());
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

/// `reduction(+ sum)`, `reduction(sum: +)`, `reduction(sum)`: what is wrong with an operator and its colon,
/// of which no more than up to `stopped` could be read.
pub(super) fn reduction(input: ParseStream, key: &Ident, stopped: Span) -> Result<Option<Error>> {
    let start = input.span();
    let ahead = input.fork();
    if let (Ok(word), true) = (ahead.call(Ident::parse_any), ahead.peek(Token![,]))
        && MODIFIERS.iter().any(|modifier| word == modifier)
    {
        ahead.parse::<Token![,]>()?;
        let rest: TokenStream = ahead.parse()?;
        return Ok(Some(say::no_modifier(&word, key, &format!("reduction({})", show(&rest)))));
    }
    if let Ok(text) = input.fork().parse::<LitStr>().map(|text| text.value())
        && text.contains(':')
    {
        return Ok(Some(say::takes_a_list(start, key, Some(&format!("{key}({text})")))));
    }
    let parts = Parts::of(input.fork().parse()?);
    Ok(match (&parts.first, &parts.last) {
        (Some(operator), _) => Some(say::expected_colon(parts.behind.unwrap_or(stopped), operator, &parts.names)),
        (None, Some((operator, span))) => Some(say::operator_first(*span, operator, &parts.names)),
        (None, None) if !parts.colon && !parts.names.is_empty() => Some(say::no_operator(start, &parts.names)),
        _ => None,
    })
}

/// `reduction(total: +)`, whose first word could be an operator of the user's; `behind` the colon there would then be a variable.
pub(super) fn operator_last(all: ParseStream, behind: ParseStream) -> Result<()> {
    match Parts::of(all.fork().parse()?) {
        Parts { last: Some((operator, span)), names, .. } if behind.fork().parse::<Expr>().is_err() => {
            Err(say::operator_first(span, &operator, &names))
        }
        _ => Ok(()),
    }
}

/// A reduction in pieces, whatever is between them.
struct Parts {
    /// An operator in front, and what stands behind it.
    first: Option<String>,
    behind: Option<Span>,
    names: String,
    /// An operator at the end.
    last: Option<(String, Span)>,
    /// There is a colon somewhere.
    colon: bool,
}

impl Parts {
    fn of(list: TokenStream) -> Parts {
        let mut trees: Vec<TokenTree> = list.into_iter().collect();
        let colon = trees.iter().any(|tree| is(tree, ':'));
        let length = trees.iter().take_while(|tree| is_sign(tree)).count().max(usize::from(trees.first().is_some_and(is_word)));
        let names = trees.split_off(length);
        let first = Some(show(&trees.into_iter().collect::<TokenStream>()));
        // Where an operator has its colon, nothing is wrong with the two.
        let first = first.filter(|first| is_operator(first) && !names.first().is_some_and(|next| is(next, ':')));
        let behind = names.first().map(TokenTree::span);
        let mut names: Vec<TokenTree> = names.into_iter().skip_while(is_separator).collect();
        let mut last = None;
        if first.is_none() && length == 0 {
            let end = names.iter().rposition(|tree| !is_sign(tree) && !is_word(tree)).map_or(0, |at| at + 1);
            let signs = names.split_off(end);
            last = signs.first().map(|sign| sign.span()).zip(Some(show(&signs.into_iter().collect::<TokenStream>())));
            while names.last().is_some_and(is_separator) {
                names.pop();
            }
        }
        let last =
            last.map(|(span, operator)| (operator, span)).filter(|(operator, _)| is_operator(operator) && !names.is_empty());
        Parts { first, behind, names: show(&opened(names.into_iter().collect())), last, colon }
    }
}

/// An operator of ours, or by its capital one of the user's.
fn is_operator(text: &str) -> bool {
    say::is_operator(text) || syn::parse_str::<Ident>(text).is_ok_and(|word| !is_variable(&word))
}

fn is_word(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Ident(word) if is_operator(&word.to_string()) && word != "self")
}

fn is_sign(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Punct(_)) && !is_separator(tree) && !is(tree, '.')
}

fn is_separator(tree: &TokenTree) -> bool {
    is(tree, ',') || is(tree, ';') || is(tree, ':')
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
