//! What is wrong with a variable that every iteration changes through `&mut` or a method.

use syn::Error;

use super::scratch::{if_made_anew, last_kept};
use super::{OWN, in_place, local_of};
use crate::access::{How, Purpose, Use};
use crate::diag::{Entry, spanned};
use crate::nest::Level;
use crate::text::show;

/// `f(&mut x)`, `v.sort()`.
pub(crate) fn changed(write: &Use, purpose: Purpose, levels: &[Level<'_>]) -> Error {
    let here = show(&write.tokens);
    let (what, shared) = match &write.how {
        How::Method(method) | How::Perhaps(method) => {
            (format!("`.{method}(..)`"), format!(", or `shared({})` if `{method}` takes `&self`", show(&write.place)))
        }
        How::Apart => ("by the pattern that takes it apart".to_owned(), String::new()),
        _ => ("`&mut`".to_owned(), String::new()),
    };
    let hint = match by_name(write, &here) {
        Some(hint) => hint + &shared,
        None if matches!(write.how, How::Apart) => format!(
            "put the loop into the `if let` or `match`, or behind the `let`, that takes it apart, and of an array write `v[..]` in the loop, \
             whose index shows whose element it is; of something else {}",
            result(write)
        ),
        None => match purpose {
            Purpose::Scratch => if_made_anew(write, &show(&write.place)),
            Purpose::Generator => generator(write, levels),
            Purpose::Left => left(write) + &shared,
            Purpose::Read => {
                let anew = if_made_anew(write, &show(&write.place));
                format!("{anew}; if it reads what others have left, they must run one after another{shared}")
            }
            Purpose::Result => result(write) + &shared,
        },
    };
    spanned(&write.tokens, Entry::Changed, format_args!("`{here}` is changed ({what}) by every iteration; {hint}"))
}

/// Methods that have a better one beside them.
fn by_name(write: &Use, here: &str) -> Option<String> {
    let How::Method(method) = &write.how else { return None };
    Some(match method.to_string().as_str() {
        "get_mut" => {
            let element = format!("{here}[{}]", write.handed);
            format!(
                "write `{element}`, whose index shows whose element it is, in place of `{here}.get_mut({index})` and what unwraps it; where there \
                 may be none, `&mut {element}` under `if {index} < {here}.len()`",
                index = write.handed
            )
        }
        "swap" => format!(
            "it reaches two elements, and an iteration owns one: loop over the pairs, as in \
             `for (a, b) in left.iter_mut().zip(right.iter_mut().rev()) {{ std::mem::swap(a, b); }}` after `{here}.split_at_mut(middle)`"
        ),
        "entry" => format!(
            "{} with a {OWN}, or make it a `pymp::shared::dict()`, whose `update_or_insert` takes `&self`",
            in_place(write, "reduction(MyOp: @)")
        ),
        _ => return None,
    })
}

fn generator(write: &Use, levels: &[Level<'_>]) -> String {
    let seed = levels.first().and_then(Level::counter).map_or_else(|| "the loop's variable".to_owned(), |i| format!("`{i}`"));
    let in_body = format!("make it in the body, seeded with {seed}, for the same numbers at every team size");
    match write.place.is_variable() {
        true => format!("{in_body}, or write `private({} = ..)` with a seed made from `pymp::thread_num()`", show(&write.place)),
        false => in_body,
    }
}

fn left(write: &Use) -> String {
    let place = show(&write.place);
    let serial = "or let the iterations run one after another";
    match write.how {
        How::Method(_) => format!("what one takes the others do not find: loop over all of it, `for value in {place}`, {serial}"),
        _ => format!("one finds what another has left in it: read that from an array, as `x[i - 1]`, {serial}"),
    }
}

/// `for (t, v) in s.iter_mut().zip(row) { *t += v; }`: the same with an index, which shows what is done to the elements.
pub(super) fn summed(write: &Use, assign: &str) -> String {
    let here = show(&write.tokens);
    format!("write `for j in 0..{here}.len() {{ {here}[j] {assign} ..; }}` in the body")
}

fn result(write: &Use) -> String {
    let (place, own) = (show(&write.place), format!("{} with a {OWN}", in_place(write, "reduction(MyOp: @)")));
    if matches!(&write.how, How::Method(method) if method == "iter_mut") {
        let sums = summed(write, "+=");
        return format!("of an array of sums {sums}, and `reduction(+: {place})` on the loop; of something else {own}");
    }
    match write.place.is_variable() {
        // `let z = &mut *y; z[i] = ..`
        true if matches!(write.how, How::Borrow(None)) && write.deref => {
            let array = write.place.root.to_string();
            format!("write `{array}[..]` in its place, whose index shows whose element it is; where `{array}` is no array, {own}")
        }
        true if write.kept => {
            format!("it is read after the loop: {own}, or, if each iteration makes all of it anew, {}", last_kept(&place))
        }
        true => format!(
            "{own} if it is read after the loop, or `firstprivate({place})` if it is not, and each iteration begins it anew"
        ),
        // `let cells = &mut self.cells; cells[i] = ..`
        false if matches!(write.how, How::Borrow(_)) => {
            let (local, here) = (local_of(write), show(&write.tokens));
            format!(
                "of an array write `let {local} = &mut {here};` before the loop and `{local}[..]` in it, whose index shows whose element it \
                 is; of something else {own} if it is read after the loop"
            )
        }
        false => format!("{own} if it is read after the loop"),
    }
}
