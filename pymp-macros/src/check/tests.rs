#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use crate::diag::Diagnostics;
use crate::directive::LoopDirective;
use crate::parse;

fn messages(clauses: TokenStream, each: syn::ExprForLoop) -> Vec<String> {
    let mut errors = Diagnostics::new();
    let clauses = parse::clauses(parse::Of::Loop, clauses, &mut errors);
    super::directive(
        &LoopDirective { clauses, each, lowered: None, level: 0, inside: false, read_later: BTreeSet::new() },
        &mut errors,
    );
    errors.finish().map_or_else(|all| all.into_iter().map(|error| error.to_string()).collect(), |()| Vec::new())
}

fn plain(clauses: TokenStream) -> Vec<String> {
    messages(
        clauses,
        parse_quote!(for i in 0..n {
            f(i)
        }),
    )
}

fn assert_first(messages: &[String], part: &str) {
    assert!(messages.first().is_some_and(|first| first.contains(part)), "{part}: {messages:?}");
}

#[test]
fn good_clauses_pass() {
    for clauses in [
        quote!(num_threads = n, chunk = 0 + 1, min_chunk = 1, if = true),
        quote!(schedule = "dynamic", chunk = 64),
        quote!(shared(y), owned(y), firstprivate(x), lastprivate(x)),
        quote!(owned(self.a), scatter(self.b), chunks(c, n)),
    ] {
        assert_eq!(plain(clauses), [""; 0]);
    }
}

#[test]
fn numbers() {
    assert_first(&plain(quote!(num_threads = 0)), "`num_threads` is at least 1, found `0`");
    assert_first(&plain(quote!(chunk = -4)), "`chunk` is at least 1, found `-4`");
    assert_first(&plain(quote!(min_chunk = (0u8))), "found `0u8`");
    assert_first(&plain(quote!(schedule = "dynamic,0")), "`chunk` is at least 1, found `0`");
    assert_first(&plain(quote!(schedule = "dynamic,-2")), "found `-2`");
    assert_first(&plain(quote!(chunks(c, 0))), "`chunks` is at least 1");
    assert_first(&plain(quote!(collapse = 0)), "`collapse` is at least 1");
    assert_first(&plain(quote!(num_threads = "8")), "write `num_threads = 8`");
    assert_first(&plain(quote!(num_threads = 2.0)), "found `2.0`; write `num_threads = 2`");
    assert_first(&plain(quote!(chunk = true)), "is a whole number, found `true`");
    assert_first(&plain(quote!(if = 1)), "takes a condition");
}

#[test]
fn conflicts() {
    assert_first(&plain(quote!(chunk = 4, chunk(5))), "`chunk` is given twice");
    assert_first(&plain(quote!(if = a, if_ = b)), "`if_` is given twice");
    assert_first(&plain(quote!(schedule = "static,4", chunk = 4)), "the chunk is given twice");
    assert_first(&plain(quote!(schedule = "auto,4")), "chooses its chunks itself");
    assert_first(&plain(quote!(schedule = runtime, chunk = 4)), "from the environment");
    assert_first(&plain(quote!(private(x), reduction(+: x))), "`x` cannot be both `reduction` and `private`");
    assert_first(&plain(quote!(private(x, x))), "`x` is named twice in `private`");
    assert_first(&plain(quote!(chunks(c, 4), atomic(c))), "cannot be both");
    assert_first(&plain(quote!(owned(self.a), scatter(self.a.b))), "cannot be both");
    assert_first(&plain(quote!(owned(self))), "name a field");
    assert_first(&plain(quote!(private(i))), "a variable of the loop itself");
}

#[test]
fn collapse() {
    let nest = |each| messages(quote!(collapse = 2), each);
    assert_eq!(
        nest(parse_quote!(for i in 0..n {
            for j in 0..m {
                f(i, j);
            }
        })),
        [""; 0]
    );
    assert_first(
        &nest(parse_quote!(for i in 0..n {
            f(i);
        })),
        "needs 2 loops, one directly inside the other; found 1",
    );
    assert_first(
        &nest(parse_quote!(for i in 0..n {
            let x = i;
            for j in 0..m {}
        })),
        "nothing but the next `for` loop",
    );
    assert_first(
        &nest(parse_quote!(for i in 0..n {
            for j in 0..m {}
            for j in 0..m {}
        })),
        "nothing but the next",
    );
    assert_first(
        &nest(parse_quote!(for (a, i) in v {
            for j in 0..f(i) {}
        })),
        "depends on `i`",
    );
    assert_first(
        &nest(parse_quote!(for i in 0..n {
            for j in 0..len!(i) {}
        })),
        "depends on `i`",
    );
    assert_first(
        &nest(parse_quote!(for i in 0..n {
            'a: for j in 0..m {}
        })),
        "a label",
    );
    assert_first(
        &nest(parse_quote!(for i in 0..n {
            #[allow(unused)]
            for j in 0..m {}
        })),
        "an attribute",
    );
    assert_first(
        &nest(parse_quote!(for i in 0..n {
            #[parallel]
            for j in 0..m {}
        })),
        "already parallel",
    );
}
