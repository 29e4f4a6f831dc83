//! The macros of [`pymp`](https://docs.rs/pymp), which re-exports them: the user's words, turned into one call of the
//! runtime.

mod access;
mod check;
mod control;
mod diag;
mod directive;
mod effort;
mod expand;
mod explain;
mod fallback;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod half_typed;
mod macros;
mod names;
mod nest;
mod nested;
mod operands;
mod parse;
mod pipeline;
mod place;
mod rewrite;
mod scope;
#[cfg(test)]
mod snapshots;
mod target;
#[cfg(test)]
mod testing;
mod text;

use proc_macro::TokenStream;

// The facade's pages, `src/docs/*.md`, stand before these words.
/// # Expansion
///
/// A loop becomes one call of the runtime around its block as typed. Clauses are methods of a builder before the call. Arrays
/// that the loop writes are handed to the runtime, and inside their names stand for what the running iterations own.
#[proc_macro_attribute]
pub fn parallel(clauses: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::attribute(clauses.into(), item.into()).into()
}

/// # Expansion
///
/// The same as that of [`macro@parallel`].
#[proc_macro]
pub fn parallel_for(tokens: TokenStream) -> TokenStream {
    pipeline::invocation(tokens.into()).into()
}

/// # Expansion
///
/// One call of [`Parallel`](https://docs.rs/pymp/latest/pymp/struct.Parallel.html) around the block as typed. Variables of the
/// clauses are declared before it, under their own names.
#[proc_macro]
pub fn region(tokens: TokenStream) -> TokenStream {
    pipeline::region_call(tokens.into()).into()
}

/// # Expansion
///
/// The loop around it reads it. The macro itself is only expanded where there is none, and says so.
#[proc_macro]
pub fn ordered(tokens: TokenStream) -> TokenStream {
    pipeline::ordered(tokens.into()).into()
}

/// # Expansion
///
/// One call of the builder [`Map`](https://docs.rs/pymp/latest/pymp/map/struct.Map.html), over the product of the inputs.
#[proc_macro]
pub fn parmap(tokens: TokenStream) -> TokenStream {
    pipeline::parmap(tokens.into()).into()
}
