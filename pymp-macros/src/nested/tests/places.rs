//! Where directives may stand, and what is meant where none is written.

use proc_macro2::Span;
use quote::{ToTokens, quote};
use syn::{Item, parse_quote};

use super::super::{expand_item, expand_loop};
use super::{PLAIN, body, expanded, messages, text};

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
