//! A checked region -> tokens: the clauses, one call of the runtime around the user's block, and what it brings back.
//!
//! ```text
//! let __pymp_region = Parallel::default(); let __pymp_region = __pymp_region.num_threads(4);
//! let __pymp_seen = if false { .. } else { Asked::OPEN };
//! let __pymp_ops = (op::Add,);
//! gather(
//!     __pymp_region.map_seen(__pymp_seen, |__pymp_me| {
//!         let p = __pymp_me;
//!         let mut sum = Reduction::identity(..);
//!         let __pymp_value = { the user's statements };
//!         (__pymp_value, (sum,))
//!     }),
//!     |(__pymp_result_0,)| Reduction::combine(.., &mut sum, __pymp_result_0),
//! )
//! ```

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Block;

use super::reduced::{Variable, operator};
use super::seen::{asked, held};
use super::{clauses, private, whole};
use crate::access::Access;
use crate::directive::{Clause, RegionDirective, ScheduleArg};
use crate::explain;
use crate::names::Names;
use crate::place::bare;
use crate::rewrite::{Held, Judged};

/// Expands a checked region.
pub(crate) fn expand_region(region: &Region<'_>) -> TokenStream {
    let Region { directive, access, names, .. } = region;
    let (explanation, region) = (explain::region(directive, &access.shared, names), region.expand());
    let mark = names.mark(directive.clauses.word.as_ref());
    match explanation.is_empty() && mark.is_none() {
        true => region,
        false => quote_spanned!(names.span()=> { #mark #explanation #region }),
    }
}

/// All that the expansion of a region needs.
pub(crate) struct Region<'a> {
    pub(crate) directive: &'a RegionDirective,
    pub(crate) access: &'a Access,
    pub(crate) held: &'a Held,
    /// What else the body is asked.
    pub(crate) judged: Judged,
    /// The lowered block, in which names stand for the field paths of reductions.
    pub(crate) body: &'a Block,
    pub(crate) names: &'a Names,
}

impl Region<'_> {
    fn expand(&self) -> TokenStream {
        let span = self.names.span();
        let (region, me) = (self.names.fresh("region"), self.names.fresh("me"));
        let (settings, hints) = (self.settings(), private::type_hints(self.names, &self.directive.clauses));
        let handle = self.directive.handle.as_ref().map(|handle| quote_spanned!(span=> let #handle = #me;));
        let privates = self.directive.clauses.privates.iter().map(|clause| private::private(self.names, clause));
        let held = held(self.names, self.held);
        let frame = quote_spanned!(span=> #held #handle #(#privates)*);
        let stmts = &self.body.stmts;
        // An unused `__pymp_me` would be a warning where there is no handle.
        let bound = if handle.is_some() { me } else { Ident::new("_", span) }.to_token_stream();
        let (seen, (lent, asked)) = (self.seen(), asked(self.names, self.held, self.judged));
        let call = match self.directive.clauses.reductions.is_empty() {
            true => {
                let block = whole::of_region(self.names, self.judged, &quote_spanned!(span=> #frame #(#stmts)*));
                quote_spanned!(span=> #region.run_seen(#asked, |#bound| { #block }))
            }
            false => self.reduced(&asked, &bound, &frame),
        };
        quote_spanned!(span=> { #settings #hints #seen #lent #call })
    }

    /// `let __pymp_region = Parallel::default(); ..`: every value is evaluated once, in the order of the clauses.
    fn settings(&self) -> TokenStream {
        let clauses = &self.directive.clauses;
        let (span, pp, region) = (self.names.span(), self.names.private(), self.names.fresh("region"));
        let mut steps: Vec<(Option<usize>, TokenStream)> = Vec::new();
        let mut call = |key: &Ident, method: &str, value: TokenStream| {
            let span = span.located_at(key.span());
            let method = Ident::new(method, span);
            steps.push((clauses.turn(key), quote_spanned!(span=> let #region = #region.#method(#value);)));
        };
        if let Some(Clause { key, value }) = &clauses.num_threads {
            call(key, "num_threads", clauses::count(self.names, bare(value), "num_threads"));
        }
        if let Some(Clause { key, value }) = &clauses.condition {
            call(key, "if_", bare(value).to_token_stream());
        }
        if let Some(Clause { key, value }) = &clauses.schedule {
            call(key, "schedule", self.schedule(value));
        }
        steps.sort_by_key(|(turn, _)| *turn);
        let steps = steps.into_iter().map(|(_, step)| step);
        quote_spanned!(span=> let #region = #pp::Parallel::default(); #(#steps)*)
    }

    fn schedule(&self, argument: &ScheduleArg) -> TokenStream {
        let (span, pp) = (self.names.span(), self.names.private());
        let schedule = clauses::schedule(self.names, argument);
        match argument {
            ScheduleArg::Known { chunk: Some(chunk), .. } => {
                let chunk = clauses::count(self.names, chunk, "chunk");
                quote_spanned!(span=> #pp::with_chunk(#schedule, #chunk))
            }
            _ => schedule,
        }
    }

    /// The call with reductions: each thread's part starts at the identity, and they are combined in thread order.
    fn reduced(&self, asked: &TokenStream, bound: &TokenStream, frame: &TokenStream) -> TokenStream {
        let span = self.names.span();
        let (region, value) = (self.names.fresh("region"), self.names.fresh("value"));
        // Where it is said what an operator cannot combine.
        let at = self.directive.clauses.reductions.first().map_or(span, |clause| span.located_at(clause.key.span()));
        let pp = self.names.private_at(at);
        let mut operators = self.names.fresh("ops");
        operators.set_span(at);
        let reductions = self.directive.clauses.reductions.iter().map(|clause| &clause.value).enumerate();
        let reductions: Vec<Variable<'_>> =
            reductions.map(|(index, reduced)| Variable { names: self.names, reduced, span: at, index }).collect();
        let locals: Vec<Ident> = reductions.iter().map(|variable| self.names.local(&variable.reduced.place)).collect();
        let values = reductions.iter().map(|variable| operator(self.names, self.body, variable.reduced));
        let fitting = reductions.iter().map(Variable::fitting);
        let results: Vec<Ident> = (0..reductions.len()).map(|index| self.names.fresh(&format!("result_{index}"))).collect();
        let stmts = &self.body.stmts;
        let (starts, quietly) = (reductions.iter().map(Variable::start), self.names.no_new_name());
        let starts = quote_spanned!(at=> #(#quietly let mut #locals = #starts;)*);
        let stars = reductions.iter().map(Variable::star);
        let combines: TokenStream = reductions.iter().zip(&results).map(|(variable, result)| variable.finish(result)).collect();
        let block = quote_spanned!(span=>
            #starts
            #(#stars)*
            #frame
            let #value = { #(#stmts)* };
            (#value, (#(#locals,)*))
        );
        let block = whole::of_region(self.names, self.judged, &block);
        quote_spanned!(span=>
            let #operators = (#(#values,)*);
            let #operators = (#(#fitting,)*);
            #pp::gather(
                #region.map_seen(#asked, |#bound| { #block }),
                |(#(#results,)*)| { #combines },
            )
        )
    }
}
