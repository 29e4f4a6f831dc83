//! `parallel_for!(clauses.., for pat in expr { .. })`: where the clauses end and the loop begins.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use syn::{ExprForLoop, Result};

use super::typed::as_typed;
use super::{CLAUSES, ending_there, last, opened};
use crate::diag::target as say;

/// The two halves of `parallel_for!(..)`: the clauses still tokens, so that both spellings are read by the same code.
pub(crate) struct Invocation {
    pub(crate) clauses: TokenStream,
    pub(crate) each: ExprForLoop,
}

/// `parallel_for!(;)`, `region!(;)`, `ordered!(;)` and what has `#[parallel(;)]` on it expand to nothing. Generated code holds them where
/// the macro of that name was expanded by an attribute around it, so that the user's import of the name is used.
pub(crate) fn is_mark(tokens: &TokenStream) -> bool {
    let mut trees = tokens.clone().into_iter();
    trees.next().is_some_and(|tree| is(&tree, ';')) && trees.next().is_none()
}

pub(crate) fn invocation(tokens: TokenStream) -> Result<Invocation> {
    if let Some(typed) = as_typed(&tokens) {
        invocation(typed)?;
    }
    let (clauses, each) = halves(tokens);
    let first = each.clone().into_iter().next();
    let Some(first) = first else {
        return Err(no_loop(clauses));
    };
    if clauses.clone().into_iter().last().is_some_and(|last| !is(&last, ',')) {
        return Err(say::comma_before_loop(first.span()));
    }
    if let Some(head) = head_in_parentheses(&each) {
        return Err(say::head_in_parentheses(&head));
    }
    let each = ending_there(each, |input| last(input, "this loop", say::after_loop))?;
    Ok(Invocation { clauses, each })
}

/// What C and others have behind the `for`, when the body comes next.
fn head_in_parentheses(each: &TokenStream) -> Option<Group> {
    let mut trees = each.clone().into_iter().skip_while(|tree| !matches!(tree, TokenTree::Ident(word) if word == "for")).skip(1);
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(head)), Some(TokenTree::Group(body)))
            if head.delimiter() == Delimiter::Parenthesis && body.delimiter() == Delimiter::Brace =>
        {
            Some(head)
        }
        _ => None,
    }
}

/// The error for what has no `for`: at the loop of another kind, at what is no clause, or where the `for` is missing.
fn no_loop(clauses: TokenStream) -> syn::Error {
    let mut end = Span::call_site();
    match clauses.clone().into_iter().next() {
        Some(first) if !matches!(&first, TokenTree::Ident(word) if is_clause(word)) => return say::expected_loop(first.span()),
        _ => {}
    }
    for tree in clauses {
        end = tree.span();
        if let TokenTree::Ident(word) = &tree
            && (word == "while" || word == "loop")
        {
            break;
        }
    }
    say::expected_loop(end)
}

fn is_clause(word: &Ident) -> bool {
    CLAUSES.contains(&word.to_string().as_str())
}

/// What stands before the loop, and the loop with its attributes and its label. The second is empty when there is none.
pub(crate) fn halves(tokens: TokenStream) -> (TokenStream, TokenStream) {
    let mut trees = opened(tokens);
    let Some(mut start) = trees.iter().enumerate().position(|(at, tree)| begins_loop(tree, trees.get(at + 1))) else {
        return (trees.into_iter().collect(), TokenStream::new());
    };
    let before = |at: usize, back: usize| at.checked_sub(back).and_then(|at| trees.get(at));
    // A label is `'`, a name and `:`; one that a macro of the user's took as `$l:lifetime` has delimiters around it that nobody sees.
    if before(start, 1).is_some_and(|t| is(t, ':')) {
        match (before(start, 2), before(start, 3)) {
            (Some(TokenTree::Group(label)), _) if label.delimiter() == Delimiter::None => start -= 2,
            (_, Some(quote)) if is(quote, '\'') => start -= 3,
            _ => {}
        }
    }
    while before(start, 1).is_some_and(is_brackets) && before(start, 2).is_some_and(|t| is(t, '#')) {
        start -= 2;
    }
    let each = trees.split_off(start);
    (trees.into_iter().collect(), each.into_iter().collect())
}

/// `for`, unless it is the one of `for<'a> |x: &'a T| ..`.
fn begins_loop(tree: &TokenTree, next: Option<&TokenTree>) -> bool {
    matches!(tree, TokenTree::Ident(word) if word == "for") && !next.is_some_and(|next| is(next, '<'))
}

pub(super) fn is(tree: &TokenTree, punct: char) -> bool {
    matches!(tree, TokenTree::Punct(found) if found.as_char() == punct)
}

fn is_brackets(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}
