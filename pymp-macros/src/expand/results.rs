//! Partial results: what they start as, how they travel, where they go in the end.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Block;

use super::Checked;
use super::start::{self, Start};
use crate::directive::{Clause, Place, PrivateKind, ReductionOp};
use crate::effort;
use crate::names::Names;

/// One variable whose value comes back from the threads.
pub(super) struct Partial<'a> {
    /// The name in the body.
    name: Ident,
    /// What is assigned to after the loop.
    place: TokenStream,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Reduction { op: &'a ReductionOp, place: &'a Place },
    Last,
}

impl Checked<'_> {
    pub(super) fn partials(&self) -> Vec<Partial<'_>> {
        let clauses = &self.directive.clauses;
        let reductions = clauses.reductions.iter().map(|Clause { value, .. }| Partial {
            name: self.local_name(&value.place),
            place: value.place.to_token_stream(),
            kind: Kind::Reduction { op: &value.op, place: &value.place },
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
            Kind::Reduction { op, place } => operator(self.names, self.body, op, place, &partial.name),
            Kind::Last => quote_spanned!(span=> #pp::op::Last),
        });
        quote_spanned!(span=> (#(#operators,)*))
    }

    /// What the parts start from, where that is asked.
    pub(super) fn likes(&self, partials: &[Partial<'_>]) -> TokenStream {
        partials.iter().filter_map(|partial| self.start(partial)).map(|start| start.binding()).collect()
    }

    fn start<'p>(&'p self, partial: &'p Partial<'_>) -> Option<Start<'p>> {
        match partial.kind {
            Kind::Reduction { place, .. } => Some(Start::of(self.names, self.body, place, &partial.name, self.reduction_span())),
            Kind::Last => None,
        }
    }

    /// `.reduces(&op, &sum)` for each reduction: the runtime asks the operator how exact it is, and how heavy. `.short_iterations()`, if
    /// they are.
    pub(super) fn reduces(&self, partials: &[Partial<'_>]) -> TokenStream {
        let (span, mut operators) = (self.reduction_span(), self.names.fresh("ops"));
        operators.set_span(span);
        let reductions = partials.iter().enumerate().filter(|(_, partial)| matches!(partial.kind, Kind::Reduction { .. }));
        let calls = reductions.map(|(index, partial)| {
            let (index, like) = (syn::Index::from(index), self.start(partial).map(|start| start.value()));
            quote_spanned!(span=> .reduces(&#operators.#index, #like))
        });
        let calls: TokenStream = calls.collect();
        let short = !calls.is_empty() && effort::is_short(self.body);
        let short = short.then(|| quote_spanned!(self.names.span()=> .short_iterations()));
        quote_spanned!(span=> #calls #short)
    }

    /// `let (mut sum, ..) = __pymp_me.take(|| ..);` before a chunk.
    pub(super) fn take(&self, partials: &[Partial<'_>]) -> TokenStream {
        if partials.is_empty() {
            return TokenStream::new();
        }
        let (span, pp) = (self.names.span(), self.names.private());
        let (me, operators) = (self.names.fresh("me"), self.names.fresh("ops"));
        let mut patterns = Vec::new();
        let mut identities = Vec::new();
        let mut after = TokenStream::new();
        for (index, partial) in partials.iter().enumerate() {
            let Partial { name, place, kind } = partial;
            match kind {
                Kind::Reduction { .. } => {
                    let index = syn::Index::from(index);
                    patterns.push(quote_spanned!(span=> mut #name));
                    if let Kind::Reduction { place: Place { root, behind: true, .. }, .. } = kind {
                        // The body goes on to write `*sum`.
                        let span = span.located_at(root.span());
                        after.extend(
                            quote_spanned!(span=> #[allow(clippy::shadow_unrelated)] let #root = &mut #name; let _ = &#root;),
                        );
                    }
                    let (span, pp) = (self.reduction_span(), self.names.private_at(self.reduction_span()));
                    let mut operators = operators.clone();
                    operators.set_span(span);
                    let like = self.start(partial).map(|start| start.value());
                    identities.push(quote_spanned!(span=> #pp::Reduction::identity(&#operators.#index, #like)));
                }
                Kind::Last => {
                    let (kept, flag) = (self.kept_name(name), self.flag_name(name));
                    patterns.push(kept.to_token_stream());
                    identities.push(quote_spanned!(span=> #pp::None));
                    let (span, pp) = (span.located_at(name.span()), self.names.private_at(name.span()));
                    after.extend(quote_spanned!(span=>
                        let mut #name = #pp::Clone::clone(&#place);
                        let mut #flag = #pp::None;
                    ));
                }
            }
        }
        quote_spanned!(span=>
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
            Kind::Reduction { .. } => name.to_token_stream(),
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
        let (out, operators) = (self.names.fresh("out"), self.names.fresh("ops"));
        let names: Vec<_> = (0..partials.len()).map(|index| self.names.fresh(&format!("result_{index}"))).collect();
        let assignments = partials.iter().zip(&names).enumerate().map(|(index, (partial, result))| {
            match (self.start(partial), &partial.place) {
                (Some(start), _) => {
                    let (index, span) = (syn::Index::from(index), self.reduction_span());
                    let mut operators = operators.clone();
                    operators.set_span(span);
                    start.combine(&quote_spanned!(span=> #operators.#index), result)
                }
                (None, place) => quote_spanned!(span=> if let #pp::Some((_, #result)) = #result { #place = #result; }),
            }
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

/// The operator of a clause as a value, for a variable that `body` knows by this name.
pub(super) fn operator(names: &Names, body: &Block, op: &ReductionOp, place: &Place, local: &Ident) -> TokenStream {
    let apart = || start::is_taken_apart(body, place, local);
    let (name, span) = match op {
        ReductionOp::Add(span) => ("Add", span),
        ReductionOp::Mul(span) => ("Mul", span),
        ReductionOp::Sub(span) => ("Sub", span),
        ReductionOp::BitAnd(span) => ("BitAnd", span),
        ReductionOp::BitOr(span) => ("BitOr", span),
        ReductionOp::BitXor(span) => ("BitXor", span),
        ReductionOp::And(span) => ("And", span),
        ReductionOp::Or(span) => ("Or", span),
        // A tuple that is assigned whole is compared whole: that is what finds a place beside its value.
        ReductionOp::Min(span) => (if apart() { "Min" } else { "Least" }, span),
        ReductionOp::Max(span) => (if apart() { "Max" } else { "Greatest" }, span),
        ReductionOp::Append(span) => ("Append", span),
        ReductionOp::Own(path) => return quote_spanned!(names.span()=> &#path),
    };
    let (pp, name) = (names.private(), Ident::new(name, names.span().located_at(*span)));
    quote_spanned!(names.span()=> #pp::op::#name)
}
