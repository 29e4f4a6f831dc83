//! A checked `parmap!` -> tokens: one call of the builder.
//!
//! ```text
//! match (xs, ys, [3]) { __pymp_inputs => {
//!     let __pymp_map = map_over(&__pymp_inputs, |(__pymp_0, __pymp_1, __pymp_2)| hypot(__pymp_0, __pymp_1, __pymp_2));
//!     let __pymp_map = __pymp_map.engine(ENGINE_THREADS);
//!     __pymp_map.run_product(__pymp_inputs)
//! }}
//! ```
//!
//! A fixed argument is an input with one item, so that every engine can send it to where the function runs. The `match` keeps what
//! the inputs borrow from alive.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprClosure, Pat};

use crate::check::{ENGINES, text};
use crate::names::Names;
use crate::parse::ParmapCall;

pub(crate) fn expand_parmap(call: &ParmapCall) -> TokenStream {
    let names = Names::new(call.function.span(), 0, call.krate.as_ref());
    let span = names.span();
    let (inputs, map) = (names.fresh("inputs"), names.fresh("map"));
    let fixed = call.fixed.iter().map(|(_, value)| value);
    // Where rustc says that an argument does not fit.
    let argument = |(number, value): (usize, &Expr)| Ident::new(&format!("__pymp_{number}"), span.located_at(value.span()));
    let arguments: Vec<Ident> = call.inputs.iter().chain(fixed.clone()).enumerate().map(argument).collect();
    let mut values: Vec<TokenStream> = call.inputs.iter().map(ToTokens::to_token_stream).collect();
    values.extend(fixed.map(|value| quote_spanned!(span.located_at(value.span())=> [#value])));
    let settings = settings(call, &names, &map);
    let function = match &call.function {
        // The types of its arguments come from the inputs, which a call of it would not tell it in time.
        Expr::Closure(closure) if closure.inputs.len() == arguments.len() => of_a_tuple(closure, &names),
        path @ Expr::Path(_) => quote_spanned!(span=> |(#(#arguments,)*)| #path(#(#arguments),*)),
        // Parentheses that no lint takes for the user's.
        other => quote_spanned!(span=> |(#(#arguments,)*)| (#other)(#(#arguments),*)),
    };
    // From the first input to the last: what is none is said there.
    let at = |value: Option<&Expr>| value.map_or(span, |value| span.located_at(value.span()));
    let (first, last) = (at(call.inputs.first()), at(call.inputs.last()));
    let pp = names.private_at(first);
    let over = quote_spanned!(last=> #pp::map_over(&#inputs, #function));
    quote_spanned! {span=>
        match (#(#values,)*) {
            #inputs => {
                let #map = #over;
                #(#settings)*
                #map.run_product(#inputs)
            }
        }
    }
}

/// The user's closure with its arguments in one tuple.
fn of_a_tuple(closure: &ExprClosure, names: &Names) -> TokenStream {
    let span = names.span();
    let (patterns, types): (Vec<_>, Vec<_>) = closure
        .inputs
        .iter()
        .map(|input| match input {
            Pat::Type(typed) => (typed.pat.to_token_stream(), typed.ty.to_token_stream()),
            plain => (plain.to_token_stream(), quote_spanned!(span=> _)),
        })
        .unzip();
    let mut closure = closure.clone();
    closure.inputs.clear();
    closure.inputs.push(Pat::Verbatim(quote_spanned!(span=> (#(#patterns,)*): (#(#types,)*))));
    closure.into_token_stream()
}

/// The calls of the builder. The engine comes first, since not every one has a timeout.
fn settings(call: &ParmapCall, names: &Names, map: &Ident) -> Vec<TokenStream> {
    let pp = names.private();
    let mut settings: Vec<_> = call.settings.iter().collect();
    settings.sort_by_key(|(key, _)| key != "engine");
    let step = |(key, value): &(Ident, Expr)| {
        let span = names.span().located_at(key.span());
        let method = Ident::new(&key.to_string(), span);
        let known = text(value).filter(|_| key == "engine");
        let known = known.and_then(|word| ENGINES.iter().find(|(name, _)| *name == word));
        let value = match known {
            Some((_, engine)) => {
                let call = engine.ends_with("_engine").then(|| quote_spanned!(span=> !()));
                let engine = Ident::new(engine, span.located_at(value.span()));
                quote_spanned!(span=> #pp::#engine #call)
            }
            None => value.to_token_stream(),
        };
        quote_spanned!(span=> let #map = #map.#method(#value);)
    };
    settings.into_iter().map(step).collect()
}
