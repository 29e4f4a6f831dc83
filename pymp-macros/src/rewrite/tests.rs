use proc_macro2::{Ident, Span};
use syn::{Block, Expr, Member, Stmt, parse_quote};

use super::{Glue, Marked, judge, rewrite};
use crate::directive::Place;
use crate::nest::Nest;
use crate::testing::{directive, region};
use crate::text::show;

struct Words;

impl Glue for Words {
    fn assigned(&self, name: &Ident, _: Span) -> Stmt {
        parse_quote!(FLAG(stringify!(#name));)
    }
    fn ordered(&self, block: Block, _: &syn::Path) -> Expr {
        parse_quote!(TURN(#block))
    }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// lastprivate(x), lastprivate(w), atomic(h), atomic(self.h); `self.y` stands as `Y`, `self.h` as `H`.
fn same(body: &str, expected: &str) {
    let directive = directive("", &format!("for i in 0..n {body}"));
    let field = |name: &str| Place { root: ident("self"), fields: vec![Member::Named(ident(name))], behind: false };
    let marked = Marked {
        lastprivates: &[ident("x"), ident("w")],
        atomics: &[Place::variable(&ident("h")), field("h")],
        owned: &[],
        grids: &[],
        bases: &[(field("y"), ident("Y")), (field("h"), ident("H"))],
    };
    let nest = Nest::of(&directive);
    let mut got = nest.body.clone();
    rewrite(&nest, &mut got, &marked, &Words);
    let expected: Block = match syn::parse_str(expected) {
        Ok(block) => block,
        Err(error) => unreachable!("{expected}: {error}"),
    };
    assert_eq!(show(&got), show(&expected), "{body}");
}

#[test]
fn lastprivate_assignments_are_flagged() {
    same("{ x = i; }", "{ { x = i; FLAG(stringify!(x)); }; }");
    same("{ if c { x = 1 } }", "{ if c { { x = 1; FLAG(stringify!(x)); } } }");
    same("{ x += 1; x.f = 2; }", "{ { x += 1; FLAG(stringify!(x)); }; { x.f = 2; FLAG(stringify!(x)); }; }");
    same("{ (x, w) = f(); }", "{ { (x, w) = f(); FLAG(stringify!(x)); FLAG(stringify!(w)); }; }");
    same("{ f(&mut x); }", "{ f({ FLAG(stringify!(x)); &mut x }); }");
    same("{ x.push(1); x.len(); }", "{ { FLAG(stringify!(x)); x.push(1) }; x.len(); }");
    same("{ let x = 1; x = 2; }", "{ let x = 1; x = 2; }");
    same("{ if let Some(x) = f() { x = 2; } }", "{ if let Some(x) = f() { x = 2; } }");
    same("{ vec![{ x = 1; 2 }; 3]; }", "{ vec![{ { x = 1; FLAG(stringify!(x)); }; 2 }; 3]; }");
    same("{ match f() { 1 => x = 1, _ => {} } }", "{ match f() { 1 => { x = 1; FLAG(stringify!(x)); }, _ => {} } }");
    same("{ format!(\"{a}\", a = 1); }", "{ format!(\"{a}\", a = 1); }");
}

#[test]
fn atomic_updates_become_calls() {
    same("{ h[k(i)] += 1; }", "{ { let __pymp_value = 1; h.at(k(i)).add(__pymp_value); }; }");
    same("{ self.h[0] ^= v; }", "{ { let __pymp_value = v; H.at(0).bitxor(__pymp_value); }; }");
    same("{ let h = [1]; h[0] += 1; }", "{ let h = [1]; h[0] += 1; }");
    same("{ g[0] += 1; }", "{ g[0] += 1; }");
}

#[test]
fn field_paths_get_their_name() {
    same("{ self.y[i] = self.z[i] + self.y.len(); }", "{ Y[i] = self.z[i] + (Y).len(); }");
    same("{ (*self).y[i].f += 1; }", "{ Y[i].f += 1; }");
    same("{ assert!(self.y[i] > 0, \"{}\", self.y[i]); }", "{ assert!(Y[i] > 0, \"{}\", Y[i]); }");
}

#[test]
fn ordered_blocks_are_handed_over() {
    same("{ ordered!({ x = 1; }); }", "{ TURN({ { x = 1; FLAG(stringify!(x)); }; }); }");
    same("{ let v = pymp::ordered! { let a = 1; a }; }", "{ let v = TURN({ let a = 1; a }); }");
    same("{ if c { ordered!({ f(); }) } }", "{ if c { TURN({ f(); }) } }");
}

/// How many statements of a loop are asked, and whether all that a thread runs is.
fn of_loop(body: &str) -> (usize, bool) {
    let directive = directive("", &format!("for i in 0..n {body}"));
    let nest = Nest::of(&directive);
    let judged = judge(&nest, &mut nest.body.clone(), &[ident("y")], &directive.names());
    (judged.asks, judged.rest.is_some())
}

/// The same of a region.
fn of_region(body: &str) -> (usize, bool) {
    let directive = region(body);
    let judged = judge(&Nest::of_region(&directive), &mut directive.lowered().clone(), &[ident("p")], &directive.names());
    (judged.asks, judged.rest.is_some())
}

#[test]
fn what_is_asked() {
    for (asks, rest, bodies) in [
        (
            0,
            false,
            &[
                "{ y[i] = x[i] + 1; }",
                "{ println!(\"{n}\"); let v = vec![0.0, *n + 1]; }",
                "{ for j in 0..n { y[i] += x[j]; } }",
                "{ let t = twice!(i); }",
            ][..],
        ),
        (
            1,
            false,
            &[
                "{ bump!(n); }",
                "{ y[i] = twice!(n); }",
                "{ if c { bump!(n); } }",
                "{ note(i); }",
                "{ v.iter().map(|x| twice!(n)); }",
            ],
        ),
        (0, true, &["{ let x = next!(n); }", "{ while next!(n) < 3 {} }", "{ y[i] = if c { next!(n) } else { 0 }; }"]),
        (0, true, &["{ println!(\"{}\", next!(n)); }", "{ let f = || next!(n); }", "{ def!(T, n); }", "{ def!(k); y[i] = k; }"]),
        (0, true, &["{ match c { A => next!(n), _ => 0 } }", "{ let Some(x) = next!(n) else { continue }; }", "{ m![n => 3] }"]),
        (
            0,
            true,
            &[
                "{ y[i] = draw(rng); }",
                "{ y[i] = p.name; }",
                "{ y[i] = *b; }",
                "{ vec![text]; }",
                "{ let f = move || text.len(); }",
            ],
        ),
        (2, true, &["{ bump!(n); let x = get!(a); note(x); }"]),
    ] {
        for body in bodies {
            assert_eq!(of_loop(body), (asks, rest), "{body}");
        }
    }
    for (rest, bodies) in [
        (false, &["{ p.barrier(); }", "{ n + p.thread_num() }", "{ x[p.thread_num()] }", "{ names.len() }"][..]),
        (true, &["{ rng.roll() }", "{ let x = rng.roll(); x + 1 }", "{ (text, p.thread_num()) }", "{ roll() }", "{ next!(n) }"]),
    ] {
        for body in bodies {
            assert_eq!(of_region(body), (0, rest), "{body}");
        }
    }
}
