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

// The facade's pages, `src/docs/*.md`, stand before these words. Editors show these alone.
/// # In brief
///
/// ```text
/// #[parallel]                                              // finds the loops inside
/// fn saxpy(a: f32, x: &[f32], y: &mut [f32]) {
///     #[parallel(num_threads = 4, schedule = "dynamic")]   // runs this one on every core
///     for i in 0..x.len() {
///         y[i] += a * x[i];
///     }
/// }
/// ```
///
/// | clause | meaning |
/// |---|---|
/// | `num_threads = n`, `if = cond`, `min_chunk = n` | how many threads |
/// | `schedule = "dynamic,64"`, `chunk = n` | who gets which iterations: `static`, `dynamic`, `guided`, `auto`, `runtime` |
/// | `reduction(+: a, b)`, `reproducible` | own parts in each thread, combined after the loop |
/// | `private(x = v)`, `firstprivate(x)`, `lastprivate(x)` | own values in each thread |
/// | `owned(y)`, `chunks(c, n)`, `atomic(h)`, `scatter(y)` | which elements an iteration may write, where `y[i]` does not say it |
/// | `shared(x)`, `default(none)` | what is captured |
/// | `collapse = k`, `ordered`, `explain` | several loops as one, blocks in order, what was decided |
///
/// # Expansion
///
/// A loop becomes one call of the runtime around its block as typed. Clauses are methods of a builder before the call. Arrays
/// that the loop writes are handed to the runtime, and inside their names stand for what the running iterations own.
#[proc_macro_attribute]
pub fn parallel(clauses: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::attribute(clauses.into(), item.into()).into()
}

/// # In brief
///
/// ```text
/// parallel_for!(schedule = "guided", reduction(+: sum), for i in 0..x.len() {
///     sum += x[i] * x[i];
/// });
/// ```
///
/// The clauses are those of [`macro@parallel`].
///
/// # Expansion
///
/// The same as that of [`macro@parallel`].
#[proc_macro]
pub fn parallel_for(tokens: TokenStream) -> TokenStream {
    pipeline::invocation(tokens.into()).into()
}

/// # In brief
///
/// ```text
/// region!(num_threads = 4, reduction(+: sum), |p| {
///     for i in p.range(0..n) {
///         sum += x[i];
///     }
///     p.barrier();
/// });
/// ```
///
/// Every thread of the team runs the block. Clauses: `num_threads`, `schedule`, `if`, `reduction`, `private`, `firstprivate`,
/// `shared`, `default(none)`. The handle `p` has `range`, `xrange`, `loop_over`, `barrier`, `single`, `masked`, `sections`, `critical`.
///
/// # Expansion
///
/// One call of [`Parallel`](https://docs.rs/pymp/latest/pymp/struct.Parallel.html) around the block as typed. Variables of the
/// clauses are declared before it, under their own names.
#[proc_macro]
pub fn region(tokens: TokenStream) -> TokenStream {
    pipeline::region_call(tokens.into()).into()
}

/// # In brief
///
/// ```text
/// parallel_for!(ordered, for i in 0..n {
///     let line = work(i);                  // in parallel
///     ordered!({ println!("{line}"); });   // in the order of the loop
/// });
/// ```
///
/// # Expansion
///
/// The loop around it reads it. The macro itself is only expanded where there is none, and says so.
#[proc_macro]
pub fn ordered(tokens: TokenStream) -> TokenStream {
    pipeline::ordered(tokens.into()).into()
}

/// # In brief
///
/// ```text
/// let sums = parmap!(power_sum, 0..10, 0..10, n = 3, workers = 4);   // every combination, in order
/// ```
///
/// A function, its inputs, then what has a name: fixed arguments, `workers`, `chunk`, `engine`, `timeout`, `progress`.
///
/// # Expansion
///
/// One call of the builder [`Map`](https://docs.rs/pymp/latest/pymp/map/struct.Map.html), over the product of the inputs.
#[proc_macro]
pub fn parmap(tokens: TokenStream) -> TokenStream {
    pipeline::parmap(tokens.into()).into()
}
