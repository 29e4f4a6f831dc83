//! What is wrong with a loop body: one constructor per message.

mod argmax;
mod carried;
mod changed;
mod columns;
mod elements;
mod head;
mod reduced;
mod rows;
mod scratch;
mod strays;
mod tuple;

use proc_macro2::{Ident, Span, TokenStream};
use syn::Error;

pub(crate) use self::argmax::*;
pub(crate) use self::carried::*;
pub(crate) use self::changed::*;
pub(crate) use self::columns::*;
pub(crate) use self::elements::*;
pub(crate) use self::head::*;
pub(crate) use self::reduced::*;
pub(crate) use self::rows::*;
pub(crate) use self::scratch::*;
pub(crate) use self::strays::*;
use super::{Entry, between, error, spanned};
use crate::access::{Added, How, Op, Use, in_order, is_variable};
use crate::text::show;

/// More accesses than these are of no help.
const SHOWN: usize = 3;

/// What stands behind `MyOp` in a message.
const OWN: &str = "`Reduction` of your own";

/// More than the runtime has tuples for.
pub(crate) fn too_many(at: Span, found: usize, most: usize, what: &str) -> Error {
    error(
        at,
        Entry::TooMany,
        format_args!(
            "a loop has at most {most} {what}, found {found}; make two loops of it, or keep several values in one struct"
        ),
    )
}

// Captured variables

/// What a variable in place of a field may be called.
fn local_of(write: &Use) -> String {
    let named = write.place.fields.iter().rev().find_map(|member| match member {
        syn::Member::Named(name) => Some(name.to_string()),
        syn::Member::Unnamed(_) => None,
    });
    named.unwrap_or_else(|| "value".to_owned())
}

/// For clauses that take variables only: the place is taken out of where it is, and put back. `@` is the variable.
fn by_variable(write: &Use, clause: &str) -> String {
    let local = local_of(write);
    let here = show(&write.tokens);
    format!(
        "take it into a variable before the loop, `let mut {local} = {here};`, write `{}`, and put it back after the loop, \
         `{here} = {local};`",
        clause.replace('@', &local)
    )
}

/// For clauses that take fields too, and what lies behind a `*`.
fn in_place(write: &Use, clause: &str) -> String {
    let place = if write.starred { write.place.clone().behind() } else { write.place.clone() };
    format!("write `{}`", clause.replace('@', &show(&place)))
}

/// By Rust's conventions.
fn is_static(write: &Use) -> bool {
    write.place.root != "self" && !is_variable(&write.place.root)
}

/// `sum += ..`, `x = x.max(e)`.
pub(crate) fn update(write: &Use, op: Op, spelled: &str) -> Error {
    let here = show(&write.tokens);
    let hint = match op {
        _ if is_static(write) => format!(
            "a static is changed together as an atomic, `static {}: AtomicUsize`, or in a `Mutex`; or write to a variable, with a \
             `reduction`",
            write.place.root
        ),
        Op::Div => divisors(&format!("`{here}`")),
        _ if !op.reduces() => {
            let own = in_place(write, "reduction(MyOp: @)");
            format!("a reduction has no `{op}`, whose result depends on the order of the iterations; {own} with a {OWN}")
        }
        Op::Add => match &write.how {
            How::Update { added: Added::Text, .. } => appending(write),
            How::Update { added: Added::Reference, .. } => {
                format!("{}, or for a number `reduction(+: {})`", appending(write), show(&write.place))
            }
            _ => in_place(write, "reduction(+: @)"),
        },
        _ => in_place(write, &format!("reduction({op}: @)")),
    };
    spanned(&write.tokens, Entry::Updated, format_args!("`{here}` is updated (`{spelled}`) by every iteration; {hint}"))
}

fn appending(write: &Use) -> String {
    format!("{} to collect in iteration order", in_place(write, "reduction(append: @)"))
}

/// `x = ..`.
pub(crate) fn assigned(write: &Use) -> Error {
    let here = show(&write.tokens);
    let place = show(&write.place);
    let hint = if is_static(write) {
        format!("take a variable in place of the static, or put it in a `Mutex`, `static {}: Mutex<..>`", write.place.root)
    } else if write.place.root == "self" && write.place.is_variable() && !write.deref {
        "it is no variable that a loop could keep or copy; declare another one in the body with `let`".to_owned()
    } else if write.place.is_variable() && !write.deref {
        match write.kept {
            true => format!(
                "it is read after the loop, so write `lastprivate({place})` to keep the value of the last iteration that assigned it; what \
                 only the iteration itself needs is another variable, declared in the body with `let`"
            ),
            false => format!(
                "write `lastprivate({place})` to keep the value of the last iteration, or, if it is not read after the loop, \
                 `private({place})` for one of its own in each thread, or declare it in the body with `let`"
            ),
        }
    } else {
        by_variable(write, "lastprivate(@)")
    };
    spanned(&write.tokens, Entry::Assigned, format_args!("`{here}` is assigned by every iteration; {hint}"))
}

/// `x = f(x, i)`, `x = a * x + b`, `if e > best.0 { best = (e, i) }`.
pub(crate) fn made_from_itself(write: &Use, chained: bool, read: bool) -> Error {
    let here = show(&write.tokens);
    let hint = match chained {
        true => "in their order, so they must run one after another".to_owned(),
        false => format!("{} with a {OWN}", in_place(write, "reduction(MyOp: @)")),
    };
    let state = match read && write.place.is_variable() && !write.kept {
        true => format!(
            ", or, if it is not read after the loop, `private({here} = ..)` for one of its own in each thread, such as the state of a \
             generator"
        ),
        false => String::new(),
    };
    let join = if chained { "," } else { ";" };
    spanned(
        &write.tokens,
        Entry::Updated,
        format_args!("`{here}` is made from its own value by every iteration{join} {hint}{state}"),
    )
}

/// `v.push(..)`.
pub(crate) fn appended(write: &Use, method: &Ident, ordered: bool) -> Error {
    let here = show(&write.tokens);
    let place = show(&write.place);
    if method == "write" {
        return written(write, ordered);
    }
    let hint = match in_order(method) {
        true => appending(write),
        false => format!("{} with a {OWN}", in_place(write, "reduction(MyOp: @)")),
    };
    let lock = if ordered { ", or a `Mutex` around it, locked inside `ordered!`" } else { "" };
    spanned(
        &write.tokens,
        Entry::Appended,
        format_args!(
            "`{here}.{method}(..)` is called by every iteration; {hint}, or `shared({place})` for a collection that takes it by `&self`{lock}"
        ),
    )
}

/// `write!(f, ..)`.
fn written(write: &Use, ordered: bool) -> Error {
    let (here, appending) = (show(&write.tokens), appending(write));
    let (lock, inside) = match write.place.fields.is_empty() {
        true => (here.clone(), if ordered { ", inside `ordered!`" } else { "" }),
        false => (format!("&mut {here}"), if ordered { ", inside `ordered!`" } else { "" }),
    };
    spanned(
        &write.tokens,
        Entry::Appended,
        format_args!(
            "`write!({here}, ..)` is called by every iteration; for a `String` {appending}, for a file `let f = Mutex::new({lock});` before the \
             loop and `write!(f.lock().unwrap(), ..)`{inside}"
        ),
    )
}

/// `only`: it is updated by this operator, and not used otherwise.
pub(crate) fn lastprivate_read(name: &Ident, tokens: &TokenStream, only: Option<Op>) -> Error {
    match only {
        Some(op) => spanned(
            tokens,
            Entry::LastprivateRead,
            format_args!(
                "`{name}` is made from its value before, which comes from another iteration, and `lastprivate({name})` keeps what one iteration \
                 makes alone; write `reduction({op}: {name})` in place of `lastprivate({name})`"
            ),
        ),
        None => read_too_early(Entry::LastprivateRead, name, tokens, "iteration", "declare another variable with `let`"),
    }
}

/// `if x[i] > 0 { t = x[i] } y[i] = t` under `private(t)`.
pub(crate) fn private_read(name: &Ident, tokens: &TokenStream) -> Error {
    let begun = format!("write `private({name} = ..)` if a thread's own value is meant to stay in it");
    read_too_early(
        Entry::LastprivateRead,
        name,
        tokens,
        "iteration of the same thread, and which that is depends on the team",
        &begun,
    )
}

/// `y[i] = k` and no more under `private(k)`.
pub(crate) fn private_only_read(read: &Use) -> Error {
    let name = &read.place.root;
    spanned(
        &read.tokens,
        Entry::LastprivateRead,
        format_args!(
            "`{name}` is read and never assigned here: under `private({name})` a thread's own `{name}` begins as its type's default, not \
             as the value before the loop; write `firstprivate({name})` for that value, or no clause, when all only read it"
        ),
    )
}

/// `buf.push(i); y[i] = buf.len();` under `private(buf)`.
pub(crate) fn private_grown(push: &Use, read: &Use) -> Error {
    let name = &push.place.root;
    between(
        &push.tokens,
        &read.tokens,
        Entry::LastprivateRead,
        format_args!(
            "`{name}` grows from iteration to iteration of the same thread, and which those are depends on the team; write \
             `{name}.clear();` as the first line of the body, or `private({name} = ..)` if a thread's own value is meant to stay in it"
        ),
    )
}

fn read_too_early(entry: Entry, name: &Ident, tokens: &TokenStream, whose: &str, other: &str) -> Error {
    spanned(
        tokens,
        entry,
        format_args!(
            "`{name}` is read before this iteration has surely assigned it, so its value would come from another \
             {whose}; assign `{name}` first, or {other}"
        ),
    )
}

pub(crate) fn unlisted(usage: &Use, what: &str) -> Error {
    let name = &usage.place.root;
    spanned(
        name,
        Entry::DefaultNone,
        format_args!("`{name}` is in no clause of this `default(none)` {what}; write `shared({name})` if all threads may see it"),
    )
}
