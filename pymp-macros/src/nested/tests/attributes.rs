//! Other attributes beside ours, and ours in the wrong place.

use quote::quote;
use syn::parse_quote;

use super::{expanded, messages, text};

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
