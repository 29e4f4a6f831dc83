//! Code that is being typed: no macro panics over it, the fn stays for its callers, and the error is the parser's, where it is.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proc_macro2::{LineColumn, TokenStream, TokenTree};
use quote::quote;

use crate::pipeline;

/// Where the first error of some output stands, and its words: `compile_error! { .. }`, or `must_use = ..` of what rustc complains of too.
fn first_error(out: &TokenStream) -> Option<(LineColumn, String)> {
    let trees: Vec<TokenTree> = out.clone().into_iter().collect();
    trees.iter().enumerate().find_map(|(at, tree)| match tree {
        TokenTree::Ident(word) if word == "compile_error" || word == "must_use" => {
            Some((word.span().start(), trees.get(at + 2)?.to_string()))
        }
        TokenTree::Group(group) => first_error(&group.stream()),
        _ => None,
    })
}

/// The fn `source`, with `^` before the word at which the error stands.
#[track_caller]
fn half_typed(source: &str, words: &str) {
    let place = source.find('^').unwrap();
    let tokens: TokenStream = source.replacen('^', "", 1).parse().unwrap();
    let out = pipeline::attribute(quote!(), tokens);
    let Some((found, text)) = first_error(&out) else {
        unreachable!("`{source}` is refused");
    };
    assert!(text.contains(words), "`{source}`: {text}");
    assert_eq!((found.line, found.column), (1, source[..place].chars().count()), "`{source}`: {text}\n{out}");
    let all = out.to_string();
    assert!(all.starts_with("fn f (y : & mut [u8])"), "{all}");
    assert!(!all.contains("parallel"), "{all}");
    assert_eq!(errors(&out), 1, "{all}");
}

fn errors(out: &TokenStream) -> usize {
    let out = out.to_string();
    out.matches("compile_error").count() + out.matches("must_use =").count()
}

#[test]
fn in_the_body() {
    half_typed("fn f(y: &mut [u8]) { #[parallel] for i in 0..9 { y[i] += ^} }", "expected an expression");
    half_typed("fn f(y: &mut [u8]) { #[parallel] for i in 0..9 { y[^] = 1; } }", "expected an expression");
    half_typed("fn f(y: &mut [u8]) { #[parallel] for i in 0..9 { y[i].^} }", "expected identifier");
    half_typed("fn f(y: &mut [u8]) { #[parallel] for i in 0..9 { let x = ^; } }", "expected an expression");
    half_typed("fn f(y: &mut [u8]) { #[parallel] for i in 0..9 { if y[i] > 3 ^} }", "expected curly braces");
    half_typed("fn f(y: &mut [u8]) { #[parallel] for i in 0..9 { match ^} }", "expected an expression");
}

#[test]
fn in_the_head() {
    half_typed("fn f(y: &mut [u8]) { #[parallel] ^}", "expected");
    half_typed("fn f(y: &mut [u8]) { #[parallel] for ^}", "expected");
    half_typed("fn f(y: &mut [u8]) { #[parallel] for i ^}", "expected `in`");
    half_typed("fn f(y: &mut [u8]) { #[parallel] for i in ^}", "expected an expression");
    half_typed("fn f(y: &mut [u8]) { #[parallel] for i in 0.. ^}", "expected curly braces");
    half_typed("fn f(y: &mut [u8]) { #[parallel] for i in 0..y.^{ } }", "expected identifier");
}

/// Rustc reads the same words again, and says the same: once. Where a sign was that it names, there is one.
#[test]
fn words_that_rustc_has_read_stay() {
    let stays = |source: &str, stayed: &str| {
        let out = pipeline::attribute(quote!(), source.parse().unwrap()).to_string();
        let stayed = format!("fn f() {{ {stayed} }}").parse::<TokenStream>().unwrap().to_string();
        let stayed = stayed.trim_start_matches("fn f () {");
        assert!(out.contains(stayed), "`{source}`: {out}, not {stayed}");
    };
    stays(
        "fn f() { let a = 3 #[parallel] for i in 0..9 { y[i] = a; } }",
        "let a = 3 #[allow(unused_attributes)] for i in 0..9 { y[i] = a; }",
    );
    stays("fn f() { parallel_for!(for i in x { y[i] = 1; }); a = ; }", "parallel_for!(for i in x { y[i] = 1; }); a = ;");
    stays("fn f() { match a { 1 => #[parallel] for i in x { } 2 } }", "match a { 1 => for i in x { } 2 }");
    stays("fn f() { #![allow(dead_code)] a = ; }", "a = ;");
    stays("impl A { fn f() { #[parallel] for i in x { y[i] += } } }", "#[allow(unused_attributes)] for i in x { y[i] += }");
    stays("fn f(a &mut [u8]) { #[parallel] for i in x { a[i] = 1; } }", "#[allow(unused_attributes)] for i in x { a[i] = 1; }");
}

#[test]
fn in_the_clauses() {
    half_typed("fn f(y: &mut [u8]) { #[parallel(num_threads ^=)] for i in 0..9 { y[i] = 1; } }", "needs a value");
    half_typed("fn f(y: &mut [u8]) { #[parallel(^sche)] for i in 0..9 { y[i] = 1; } }", "did you mean `schedule`");
    half_typed("fn f(y: &mut [u8]) { #[parallel(reduction^())] for i in 0..9 { y[i] = 1; } }", "reduction");
    half_typed("fn f(y: &mut [u8]) { #[parallel(reduction(+^))] for i in 0..9 { y[i] = 1; } }", "reduction");
    half_typed("fn f(y: &mut [u8]) { #[parallel(reduction(+:^))] for i in 0..9 { y[i] = 1; } }", "reduction");
}

/// A fn without its end, as it comes when a brace is missing further on.
#[test]
fn items() {
    for half in
        ["fn", "fn f", "fn f(", "fn f(y: &mut", "pub", "impl", "impl T for", "mod m", "mod", "for", "for i", "async", "#[x]", ""]
    {
        let Ok(tokens) = half.parse::<TokenStream>() else { continue };
        let out = pipeline::attribute(quote!(), tokens);
        let (_, words) = first_error(&out).unwrap();
        assert!(!words.is_empty(), "{half}");
    }
}

#[test]
fn macros() {
    let place = |source: &str| {
        let at = source.find('^').unwrap();
        let out = pipeline::invocation(source.replacen('^', "", 1).parse().unwrap());
        let (found, words) = first_error(&out).unwrap();
        // Missing at the end is said at the last word.
        assert!((at..source.len() - 1).contains(&found.column), "`{source}`: {words} at {}", found.column);
    };
    place("num_threads = 2^,");
    place("num_threads = 2, for i ^in");
    place("num_threads = 2, for i in 0^..");
    place("num_threads = 2, for i in 0..9 { y[i] = ^}");
    place("num_threads ^=, for i in 0..9 { }");
}

/// What rust-analyzer compares where it asks what belongs at the `^`: the macro as it is, an attribute with a word for what is missing, and
/// the macro with another word there, which is to be found at the same distance from the beginning.
#[track_caller]
fn asked(source: &str, expand: impl Fn(TokenStream) -> TokenStream) {
    let expanded = |word: &str| expand(source.replacen('^', word, 1).parse().unwrap()).to_string().replace(' ', "");
    let (plain, asked) = (expanded(if source.starts_with("fn") { "__ra_fixup" } else { "" }), expanded("raCompletionMarker"));
    let before = asked.split_once("raCompletionMarker").unwrap().0;
    assert!(plain.starts_with(before) && plain.contains("a_word_behind"), "{plain}\n{asked}");
}

#[test]
fn both_expansions_of_an_editor_are_alike() {
    let bodies =
        ["y.^", "y.^; y[i] = 1.0;", "y.l^ y[i] = 1.0;", "y[i] = y[i].^", "y[i] += y.^;", "let z = ^", "y.le^", "if y[i].^ {}"];
    for body in bodies {
        let each = format!("for i in 0..n {{ {body} {{ a_word_behind(); }} }}");
        asked(&format!("num_threads = 2, {each}"), pipeline::invocation);
        asked(&format!("num_threads = 2, |p| {{ {body} {{ a_word_behind(); }} }}"), pipeline::region_call);
        asked(&format!("mod m {{ fn f() {{ parallel_for!({each}); }} }}"), |item| pipeline::attribute(quote!(), item));
    }
    asked("for i in 0..y.^ { a_word_behind(); }", pipeline::invocation);
    asked("|p| { for i in p.^ { a_word_behind(); } }", pipeline::region_call);
    let refused = "fn f(y: &mut [f64]) { #[parallel] for i in 0..9 { y[i] += y.^; } a_word_behind(); }";
    asked(refused, |item| pipeline::attribute(quote!(), item));
}

/// Where each word of the source ends, those inside of groups and the groups' own delimiters too.
fn ends(tokens: TokenStream, found: &mut Vec<(usize, usize)>) {
    for tree in tokens {
        match &tree {
            TokenTree::Group(group) => {
                found.push((group.span_open().start().column, group.span_open().end().column));
                ends(group.stream(), found);
                found.push((group.span_close().start().column, group.span_close().end().column));
            }
            other => found.push((other.span().start().column, other.span().end().column)),
        }
    }
}

/// What closes the groups that are open at the end of the source.
fn closers(source: &str) -> String {
    let mut open = Vec::new();
    for sign in source.chars() {
        match sign {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            _ if open.last() == Some(&sign) => drop(open.pop()),
            _ => {}
        }
    }
    open.iter().rev().collect()
}

/// The source cut behind each of its words from the `for` on: never a panic, never two errors of the parser, and where it has one, the
/// error is at the last word or among what closes the groups behind it.
fn cut(source: &str, expand: impl Fn(TokenStream) -> TokenStream) {
    let mut words = Vec::new();
    ends(source.parse().unwrap(), &mut words);
    let begin = source.find("for i").unwrap();
    let mut refused = 0;
    for (start, end) in words.into_iter().filter(|(start, _)| *start >= begin) {
        let typed = source.get(..end).unwrap();
        let half = format!("{typed}{}", closers(typed));
        let out = expand(half.parse().unwrap());
        let Some((found, text)) = first_error(&out) else { continue };
        // What can be read may be refused for another reason.
        if !text.contains("cannot be read") {
            continue;
        }
        refused += 1;
        assert_eq!(errors(&out), 1, "`{half}`: {out}");
        assert!((start..half.len()).contains(&found.column), "`{half}`: {text} at {}", found.column);
    }
    assert!(refused > 20, "{refused}");
}

#[test]
fn cut_anywhere() {
    let body = r#"for i in 0..y.len() {
        let (a, mut b): (f64, Vec<u8>) = (x[i] + 1.5 * f(i, &z), vec![1; n]);
        if let Some(v) = w.get(i) && a > 2.0 { y[i] += v.iter().map(|t| t * 2).sum::<f64>(); } else { continue; }
        match b.len() { 0 => return None, n if n > 3 => {} _ => b.push(1) }
        while k < 3 { println!("{i} {}", y[i]); }
        total += y[i] as u64; }"#;
    let body = body.replace('\n', " ");
    let clauses = "num_threads = 4, reduction(+: total), schedule(dynamic, 8)";
    cut(&format!("fn f(y: &mut [f64]) {{ let n = 3; #[parallel({clauses})] {body} n }}"), |tokens| {
        pipeline::attribute(quote!(), tokens)
    });
    cut(&format!("{clauses}, {body}"), pipeline::invocation);
}

/// What is printed may be anything yet: no dependence is seen in it.
#[test]
fn in_what_is_printed() {
    let out = pipeline::attribute(
        quote!(),
        quote!(
            fn f(y: &mut [u8]) {
                #[parallel]
                for i in 0..9 {
                    println!("{}", y[i] +);
                    y[i] = 3;
                }
            }
        ),
    );
    assert_eq!(errors(&out), 0, "{out}");
}
