//! What is kept by a comparison with an extremum, and the tuple that keeps it with its place.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use syn::{Error, Expr};

use super::{OWN, reduction_read};
use crate::access::{How, Op, Order, Tie, Use};
use crate::diag::{Entry, all_of, between, spanned};
use crate::text::show;

/// One of what is kept together: what it is before the loop, in it, and what takes it after it.
struct Kept {
    before: String,
    value: String,
    after: String,
}

impl Kept {
    fn new(before: &str, value: &str, after: &str) -> Kept {
        Kept { before: before.to_owned(), value: value.to_owned(), after: after.to_owned() }
    }

    fn name(name: &str, value: &str) -> Kept {
        Kept::new(name, value, name)
    }
}

/// What to write to keep all of them; the first is what is compared. Of equal values the place decides, as in the serial loop.
fn as_one_tuple(order: Order, mut kept: Vec<Kept>, tie: Option<&Tie>) -> String {
    let (keeps, sign) = (order.keeps, sign(order.keeps));
    let whole = owner(&kept);
    let mut turned = false;
    if let (Some(tie), false) = (tie, kept.is_empty()) {
        let place = kept.iter().skip(1).position(|one| one.value == tie.counter).map(|at| kept.remove(at + 1));
        let mut place = place.unwrap_or_else(|| Kept::new("0", &tie.counter, "_"));
        turned = ((keeps == Op::Max) != order.last) != tie.reversed;
        if turned {
            let marked = |text: &str| if text == "_" { "_".to_owned() } else { format!("std::cmp::Reverse({text})") };
            place = Kept { before: marked(&place.before), value: marked(&place.value), after: marked(&place.after) };
        }
        kept.insert(1, place);
    }
    let all = |of: fn(&Kept) -> &str| format!("({})", kept.iter().map(of).collect::<Vec<_>>().join(", "));
    let (before, value, after) = (all(|one| &one.before), all(|one| &one.value), all(|one| &one.after));
    let equal = match tie {
        Some(_) => format!("; of equal values this keeps the {}, as here", if order.last { "last" } else { "first" }),
        None => "; where the first members are equal the next decide".to_owned(),
    };
    match whole.filter(|best| !turned && owner(&kept).as_ref() == Some(best)) {
        Some(best) => {
            format!("`reduction({keeps}: {best})` on the loop, `if {value} {sign} {best} {{ {best} = {value}; }}` in it{equal}")
        }
        None => format!(
            "`let mut both = {before};` before the loop, `reduction({keeps}: both)` on it, `if {value} {sign} both {{ both = {value}; }}` in it, \
             `{after} = both;` after it{equal}"
        ),
    }
}

/// The `t` of `t.0`, `t.1` and so on, all of them in their order.
fn owner(kept: &[Kept]) -> Option<String> {
    let best = kept.first()?.before.strip_suffix(".0")?;
    let in_order = kept.iter().enumerate().all(|(at, one)| one.before == format!("{best}.{at}"));
    (in_order && best != "self").then(|| best.to_owned())
}

/// `if v > best { best = v; at = i; }`, and the same with the members of a tuple.
pub(crate) fn kept_together(compared: &Use, order: Order, kept: &[&Use], tie: Option<&Tie>) -> Error {
    let best = show(&compared.tokens);
    let names = all_of(kept.iter().map(|write| show(&write.tokens)));
    let are_set = if kept.len() > 1 { "are set together" } else { "is set" };
    let one = compared.place.root != "self" && kept.iter().all(|write| write.place.root == compared.place.root);
    let both = if one { compared.place.root.to_string() } else { "both".to_owned() };
    between(
        &compared.tokens,
        kept.last().map(|write| &write.tokens),
        Entry::KeptTogether,
        format_args!(
            "{names} {are_set} by every iteration that finds the {extreme} `{best}` so far; compare one tuple as a whole: {tuple}; or write \
             `reduction(MyOp: {both})` with a {OWN}",
            extreme = extreme(order.keeps),
            tuple = as_one_tuple(order, members(compared, kept), tie),
        ),
    )
}

/// What is compared in front.
fn members(compared: &Use, kept: &[&Use]) -> Vec<Kept> {
    let (front, _) = side(compared);
    match kept {
        [whole] if !whole.place.same(&compared.place) => of_a_tuple(compared, whole, front),
        _ => {
            let first = std::iter::once(Kept::name(&show(&compared.tokens), front));
            let rest = kept.iter().filter(|write| !write.place.same(&compared.place));
            first.chain(rest.map(|write| Kept::name(&show(&write.tokens), value_of(write)))).collect()
        }
    }
}

/// The members of `best = (v, i)`, of which one has been compared.
fn of_a_tuple(compared: &Use, whole: &Use, front: &str) -> Vec<Kept> {
    let (key, best) = (show(&compared.tokens), show(&whole.tokens));
    let Ok(Expr::Tuple(tuple)) = syn::parse_str::<Expr>(value_of(whole)) else {
        return vec![Kept::name(&key, front), Kept::name(&format!("{best}.1"), "place")];
    };
    let all = tuple.elems.iter().enumerate().map(|(at, value)| Kept::name(&format!("{best}.{at}"), &show(value)));
    let (first, rest): (Vec<Kept>, Vec<Kept>) = all.partition(|one| one.before == key);
    first.into_iter().chain(rest).collect()
}

/// `if x[i] < x[best] { best = i; }`.
pub(crate) fn kept_index(compared: &Use, order: Order, write: &Use, tie: Option<&Tie>) -> Error {
    let (best, name) = (show(&compared.tokens), show(&write.place.root));
    let (new, _) = side(compared);
    let kept = vec![Kept::new(&best, new, "_"), Kept::name(&name, value_of(write))];
    between(
        &compared.tokens,
        &write.tokens,
        Entry::KeptTogether,
        format_args!(
            "`{name}` is set by every iteration that finds the {extreme} `{best}` so far; compare one tuple as a whole: {tuple}",
            extreme = extreme(order.keeps),
            tuple = as_one_tuple(order, kept, tie),
        ),
    )
}

/// `if v > best.0 { best = (v, i); }` under `reduction(max: best)`.
pub(crate) fn compared_by_a_part(part: &Use, whole: &Use, order: Order, tie: Option<&Tie>) -> Error {
    let (here, best) = (show(&part.tokens), show(&whole.tokens));
    between(
        &part.tokens,
        &whole.tokens,
        Entry::ReductionUse,
        format_args!(
            "`{here}` decides, and all of `{best}` is kept; compare the whole, as a reduction does: {tuple}",
            tuple = as_one_tuple(order, members(part, &[whole]), tie),
        ),
    )
}

/// `if x[i].abs() > m.abs() { m = x[i]; }`: `key` is the side with m.
pub(crate) fn kept_by_key(key: &TokenStream, with: &str, order: Order, write: &Use, tie: Option<&Tie>) -> Error {
    let (here, shown) = (show(&write.tokens), show(key));
    let kept = vec![Kept::new(&shown, with, "_"), Kept::name(&here, value_of(write))];
    between(
        key,
        &write.tokens,
        Entry::KeptTogether,
        format_args!(
            "`{shown}` is compared, and `{here}` is kept; compare one tuple as a whole: {tuple}",
            tuple = as_one_tuple(order, kept, tie),
        ),
    )
}

/// `if x > m { m = f(x); }`, `if x > m || c { m = x; }`; `kept`: by the clause of the reduction, where there is one.
pub(crate) fn keeps_another(write: &Use, compared: &Use, kept: Option<Op>) -> Error {
    let (here, there, value) = (show(&write.tokens), show(&compared.tokens), value_of(write));
    let How::Compared { branch, order, with, .. } = &compared.how else { return reduction_read(compared, &write.place) };
    let keeps = kept.or(order.map(|order| order.keeps)).unwrap_or(Op::Max);
    let (extreme, sign) = (extreme(keeps), sign(keeps));
    let clause = if kept.is_some() { String::new() } else { format!(" with `reduction({keeps}: {})`", show(&write.place)) };
    let whole = format!("write `if {value} {sign} {here} {{ {here} = {value}; }}`{clause}");
    let (found, hint) = if matches!(write.how, How::Update { .. }) {
        let hint = "write the update without the comparison".to_owned();
        (format!("`{here}` is compared with `{with}`, and updated by another value"), hint)
    } else if there != here {
        (format!("`{here}` is set under a comparison with `{there}`, which does not decide it"), whole)
    } else if value == *with {
        let hint = format!("{whole}, with other conditions before it, `if c && {value} {sign} {here}`");
        let more = "another condition, or a change on the way";
        (format!("more than the comparison of `{value}` with `{here}` decides `{here} = {value}` ({more})"), hint)
    } else if write.ifs.contains(&(*branch, false)) {
        let hint = format!(
            "write `if {with} {sign} {here} {{ {here} = {with}; }}`{clause} alone, and keep `{value}` in another variable"
        );
        (format!("`{here} = {value}` stands where `{here}` and `{with}` have been compared"), hint)
    } else {
        let kept = vec![Kept::new(&here, with, "_"), Kept::name(&here, value)];
        let tuple = as_one_tuple(Order { keeps, last: false }, kept, None);
        let hint = format!(
            "for the {extreme} `{value}` {whole}; for the one of the {extreme} `{with}` compare one tuple as a whole: {tuple}"
        );
        (format!("`{here}` keeps another value, `{value}`, than the one compared, `{with}`"), hint)
    };
    let entry = if kept.is_some() { Entry::ReductionUse } else { Entry::Updated };
    let text = format_args!("{found}, so the result depends on the order of the iterations; {hint}");
    between(&compared.tokens, &write.tokens, entry, text)
}

/// `if x < lo { lo = x; } else if x > hi { hi = x; }`.
pub(crate) fn update_behind(write: &Use, op: Op, other: &Use) -> Error {
    let (here, place, other) = (show(&write.tokens), show(&write.place), show(&other.tokens));
    spanned(
        &write.tokens,
        Entry::Updated,
        format_args!(
            "`{here}` is updated (`= ..`) by every iteration; write `reduction({op}: {place})`, and give it an `if` of its own: around it stands \
             the comparison with `{other}`, which would know this thread's part alone"
        ),
    )
}

/// The other side of a comparison, and the order of the two.
fn side(compared: &Use) -> (&str, Option<Order>) {
    match &compared.how {
        How::Compared { with, order, .. } => (with, *order),
        _ => ("value", None),
    }
}

/// What is assigned, as typed.
fn value_of(write: &Use) -> &str {
    match &write.how {
        How::Assign { value, .. } if !value.is_empty() => value,
        _ => "value",
    }
}

fn extreme(keeps: Op) -> &'static str {
    if keeps == Op::Max { "largest" } else { "smallest" }
}

fn sign(keeps: Op) -> &'static str {
    if keeps == Op::Max { ">" } else { "<" }
}

/// The tokens with something else for a name.
pub(crate) fn in_place_of(tokens: TokenStream, name: &Ident, other: &TokenStream) -> TokenStream {
    let each = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(ident) if ident == *name => other.clone(),
        TokenTree::Group(group) => {
            TokenTree::from(Group::new(group.delimiter(), in_place_of(group.stream(), name, other))).into()
        }
        token => token.into(),
    });
    each.collect()
}
