//! A loop over the columns of an array of rows, from row to row inside.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Error, ExprForLoop};

use super::strays::two_indices;
use crate::access::{Index, Use};
use crate::diag::{Entry, all_of, between, spanned};
use crate::macros;
use crate::nest::Nest;
use crate::text::show;

/// `for j { for i in 1..n { a[i][j] += a[i - 1][j]; } }`; `uses`: all elements that the body uses of the array.
pub(crate) fn swept(write: &Use, uses: &[&Use], nest: &Nest<'_>) -> Option<Error> {
    let [only] = nest.levels.as_slice() else { return None };
    let (counter, place, here) = (only.counter()?, show(&write.place), show(&write.tokens));
    let row = |usage: &Use| {
        let (first, rest) = two_indices(usage)?;
        show(&rest).starts_with(&format!("[{counter}]")).then(|| show(&first.stream()))
    };
    let inner = row(write).filter(|row| write.index != Index::Fixed && has_loop_over(nest.body, row))?;
    let mut others: Vec<(String, &Use)> = Vec::new();
    for usage in uses {
        let other = row(usage)?;
        if other != inner && !others.iter().any(|(seen, _)| *seen == other) {
            others.push((other, usage));
        }
    }
    let Some((last_row, last)) = others.last() else { return Some(to_all_rows(write, &place, &inner)) };
    let rows = match others.as_slice() {
        [_] if last_row.starts_with(&format!("{inner} - ")) => format!(
            ", after `let (above, below) = {place}.split_at_mut({inner}); let (other, row) = (&above[{last_row}], &mut below[0]);`, with \
             `row[{counter}]` and `other[{counter}]` in it"
        ),
        _ => format!(", over the rows that `{place}.split_at_mut({inner})` takes apart"),
    };
    let read = all_of(others.iter().map(|(_, usage)| show(&usage.tokens)));
    let message = format!(
        "`{here}` is written and {read} used, down a column, and iterations can own rows, not columns; let the loop over {inner} be the outer one, which runs \
         in order, and the one over {counter} the parallel one in it{rows}; or transpose `{place}`"
    );
    Some(between(&write.tokens, &last.tokens, Entry::OtherElement, message))
}

/// Nothing but `a[i][j]`.
pub(super) fn to_all_rows(write: &Use, place: &str, inner: &str) -> Error {
    let here = show(&write.tokens);
    spanned(
        &write.tokens,
        Entry::OtherElement,
        format_args!(
            "every iteration writes to all rows of `{place}`, as `{here}`; swap the two loops, so that the parallel one runs over `{inner}`: \
             then its iteration owns all of `{place}[{inner}]`"
        ),
    )
}

/// `for row in &mut g { row[i] = .. }`, `for (j, row) in g.iter_mut().enumerate() { .. }` in a loop over i.
pub(crate) fn in_each_row(write: &Use, nest: &Nest<'_>) -> Option<Error> {
    let [only] = nest.levels.as_slice() else { return None };
    let (counter, here) = (only.counter()?, show(&write.tokens));
    let over_rows = loops_in(nest.body).into_iter().find_map(|each| {
        let head = show(&each.expr);
        let is_head = head == format!("&mut {here}") || head.starts_with(&format!("{here}.iter_mut()"));
        let row = macros::words(each.pat.to_token_stream()).pop().filter(|_| is_head)?;
        let element = format!("{row}[{counter}]");
        show(&each.body).contains(&element).then(|| (format!("for {} in {head}", show(&each.pat)), element, row))
    });
    let (head, element, row) = over_rows?;
    Some(spanned(
        &write.tokens,
        Entry::OtherElement,
        format_args!(
            "every iteration writes to all rows of `{here}`, as `{element}`; swap the two loops, so that the parallel one is `{head}`: then its \
             iteration owns all of `{row}`"
        ),
    ))
}

/// Whether the body has `for i in ..`.
fn has_loop_over(body: &Block, name: &str) -> bool {
    loops_in(body).iter().any(|each| show(&each.pat) == name)
}

fn loops_in(body: &Block) -> Vec<&ExprForLoop> {
    #[derive(Default)]
    struct Loops<'ast>(Vec<&'ast ExprForLoop>);
    impl<'ast> Visit<'ast> for Loops<'ast> {
        fn visit_expr_for_loop(&mut self, each: &'ast ExprForLoop) {
            self.0.push(each);
            visit::visit_expr_for_loop(self, each);
        }
    }
    let mut loops = Loops::default();
    loops.visit_block(body);
    loops.0
}
