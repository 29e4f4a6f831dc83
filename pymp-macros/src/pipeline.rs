//! The stages between the user's tokens and ours.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Attribute, Block, Error, Result};

use crate::access::{self, Access, Mode};
use crate::control::{self, Control};
use crate::diag::{Diagnostics, region, target as say};
use crate::directive::{Clauses, LoopDirective, RegionDirective};
use crate::expand::{self, Checked, Region, Words};
use crate::macros;
use crate::nest::{self, Nest};
use crate::nested::Stages;
use crate::rewrite::{self, Held, Marked};
use crate::target::{Function, Target};
use crate::{check, fallback, nested, parse, target};

/// What becomes of a loop and of a region, once it is found.
const STAGES: Stages = Stages { each: loop_directive, region: region_directive };

/// `#[parallel(clauses)] item`.
pub(crate) fn attribute(clauses: TokenStream, item: TokenStream) -> TokenStream {
    if parse::is_mark(&clauses) {
        return TokenStream::new();
    }
    let at = Span::call_site();
    let (result, fallback): (_, fn(TokenStream, &Error) -> TokenStream) = match target::target(at, item.clone()) {
        Ok(Target::Fn(function)) => match function.body() {
            Ok(body) => (on_fn(at, clauses, &function, body), fallback::item),
            Err(error) => return function.unread(&error),
        },
        Ok(Target::Group(mut group)) => {
            let done = nested::expand_item(STAGES, at, clauses, &mut group);
            (done.map(|()| group.into_token_stream()), fallback::item)
        }
        Ok(Target::Loop(_)) if !cfg!(pymp_nightly) => (Err(say::alone_on_stable(at)), fallback::expression),
        Ok(Target::Loop(each)) => (nested::expand_loop(STAGES, at, clauses, each), fallback::expression),
        Ok(Target::Block(_)) if !cfg!(pymp_nightly) => (Err(region::block_alone_on_stable(at)), fallback::expression),
        Ok(Target::Block(block)) => (nested::expand_block(STAGES, at, clauses, block), fallback::expression),
        Ok(Target::Unread(error)) => return fallback::unread_item(item, &error),
        Err(error) => (Err(error), fallback::anything),
    };
    result.unwrap_or_else(|error| fallback(item, &error))
}

/// `parallel_for!(clauses.., for ..)`.
pub(crate) fn invocation(tokens: TokenStream) -> TokenStream {
    if parse::is_mark(&tokens) {
        return TokenStream::new();
    }
    parse::invocation(tokens.clone())
        .and_then(|read| nested::expand_loop(STAGES, Span::call_site(), read.clauses, read.each))
        .unwrap_or_else(|error| fallback::invoked(tokens, &error))
}

/// `region!(clauses.., |p| { .. })`.
pub(crate) fn region_call(tokens: TokenStream) -> TokenStream {
    if parse::is_mark(&tokens) {
        return TokenStream::new();
    }
    parse::region(tokens.clone())
        .and_then(|call| nested::expand_region(STAGES, call))
        .unwrap_or_else(|error| fallback::region(tokens, &error))
}

/// `parmap!(function, inputs.., name = value..)`: parse, check, expand.
pub(crate) fn parmap(tokens: TokenStream) -> TokenStream {
    let checked = parse::parmap(tokens).and_then(|call| {
        let mut errors = Diagnostics::new();
        check::parmap(&call, &mut errors);
        errors.finish().map(|()| call)
    });
    match checked {
        Ok(call) => expand::expand_parmap(&call),
        Err(error) => fallback::expression(TokenStream::new(), &error),
    }
}

/// `ordered!({ .. })` that no loop around it has taken.
pub(crate) fn ordered(tokens: TokenStream) -> TokenStream {
    if parse::is_mark(&tokens) {
        return TokenStream::new();
    }
    let (error, block) = (fallback::told(&say::ordered_outside(Span::call_site())), fallback::unbraced(tokens));
    // Mixed-site, so that no lint takes the braces for the user's.
    quote_spanned!(Span::mixed_site()=> { #error #block })
}

/// One loop and its clauses to one block of tokens: check, analyse, expand. `errors` are those of its clauses so far.
fn loop_directive(mut directive: LoopDirective, mut errors: Diagnostics) -> Result<TokenStream> {
    if !check::directive(&directive, &mut errors) {
        return errors.finish().map(|()| TokenStream::new());
    }
    directive.clauses.settle();
    let (access, control) = (errors.keep(access::analyse(&directive)), errors.keep(control::judge(&Nest::of(&directive))));
    errors.finish()?;
    let Some((access, control)) = access.zip(control) else { return Ok(TokenStream::new()) };
    directive.clauses.reach(&access.reductions);
    Ok(expanded(&directive, &Nest::of(&directive), &access, &control))
}

/// One region, the same way.
fn region_directive(mut directive: RegionDirective, mut errors: Diagnostics) -> Result<TokenStream> {
    if !check::region(&directive, &mut errors) {
        return errors.finish().map(|()| TokenStream::new());
    }
    let access = errors.keep(access::analyse_region(&directive)).unwrap_or_default();
    errors.keep(control::judge(&Nest::of_region(&directive)));
    errors.finish()?;
    directive.clauses.reach(&access.reductions);
    let nest = Nest::of_region(&directive);
    let names = directive.names();
    let mut body = directive.lowered().clone();
    let held = rewrite::hold(&nest, &mut body, &access, &names);
    let bases = directive.clauses.reductions.iter().map(|clause| &clause.value.place).filter(|place| !place.is_variable());
    let bases: Vec<_> = bases.map(|place| (place.clone(), names.alias(place))).collect();
    if !bases.is_empty() {
        let (control, marked) =
            (Control::default(), Marked { lastprivates: &[], atomics: &[], owned: &[], grids: &[], bases: &bases });
        rewrite::rewrite(&nest, &mut body, &marked, &Words::new(&names, &nest, &control, false));
    }
    let handle = directive.handle.iter().flat_map(|handle| macros::words(handle.to_token_stream()));
    let own: Vec<Ident> = own(&directive.clauses, &access, &held).into_iter().chain(handle).collect();
    let judged = rewrite::judge(&nest, &mut body, &own, &names);
    let (directive, access, held, body, names) = (&directive, &access, &held, &body, &names);
    Ok(expand::expand_region(&Region { directive, access, held, judged, body, names }))
}

fn on_fn(
    at: Span,
    clauses: TokenStream,
    function: &Function,
    (attrs, mut block): (Vec<Attribute>, Block),
) -> Result<TokenStream> {
    nested::expand_fn(STAGES, at, clauses, &mut block)?;
    Ok(function.with_body(&attrs, &block))
}

/// The body in the runtime's words, and the call around it.
fn expanded(directive: &LoopDirective, nest: &Nest<'_>, access: &Access, control: &Control) -> TokenStream {
    let names = directive.names();
    let words = Words::new(&names, nest, control, directive.clauses.ordered.is_some());
    let mut body = nest::lowered_body(directive);
    let held = rewrite::hold(nest, &mut body, access, &names);
    let bases = access.owned.iter().map(|owned| &owned.place).chain(access.readers.iter().map(|reader| &reader.place));
    let bases = bases.chain(directive.clauses.reductions.iter().map(|clause| &clause.value.place));
    let bases: Vec<_> = bases.filter(|place| !place.is_variable()).map(|place| (place.clone(), names.alias(place))).collect();
    let atomics: Vec<_> = directive.clauses.atomic.iter().map(|clause| clause.value.clone()).collect();
    let owned: Vec<_> =
        access.owned.iter().filter(|owned| !matches!(owned.mode, Mode::Atomic)).map(|owned| owned.place.clone()).collect();
    let grids = access.owned.iter().filter(|owned| nest.levels.len() == 2 && matches!(owned.mode, Mode::Grid));
    let grids: Vec<_> = grids.map(|owned| owned.place.clone()).collect();
    let lastprivates = &access.lastprivate_assigned;
    let marked = Marked { lastprivates, atomics: &atomics, owned: &owned, grids: &grids, bases: &bases };
    rewrite::rewrite(nest, &mut body, &marked, &words);
    control::rewrite(nest, &mut body, &words);
    let judged = rewrite::judge(nest, &mut body, &own(&directive.clauses, access, &held), &names);
    let (held, body, names, words) = (&held, &body, &names, &words);
    expand::expand(&Checked { directive, nest, access, control, held, judged, body, names, words })
}

/// The names of what each thread has for itself, and of the references to the rest.
fn own(clauses: &Clauses, access: &Access, held: &Held) -> Vec<Ident> {
    let owned = access.owned.iter().map(|owned| &owned.place);
    let places = owned.chain(clauses.reductions.iter().map(|clause| &clause.value.place));
    let variables = places.filter(|place| place.is_variable()).map(|place| &place.root);
    let privates = clauses.privates.iter().map(|clause| &clause.value.name);
    variables.chain(privates).chain(held.references.iter().chain(&held.types).map(|(_, name)| name)).cloned().collect()
}
