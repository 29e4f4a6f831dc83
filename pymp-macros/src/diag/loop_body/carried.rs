//! A dependence between iterations: who touches what of whom, and the way out.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{BinOp, Error, Expr};

use super::SHOWN;
use super::elements::together;
use super::strays::{from_zero, index_of, two_indices};
use crate::access::{How, Index, Op, Use};
use crate::diag::{Entry, all_of, between};
use crate::macros::words;
use crate::nest::{Level, number};
use crate::place::bare;
use crate::text::show;

/// How an access and a write of the iterations' own elements come together.
#[derive(Clone, Copy, PartialEq)]
enum Clash {
    /// `y[i - 1]`, which is another iteration's.
    Apart,
    /// `y[i - 1]` in steps of two: nobody's.
    Nobodys,
    /// `y[0]`, the same for all iterations.
    Fixed,
    /// `y[next[i]]`, of which nothing is known.
    Any,
}

impl Clash {
    fn of(write: &Use, other: &Use, levels: &[Level<'_>]) -> Clash {
        let (Some(own), Some(shift)) = (write.index.shift(), other.index.shift()) else {
            return if other.index == Index::Fixed { Clash::Fixed } else { Clash::Any };
        };
        match levels.first().map_or(Some(1), Level::step) {
            Some(step) if shift.by.saturating_sub(own.by) % step == 0 => Clash::Apart,
            Some(_) => Clash::Nobodys,
            None => Clash::Any,
        }
    }
}

/// `y[i] = y[i - 1] + y[i + 1]`: the write, and what else the body does to the array; `updated`: all of it is this operator.
pub(crate) fn carried(write: &Use, others: &[&Use], levels: &[Level<'_>], updated: Option<Op>) -> Error {
    let row = row_of_all(others).or_else(|| row_of_flat(write, others, levels));
    let kind = |other: &Use| match &row {
        Some(_) => (Clash::Fixed, false),
        None => (Clash::of(write, other, levels), other.writes()),
    };
    let first = others.first().map(|first| kind(first));
    let mut alike: Vec<&Use> = Vec::new();
    for other in others.iter().filter(|other| Some(kind(other)) == first) {
        if alike.len() < SHOWN && !alike.iter().any(|seen| show(&seen.tokens) == show(&other.tokens)) {
            alike.push(other);
        }
    }
    let (clash, writes) = first.unwrap_or((Clash::Any, false));
    let place = show(&write.place);
    let what = match clash {
        Clash::Nobodys => format!("`{place}` is used beside the iteration's own element"),
        _ => format!("the loop carries a dependence on `{place}`"),
    };
    let parts = if clash == Clash::Nobodys { in_parts(write, others, levels) } else { None };
    let way = match updated {
        _ if parts.is_some() => parts.unwrap_or_default(),
        Some(op) if writes => format!("write {}, or let each iteration write one element only", together(write, op)),
        None if writes => "let each iteration write one element only".to_owned(),
        _ => row.unwrap_or_else(|| way_out(write, clash, &alike, levels)),
    };
    let reason = reason(write, clash, &alike, levels);
    let message = format!("{what}: {reason}; {way}");
    between(&write.tokens, alike.iter().map(|other| &other.tokens).collect::<Furthest>().0, Entry::Carried, message)
}

/// `y[i] = x[i] - prev; prev = x[i];`
pub(crate) fn carried_variable(write: &Use, read: &TokenStream) -> Error {
    let name = show(&write.tokens);
    let assignment = match &write.how {
        How::Assign { value, .. } if !value.is_empty() => format!("`{name} = {value}`"),
        _ => format!("`{name} = ..`"),
    };
    let first_hit = match &write.how {
        How::Assign { value, .. } if value.starts_with("Some(") && write.untaken => format!(
            "for the first hit write `lastprivate({name})`, and `{assigned} break;` without the test of `{name}`; else ",
            assigned = format_args!("{name} = {value};")
        ),
        _ => String::new(),
    };
    between(
        read,
        &write.tokens,
        Entry::Carried,
        format_args!(
            "the loop carries a value in `{name}`: it is read before this iteration has surely assigned it ({assignment}), so the \
             value is that of an earlier iteration; {first_hit}declare `{name}` in the body with `let`, made from the loop's own variable, or the \
             iterations must run one after another"
        ),
    )
}

/// The last in the text of several.
#[derive(Default)]
struct Furthest(TokenStream);

impl<'t> FromIterator<&'t TokenStream> for Furthest {
    fn from_iter<I: IntoIterator<Item = &'t TokenStream>>(all: I) -> Furthest {
        use syn::spanned::Spanned;
        let last = all.into_iter().max_by_key(|tokens| {
            let end = tokens.span().end();
            (end.line, end.column)
        });
        Furthest(last.cloned().unwrap_or_default())
    }
}

fn reason(write: &Use, clash: Clash, others: &[&Use], levels: &[Level<'_>]) -> String {
    let here = show(&write.tokens);
    let there = all_of(others.iter().map(|other| show(&other.tokens)));
    let writes = others.first().is_some_and(|other| other.writes());
    let verb = if writes { "writes" } else { "reads" };
    match clash {
        Clash::Apart => {
            let each: Vec<String> = others.iter().filter_map(|other| of_whom(write, other)).collect();
            let counter = write.index.shift().map(|own| own.counter).unwrap_or_default();
            format!("iteration {counter} {verb} {}", each.join(", and "))
        }
        Clash::Nobodys => {
            let counter = write.index.shift().map(|own| own.counter).unwrap_or_default();
            let step = levels.first().and_then(Level::step).unwrap_or(1);
            let belong = if others.len() > 1 { "belong" } else { "belongs" };
            format!(
                "{there} {belong} to no iteration, since {counter} goes in steps of {step}, and iteration {counter} may use its own \
                 element, `{here}`, only"
            )
        }
        Clash::Fixed => format!("every iteration {verb} {there}, which may be the `{here}` of another one"),
        Clash::Any if writes => format!("an iteration writes `{here}` and {there}, and another one may write these too"),
        Clash::Any => format!("an iteration reads {there}, which another one may write as `{here}`"),
    }
}

/// `y[i - 1]`, and the iteration that writes it.
fn of_whom(write: &Use, other: &Use) -> Option<String> {
    let (own, shift) = (write.index.shift()?, other.index.shift()?);
    let (here, there, that) = (show(&write.tokens), show(&other.tokens), shift.plus(-own.by));
    Some(match other.writes() {
        true => format!("`{there}`, which iteration {that} writes too, as `{here}`"),
        false if two_indices(other).is_some() => format!("`{there}`, where iteration {that} writes"),
        false if own.by != 0 => format!("`{there}`, which iteration {that} writes as `{here}`"),
        false => format!("`{there}`, which iteration {that} writes"),
    })
}

/// For whom the values from before the loop are good enough.
fn way_out(write: &Use, clash: Clash, others: &[&Use], levels: &[Level<'_>]) -> String {
    let place = show(&write.place);
    let serial = "if not, the iterations must run one after another";
    let meant = "if the value from before the loop is meant, write";
    match (clash, others) {
        (Clash::Nobodys, _) => {
            let copy = copy(&place, others);
            format!("write {copy}, or make `{place}` a `pymp::shared::array`, of which every iteration may `get` and `set` all")
        }
        (Clash::Fixed, [only]) => {
            format!("{meant} `let value = {};` before the loop and `value` here; {serial}", show(&only.tokens))
        }
        (Clash::Fixed, _) => format!("{meant} a `let` for each before the loop; {serial}"),
        _ => match &write.index {
            Index::Shifted { row: Some(row), .. } if levels.len() == 1 => format!(
                "if the values from before the loop are meant, as in Jacobi's iteration or one colour of red-black, write {}, and \
                 `chunks({place}, {})`{}; {serial}",
                copy(&place, others),
                row.size,
                levels.first().map(from_zero).unwrap_or_default()
            ),
            _ => format!("{meant} {}; {serial}", copy(&place, others)),
        },
    }
}

/// `y[i]` and `y[i + 1]` in steps of two: the iterations have parts of the array.
fn in_parts(write: &Use, others: &[&Use], levels: &[Level<'_>]) -> Option<String> {
    let [only] = levels else { return None };
    let (counter, (start, end, step)) = (only.counter()?, only.stepped()?);
    let shifts = others.iter().copied().chain([write]).map(|usage| Some(usage.index.shift()?.by));
    let shifts = shifts.collect::<Option<Vec<i128>>>()?;
    let (least, most) = (*shifts.iter().min()?, *shifts.iter().max()?);
    let (place, rounded) = (show(&write.place), step - 1 - start);
    let count = match bare(end) {
        end @ Expr::Lit(_) => number(end)?.checked_add(rounded)?.checked_div(step)?.to_string(),
        end @ (Expr::Path(_) | Expr::MethodCall(_)) if rounded == 0 => format!("{} / {step}", show(end)),
        end if rounded < 0 => format!("({} - {}) / {step}", show(end), rounded.unsigned_abs()),
        end => format!("({} + {rounded}) / {step}", show(end)),
    };
    let offset = if start == 0 { String::new() } else { format!(" + {start}") };
    (start + least == 0 && most - least < step).then(|| {
        format!(
            "write `for part in 0..{count}` with `chunks({place}, {step})`, and `let {counter} = {step} * part{offset};` as the first line of \
             the body"
        )
    })
}

pub(super) fn copy(place: &str, others: &[&Use]) -> String {
    let read: Vec<String> = others
        .iter()
        .map(|other| match show(&other.tokens).strip_prefix(place) {
            Some(index) => format!("old{index}"),
            None => "old".to_owned(),
        })
        .collect();
    format!("`let old = {place}.to_vec();` before the loop and {} here", each_of(read))
}

/// What to write in place of each; the same is said once.
fn each_of(mut read: Vec<String>) -> String {
    read.dedup();
    read.truncate(SHOWN);
    let quoted: Vec<String> = read.iter().map(|words| format!("`{words}`")).collect();
    quoted.join(", ")
}

/// `a[k][k]`, `a[k][j]` beside `a[i][j]`: a row that no iteration writes, as in an elimination.
fn row_of_all(others: &[&Use]) -> Option<String> {
    let mut row = None;
    let mut read: Vec<String> = Vec::new();
    for other in others {
        let (first, rest) = two_indices(other).filter(|_| other.index == Index::Fixed)?;
        let all = format!("{}{}", show(&other.place), show(&first.to_token_stream()));
        if *row.get_or_insert_with(|| all.clone()) != all {
            return None;
        }
        read.push(format!("row{}", show(&rest)));
    }
    Some(format!("write `let row = {}.clone();` before the loop and {} here", row?, each_of(read)))
}

/// `row_of_all` of a matrix that is one array: `a[k*n + j]` beside `a[i*n + j]`.
fn row_of_flat(write: &Use, others: &[&Use], levels: &[Level<'_>]) -> Option<String> {
    let Index::Shifted { row: Some(size), .. } = &write.index else { return None };
    let (level, size) = (levels.first()?, &size.size);
    let known = words(level.head.to_token_stream());
    let mut start = None;
    let mut read = Vec::new();
    for other in others {
        let (row, rest) = row_and_rest(other, size)?;
        let before = words(row.to_token_stream()).iter().all(|word| known.contains(word));
        let row = show(&row);
        if !before || *start.get_or_insert_with(|| row.clone()) != row {
            return None;
        }
        read.push(format!("row[{rest}]"));
    }
    let (place, start) = (show(&write.place), start?);
    Some(format!(
        "write `let row = {place}[{start}..][..{size}].to_vec();` before the loop, {} here, and `chunks({place}, {size})`{}",
        each_of(read),
        from_zero(level)
    ))
}

/// The `k*n` and the `j` of the index `k*n + j`.
fn row_and_rest(other: &Use, size: &str) -> Option<(Expr, String)> {
    let index: Expr = syn::parse2(index_of(other)?.stream()).ok()?;
    let Expr::Binary(sum) = bare(&index) else { return None };
    let is_row = |side: &Expr| match bare(side) {
        Expr::Binary(product) if matches!(product.op, BinOp::Mul(_)) => {
            [&product.left, &product.right].map(show).contains(&size.to_owned())
        }
        _ => false,
    };
    let pair = if is_row(&sum.left) { (&sum.left, &sum.right) } else { (&sum.right, &sum.left) };
    (matches!(sum.op, BinOp::Add(_)) && is_row(pair.0)).then(|| (bare(pair.0).clone(), show(pair.1)))
}
