//! A loop with clauses, and a region, from the words of a test.

use proc_macro2::Span;

use std::collections::BTreeSet;

use crate::diag::Diagnostics;
use crate::directive::{Clauses, LoopDirective, RegionDirective};
use crate::parse;

/// The clauses as `parallel_for!` takes them, separated by commas or not, and a `for` loop.
pub(crate) fn directive(clauses: &str, each: &str) -> LoopDirective {
    let parsed = clauses.parse().map_err(syn::Error::from).and_then(|clauses| {
        let mut errors = Diagnostics::new();
        let clauses = parse::clauses(parse::Of::Loop, clauses, &mut errors);
        errors.finish()?;
        Ok(LoopDirective {
            clauses,
            each: syn::parse_str(each)?,
            lowered: None,
            level: 0,
            inside: false,
            read_later: BTreeSet::new(),
        })
    });
    match parsed {
        Ok(directive) => directive,
        Err(error) => unreachable!("the test `{clauses}` `{each}` is no loop: {error}"),
    }
}

/// A region with this block.
pub(crate) fn region(block: &str) -> RegionDirective {
    match syn::parse_str(block) {
        Ok(body) => {
            let (clauses, span) = (Clauses::default(), Span::call_site());
            RegionDirective { clauses, handle: None, body, lowered: None, level: 0, span }
        }
        Err(error) => unreachable!("the test `{block}` is no block: {error}"),
    }
}
