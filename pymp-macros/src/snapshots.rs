//! What comes out, formatted, a page for each thing that it shows: `pymp-macros/snapshots/*.md`, first what is typed, then what becomes
//! of it. `PYMP_BLESS=1 cargo test -p pymp-macros snapshots` writes the second half.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::path::Path;
use std::{env, fs};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, File, Item, Meta, Stmt};

use crate::pipeline;

/// The compiler's work: expands what stands outermost.
struct Expanded;

impl VisitMut for Expanded {
    fn visit_item_mut(&mut self, item: &mut Item) {
        let Item::Fn(function) = item else { return };
        match function.attrs.iter().position(|attr| attr.path().is_ident("parallel")) {
            Some(at) => {
                let clauses = clauses(&function.attrs.remove(at));
                *item = syn::parse2(pipeline::attribute(clauses, function.to_token_stream())).expect("an item");
            }
            None => visit_mut::visit_item_mut(self, item),
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(call) = stmt {
            let out = match call.mac.path.to_token_stream().to_string().as_str() {
                "parallel_for" => pipeline::invocation(call.mac.tokens.clone()),
                "region" => pipeline::region_call(call.mac.tokens.clone()),
                _ => return,
            };
            *stmt = Stmt::Expr(syn::parse2::<Expr>(out).expect("an expression"), call.semi_token);
        }
    }
}

fn clauses(attribute: &Attribute) -> TokenStream {
    match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    }
}

/// The two programs of a page, and what is around them.
fn halves(page: &str) -> [&str; 5] {
    let mut parts = page.split("```");
    let mut next = || parts.next().expect("a page has two programs");
    [next(), next(), next(), next(), next()]
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "the pages show what debug builds are made of")]
fn pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let mut seen = 0;
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("it can be listed").path();
        let page = fs::read_to_string(&path).expect("it is text");
        let [title, typed, between, before, after] = halves(&page);
        let mut program: File = syn::parse_str(typed.trim_start_matches("rust")).expect("what is typed is Rust");
        Expanded.visit_file_mut(&mut program);
        let now = format!("rust\n{}", prettyplease::unparse(&program));
        seen += 1;
        if env::var_os("PYMP_BLESS").is_some() {
            fs::write(&path, [title, typed, between, &now, after].join("```")).expect("it can be written");
        } else {
            assert_eq!(now, before, "{}", path.display());
        }
    }
    assert!(seen > 3, "found only {seen} pages");
}
