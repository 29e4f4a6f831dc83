//! Finds the directives inside an annotated item and puts their expansion in their place.
//!
//! 1. `parallel_for!(..)` becomes `{ parallel_for!(;); #[__pymp_for::parallel(..)] for .. }`, so that one spelling is left. The
//!    macro expands to nothing there; without it, the user's import of its name would be unused. So does `region!(..)`.
//! 2. The item is surveyed: without a directive its only loop is meant.
//! 3. Directives are expanded from the inside out: what an inner loop needs of the fn around it (a `return`, say) is in
//!    its expansion, and the outer loop treats it like anything else in its body. The outer loop keeps its typed body
//!    beside the expanded one, since messages and the search for what is written read the former.
//! 4. The errors of a directive stand in its place, beside the plain loop, so that a `cfg` around it takes them with it. Those of
//!    the item itself are collected, and the caller throws the result away and passes the item through plain.

mod annotation;
mod around;
mod configured;
mod declared;
mod imports;
mod later;
mod region;
mod survey;
mod visit;

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Block, Expr, ExprForLoop, Item, ItemImpl, ItemMod};

pub(crate) use annotation::{is_parallel, without_ours};
pub(crate) use region::{expand_block, expand_region};

use crate::diag::Diagnostics;
use crate::diag::target as say;
use crate::directive::{Clauses, LoopDirective, RegionDirective};
use crate::operands::Operands;
use crate::{check, fallback, parse};
use annotation::Annotation;
use around::{block, outer};
use survey::{OneSpelling, Survey};

/// What becomes of what is found, and of the errors in its clauses. The tests here put a plain loop and a plain block there: where directives are is their matter.
#[derive(Clone, Copy)]
pub(crate) struct Stages {
    pub(crate) each: fn(LoopDirective, Diagnostics) -> syn::Result<TokenStream>,
    pub(crate) region: fn(RegionDirective, Diagnostics) -> syn::Result<TokenStream>,
}

/// The body of a fn that `#[parallel(clauses)]` stands on.
pub(crate) fn expand_fn(stages: Stages, attribute: Span, clauses: TokenStream, block: &mut Block) -> syn::Result<()> {
    OneSpelling.visit_block_mut(block);
    Operands.visit_block_mut(block);
    Directives::run(stages, |visitor| {
        visitor.annotated_fn(&Annotation { span: attribute, clauses, condition: None, word: None }, block)
    })
}

/// An impl block or a mod that it stands on.
pub(crate) fn expand_item(stages: Stages, attribute: Span, clauses: TokenStream, item: &mut Item) -> syn::Result<()> {
    OneSpelling.visit_item_mut(item);
    Operands.visit_item_mut(item);
    let annotation = Annotation { span: attribute, clauses, condition: None, word: None };
    Directives::run(stages, |visitor| match item {
        Item::Impl(item) => visitor.some_impl(Some(&annotation), item),
        Item::Mod(item) => visitor.some_mod(Some(&annotation), item),
        other => visitor.visit_item_mut(other),
    })
}

/// A loop that it stands on itself, or that is all there is in a `parallel_for!`.
pub(crate) fn expand_loop(
    stages: Stages,
    attribute: Span,
    clauses: TokenStream,
    mut each: ExprForLoop,
) -> syn::Result<TokenStream> {
    OneSpelling.visit_expr_for_loop_mut(&mut each);
    Operands.visit_expr_for_loop_mut(&mut each);
    let mut expanded = TokenStream::new();
    Directives::run(stages, |visitor| {
        let more = annotation::take(&mut each.attrs, &mut visitor.errors);
        visitor.errors.extend(more.map(|extra| say::twice(extra.span)));
        let annotation = Annotation { span: attribute, clauses, condition: None, word: None };
        expanded = visitor.directive(annotation, each).into_token_stream();
    })?;
    Ok(expanded)
}

struct Directives {
    stages: Stages,
    /// Clauses of the items around.
    defaults: Clauses,
    /// The next loop is a directive without saying so.
    implied: bool,
    /// Parallel loops around.
    around: usize,
    /// Levels of directives seen since the last one around was entered.
    levels: usize,
    /// What may be read after what is visited, and whether that runs again before.
    after: BTreeSet<String>,
    again: bool,
    /// Variables that directives inside of this block have of their own.
    own: BTreeSet<String>,
    /// What is wrong with the item.
    errors: Diagnostics,
    /// What is wrong with directives, and stands in their place.
    in_place: Vec<syn::Error>,
}

impl Directives {
    fn run(stages: Stages, with: impl FnOnce(&mut Self)) -> syn::Result<()> {
        let mut visitor = Self {
            stages,
            defaults: Clauses::default(),
            implied: false,
            around: 0,
            levels: 0,
            after: BTreeSet::new(),
            again: false,
            own: BTreeSet::new(),
            errors: Diagnostics::new(),
            in_place: Vec::new(),
        };
        with(&mut visitor);
        if visitor.errors.count() > 0 {
            visitor.errors.extend(visitor.in_place);
        }
        visitor.errors.finish()
    }

    /// What stands where a directive was: its expansion, or its errors and the plain code.
    fn expanded(&mut self, result: syn::Result<TokenStream>, plain: &Expr) -> TokenStream {
        result.unwrap_or_else(|error| {
            let tokens = match plain {
                Expr::ForLoop(each) => fallback::refused(each, &error),
                other => fallback::expression(other.to_token_stream(), &error),
            };
            self.in_place.push(error);
            tokens
        })
    }

    /// The loop's expansion, or those of it for every way to decide the `cfg`s in its body.
    fn directive(&mut self, annotation: Annotation, each: ExprForLoop) -> Expr {
        let ways = configured::ways(&each);
        let (span, mut told) = (Span::mixed_site().located_at(each.for_token.span), None);
        let mut expansions = TokenStream::new();
        for way in &ways {
            let mut each = each.clone();
            way.apply(&mut each.body);
            let expanded = self.decided(annotation.clone(), each);
            if way.is_nothing() {
                return expanded;
            }
            // What is wrong with every one of them is one error.
            self.in_place.truncate(*told.get_or_insert(self.in_place.len()));
            let condition = way.condition();
            expansions.extend(quote_spanned!(span=> #[cfg(#condition)] { #expanded }));
        }
        let tokens = quote_spanned!(span=> { #expansions });
        syn::parse2(tokens.clone()).unwrap_or(Expr::Verbatim(tokens))
    }

    /// The loop's expansion, the attributes it had beside ours around it.
    fn decided(&mut self, annotation: Annotation, mut each: ExprForLoop) -> Expr {
        let mut errors = Diagnostics::new();
        let mut clauses = parse::clauses(parse::Of::Loop, annotation.clauses, &mut errors).under(&self.defaults);
        clauses.word = annotation.word;
        self.own.extend(declared::own(&clauses));
        let attrs = outer(std::mem::take(&mut each.attrs));
        let typed = each.body.clone();
        let level = self.inside_of(&mut each);
        let (plain, span) = (Expr::ForLoop(each.clone()), each.for_token.span);
        let lowered = (level > 0).then(|| std::mem::replace(&mut each.body, typed));
        let (inside, read_later) = (self.around > 0, self.after.clone());
        let result = (self.stages.each)(LoopDirective { clauses, each, lowered, level, inside, read_later }, errors);
        let expanded = self.expanded(result, &plain);
        block(span, &attrs, &expanded, annotation.condition.map(|condition| (condition, plain)))
    }

    /// Expands what is inside a loop, and tells how many levels of directives that were.
    fn inside_of(&mut self, each: &mut ExprForLoop) -> usize {
        self.levels_of(|visitor| {
            visitor.visit_expr_mut(&mut each.expr);
            visitor.around += 1;
            visitor.again(None, |visitor| visitor.visit_block_mut(&mut each.body));
            visitor.around -= 1;
        })
    }

    fn levels_of(&mut self, inside: impl FnOnce(&mut Self)) -> usize {
        let around = std::mem::take(&mut self.levels);
        inside(self);
        let level = self.levels;
        self.levels = around.max(level + 1);
        level
    }

    /// A fn with `#[parallel(..)]` on it.
    fn annotated_fn(&mut self, annotation: &Annotation, block: &mut Block) {
        let survey = Survey::of(|survey| survey.visit_block(block));
        let implied = survey.directives.is_empty();
        self.errors.extend(survey.handed.iter().map(|each| say::handed_to_a_macro(*each)));
        match survey.loops.as_slice() {
            [] if !survey.handed.is_empty() => {}
            [] if implied && !survey.written && survey.items == 0 => self.errors.push(say::no_loop(annotation.span, "fn")),
            [_, _, ..] if implied && !survey.written => self.errors.push(say::several_loops(annotation.span, &survey.loops)),
            _ => {}
        }
        let directives = if implied { survey.loops.len() } else { survey.directives.len() };
        let implied = implied && directives == 1;
        self.item(annotation, directives, implied, |visitor| visitor.visit_block_mut(block));
    }

    /// An impl block or a mod with it.
    fn annotated_group(&mut self, annotation: &Annotation, survey: &Survey, found: &str, inside: impl FnOnce(&mut Self)) {
        let directives = survey.directives.len() + survey.items;
        if !survey.found() && !survey.written {
            self.errors.push(say::no_loop(annotation.span, found));
        }
        self.item(annotation, directives, false, inside);
    }

    fn some_impl(&mut self, annotation: Option<&Annotation>, item: &mut ItemImpl) {
        let survey = Survey::of(|survey| syn::visit::visit_item_impl(survey, item));
        let inside = |visitor: &mut Self| visit_mut::visit_item_impl_mut(visitor, item);
        match annotation {
            Some(annotation) => self.annotated_group(annotation, &survey, "impl block", inside),
            None => self.plainly(inside),
        }
    }

    fn some_mod(&mut self, annotation: Option<&Annotation>, item: &mut ItemMod) {
        let survey = Survey::of(|survey| syn::visit::visit_item_mod(survey, item));
        let inside = |visitor: &mut Self| visit_mut::visit_item_mod_mut(visitor, item);
        match annotation {
            Some(annotation) => self.annotated_group(annotation, &survey, "mod", inside),
            None => self.plainly(inside),
        }
        if let (true, Some((_, items))) = (survey.found(), &mut item.content) {
            items.extend(imports::mark(items.iter()));
        }
    }

    /// What an item's clauses are to everything in it.
    fn item(&mut self, annotation: &Annotation, directives: usize, implied: bool, inside: impl FnOnce(&mut Self)) {
        if annotation.condition.is_some() {
            self.errors.push(say::conditional_item(annotation.span));
        }
        let errors = self.errors.count();
        let mut clauses = parse::clauses(parse::Of::Loop, annotation.clauses.clone(), &mut self.errors);
        check::defaults(&clauses, directives, &mut self.errors);
        if self.errors.count() > errors {
            // Told once, here; not again at every loop.
            clauses = Clauses { unclear: clauses.unclear, ..Clauses::default() };
        }
        let clauses = clauses.under(&self.defaults);
        let around = std::mem::replace(&mut self.defaults, clauses);
        let before = std::mem::replace(&mut self.implied, implied);
        inside(self);
        self.implied = before;
        self.defaults = around;
    }

    fn some_fn(&mut self, attrs: &mut Vec<Attribute>, block: &mut Block) {
        match annotation::take(attrs, &mut self.errors) {
            Some(annotation) => self.annotated_fn(&annotation, block),
            None => self.plainly(|visitor| visitor.visit_block_mut(block)),
        }
    }

    /// Inside an item of its own: the loop that is meant is not there.
    fn plainly(&mut self, visit: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.implied, false);
        visit(self);
        self.implied = before;
    }

    /// `#[parallel]` where only a `for` loop is right.
    fn misplaced(&mut self, attrs: &mut Vec<Attribute>, error: impl FnOnce(Span) -> syn::Error) {
        if let Some(found) = annotation::take(attrs, &mut self.errors) {
            self.errors.push(error(found.span));
        }
    }
}

#[cfg(test)]
mod tests;
