//! Reductions whose operator, colon and variables are in another order than theirs, or not all there.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, Expr, LitStr, Result, Token};

use super::{MODIFIERS, is, opened};
use crate::access::is_variable;
use crate::diag::clauses as say;
use crate::parse::data;
use crate::text::show;

/// `reduction(+ sum)`, `reduction(sum: +)`, `reduction(sum)`: what is wrong with an operator and its colon,
/// of which no more than up to `stopped` could be read.
pub(in crate::parse) fn reduction(input: ParseStream, key: &Ident, stopped: Span) -> Result<Option<Error>> {
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
        // `reduction(min, max: a)`.
        (Some(operator), _) if parts.again => {
            let meant = format!("reduction({operator}: a), reduction({})", parts.names);
            Some(say::one_operator(parts.behind.unwrap_or(stopped), &meant))
        }
        (Some(operator), _) => Some(say::expected_colon(parts.behind.unwrap_or(stopped), operator, &parts.names)),
        (None, Some((operator, span))) => Some(say::operator_first(*span, operator, &parts.names)),
        (None, None) if !parts.colon && !parts.names.is_empty() => Some(say::no_operator(start, &parts.names)),
        _ => None,
    })
}

/// `reduction(total: +)`, whose first word could be an operator of the user's; `behind` the colon there would then be a variable.
pub(in crate::parse) fn operator_last(all: ParseStream, behind: ParseStream) -> Result<()> {
    match Parts::of(all.fork().parse()?) {
        Parts { last: Some((operator, span)), names, .. } if behind.fork().parse::<Expr>().is_err() => {
            Err(say::operator_first(span, &operator, &names))
        }
        _ => Ok(()),
    }
}

/// A reduction in pieces, whatever is between them.
pub(super) struct Parts {
    /// An operator in front, and what stands behind it.
    pub(super) first: Option<String>,
    behind: Option<Span>,
    pub(super) names: String,
    /// An operator at the end.
    last: Option<(String, Span)>,
    /// There is a colon somewhere.
    pub(super) colon: bool,
    /// Behind the operator in front another one begins, with its colon.
    again: bool,
}

impl Parts {
    pub(super) fn of(list: TokenStream) -> Parts {
        let mut trees: Vec<TokenTree> = list.into_iter().collect();
        let colon = trees.iter().any(|tree| is(tree, ':'));
        let length = signs(&trees);
        let names = trees.split_off(length);
        let first = Some(show(&trees.into_iter().collect::<TokenStream>()));
        // Where an operator has its colon, nothing is wrong with the two.
        let first = first.filter(|first| is_operator(first) && !names.first().is_some_and(|next| is(next, ':')));
        let behind = names.first().map(TokenTree::span);
        let mut names: Vec<TokenTree> = names.into_iter().skip_while(is_separator).collect();
        let operator = signs(&names);
        let again = operator > 0 && names.get(operator).is_some_and(|next| is(next, ':'));
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
        Parts { first, behind, names: show(&opened(names.into_iter().collect())), last, colon, again }
    }
}

/// How many of the words at the beginning are an operator.
fn signs(trees: &[TokenTree]) -> usize {
    trees.iter().take_while(|tree| is_sign(tree)).count().max(usize::from(trees.first().is_some_and(is_word)))
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

/// `reduction(+: a, *: b)`; `input` is one of the variables of `all`.
pub(in crate::parse) fn another_operator(all: ParseStream, input: ParseStream) -> Result<()> {
    let ahead = input.fork();
    if data::operator(&ahead).is_err() || !ahead.peek(Token![:]) || ahead.peek(Token![::]) {
        return Ok(());
    }
    let (all, rest): (TokenStream, TokenStream) = (all.fork().parse()?, input.fork().parse()?);
    let before = all.clone().into_iter().count().saturating_sub(rest.clone().into_iter().count() + 1);
    let first: TokenStream = all.into_iter().take(before).collect();
    Err(say::one_operator(input.span(), &format!("reduction({}), reduction({})", show(&first), show(&rest))))
}
