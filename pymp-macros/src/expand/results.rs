//! Partial results: what they start as, how they travel, where they go in the end.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};

use super::Checked;
use super::reduced::{Variable, operator};
use crate::directive::{Clause, Place, PrivateKind, Reduced};
use crate::effort;

/// One variable whose value comes back from the threads.
pub(super) struct Partial<'a> {
    /// The name in the body.
    name: Ident,
    /// What is assigned to after the loop.
    place: TokenStream,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Reduction(&'a Reduced),
    Last,
}

impl Partial<'_> {
    /// Whether one value may go from chunk to chunk. The last value of a chunk is told from that of another one.
    pub(super) fn goes_along(&self) -> bool {
        matches!(self.kind, Kind::Reduction(_))
    }
}

impl Checked<'_> {
    pub(super) fn partials(&self) -> Vec<Partial<'_>> {
        let clauses = &self.directive.clauses;
        let reductions = clauses.reductions.iter().map(|Clause { value, .. }| Partial {
            name: self.local_name(&value.place),
            place: value.place.to_token_stream(),
            kind: Kind::Reduction(value),
        });
        let lasts = clauses.privates.iter().filter(|clause| matches!(clause.value.kind, PrivateKind::Last));
        let lasts = lasts.map(|Clause { value, .. }| Partial {
            name: value.name.clone(),
            place: value.name.to_token_stream(),
            kind: Kind::Last,
        });
        reductions.chain(lasts).collect()
    }

    /// `&(op, op)`'s tuple.
    pub(super) fn operators(&self, partials: &[Partial<'_>]) -> TokenStream {
        let (span, pp) = (self.names.span(), self.names.private());
        let operators = partials.iter().map(|partial| match partial.kind {
            Kind::Reduction(reduced) => operator(self.names, self.body, reduced),
            Kind::Last => quote_spanned!(span=> #pp::op::Last),
        });
        quote_spanned!(span=> (#(#operators,)*))
    }

    /// `let __pymp_ops = (..);`: the same, each asked whether it fits.
    pub(super) fn fitting(&self, partials: &[Partial<'_>]) -> TokenStream {
        if !partials.iter().any(Partial::goes_along) {
            return TokenStream::new();
        }
        let (span, pp, name) = (self.names.span(), self.names.private(), self.names.fresh("ops"));
        let operators = partials.iter().enumerate().map(|(index, partial)| match partial.kind {
            Kind::Reduction(reduced) => self.variable(index, reduced).fitting(),
            Kind::Last => quote_spanned!(span=> #pp::op::Last),
        });
        quote_spanned!(span=> let #name = (#(#operators,)*);)
    }

    /// What the runtime is told of each reduction; `.short_iterations()`, if they are.
    pub(super) fn reduces(&self, partials: &[Partial<'_>]) -> TokenStream {
        let declared = partials.iter().enumerate().filter_map(|(index, partial)| match partial.kind {
            Kind::Reduction(reduced) => Some(self.variable(index, reduced).declared()),
            Kind::Last => None,
        });
        let declared: TokenStream = declared.collect();
        let short = !declared.is_empty() && effort::is_short(self.nest.body);
        let short = short.then(|| quote_spanned!(self.names.span()=> .short_iterations()));
        quote_spanned!(self.reduction_span()=> #declared #short)
    }

    fn variable<'v>(&'v self, index: usize, reduced: &'v Reduced) -> Variable<'v> {
        Variable { names: self.names, reduced, span: self.reduction_span(), index }
    }

    /// `let (mut sum, ..) = __pymp_me.take(|| ..);` before a chunk.
    pub(super) fn take(&self, partials: &[Partial<'_>]) -> TokenStream {
        if partials.is_empty() {
            return TokenStream::new();
        }
        let (span, pp, quietly) = (self.names.span(), self.names.private(), self.names.no_new_name());
        let me = self.names.fresh("me");
        let mut patterns = Vec::new();
        let mut identities = Vec::new();
        let mut after = TokenStream::new();
        for (index, Partial { name, place, kind }) in partials.iter().enumerate() {
            match kind {
                Kind::Reduction(reduced) => {
                    let variable = self.variable(index, reduced);
                    patterns.push(quote_spanned!(span=> mut #name));
                    after.extend(variable.star());
                    identities.push(variable.start());
                }
                Kind::Last => {
                    let (kept, flag) = (self.kept_name(name), self.flag_name(name));
                    patterns.push(kept.to_token_stream());
                    identities.push(quote_spanned!(span=> #pp::None));
                    let (span, pp) = (span.located_at(name.span()), self.names.private_at(name.span()));
                    after.extend(quote_spanned!(span=>
                        #quietly
                        let mut #name = #pp::Clone::clone(&#place);
                        let mut #flag = #pp::None;
                    ));
                }
            }
        }
        quote_spanned!(span=>
            #quietly
            let (#(#patterns,)*) = #me.take(|| (#(#identities,)*));
            #after
        )
    }

    /// `__pymp_me.put((sum, ..));` after a chunk.
    pub(super) fn put(&self, partials: &[Partial<'_>]) -> TokenStream {
        if partials.is_empty() {
            return TokenStream::new();
        }
        let (span, pp) = (self.names.span(), self.names.private());
        let me = self.names.fresh("me");
        let values = partials.iter().map(|Partial { name, kind, .. }| match kind {
            Kind::Reduction(_) => name.to_token_stream(),
            Kind::Last => {
                let (kept, flag) = (self.kept_name(name), self.flag_name(name));
                quote_spanned!(span=> #pp::op::Last::later(#kept, #flag, #name))
            }
        });
        let (span, mut me) = (self.reduction_span(), me);
        me.set_span(span);
        quote_spanned!(span=> #me.put((#(#values,)*));)
    }

    /// What happens to the combined results: `if let Some((..)) = out { .. }`.
    pub(super) fn assign(&self, partials: &[Partial<'_>]) -> TokenStream {
        if partials.is_empty() {
            return TokenStream::new();
        }
        let (span, pp) = (self.names.span(), self.names.private());
        let out = self.names.fresh("out");
        let names: Vec<_> = (0..partials.len()).map(|index| self.names.fresh(&format!("result_{index}"))).collect();
        let assignments =
            partials.iter().zip(&names).enumerate().map(|(index, (Partial { place, kind, .. }, result))| match kind {
                Kind::Reduction(reduced) => self.variable(index, reduced).finish(result),
                Kind::Last => quote_spanned!(span=> if let #pp::Some((_, #result)) = #result { #place = #result; }),
            });
        quote_spanned!(span=> if let #pp::Some((#(#names,)*)) = #out { #(#assignments)* })
    }

    /// Where it is said what an operator cannot combine: at one place, so that it is said once.
    pub(super) fn reduction_span(&self) -> Span {
        let span = self.names.span();
        self.directive.clauses.reductions.first().map_or(span, |clause| span.located_at(clause.key.span()))
    }

    /// The name by which the body knows a place: the variable, or the fresh name that stands for a field path.
    pub(super) fn local_name(&self, place: &Place) -> Ident {
        self.names.local(place)
    }

    fn kept_name(&self, name: &Ident) -> Ident {
        self.names.fresh_for("kept", name)
    }

    /// The flag that the rewritten assignments of a `lastprivate` variable set.
    fn flag_name(&self, name: &Ident) -> Ident {
        self.names.fresh_for("last", name)
    }
}
