//! The standard library's methods that take `&mut self`, by name: the body shows no types.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Expr, ExprMethodCall};

use super::is_type;
use crate::macros::words;

/// Grows a collection at its end: what `reduction(append: ..)` can do in iteration order.
pub(crate) fn appends(method: &str) -> bool {
    APPEND.binary_search(&method).is_ok()
}

/// Of those that append, one that leaves what is there where it is.
pub(crate) fn in_order(method: &Ident) -> bool {
    !["insert", "insert_str", "push_front"].iter().any(|other| method == other)
}

/// Changes what it is called on, whatever std type that is.
pub(crate) fn mutates(call: &ExprMethodCall) -> bool {
    let method = call.method.to_string();
    let named = |table: &[&str]| table.binary_search(&method.as_str()).is_ok();
    !is_namesake(&method, call) && (named(APPEND) || named(MUTATE) || named(AMBIGUOUS))
}

/// Never changes what it is called on, whatever type of std's that is; `is_`, `to_` and the like by Rust's own conventions.
pub(crate) fn reads(method: &Ident) -> bool {
    let method = method.to_string();
    let named = PREFIXES.iter().any(|prefix| method.starts_with(prefix)) && !method.ends_with("mut");
    named || READ.binary_search(&method.as_str()).is_ok()
}

/// The method that `Vec::push` is, of those that change what they are called on.
pub(crate) fn of_a_type(function: &Expr) -> Option<Ident> {
    let Expr::Path(path) = function else { return None };
    let mut segments = path.path.segments.iter().rev().map(|segment| &segment.ident);
    let (method, of) = (segments.next()?, segments.next()?);
    let word = method.to_string();
    let changes = [APPEND, MUTATE].iter().any(|table| table.binary_search(&word.as_str()).is_ok());
    (changes && is_type(of)).then(|| method.clone())
}

/// What it is handed by `&mut` it leaves empty, or something else.
pub(crate) fn takes_away(function: &Ident) -> bool {
    ["append", "replace", "swap", "swap_with_slice", "take"].iter().any(|name| function == name)
}

/// Returns a part of what it is called on, as a reference.
pub(crate) fn lends(method: &Ident) -> bool {
    LEND.binary_search(&method.to_string().as_str()).is_ok()
}

/// A method of the same name that only reads, as its arguments show: `str::replace`, `Iterator::take`, `RwLock::write`, the
/// `swap` of atomics.
fn is_namesake(method: &str, call: &ExprMethodCall) -> bool {
    match method {
        "replace" => call.args.len() > 1,
        "take" => !call.args.is_empty(),
        "write" => call.args.is_empty(),
        "swap" => call.args.last().is_some_and(|last| words(last.to_token_stream()).iter().any(is_ordering)),
        _ => false,
    }
}

fn is_ordering(word: &Ident) -> bool {
    ["Ordering", "Relaxed", "Acquire", "Release", "AcqRel", "SeqCst"].iter().any(|name| word == name)
}

/// `mutates`, but also a `&self` method of atomics, cells and locks: on a captured variable rustc knows better.
pub(crate) fn is_ambiguous(method: &Ident) -> bool {
    AMBIGUOUS.binary_search(&method.to_string().as_str()).is_ok()
}

/// `y.get_mut(i)`, `y.swap(i, j)`: of an array, where what they are handed are numbers of elements.
pub(crate) fn is_of_an_array(method: &Ident) -> bool {
    method == "get_mut" || method == "swap"
}

// Sorted, for the search.
const APPEND: &[&str] =
    &["append", "extend", "extend_from_slice", "insert", "insert_str", "push", "push_back", "push_front", "push_str"];

const MUTATE: &[&str] = &[
    "add_assign",
    "as_bytes_mut",
    "as_deref_mut",
    "as_mut",
    "as_mut_ptr",
    "as_mut_slice",
    "as_mut_str",
    "as_mut_vec",
    "assume_init_mut",
    "back_mut",
    "bitand_assign",
    "bitor_assign",
    "bitxor_assign",
    "chunk_by_mut",
    "chunks_exact_mut",
    "chunks_mut",
    "clear",
    "clone_from",
    "clone_from_slice",
    "copy_from_slice",
    "copy_within",
    "dedup",
    "dedup_by",
    "dedup_by_key",
    "deref_mut",
    "div_assign",
    "drain",
    "entry",
    "extend_from_within",
    "extract_if",
    "fill",
    "fill_with",
    "first_chunk_mut",
    "first_mut",
    "front_mut",
    "get_disjoint_mut",
    "get_many_mut",
    "get_or_insert",
    "get_or_insert_default",
    "get_or_insert_with",
    "get_unchecked_mut",
    "index_mut",
    "insert_entry",
    "iter_mut",
    "last_chunk_mut",
    "last_mut",
    "make_ascii_lowercase",
    "make_ascii_uppercase",
    "make_contiguous",
    "mul_assign",
    "peek_mut",
    "pop",
    "pop_back",
    "pop_first",
    "pop_front",
    "pop_if",
    "pop_last",
    "range_mut",
    "rchunks_exact_mut",
    "rchunks_mut",
    "rem_assign",
    "remove",
    "remove_entry",
    "reserve",
    "reserve_exact",
    "resize",
    "resize_with",
    "retain",
    "retain_mut",
    "reverse",
    "rsplit_mut",
    "select_nth_unstable",
    "select_nth_unstable_by",
    "select_nth_unstable_by_key",
    "shl_assign",
    "shr_assign",
    "shrink_to",
    "shrink_to_fit",
    "sort",
    "sort_by",
    "sort_by_cached_key",
    "sort_by_key",
    "sort_unstable",
    "sort_unstable_by",
    "sort_unstable_by_key",
    "splice",
    "split_at_mut",
    "split_first_mut",
    "split_last_mut",
    "split_mut",
    "split_off",
    "splitn_mut",
    "sub_assign",
    "swap_remove",
    "swap_with_slice",
    "take_if",
    "truncate",
    "try_insert",
    "try_reserve",
    "values_mut",
];

const AMBIGUOUS: &[&str] = &[
    "borrow_mut",
    "flush",
    "get_mut",
    "next",
    "next_back",
    "replace",
    "set",
    "swap",
    "take",
    "write",
    "write_all",
    "write_char",
    "write_fmt",
    "write_str",
];

const LEND: &[&str] = &[
    "as_bytes",
    "as_deref",
    "as_path",
    "as_ref",
    "as_slice",
    "as_str",
    "borrow",
    "deref",
    "first",
    "get",
    "last",
    "trim",
    "trim_end",
    "trim_start",
];

const PREFIXES: &[&str] =
    &["as_", "checked_", "count_", "is_", "leading_", "overflowing_", "saturating_", "to_", "trailing_", "wrapping_"];

/// The frequent ones.
const READ: &[&str] = &[
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atanh",
    "binary_search",
    "bytes",
    "capacity",
    "cbrt",
    "char_indices",
    "chars",
    "chunks",
    "chunks_exact",
    "clone",
    "cmp",
    "contains",
    "contains_key",
    "cosh",
    "div_euclid",
    "ends_with",
    "eq",
    "exp2",
    "exp_m1",
    "fetch_add",
    "fetch_max",
    "fetch_min",
    "fetch_sub",
    "first",
    "fract",
    "get",
    "get_key_value",
    "iter",
    "keys",
    "last",
    "len",
    "lines",
    "ln_1p",
    "load",
    "lock",
    "log",
    "log10",
    "log2",
    "partial_cmp",
    "sin_cos",
    "sinh",
    "split",
    "split_whitespace",
    "starts_with",
    "store",
    "swap_bytes",
    "tanh",
    "trim",
    "values",
    "windows",
];

#[cfg(test)]
mod tests {
    #[test]
    fn tables_are_sorted() {
        for table in [super::APPEND, super::MUTATE, super::AMBIGUOUS, super::LEND, super::READ] {
            assert!(table.is_sorted());
        }
    }
}
