//! Every rule about clauses. Takes the model, reports, returns nothing new.
//!
//! Only what is certain when the program is compiled is judged here; a value is the runtime's to check.

mod collapse;
mod ordered;
mod parmap;
mod region;
mod twice;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Error, Expr, ExprLit, Lit, Pat, PatIdent, UnOp};

pub(crate) use parmap::{ENGINES, parmap, text};
pub(crate) use region::region;

use crate::diag::Diagnostics;
use crate::diag::clauses as say;
use crate::directive::{Clause, Clauses, LoopDirective, ScheduleArg};

/// As the runtime has it.
const MOST_THREADS: u64 = 8192;

/// All rules about one loop. Whether its body can be judged: what is wrong with a number says nothing of it.
pub(crate) fn directive(directive: &LoopDirective, errors: &mut Diagnostics) -> bool {
    values(&directive.clauses, errors);
    let before = errors.count();
    data(&directive.clauses, errors);
    own_variables(directive, errors);
    if directive.clauses.unclear {
        return false;
    }
    collapse::nest(directive, errors);
    ordered::blocks(directive, errors);
    errors.count() == before
}

/// The rules about clauses that say nothing of the body.
fn values(clauses: &Clauses, errors: &mut Diagnostics) {
    repeated(clauses, errors);
    numbers(clauses, errors);
    chunk(clauses, errors);
}

/// The rules about clauses as defaults of the directives in an item. A clause about one loop is fine when there is one.
pub(crate) fn defaults(clauses: &Clauses, directives: usize, errors: &mut Diagnostics) {
    values(clauses, errors);
    data(clauses, errors);
    // None at all has been reported, and is then all there is to say.
    if directives > 1 {
        for key in clauses.about_one_loop() {
            errors.push(say::not_a_default(key, directives));
        }
    }
}

fn repeated(clauses: &Clauses, errors: &mut Diagnostics) {
    for (first, second) in &clauses.repeated {
        errors.push(say::given_twice(first, second));
    }
}

fn numbers(clauses: &Clauses, errors: &mut Diagnostics) {
    for clause in [&clauses.num_threads, &clauses.chunk, &clauses.min_chunk].into_iter().flatten() {
        number(&clause.key.to_string(), &clause.value, errors);
    }
    if let Some(Clause { value: ScheduleArg::Known { chunk: Some(chunk), .. }, .. }) = &clauses.schedule {
        number("chunk", chunk, errors);
    }
    for clause in &clauses.chunks {
        number("chunks", &clause.value.size, errors);
    }
    for clause in [&clauses.condition, &clauses.reproducible].into_iter().flatten() {
        condition(clause, errors);
    }
}

/// A literal that is no number, or one below 1. Everything that is not a literal is a value, and passes.
fn number(key: &str, value: &Expr, errors: &mut Diagnostics) {
    match value {
        Expr::Paren(inner) => number(key, &inner.expr, errors),
        Expr::Group(inner) => number(key, &inner.expr, errors),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) && is_number(&unary.expr) => {
            errors.push(say::below_one(value, key, &value.to_token_stream().to_string().replace("- ", "-")));
        }
        Expr::Lit(ExprLit { lit, .. }) => errors.extend(literal(key, lit)),
        _ => {}
    }
}

fn literal(key: &str, lit: &Lit) -> Option<Error> {
    match lit {
        Lit::Int(int) if matches!(int.suffix(), "f32" | "f64") => Some(say::not_a_number(lit, key, int.base10_digits())),
        Lit::Int(int) => match int.base10_parse::<u64>() {
            Ok(0) => Some(say::below_one(lit, key, &int.to_string())),
            Ok(number) if key != "num_threads" || number <= MOST_THREADS => None,
            _ => Some(say::too_large(lit, key, if key == "num_threads" { MOST_THREADS } else { u64::MAX })),
        },
        Lit::Str(text) => Some(say::not_a_number(lit, key, &text.value())),
        other => Some(say::not_a_number(lit, key, &other.to_token_stream().to_string())),
    }
}

fn is_number(expr: &Expr) -> bool {
    matches!(expr, Expr::Lit(ExprLit { lit: Lit::Int(_) | Lit::Float(_), .. }))
}

fn condition(clause: &Clause<Expr>, errors: &mut Diagnostics) {
    if let Expr::Lit(ExprLit { lit, .. }) = &clause.value
        && !matches!(lit, Lit::Bool(_))
    {
        errors.push(say::not_a_condition(lit, &clause.key));
    }
}

/// A chunk stands in one place, and beside a schedule that takes one.
fn chunk(clauses: &Clauses, errors: &mut Diagnostics) {
    let Some(Clause { value: ScheduleArg::Known { kind, span, chunk: inner }, .. }) = &clauses.schedule else {
        return;
    };
    let outer = clauses.chunk.as_ref();
    if !kind.takes_chunk() {
        if inner.is_some() || outer.is_some() {
            errors.push(say::chunk_beside(*kind, *span, outer.map(|clause| clause.key.span())));
        }
    } else if let (Some(_), Some(outer)) = (inner, outer) {
        errors.push(say::chunk_twice(*span, &outer.key));
    }
}

/// A variable stands in one data clause, but for the pairs that say two things about it.
fn data(clauses: &Clauses, errors: &mut Diagnostics) {
    let places = clauses.places();
    for (at, (key, place)) in places.iter().enumerate() {
        if place.root == "self" && place.fields.is_empty() && *key != "shared" {
            errors.push(say::bare_self(place, key));
        }
        let earlier = places.iter().take(at).find(|(other, first)| first.overlaps(place) && !go_together(other, key));
        if let Some((other, first)) = earlier {
            errors.push(say::two_data_clauses((other, first), (key, place)));
        }
    }
}

/// What the iterations write is shared between them, so `shared` may say so too; and `lastprivate` begins with what
/// `firstprivate` asks for.
fn go_together(a: &Ident, b: &Ident) -> bool {
    let pair = |x: &str, y: &str| (a == x && b == y) || (a == y && b == x);
    ["owned", "chunks", "atomic", "scatter"].iter().any(|arrays| pair("shared", arrays)) || pair("firstprivate", "lastprivate")
}

/// The variables of the loop's pattern are each iteration's own already.
fn own_variables(directive: &LoopDirective, errors: &mut Diagnostics) {
    let bound = bound_by(directive.pat());
    for (key, place) in directive.clauses.places() {
        if bound.contains(&place.root) {
            errors.push(say::own_loop_variable(&place.root, key));
        }
    }
}

/// The variables a pattern makes.
fn bound_by(pat: &Pat) -> Vec<Ident> {
    struct Bound(Vec<Ident>);
    impl<'ast> Visit<'ast> for Bound {
        fn visit_pat_ident(&mut self, pat: &'ast PatIdent) {
            self.0.push(pat.ident.clone());
            visit::visit_pat_ident(self, pat);
        }
    }
    let mut bound = Bound(Vec::new());
    bound.visit_pat(pat);
    bound.0
}

#[cfg(test)]
mod tests;
