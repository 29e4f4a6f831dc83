//! The macros of [`pymp`](https://docs.rs/pymp), which re-exports them: the user's words, turned into one call of the
//! runtime.

mod access;
mod check;
mod control;
mod diag;
mod directive;
mod expand;
mod fallback;
mod macros;
mod names;
mod nest;
mod nested;
mod parse;
mod pipeline;
mod place;
mod rewrite;
mod scope;
mod target;
mod text;

use proc_macro::TokenStream;

/// Runs `for` loops on every core.
///
/// ```ignore (the runtime is in the facade, whose documentation runs this)
/// use pymp::prelude::*;
///
/// #[parallel]
/// fn saxpy(a: f32, x: &[f32], y: &mut [f32]) {
///     #[parallel(num_threads = 4, schedule = "dynamic")]
///     for i in 0..x.len() {
///         y[i] += a * x[i];
///     }
/// }
/// ```
///
/// On a fn, an impl block or an inline mod it finds the loops inside that carry it, and its own clauses are their
/// defaults. A fn without such a loop means the one `for` loop it has. On a nightly compiler with the features
/// `stmt_expr_attributes` and `proc_macro_hygiene` it stands on a loop by itself.
#[proc_macro_attribute]
pub fn parallel(clauses: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::attribute(clauses.into(), item.into()).into()
}

/// Runs a `for` loop on every core, anywhere.
///
/// ```ignore (the runtime is in the facade, whose documentation runs this)
/// use pymp::prelude::*;
///
/// let x = [1.0, 2.0, 3.0];
/// let mut sum = 0.0;
/// parallel_for!(schedule = "guided", reduction(+: sum), for i in 0..x.len() {
///     sum += x[i];
/// });
/// assert_eq!(sum, 6.0);
/// ```
///
/// The clauses are those of [`macro@parallel`]. Inside an item that carries `#[parallel(..)]` its clauses are defaults
/// here too.
#[proc_macro]
pub fn parallel_for(tokens: TokenStream) -> TokenStream {
    pipeline::invocation(tokens.into()).into()
}

/// A block that the iterations of a loop with the clause `ordered` run one after the other, in the loop's order.
///
/// ```ignore (the runtime is in the facade, whose documentation runs this)
/// use pymp::prelude::*;
///
/// let mut log = Vec::new();
/// parallel_for!(ordered, reduction(append: log), for i in 0..4 {
///     let square = i * i;
///     ordered!({ log.push(square) });
/// });
/// assert_eq!(log, [0, 1, 4, 9]);
/// ```
///
/// The loop reads it; it means nothing outside of one.
#[proc_macro]
pub fn ordered(tokens: TokenStream) -> TokenStream {
    pipeline::ordered(tokens.into()).into()
}
