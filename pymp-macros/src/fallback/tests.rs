#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

use proc_macro2::Span;
use quote::quote;
use syn::Error;

use super::{anything, plain};

#[test]
fn our_words_are_gone() {
    let found = plain(quote! {
        fn f() {
            #[pymp::parallel(chunk = )] for i in x { ordered!({ a() }); }
            #[inline] #[cfg_attr(unix, parallel, allow(unused))] for i in x {}
            ::pymp::parallel_for!(chunk = 0, for i in x {});
            let a = ;
        }
    });
    let expected = quote! {
        fn f() {
            for i in x { { a() }; }
            #[inline] #[cfg_attr(unix, allow(unused))] for i in x {}
            { for i in x {} };
            let a = ;
        }
    };
    assert_eq!(found.to_string(), expected.to_string());
}

#[test]
fn what_cannot_be_read_stays_in_its_macro() {
    let unread = quote!(ordered!({ a(!) (2); b.1. }););
    assert_eq!(plain(unread.clone()).to_string(), unread.to_string());
}

#[test]
fn the_error_stands_where_it_may() {
    let error = Error::new(Span::call_site(), "no");
    let on = |tokens| anything(tokens, &error).to_string();
    assert!(
        on(quote!(
            struct S;
        ))
        .starts_with("struct S ;")
    );
    assert!(on(quote!(let x = 3;)).starts_with("let x = 3 ;"));
    assert!(on(quote!(while a {})).starts_with('{'));
    assert!(on(quote!(fn f() -> {})).starts_with("fn f"));
}
