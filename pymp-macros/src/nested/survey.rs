//! What is in an item before anything is changed: its directives, and the loops that could be meant.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Block, Expr, ExprBlock, ExprClosure, ExprForLoop, ImplItemFn, Item, ItemFn, ItemImpl, ItemMod, Macro, Stmt,
    TraitItemFn, parse_quote_spanned,
};

use super::annotation::{RESPELLED, is_annotated, is_parallel_for, is_region};
use super::region;
use crate::diag::target as say;
use crate::macros::{self, Args};
use crate::parse::{Invocation, invocation, is_mark};

/// The directives in an item, and its outermost `for` loops.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) directives: Vec<Span>,
    pub(super) loops: Vec<Span>,
    /// How many items in it are annotated themselves.
    pub(super) items: usize,
    /// Directives in what a macro of std's is handed, `format!("{}", { #[parallel] for .. })`.
    pub(super) handed: Vec<Span>,
    /// There is one that may be on anything; where it should not be, that is told by itself.
    pub(super) written: bool,
    /// Inside a loop, or in an item of its own inside this one.
    inside: bool,
}

impl Survey {
    pub(super) fn of(visit: impl FnOnce(&mut Self)) -> Self {
        let mut survey = Self::default();
        visit(&mut survey);
        survey
    }

    /// Whether there is anything for us in it.
    pub(super) fn found(&self) -> bool {
        !self.directives.is_empty() || self.items > 0
    }

    fn within(&mut self, visit: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.inside, true);
        visit(self);
        self.inside = before;
    }
}

/// Items in the item. One that is annotated itself is surveyed by itself.
macro_rules! items {
    ($($visit:ident: $Item:ty,)*) => {$(
        fn $visit(&mut self, item: &'ast $Item) {
            match is_annotated(&item.attrs) {
                true => self.items += 1,
                false => self.within(|survey| visit::$visit(survey, item)),
            }
        }
    )*};
}

impl<'ast> Visit<'ast> for Survey {
    fn visit_expr_for_loop(&mut self, each: &'ast ExprForLoop) {
        let span = each.for_token.span;
        if is_annotated(&each.attrs) {
            self.directives.push(span);
        }
        if !self.inside {
            self.loops.push(span);
        }
        self.within(|survey| visit::visit_expr_for_loop(survey, each));
    }

    fn visit_expr_block(&mut self, block: &'ast ExprBlock) {
        if is_annotated(&block.attrs) {
            self.directives.push(block.block.brace_token.span.open());
        }
        visit::visit_expr_block(self, block);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        if region::is_call(closure) {
            self.directives.push(closure.inputs_begin.span);
        }
        visit::visit_expr_closure(self, closure);
    }

    /// Only those that could not be read are left; they report themselves when they are expanded.
    fn visit_macro(&mut self, mac: &'ast Macro) {
        if (is_parallel_for(&mac.path) || is_region(&mac.path)) && !is_mark(&mac.tokens) {
            self.directives.push(mac.bang_token.span);
        }
        if let Some(block) = macros::ordered_block(mac) {
            self.visit_block(&block);
        }
        let mut args = Args::of(mac);
        args.iter_mut().flat_map(Args::exprs_mut).for_each(|expr| Handed(&mut self.handed).visit_expr(expr));
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let misnamed = say::misnamed(attribute.path()).is_some();
        self.written |= misnamed || is_annotated(std::slice::from_ref(attribute));
    }

    fn visit_item(&mut self, item: &'ast Item) {
        self.within(|survey| visit::visit_item(survey, item));
    }

    items! {
        visit_item_fn: ItemFn,
        visit_impl_item_fn: ImplItemFn,
        visit_trait_item_fn: TraitItemFn,
        visit_item_impl: ItemImpl,
        visit_item_mod: ItemMod,
    }
}

/// The annotated loops in what a macro is handed; `parallel_for!` needs nobody to find it.
struct Handed<'s>(&'s mut Vec<Span>);

impl<'ast> Visit<'ast> for Handed<'_> {
    fn visit_expr_for_loop(&mut self, each: &'ast ExprForLoop) {
        self.0.extend(is_annotated(&each.attrs).then_some(each.for_token.span));
        visit::visit_expr_for_loop(self, each);
    }
    fn visit_item(&mut self, _: &'ast Item) {}
}

/// Turns every `parallel_for!(clauses.., for ..)` into a loop with `#[parallel(clauses..)]` on it, and `region!` likewise.
pub(super) struct OneSpelling;

impl OneSpelling {
    fn respell(attrs: &[Attribute], mac: &Macro) -> Option<Expr> {
        if !is_parallel_for(&mac.path) {
            return region::respell(attrs, mac);
        }
        let Invocation { clauses, mut each } = invocation(mac.tokens.clone()).ok()?;
        let path = &mac.path;
        let span = path.segments.last()?.ident.span();
        let tag = Ident::new(RESPELLED, span);
        each.attrs.insert(0, parse_quote_spanned!(span=> #[#tag::parallel(#clauses)]));
        // Mixed-site, so that no lint takes the braces for the user's.
        let glue = Span::mixed_site().located_at(span);
        Some(parse_quote_spanned!(glue=> #(#attrs)* { #path! { ; } #each }))
    }
}

impl VisitMut for OneSpelling {
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(mac) = stmt
            && let Some(each) = Self::respell(&mac.attrs, &mac.mac)
        {
            *stmt = Stmt::Expr(each, mac.semi_token);
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(mac) = expr
            && let Some(each) = Self::respell(&mac.attrs, &mac.mac)
        {
            *expr = each;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        ordered(mac, |block| self.visit_block_mut(block));
    }
}

/// The directives inside an `ordered!({ .. })`; without any it keeps the very tokens it had.
pub(super) fn ordered(mac: &mut Macro, visit: impl FnOnce(&mut Block)) {
    if let Some(mut block) = macros::ordered_block(mac)
        && !Survey::of(|survey| survey.visit_block(&block)).directives.is_empty()
    {
        visit(&mut block);
        mac.tokens = block.into_token_stream();
    }
}
