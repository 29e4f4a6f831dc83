#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Block, Item, parse_quote};

use super::{Stages, expand_fn, expand_item, expand_loop};
use crate::check;
use crate::diag::Diagnostics;
use crate::directive::{LoopDirective, RegionDirective};

const PLAIN: Stages = Stages { each: plain_loop, region: plain_region };

/// Stands in for the later stages: the loop, on the calling thread.
fn plain_loop(directive: LoopDirective, mut errors: Diagnostics) -> syn::Result<TokenStream> {
    check::directive(&directive, &mut errors);
    errors.finish()?;
    let (each, body) = (&directive.each, directive.lowered());
    let (label, for_token, pat, head) = (&each.label, &each.for_token, &each.pat, &each.expr);
    Ok(quote!({ #label #for_token #pat in #head #body }))
}

/// The same for a region: its block.
fn plain_region(directive: RegionDirective, mut errors: Diagnostics) -> syn::Result<TokenStream> {
    check::region(&directive, &mut errors);
    errors.finish()?;
    let (handle, body) = (directive.handle.iter(), directive.lowered());
    Ok(quote!({ #(let #handle = handle();)* #body }))
}

/// The body of a fn with `#[parallel(clauses)]`, expanded, its spaces evened out; or the messages.
fn body(clauses: TokenStream, mut block: Block) -> Result<String, Vec<String>> {
    expand_fn(PLAIN, Span::call_site(), clauses, &mut block)
        .map(|()| block.to_token_stream().to_string())
        .map_err(|all| all.into_iter().map(|error| error.to_string()).collect())
}

fn expanded(block: Block) -> String {
    let text = body(quote!(), block).unwrap();
    assert!(!text.contains("parallel (") && !text.contains("[parallel"), "{text}");
    text
}

fn messages(clauses: TokenStream, block: Block) -> Vec<String> {
    body(clauses, block).unwrap_err()
}

fn text(tokens: TokenStream) -> String {
    tokens.to_string()
}

#[test]
fn every_position() {
    let found = expanded(parse_quote!({
        #[parallel]
        for a in x {}
        match k {
            0 =>
            {
                #[pymp::parallel]
                for b in x {}
            }
            _ => {}
        }
        let _q = #[parallel(num_threads = 4)]
        for c in x {};
        f(
            #[parallel]
            for d in x {},
        );
        let g = |n| {
            #[parallel]
            for e in 0..n {}
        };
        if k {
            unsafe {
                #[parallel]
                for h in x {}
            }
        }
        fn inner() {
            #[parallel]
            for i in x {}
        }
        #[parallel]
        'out: for j in x {
            break 'out;
        }
        #[parallel]
        for k in x {}
    }));
    for name in ["a", "b", "c", "d", "e", "h", "i", "j", "k"] {
        assert!(found.contains(&format!("for {name} in")), "{name}: {found}");
    }
}

#[test]
fn the_only_loop_is_meant() {
    let implied = expanded(parse_quote!({
        let n = 3;
        for i in 0..n {
            for j in 0..i {
                f(j);
            }
        }
    }));
    assert_eq!(
        implied,
        text(quote!({
            let n = 3;
            {
                for i in 0..n {
                    for j in 0..i {
                        f(j);
                    }
                }
            }
        }))
    );
}

#[test]
fn which_loop_is_meant() {
    assert!(
        messages(
            quote!(),
            parse_quote!({
                g();
            })
        )[0]
        .contains("no `#[parallel]` loop in this fn")
    );
    let several = messages(
        quote!(),
        parse_quote!({
            for i in x {}
            if c {
                for j in x {}
            }
        }),
    );
    assert!(several[0].contains("2 outermost `for` loops"));
    assert_eq!(several.len(), 1);
    // A loop in a nested fn is never meant.
    assert_eq!(
        messages(
            quote!(),
            parse_quote!({
                fn g() {
                    for i in x {}
                }
            })
        )
        .len(),
        1
    );
}

#[test]
fn an_annotated_fn_inside_is_expanded_once() {
    let found = expanded(parse_quote!({
        #[parallel]
        fn inner() {
            for i in x {}
        }
        for j in x {}
    }));
    assert_eq!(
        found,
        text(quote!({
            fn inner() {
                { for i in x {} }
            }
            { for j in x {} }
        }))
    );
}

#[test]
fn both_spellings_are_one() {
    let found = expanded(parse_quote!({
        pymp::parallel_for!(num_threads = 4, for i in x {});
        #[parallel]
        for j in x {
            parallel_for!(for k in j {})
        }
    }));
    let expected = quote!({
        {
            pymp::parallel_for! { ; }
            { for i in x {} }
        };
        {
            for j in x {
                {
                    parallel_for! { ; }
                    { for k in j {} }
                }
            }
        }
    });
    assert_eq!(found, text(expected));
}

#[test]
fn other_attributes_stay() {
    let found = expanded(parse_quote!({
        #[cfg(unix)]
        #[parallel]
        #[allow(unused)]
        for i in x {}
    }));
    assert_eq!(
        found,
        text(quote!({
            {
                #[cfg(unix)]
                #[allow(unused)]
                {
                    for i in x {}
                }
            }
        }))
    );
}

#[test]
fn cfg_attr_chooses_between_the_two_loops() {
    let found = expanded(parse_quote!({
        #[cfg_attr(unix, parallel(chunk = 4), allow(unused))]
        for i in x {}
    }));
    let expected = quote!({
        {
            #[cfg_attr(unix, allow(unused))]
            #[cfg(unix)]
            {
                for i in x {}
            }
            #[cfg_attr(unix, allow(unused))]
            #[cfg(not(unix))]
            for i in x {}
        }
    });
    assert_eq!(found, text(expected));
    let deep = expanded(parse_quote!({
        #[cfg_attr(a, cfg_attr(b, parallel))]
        for i in x {}
    }));
    assert!(deep.contains("cfg (all (a , b))"), "{deep}");
    let item = messages(
        quote!(),
        parse_quote!({
            #[cfg_attr(a, parallel)]
            fn f() {
                for i in x {}
            }
        }),
    );
    assert!(item[0].contains("`cfg_attr(.., parallel)` on an item"), "{item:?}");
}

#[test]
fn misplaced() {
    let one = |block, part: &str| {
        let found = messages(quote!(), block);
        assert!(found[0].contains(part), "{part}: {found:?}");
    };
    one(
        parse_quote!({
            #[parallel]
            while c {}
            for i in x {}
        }),
        "on a `while` loop",
    );
    one(
        parse_quote!({
            #[parallel]
            loop {}
            for i in x {}
        }),
        "on a `loop`",
    );
    one(
        parse_quote!({
            #[parallel]
            unsafe {
                a
            }
            for i in x {}
        }),
        "on an `unsafe` block",
    );
    one(
        parse_quote!({
            #[parallel]
            let a = 1;
            for i in x {}
        }),
        "on a `let`",
    );
    one(
        parse_quote!({
            match a {
                #[parallel]
                _ => {}
            }
            for i in x {}
        }),
        "on a match arm",
    );
    one(
        parse_quote!({
            #[parallel]
            #[parallel(chunk = 2)]
            for i in x {}
        }),
        "given twice",
    );
    one(
        parse_quote!({
            #[parallel = 3]
            for i in x {}
        }),
        "in parentheses",
    );
}

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
fn items() {
    let mut item: Item = parse_quote! {
        impl S {
            fn a(&self) { #[parallel] for i in x {} }
            #[parallel(chunk = 2)] fn b(&self) { for i in x {} }
            fn c(&self) { for i in x {} }
        }
    };
    expand_item(PLAIN, Span::call_site(), quote!(num_threads = 2), &mut item).unwrap();
    let expected = quote! {
        impl S {
            fn a(&self) { { for i in x {} } }
            fn b(&self) { { for i in x {} } }
            fn c(&self) { for i in x {} }
        }
    };
    assert_eq!(item.to_token_stream().to_string(), text(expected));
    let mut empty: Item = parse_quote!(
        mod m {
            fn c() {
                for i in x {}
            }
        }
    );
    let error = expand_item(PLAIN, Span::call_site(), quote!(), &mut empty).unwrap_err();
    assert!(error.to_string().contains("in this mod"));
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
    assert!(found.contains("# [cfg (unix)] { :: core :: compile_error !"), "{found}");
    // What is wrong with the item is told with them, and then nothing is expanded.
    let all = parse_quote!({
        #[parallel(chunk = 0)]
        for i in x {}
    });
    assert_eq!(messages(quote!(shedule = "auto"), all).len(), 2);
}

#[test]
fn a_loop_alone() {
    let found = expand_loop(
        PLAIN,
        Span::call_site(),
        quote!(chunk = 4),
        parse_quote!(
            #[allow(unused)]
            for i in x {}
        ),
    )
    .unwrap();
    assert_eq!(
        found.to_string(),
        text(quote!({
            #[allow(unused)]
            {
                for i in x {}
            }
        }))
    );
}

#[test]
fn regions_are_found_in_both_spellings() {
    assert_eq!(
        body(
            quote!(num_threads = 2, chunk = 4),
            parse_quote!({
                region!(schedule = "dynamic", |p| {
                    #[parallel]
                    for i in x {}
                    p
                });
                #[parallel]
                {
                    f();
                }
            })
        ),
        Ok(text(quote!({
            {
                region! { ; }
                {
                    let p = handle();
                    {
                        {
                            for i in x {}
                        }
                        p
                    }
                }
            };
            {
                {
                    f();
                }
            }
        })))
    );
}
