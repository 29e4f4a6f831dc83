//! What the head of a loop hands out by `&mut`: nothing else can reach it in the body, in a plain loop either.

use syn::{Expr, ExprMethodCall};

use super::index::Index;
use super::usage::{How, Use};
use crate::directive::Place;
use crate::nest::Level;
use crate::place::{Target, bare};

/// The first use of an element, or of the length, of what a head hands out, and what that is.
pub(super) fn used_inside<'u>(levels: &[Level<'_>], uses: &'u [Use]) -> Option<(Place, &'u Use)> {
    let mut handed = Vec::new();
    levels.iter().for_each(|level| handed_out(level.head, &mut handed));
    handed.into_iter().find_map(|place| {
        let inside = |usage: &&Use| usage.index != Index::None || matches!(usage.how, How::Len);
        let used = uses.iter().filter(inside).find(|usage| usage.place.overlaps(&place))?;
        Some((place, used))
    })
}

/// `&mut v`, `v.iter_mut().enumerate()`, `a.iter().zip(&mut v)`.
fn handed_out(head: &Expr, handed: &mut Vec<Place>) {
    match bare(head) {
        Expr::Reference(lent) if lent.mutability.is_some() => handed.extend(whole(&lent.expr)),
        Expr::MethodCall(call) if hands_out(call) => handed.extend(whole(&call.receiver)),
        Expr::MethodCall(call) => {
            handed_out(&call.receiver, handed);
            if call.method == "zip" || call.method == "chain" {
                call.args.iter().for_each(|argument| handed_out(argument, handed));
            }
        }
        _ => {}
    }
}

fn hands_out(call: &ExprMethodCall) -> bool {
    let method = call.method.to_string();
    matches!(method.as_str(), "iter_mut" | "chunks_mut" | "chunks_exact_mut" | "rchunks_mut" | "rchunks_exact_mut")
}

fn whole(expr: &Expr) -> Option<Place> {
    Target::of(expr).filter(|target| target.index.is_none()).map(|target| target.place)
}
