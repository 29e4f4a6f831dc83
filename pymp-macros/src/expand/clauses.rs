//! The clauses that say how the loop runs: what is evaluated before it.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit, LitInt};

use super::Checked;
use crate::directive::{Chunked, Clause, Place, ScheduleArg, ScheduleKind};
use crate::names::Names;
use crate::place::bare;

impl Checked<'_> {
    /// `let __pymp_loop = Loop::new(); let __pymp_loop = __pymp_loop.num_threads(4); ..`: every value is evaluated once, in the order
    /// of the clauses; each call stands where its clause does.
    pub(super) fn settings(&self) -> TokenStream {
        let clauses = &self.directive.clauses;
        let (span, pp, settings) = (self.names.span(), self.names.private(), self.names.fresh("loop"));
        let mut steps: Vec<(Option<usize>, TokenStream)> = Vec::new();
        let mut call = |key: &Ident, method: &str, value: &dyn ToTokens| {
            let span = span.located_at(key.span());
            let (method, value) = (Ident::new(method, span), value.to_token_stream());
            steps.push((clauses.turn(key), quote_spanned!(span=> let #settings = #settings.#method(#value);)));
        };
        let values: [(&Option<Clause<Expr>>, &str); 5] = [
            (&clauses.num_threads, "num_threads"),
            (&clauses.chunk, "chunk"),
            (&clauses.min_chunk, "min_chunk"),
            (&clauses.condition, "only_if"),
            (&clauses.reproducible, "reproducible"),
        ];
        for (clause, method) in values {
            if let Some(Clause { key, value }) = clause {
                // `if = (n > 3)` needs no parentheses here, and rustc would say so.
                let value = match method {
                    "num_threads" | "chunk" | "min_chunk" => count(self.names, bare(value), method),
                    _ => bare(value).to_token_stream(),
                };
                call(key, method, &value);
            }
        }
        if let Some(Clause { key, value }) = &clauses.schedule {
            call(key, "schedule", &schedule(self.names, value));
            if let ScheduleArg::Known { chunk: Some(chunk), .. } = value {
                call(key, "chunk", &count(self.names, chunk, "chunk"));
            }
        }
        if let Some(Clause { key, .. }) = &clauses.ordered {
            call(key, "ordered", &TokenStream::new());
        }
        for Clause { key, value: Chunked { place, size } } in &clauses.chunks {
            let (name, size) = (self.size_name(place), count(self.names, bare(size), "chunks"));
            steps.push((clauses.turn(key), quote_spanned!(span=> let #name = #size;)));
        }
        steps.sort_by_key(|(turn, _)| *turn);
        let steps = steps.into_iter().map(|(_, step)| step);
        let leaves = self.control.leaves() || self.control.hidden;
        // How long a loop takes that may be left says nothing of its iterations.
        let site = (!clauses.choose_threads() && !leaves).then(|| quote_spanned!(span=> .at(#pp::site!())));
        let leaves = leaves.then(|| quote_spanned!(span=> .leaves()));
        quote_spanned!(span=> let #settings = #pp::Loop::new() #site #leaves; #(#steps)*)
    }

    /// The size of the chunks of `place`, placed where the user wrote it: a size that is no number is refused there.
    pub(super) fn size_name(&self, place: &Place) -> Ident {
        let mut name = self.names.fresh_for("size", &self.local_name(place));
        if let Some(clause) = self.directive.clauses.chunks.iter().find(|clause| clause.value.place.same(place)) {
            name.set_span(name.span().located_at(clause.value.size.span()));
        }
        name
    }

    /// Whether the number of iterations must be known before the loop, by the user's word.
    pub(super) fn is_static(&self) -> bool {
        matches!(
            &self.directive.clauses.schedule,
            Some(Clause { value: ScheduleArg::Known { kind: ScheduleKind::Static, .. }, .. })
        )
    }
}

/// A number of `clause`. A literal as a `usize`: left open it would be an `i32`, which does not hold every count, and of which a lint would
/// speak. Anything else is asked by a function of the trait itself, at one place: so rustc has no bound and no call of ours to show.
pub(super) fn count(names: &Names, value: &Expr, clause: &str) -> TokenStream {
    let span = names.span().located_at(value.span());
    match value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) if number.suffix().is_empty() => {
            LitInt::new(&format!("{number}usize"), span).into_token_stream()
        }
        _ => {
            let (pp, number, value) = (names.private_at(span), placed(names.fresh("number"), span), before_brace(names, value));
            quote_spanned!(span=> match #value { #number => #pp::Count::positive(#number, #clause) })
        }
    }
}

/// The schedule that a clause names, without its chunk.
pub(super) fn schedule(names: &Names, argument: &ScheduleArg) -> TokenStream {
    match argument {
        ScheduleArg::Value(expr) => {
            let span = names.span().located_at(expr.span());
            let (pp, schedule, value) =
                (names.private_at(span), placed(names.fresh("schedule"), span), before_brace(names, expr));
            quote_spanned!(span=> match #value { #schedule => #pp::IntoSchedule::into_schedule(#schedule) })
        }
        ScheduleArg::Known { kind, span, .. } => {
            let pp = names.private();
            let kind = match kind {
                ScheduleKind::Static => "STATIC",
                ScheduleKind::Dynamic => "DYNAMIC",
                ScheduleKind::Guided => "GUIDED",
                ScheduleKind::Auto => "AUTO",
                ScheduleKind::Runtime => "RUNTIME",
            };
            let kind = Ident::new(kind, names.span().located_at(*span));
            quote_spanned!(names.span()=> #pp::schedule::#kind)
        }
    }
}

/// A value with a `{` behind it that is none of its own: `match (Team { size: 2 }.size) {`, `match (return) {`.
fn before_brace(names: &Names, value: &Expr) -> TokenStream {
    let takes_it = |tree| match tree {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        // Also at the end of something else, `!return`.
        TokenTree::Ident(word) => word == "break" || word == "return" || word == "yield",
        _ => false,
    };
    let takes_more = matches!(value, Expr::Closure(_) | Expr::Range(_));
    match takes_more || value.to_token_stream().into_iter().any(takes_it) {
        true => quote_spanned!(names.span().located_at(value.span())=> (#value)),
        false => value.to_token_stream(),
    }
}

/// One of our names, where something of the user's stands.
fn placed(mut name: Ident, span: Span) -> Ident {
    name.set_span(span);
    name
}
