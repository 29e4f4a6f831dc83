//! `region!(clauses.., |p| { .. })`: where the clauses end and the block begins.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::{Block, Expr, ExprClosure, Pat, Result, ReturnType, Stmt, token};

use super::invocation::is;
use super::typed::as_typed;
use super::{ending_there, last, opened};
use crate::diag::region as say;

/// The two parts of `region!(..)`, the clauses still tokens.
pub(crate) struct RegionCall {
    pub(crate) clauses: TokenStream,
    /// The block behind the bars, and the handle between them.
    pub(crate) closure: ExprClosure,
}

/// A handle and a block: what the closure of a `region!` is made of.
pub(crate) fn handle_and_block(closure: &ExprClosure) -> Option<(Pat, Block)> {
    let plain = closure.lifetimes.is_none()
        && closure.constness.is_none()
        && closure.asyncness.is_none()
        && closure.capture.is_none()
        && matches!(closure.output, ReturnType::Default);
    let mut inputs = closure.inputs.iter();
    let (Some(handle), None, true) = (inputs.next(), inputs.next(), plain) else {
        return None;
    };
    let block = match &*closure.body {
        Expr::Block(block) if block.attrs.is_empty() && block.label.is_none() => block.block.clone(),
        // Mixed-site, so that no lint takes the braces for the user's.
        other => Block { brace_token: token::Brace(Span::mixed_site()), stmts: vec![Stmt::Expr(other.clone(), None)] },
    };
    Some((handle.clone(), block))
}

pub(crate) fn region(tokens: TokenStream) -> Result<RegionCall> {
    if let Some(typed) = as_typed(&tokens) {
        region(typed)?;
    }
    let (clauses, closure) = halves(tokens);
    if closure.is_empty() {
        let end = clauses.into_iter().last().map_or_else(Span::call_site, |last| last.span());
        return Err(say::expected_region(end));
    }
    let closure = ending_there(closure, |input| last(input, "this region", say::after_region))?;
    match handle_and_block(&closure) {
        Some(_) => Ok(RegionCall { clauses, closure }),
        None => Err(say::not_a_handle(closure.inputs_begin.span)),
    }
}

/// The clauses, the handle and what stands in the braces, of a region that is half typed.
pub(crate) fn region_parts(tokens: TokenStream) -> (TokenStream, TokenStream, TokenStream) {
    let (clauses, closure) = halves(tokens);
    let mut trees = closure.into_iter().skip_while(|tree| !is(tree, '|')).skip(1);
    let handle = trees.by_ref().take_while(|tree| !is(tree, '|')).collect();
    let inside = |tree| match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => group.stream(),
        other => other.into(),
    };
    (clauses, handle, trees.flat_map(inside).collect())
}

/// What stands before the block, and the block with its handle: no clause begins with a bar. The second is empty when there
/// is none.
fn halves(tokens: TokenStream) -> (TokenStream, TokenStream) {
    let mut trees = opened(tokens);
    let word = |tree: Option<&TokenTree>, word: &str| matches!(tree, Some(TokenTree::Ident(found)) if found == word);
    let begins = |at: usize| {
        let first = at.checked_sub(1).and_then(|before| trees.get(before)).is_none_or(|before| is(before, ','));
        let mut start = at;
        while word(trees.get(start), "async") || word(trees.get(start), "move") {
            start += 1;
        }
        first && trees.get(start).is_some_and(|tree| is(tree, '|'))
    };
    match (0..trees.len()).find(|at| begins(*at)) {
        Some(start) => {
            let closure = trees.split_off(start);
            (trees.into_iter().collect(), closure.into_iter().collect())
        }
        None => (trees.into_iter().collect(), TokenStream::new()),
    }
}
