//! The clauses that say how the loop runs: the builder before it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Expr;

use super::Checked;
use crate::directive::{Clause, ScheduleArg, ScheduleKind};

impl Checked<'_> {
    /// `Loop::new().num_threads(4)..`; each call stands where its clause does, and in the same order.
    pub(super) fn builder(&self) -> TokenStream {
        let clauses = &self.directive.clauses;
        let (span, pp) = (self.names.span(), self.names.private());
        let mut calls = Vec::new();
        let mut call = |key: &Ident, method: &str, value: &dyn ToTokens| {
            let span = span.located_at(key.span());
            let method = Ident::new(method, span);
            let value = value.to_token_stream();
            calls.push((clauses.turn(key), quote_spanned!(span=> .#method(#value))));
        };
        let values: [(&Option<Clause<Expr>>, &str); 4] = [
            (&clauses.num_threads, "num_threads"),
            (&clauses.chunk, "chunk"),
            (&clauses.min_chunk, "min_chunk"),
            (&clauses.condition, "only_if"),
        ];
        for (clause, method) in values {
            if let Some(Clause { key, value }) = clause {
                call(key, method, value);
            }
        }
        if let Some(Clause { key, value }) = &clauses.schedule {
            call(key, "schedule", &self.schedule(value));
            if let ScheduleArg::Known { chunk: Some(chunk), .. } = value {
                call(key, "chunk", chunk);
            }
        }
        let nothing = TokenStream::new();
        for (clause, method) in [(&clauses.reproducible, "reproducible"), (&clauses.ordered, "ordered")] {
            if let Some(Clause { key, .. }) = clause {
                call(key, method, &nothing);
            }
        }
        calls.sort_by_key(|(turn, _)| *turn);
        let calls = calls.into_iter().map(|(_, call)| call);
        let mut builder = quote_spanned!(span=> #pp::Loop::new() #(#calls)*);
        if !clauses.reductions.is_empty() {
            builder.extend(quote_spanned!(span=> .reduces()));
        }
        if self.control.leaves() {
            builder.extend(quote_spanned!(span=> .leaves()));
        }
        builder
    }

    fn schedule(&self, argument: &ScheduleArg) -> TokenStream {
        match argument {
            ScheduleArg::Value(expr) => expr.to_token_stream(),
            ScheduleArg::Known { kind, span, .. } => {
                let pp = self.names.private();
                let kind = match kind {
                    ScheduleKind::Static => "STATIC",
                    ScheduleKind::Dynamic => "DYNAMIC",
                    ScheduleKind::Guided => "GUIDED",
                    ScheduleKind::Auto => "AUTO",
                    ScheduleKind::Runtime => "RUNTIME",
                };
                let kind = Ident::new(kind, self.names.span().located_at(*span));
                quote_spanned!(self.names.span()=> #pp::schedule::#kind)
            }
        }
    }

    /// Whether the number of iterations must be known before the loop, by the user's word.
    pub(super) fn is_static(&self) -> bool {
        matches!(
            &self.directive.clauses.schedule,
            Some(Clause { value: ScheduleArg::Known { kind: ScheduleKind::Static, .. }, .. })
        )
    }
}
