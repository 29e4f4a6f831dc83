//! Clauses of an item and of its loops, and the errors of several of them.

use quote::quote;
use syn::{Block, parse_quote};

use super::{body, messages};

#[test]
fn defaults_reach_every_loop() {
    let both: Block = parse_quote!({
        #[parallel]
        for i in x {}
        #[parallel]
        for j in x {}
    });
    assert!(body(quote!(num_threads = 4, schedule = "dynamic"), both.clone()).is_ok());
    assert_eq!(messages(quote!(num_threads = 0), both.clone()).len(), 1);
    assert!(messages(quote!(reduction(+: s)), both)[0].contains("`reduction` is about one loop and here there are 2"));
    assert!(
        body(
            quote!(reduction(+: s), collapse = 1),
            parse_quote!({
                for i in x {
                    s += i;
                }
            })
        )
        .is_ok()
    );
}

#[test]
fn what_the_loop_says_wins() {
    let block: Block = parse_quote!({
        #[parallel(schedule = "auto")]
        for i in x {}
    });
    assert!(body(quote!(schedule = "static", chunk = 4), block).is_ok());
    let block: Block = parse_quote!({
        #[parallel(chunk = 8)]
        for i in x {}
    });
    assert!(body(quote!(schedule = "dynamic,4"), block).is_ok());
}

#[test]
fn errors_of_several_loops_come_together() {
    // In the loops' places, the inner ones' too.
    let found = body(
        quote!(),
        parse_quote!({
            #[parallel(chunk = 0)]
            for i in x {
                #[parallel(shedule = "auto")]
                for j in x {}
            }
            #[cfg(unix)]
            #[parallel(num_threads = "2")]
            for i in x {}
        }),
    )
    .unwrap();
    assert_eq!(found.matches("compile_error !").count(), 3, "{found}");
    assert!(found.contains("# [cfg (unix)] { for i in x { } compile_error !"), "{found}");
    // What is wrong with the item is told with them, and then nothing is expanded.
    let all = parse_quote!({
        #[parallel(chunk = 0)]
        for i in x {}
    });
    assert_eq!(messages(quote!(shedule = "auto"), all).len(), 2);
}
