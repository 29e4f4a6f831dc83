use proc_macro2::Span;
use quote::ToTokens;
use syn::{Expr, parse_quote};

use super::{Control, Exits, judge, rewrite};
use crate::nest::Nest;
use crate::testing::directive;
use crate::text::show;

struct Words;

impl Exits for Words {
    fn leave_break(&self, _: Span) -> Expr {
        parse_quote!(LEAVE)
    }
    fn leave_return(&self, value: Option<Expr>, _: Span) -> Expr {
        parse_quote!(RETURN(#value))
    }
    fn question(&self, value: Expr, _: Span) -> Expr {
        parse_quote!(TRY(#value))
    }
}

/// The body after the rewriting.
fn rewritten(clauses: &str, each: &str) -> String {
    let directive = directive(clauses, each);
    let nest = Nest::of(&directive);
    let mut body = nest.body.clone();
    rewrite(&nest, &mut body, &Words);
    show(&body)
}

fn same(each: &str, expected: &str) {
    let expected: syn::Block = match syn::parse_str(expected) {
        Ok(block) => block,
        Err(error) => unreachable!("{expected}: {error}"),
    };
    assert_eq!(rewritten("", each), show(&expected), "{each}");
}

#[test]
fn words_that_leave_the_loop_are_replaced() {
    same("for i in 0..n { break; }", "{ LEAVE; }");
    same("'a: for i in 0..n { loop { break 'a; } }", "{ loop { LEAVE; } }");
    same("for i in 0..n { if c { return; } return x[i]; }", "{ if c { RETURN(); } RETURN(x[i]); }");
    same("for i in 0..n { let q = f(g()?)?; }", "{ let q = TRY(f(TRY(g()))); }");
    same("for i in 0..n { println!(\"{}\", f()?); }", "{ println!(\"{}\", TRY(f())); }");
    same("for i in 0..n { let v = vec![g()?; 3]; }", "{ let v = vec![TRY(g()); 3]; }");
    same("for i in 0..n { m!(a = b?); }", "{ m!(a = TRY(b)); }");
    same(
        "for i in 0..n { assert!(matches!(f()?, Some(k) if g(k)?)); }",
        "{ assert!(matches!(TRY(f()), Some(k) if TRY(g(k)))); }",
    );
    same("for i in 0..n { match f() { Some(v) => v, None => break } }", "{ match f() { Some(v) => v, None => LEAVE } }");
    same("for i in 0..n { match f() { v if g(v)? => 1, _ => 2 }; }", "{ match f() { v if TRY(g(v)) => 1, _ => 2 }; }");
    same("for i in 0..n { let Some(v) = f() else { return None }; }", "{ let Some(v) = f() else { RETURN(None) }; }");
    same("for i in 0..n { try { f()?; return 1; } }", "{ try { f()?; RETURN(1); } }");
    same("for i in 0..n { 'b: { break; } }", "{ 'b: { LEAVE; } }");
    same("for i in 0..n { ordered!({ f()?; }); }", "{ ordered!({ TRY(f()); }); }");
}

#[test]
fn the_others_stay() {
    for body in [
        "{ continue; }",
        "{ for j in 0..3 { break; } while c { break; } loop { break 3; } }",
        "{ 'b: loop { loop { break 'b; continue 'b; } } }",
        "{ 'b: { break 'b 3; } }",
        "{ xs.iter().map(|x| { return x?; }); }",
        "{ let g = async { f().await?; return 1; }; }",
        "{ let g = async move |x| x.await; }",
        "{ fn g() -> Option<u8> { return f()?; } }",
        "{ let g = |x| println!(\"{}\", f()?); }",
        "{ println!(\"{:?}\", x); }",
        "{ struct S<T: ?Sized>(T); }",
    ] {
        same(&format!("for i in 0..n {body}"), body);
        let directive = directive("", &format!("for i in 0..n {body}"));
        assert_eq!(judge(&Nest::of(&directive)).ok(), Some(Control::default()), "{body}");
    }
}

#[test]
fn what_is_there_is_reported() {
    let table = [
        ("{ break; }", true, false),
        ("{ f()?; }", false, true),
        ("{ return; }", false, true),
        ("{ ordered!({ break; }); }", true, false),
        ("{ loop { return 3; } }", false, true),
    ];
    for (body, breaks, returns) in table {
        let directive = directive("", &format!("for i in 0..n {body}"));
        assert_eq!(judge(&Nest::of(&directive)).ok(), Some(Control { breaks, returns, hidden: false }), "{body}");
    }
}

fn refuses(clauses: &str, each: &str, word: &str) {
    let directive = directive(clauses, each);
    let said = match judge(&Nest::of(&directive)) {
        Ok(_) => String::new(),
        Err(error) => error.to_compile_error().to_token_stream().to_string(),
    };
    assert!(said.contains(word), "[{clauses}] {each}\nwants: {word}\nsaid: {said}");
}

#[test]
fn what_cannot_leave_is_refused() {
    refuses("", "for i in 0..n { break 'outer; }", "`break 'outer` leaves the parallel loop");
    refuses("", "for i in 0..n { continue 'outer; }", "`continue 'outer` leaves the parallel loop");
    refuses("", "for i in 0..n { loop { break 'outer; } }", "`break 'outer` leaves the parallel loop");
    refuses("", "for i in 0..n { println!(\"{}\", { break 'outer }); }", "`break 'outer`");
    refuses("", "for i in 0..n { f().await; }", "`.await`");
    refuses("", "for i in 0..n { yield 3; }", "`yield`");
    refuses("", "for i in 0..n { odd!(a => return 3); }", "`return` inside `odd!`");
    refuses("", "for i in 0..n { odd!(a => b?, c); }", "`?` inside `odd!`");
    refuses("", "for i in 0..n { odd!(a => { break }); }", "`break` inside `odd!`");
    refuses("", "for i in 0..n { anyhow::bail!(\"no\"); }", "`anyhow::bail!` returns from the function");
    refuses("", "for i in 0..n { vec![parallel_for!(for j in 0..m { return 3; })]; }", "`return` inside `parallel_for!`");
    let inner = "ends only an inner one of the collapsed loops";
    refuses("collapse = 2", "for i in 0..n { for j in 0..m { break; } }", inner);
    refuses("collapse = 2", "'a: for i in 0..n { 'b: for j in 0..m { break 'b; } }", "`break 'a`");
    refuses("collapse = 2", "'a: for i in 0..n { for j in 0..m { continue 'a; } }", "skips the rest");
    let ends = rewritten("collapse = 2", "'a: for i in 0..n { 'b: for j in 0..m { if c { continue 'b } break 'a; } }");
    assert!(ends.contains("LEAVE") && ends.contains("continue 'b"), "{ends}");
}
