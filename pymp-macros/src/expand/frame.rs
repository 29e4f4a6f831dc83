//! The call of the runtime, and what each thread runs.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Token;

use super::results::Partial;
use super::seen::{asked, held};
use super::{Checked, private, whole};
use crate::access::{Mode, Owned, Reader};
use crate::directive::PrivateKind;
use crate::explain;

/// Expands a checked loop.
pub(crate) fn expand(checked: &Checked<'_>) -> TokenStream {
    let (span, pp) = (checked.names.span(), checked.names.private());
    let fresh = |name: &str| checked.names.fresh(name);
    let (settings, head_name, operators_name, out, me) = (fresh("loop"), fresh("head"), fresh("ops"), fresh("out"), fresh("me"));
    let partials = checked.partials();
    let (preparation, head, source) = (checked.settings(), checked.head(), checked.source());
    let (operators, fitting) = (checked.operators(&partials), checked.fitting(&partials));
    let (imports, remarked) = (checked.imports(), checked.remarked());
    let wholes = checked.access.owned.iter().map(|owned| checked.whole(owned));
    let frame = whole::of_loop(checked.names, checked.judged, &checked.frame(&partials));
    let (reduces, assign) = (checked.reduces(&partials), checked.assign(&partials));
    let (hints, (exit, returned)) = (private::type_hints(checked.names, &checked.directive.clauses), checked.exits());
    let combining = {
        let (span, mut operators) = (checked.reduction_span(), operators_name.clone());
        operators.set_span(span);
        quote_spanned!(span=> &#operators)
    };
    let result = if partials.is_empty() { quote_spanned!(span=> let _) } else { quote_spanned!(span=> let #out) };
    let mark = checked.names.mark(checked.directive.clauses.word.as_ref());
    let (explanation, seen) = (explain::explain(checked), checked.seen());
    let (lent, asked) = asked(checked.names, checked.held, checked.judged);
    quote_spanned!(span=> {
        #mark
        #explanation
        #imports
        #remarked
        #preparation
        #exit
        #seen
        match #head {
            #head_name => {
                #hints
                let #operators_name = #operators;
                #fitting
                #lent
                #result = #settings #reduces.run_seen(#source, (#(#wholes,)*), #combining, #asked, |#me| -> #pp::Ended { #frame });
                #assign
            }
        }
        #returned
    })
}

impl Checked<'_> {
    /// `y`, handed over by `as_disjoint`, and `.named("y")`, told how the iterations own it.
    fn whole(&self, owned: &Owned) -> TokenStream {
        let pp = self.names.private();
        let (place, span) = (&owned.place, self.names.span().located_at(owned.span));
        let name = place.to_token_stream().to_string().replace(' ', "");
        let how = match &owned.mode {
            Mode::Element | Mode::Collapsed => TokenStream::new(),
            Mode::Grid if self.nest.levels.len() > 1 => quote_spanned!(span=> .cells()),
            Mode::Grid => quote_spanned!(span=> .rows()),
            Mode::Chunks => {
                let size = self.size_name(place);
                quote_spanned!(span=> .chunks(#size))
            }
            Mode::Scatter => quote_spanned!(span=> .scatter()),
            Mode::Atomic => quote_spanned!(span=> .atomic()),
        };
        let whole = self.names.fresh("whole");
        let mut at_place = whole.clone();
        at_place.set_span(span);
        let pp_there = self.names.private_at(span);
        quote_spanned!(span=> {
            use #pp::handed::asking::*;
            let #at_place = #place.__pymp_handed_over();
            #pp_there::handed::Handed::of(#at_place.element(), #at_place).__pymp_given()
        }.named(#name) #how)
    }

    /// What a thread runs: its private variables, then chunk after chunk.
    fn frame(&self, partials: &[Partial<'_>]) -> TokenStream {
        let (span, pp) = (self.names.span(), self.names.private());
        let (me, chunk) = (self.names.fresh("me"), self.names.fresh("chunk"));
        let held = held(self.names, self.held);
        let privates = self.directive.clauses.privates.iter().map(|clause| private::private(self.names, clause));
        // Chunk by chunk, so that they need no registers in between.
        let readers = self.access.readers.iter().map(|reader| self.reader(reader));
        let patterns = self.access.owned.iter().map(|owned| {
            let part = self.part_name(&owned.place);
            if matches!(owned.mode, Mode::Atomic) { quote_spanned!(span=> #part) } else { quote_spanned!(span=> mut #part) }
        });
        let (views, take, each, put) = (self.views(), self.take(partials), self.each(), self.put(partials));
        // Asked at the head: what is wrong with the head is then said once, for these calls and that of `run`.
        let (next, along) = {
            let span = self.head_span();
            let mut me = me;
            me.set_span(span);
            (quote_spanned!(span=> #me.next()), quote_spanned!(span=> #me.along()))
        };
        let items = quote_spanned!(span=> #pp::Some((#chunk, (#(#patterns,)*))));
        let (first, chunks) = if !partials.is_empty() && partials.iter().all(Partial::goes_along) {
            let now = self.names.fresh("now");
            let inner = quote_spanned!(span=> #take while let #items = #now { #views #each #now = #along; } #put);
            (quote_spanned!(span=> mut #now @ #pp::Some(_)), inner)
        } else {
            (items, quote_spanned!(span=> #views #take #each #put))
        };
        quote_spanned!(span=>
            #held
            #(#privates)*
            while let #first = #next {
                #(#readers)*
                #chunks
            }
        )
    }

    /// An array that is only read, as the frame holds it. One that the loop variable indexes is asked again for each chunk.
    fn reader(&self, Reader { place, by_counter }: &Reader) -> TokenStream {
        let (span, pp) = (self.names.span(), self.names.private());
        if *by_counter {
            let part = self.part_name(place);
            quote_spanned!(span=> let #part = #pp::reader!(#place);)
        } else {
            let name = self.local_name(place);
            self.shadow(&name, &quote_spanned!(span=> #pp::reader!(#place).plain()))
        }
    }

    /// A name of the user's for something of ours.
    fn shadow(&self, name: &Ident, value: &TokenStream) -> TokenStream {
        let quietly = self.names.no_new_name();
        quote_spanned!(self.names.span()=> #quietly let #name = #value;)
    }

    /// What the names of the arrays mean while a chunk runs.
    fn views(&self) -> TokenStream {
        let (span, pp) = (self.names.span(), self.names.private());
        let (chunk, fits) = (self.names.fresh("chunk"), self.names.fresh("fits"));
        let (start, end) = (self.names.fresh("start"), self.names.fresh("end"));
        let mut conditions = Vec::new();
        let mut views = TokenStream::new();
        for owned in &self.access.owned {
            let (name, part) = (self.local_name(&owned.place), self.part_name(&owned.place));
            views.extend(match owned.mode {
                Mode::Element => {
                    conditions.push(quote_spanned!(span=> #part.covers(#start, #end)));
                    let view = self.shadow(&name, &quote_spanned!(span=> &mut #part));
                    quote_spanned!(span=> #part.fit(#fits); #view)
                }
                Mode::Collapsed | Mode::Grid => self.shadow(&name, &quote_spanned!(span=> &mut #part)),
                Mode::Atomic => self.shadow(&name, &part.to_token_stream()),
                Mode::Chunks | Mode::Scatter => continue,
            });
        }
        for Reader { place, .. } in self.access.readers.iter().filter(|reader| reader.by_counter) {
            let (name, part) = (self.local_name(place), self.part_name(place));
            conditions.push(quote_spanned!(span=> #part.fits(#end)));
            views.extend(self.shadow(&name, &quote_spanned!(span=> #part.fitted(#fits))));
        }
        if conditions.is_empty() {
            return views;
        }
        // Whether the chunk's indices are in bounds of all these arrays; what is not known is left to each access.
        quote_spanned!(span=>
            let #fits = match #pp::extent!(#chunk) {
                // No `&&`: of a plain conjunction the compiler knows more.
                #pp::Some((#start, #end)) => #pp::Fit::of(#(#conditions)&*),
                #pp::None => #pp::Fit::Unknown,
            };
            #views
        )
    }

    /// The user's loop over one chunk.
    fn each(&self) -> TokenStream {
        let (span, chunk) = (self.names.span(), self.names.fresh("chunk"));
        let LoopTokens { for_token, in_token } = self.loop_tokens();
        if self.is_numbered() {
            let (me, number) = (self.names.fresh("me"), self.names.fresh("k"));
            let (label, windows) = (self.words.label(), self.windows());
            let body = match windows.is_empty() {
                true => self.body.to_token_stream(),
                false => {
                    let stmts = &self.body.stmts;
                    quote_spanned!(span=> { #windows #(#stmts)* })
                }
            };
            let items = flat(span, &self.names.private(), chunk.to_token_stream(), self.nest.levels.len());
            let mut pats = self.nest.levels.iter().rev().map(|level| level.pat.to_token_stream());
            let last = pats.next().unwrap_or_default();
            let pat = pats.fold(last, |inner, outer| quote_spanned!(span=> (#outer, #inner)));
            return self.watched(
                quote_spanned!(span=> #me.numbered(#items)),
                &|items| quote_spanned!(span=> #label #for_token (#number, #pat) #in_token #items #body),
            );
        }
        // From the inside out: `for (i, rows) in chunk { for (j, row) in rows { for l in row { .. } } }`.
        let mut inner = self.body.to_token_stream();
        for (depth, level) in self.nest.levels.iter().enumerate().rev() {
            let row = |depth| if depth == 0 { chunk.clone() } else { self.names.fresh(&format!("row_{depth}")) };
            let (label, pat, items) = (self.words.label(), level.pat, row(depth));
            let innermost = depth + 1 == self.nest.levels.len();
            let each = if innermost {
                self.watched(
                    items.to_token_stream(),
                    &|items| quote_spanned!(span=> #label #for_token #pat #in_token #items #inner),
                )
            } else {
                let rest = row(depth + 1);
                quote_spanned!(span=> #for_token (#pat, #rest) #in_token #items { #inner })
            };
            inner = each;
        }
        inner
    }

    /// The loop over these items; where a `break` may hide in a macro, with a look at whether it came to its end.
    fn watched(&self, items: TokenStream, each: &dyn Fn(TokenStream) -> TokenStream) -> TokenStream {
        if !self.control.hidden {
            return each(items);
        }
        let (span, pp) = (self.names.span(), self.names.private());
        let (me, watched, number) = (self.names.fresh("me"), self.names.fresh("watched"), self.names.fresh("left"));
        let all = self.names.fresh("items");
        let (plain, exit) = (each(quote_spanned!(span=> &mut #watched)), self.names.fresh("exit"));
        let after = match (self.nest.levels.len(), self.control.returns) {
            (2.., _) => quote_spanned!(span=> #watched.not_left();),
            (_, true) => quote_spanned!(span=> if let #pp::Some(#number) = #watched.left() { #me.leave_loop(#number, &#exit) }),
            (_, false) => quote_spanned!(span=> if let #pp::Some(#number) = #watched.left() { #me.cancel(#number) }),
        };
        quote_spanned!(span=> let mut #watched = { let #all = #items; #me.watched(#all) }; #plain #after)
    }

    fn loop_tokens(&self) -> LoopTokens<'_> {
        let each = &self.directive.each;
        LoopTokens { for_token: &each.for_token, in_token: &each.in_token }
    }

    /// What an iteration owns by its number, and its seat in the order.
    fn windows(&self) -> TokenStream {
        let span = self.names.span();
        let (me, number) = (self.names.fresh("me"), self.names.fresh("k"));
        let windows = self.access.owned.iter().filter(|owned| owned.mode.is_by_number()).map(|owned| {
            let (name, part) = (self.local_name(&owned.place), self.part_name(&owned.place));
            self.shadow(&name, &quote_spanned!(span=> &mut #part.window(#number)))
        });
        let seat = self.directive.clauses.ordered.as_ref().map(|_| {
            let seat = self.names.fresh("seat");
            quote_spanned!(span=> let mut #seat = #me.seat(#number);)
        });
        quote_spanned!(span=> #(#windows)* #seat)
    }

    /// Whether the body needs the numbers of its iterations.
    fn is_numbered(&self) -> bool {
        let clauses = &self.directive.clauses;
        self.control.leaves()
            || (self.control.hidden && self.nest.levels.len() > 1)
            || clauses.ordered.is_some()
            || clauses.privates.iter().any(|clause| matches!(clause.value.kind, PrivateKind::Last))
            || self.access.owned.iter().any(|owned| owned.mode.is_by_number())
    }
}

struct LoopTokens<'a> {
    for_token: &'a Token![for],
    in_token: &'a Token![in],
}

/// The iterations of a chunk of `depth` collapsed loops, one by one.
fn flat(span: Span, pp: &TokenStream, items: TokenStream, depth: usize) -> TokenStream {
    match depth {
        0 | 1 => items,
        2 => quote_spanned!(span=> #pp::flat(#items, |__pymp_row| __pymp_row)),
        _ => {
            let inner = flat(span, pp, quote_spanned!(span=> __pymp_row), depth - 1);
            quote_spanned!(span=> #pp::flat(#items, |__pymp_row| #inner))
        }
    }
}
