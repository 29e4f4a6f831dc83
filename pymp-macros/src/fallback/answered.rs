//! `?` in the block of a region. Nothing leaves a region, which an error says; of a function that returns no `Result` rustc would say it again.

use proc_macro2::{Span, TokenStream};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAsync, ExprClosure, ExprTryBlock, Item, Macro, parse_quote_spanned};

use crate::macros::Args;

/// The block with the value that goes on in place of each `x?`.
pub(crate) fn answered(krate: &TokenStream, block: &Block) -> Block {
    let mut block = block.clone();
    Pass { krate }.visit_block_mut(&mut block);
    block
}

struct Pass<'a> {
    krate: &'a TokenStream,
}

impl VisitMut for Pass<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::Try(question) = expr {
            let (krate, value) = (self.krate, &question.expr);
            let at = Span::mixed_site().located_at(question.question_token.span());
            *expr = parse_quote_spanned!(at=> #krate::__private::Question::branch(#value).continue_value().unwrap());
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if let Some(mut args) = Args::of(mac) {
            args.exprs_mut().for_each(|arg| self.visit_expr_mut(arg));
            args.store(mac);
        }
    }

    // These end a `?` of theirs.
    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}
    fn visit_expr_try_block_mut(&mut self, _: &mut ExprTryBlock) {}
    fn visit_item_mut(&mut self, _: &mut Item) {}
}
