//! A loop in a region that reduces what the region reduces: each thread runs all of it, and the result counts it once for each thread.
//!
//! Only what is certain: a loop that all threads come to, and that does the same on each.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Expr, ExprForLoop, Meta, Stmt};

use super::bound_by;
use crate::diag::Diagnostics;
use crate::diag::region as say;
use crate::directive::{Clauses, RegionDirective};
use crate::nested::is_parallel;
use crate::parse;
use crate::text::mentions;

pub(super) fn reduced(region: &RegionDirective, errors: &mut Diagnostics) {
    let mut own: Vec<Ident> = region.handle.as_ref().map(bound_by).unwrap_or_default();
    own.extend(region.clauses.privates.iter().map(|clause| clause.value.name.clone()));
    statements(&region.body.stmts, region, &mut own, errors);
}

/// `own`: what may differ from thread to thread.
fn statements(stmts: &[Stmt], region: &RegionDirective, own: &mut Vec<Ident>, errors: &mut Diagnostics) {
    for stmt in stmts {
        match stmt {
            Stmt::Local(local) => own.extend(bound_by(&local.pat)),
            Stmt::Expr(Expr::Block(block), _) if block.attrs.is_empty() => statements(&block.block.stmts, region, own, errors),
            Stmt::Expr(Expr::ForLoop(each), _) => {
                if let Some(clauses) = clauses(each)
                    && !differs(each, own)
                {
                    once_too_often(region, each, &clauses, errors);
                }
            }
            _ => {}
        }
    }
}

fn clauses(each: &ExprForLoop) -> Option<Clauses> {
    let attribute = each.attrs.iter().find(|attribute| is_parallel(attribute.path()))?;
    let Meta::List(list) = &attribute.meta else { return None };
    let mut errors = Diagnostics::new();
    let clauses = parse::clauses(parse::Of::Loop, list.tokens.clone(), &mut errors);
    // What is wrong with them is told where the loop is expanded.
    errors.finish().ok().map(|()| clauses)
}

/// Whether the loop may be another one on another thread, as far as its words show.
fn differs(each: &ExprForLoop, own: &[Ident]) -> bool {
    let asks = Ident::new("thread_num", each.for_token.span);
    own.iter().chain([&asks]).any(|name| mentions(each.to_token_stream(), name))
}

fn once_too_often(region: &RegionDirective, each: &ExprForLoop, clauses: &Clauses, errors: &mut Diagnostics) {
    let of_region: Vec<String> = region.clauses.reductions.iter().map(|clause| clause.value.place.to_string()).collect();
    let handle = region.handle.as_ref().and_then(|handle| bound_by(handle).into_iter().next());
    for clause in &clauses.reductions {
        if of_region.contains(&clause.value.place.to_string()) {
            errors.push(say::reduced_twice(&clause.value.place, each, handle.as_ref()));
        }
    }
}
