//! Regions: `region!(.., |p| { .. })`, respelled as a closure that carries [`CLOSURE`], and `#[parallel] { .. }`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Attribute, Block, Expr, ExprBlock, ExprClosure, Label, Macro, Pat, parse_quote_spanned, token};

use super::annotation::{self, Annotation, is_region};
use super::around::{block, outer};
use super::survey::OneSpelling;
use super::{Directives, Stages, declared};
use crate::diag::{Diagnostics, target as say};
use crate::directive::RegionDirective;
use crate::fallback;
use crate::operands::Operands;
use crate::parse::{self, RegionCall};

/// The path before `parallel` that tells the closure of a `region!` from one on which the user has written `#[parallel]`.
const CLOSURE: &str = "__pymp_region";

/// A `region!` that stands alone.
pub(crate) fn expand_region(stages: Stages, call: RegionCall) -> syn::Result<TokenStream> {
    let RegionCall { clauses, closure } = call;
    let mut closure = Expr::Closure(closure);
    OneSpelling.visit_expr_mut(&mut closure);
    Operands.visit_expr_mut(&mut closure);
    let mut expanded = TokenStream::new();
    Directives::run(stages, |visitor| {
        if let Expr::Closure(closure) = closure {
            let span = closure.inputs_begin.span;
            expanded = visitor.closure(Annotation { span, clauses, condition: None, word: None }, closure).into_token_stream();
        }
    })?;
    Ok(expanded)
}

/// A block that `#[parallel]` stands on by itself.
pub(crate) fn expand_block(
    stages: Stages,
    attribute: Span,
    clauses: TokenStream,
    mut each: ExprBlock,
) -> syn::Result<TokenStream> {
    OneSpelling.visit_block_mut(&mut each.block);
    Operands.visit_block_mut(&mut each.block);
    let mut expanded = TokenStream::new();
    Directives::run(stages, |visitor| {
        let more = annotation::take(&mut each.attrs, &mut visitor.errors);
        visitor.errors.extend(more.map(|extra| say::twice(extra.span)));
        expanded = visitor.block(Annotation { span: attribute, clauses, condition: None, word: None }, each).into_token_stream();
    })?;
    Ok(expanded)
}

/// `region!(clauses.., |p| { .. })` as `{ region!(;); #[__pymp_region::parallel(clauses..)] |p| { .. } }`.
pub(super) fn respell(attrs: &[Attribute], mac: &Macro) -> Option<Expr> {
    if !is_region(&mac.path) {
        return None;
    }
    let RegionCall { clauses, mut closure } = parse::region(mac.tokens.clone()).ok()?;
    let path = &mac.path;
    let span = path.segments.last()?.ident.span();
    let tag = syn::Ident::new(CLOSURE, span);
    closure.attrs.insert(0, parse_quote_spanned!(span=> #[#tag::parallel(#clauses)]));
    // Mixed-site, so that no lint takes the braces for the user's.
    let glue = Span::mixed_site().located_at(span);
    Some(parse_quote_spanned!(glue=> #(#attrs)* { #path! { ; } #closure }))
}

/// Whether a closure is that of a `region!`.
pub(super) fn is_call(closure: &ExprClosure) -> bool {
    let tagged = |attribute: &Attribute| attribute.path().segments.first().is_some_and(|first| first.ident == CLOSURE);
    closure.attrs.iter().any(tagged)
}

impl Directives {
    /// The expansion of a `region!`.
    pub(super) fn closure(&mut self, annotation: Annotation, closure: ExprClosure) -> Expr {
        match parse::handle_and_block(&closure) {
            Some((handle, body)) => {
                let span = closure.inputs_begin.span;
                self.region(annotation, span, closure.attrs, Some(handle), None, body)
            }
            None => Expr::Closure(closure),
        }
    }

    /// The expansion of a block with `#[parallel]`.
    pub(super) fn block(&mut self, annotation: Annotation, each: ExprBlock) -> Expr {
        let span = annotation.span;
        self.region(annotation, span, each.attrs, None, each.label, each.block)
    }

    fn region(
        &mut self,
        annotation: Annotation,
        span: Span,
        attrs: Vec<Attribute>,
        handle: Option<Pat>,
        label: Option<Label>,
        body: Block,
    ) -> Expr {
        let mut errors = Diagnostics::new();
        let mut clauses = parse::clauses(parse::Of::Region, annotation.clauses, &mut errors).under(&self.defaults.of_regions());
        clauses.word = annotation.word.filter(|_| handle.is_none());
        self.own.extend(declared::own(&clauses));
        let mut lowered = body.clone();
        let level = self.levels_of(|visitor| visitor.visit_block_mut(&mut lowered));
        let krate = clauses.krate.as_ref().map_or_else(|| quote!(::pymp), |krate| krate.value.to_token_stream());
        let plain = |lowered: &Block| match &handle {
            Some(handle) => {
                let stmts = &lowered.stmts;
                Expr::Verbatim(fallback::with_handle(&krate, handle, &quote!(#(#stmts)*)))
            }
            None => {
                let mut block = lowered.clone();
                // No lint takes the braces away, which the attribute stands on.
                block.brace_token = token::Brace(Span::mixed_site().located_at(span));
                Expr::Block(ExprBlock { attrs: Vec::new(), label: label.clone(), block })
            }
        };
        let (refused, plain) = (plain(&fallback::answered(&krate, &lowered)), plain(&lowered));
        let lowered = (level > 0).then_some(lowered);
        let result = (self.stages.region)(RegionDirective { clauses, handle, body, lowered, level, span }, errors);
        let expanded = self.expanded(result, &refused);
        block(span, &outer(attrs), &expanded, annotation.condition.map(|condition| (condition, plain)))
    }
}
