//! The tuple that keeps an extremum together with what belongs to it.

use syn::{Expr, Member};

use crate::access::{How, Op, Order, Setting, Tie, Use};
use crate::text::show;

/// One of what is kept together: what it is before the loop, in it, and what takes it after it.
pub(super) struct Kept {
    before: String,
    value: String,
    after: String,
}

impl Kept {
    pub(super) fn new(before: &str, value: &str, after: &str) -> Kept {
        Kept { before: before.to_owned(), value: value.to_owned(), after: after.to_owned() }
    }

    pub(super) fn name(name: &str, value: &str) -> Kept {
        Kept::new(name, value, name)
    }

    /// Of which the least is the greatest.
    fn turned(self) -> Kept {
        let turned = |text: String| if text == "_" { text } else { format!("std::cmp::Reverse({text})") };
        Kept { before: turned(self.before), value: turned(self.value), after: turned(self.after) }
    }
}

/// What to write to keep all of them; the first is what is compared. Of equal values the place decides, as in the serial loop.
pub(super) fn as_one_tuple(order: Order, setting: &Setting, mut kept: Vec<Kept>, around: &[Tie]) -> String {
    let (keeps, sign) = (order.keeps, sign(order.keeps));
    let whole = owner(&kept);
    let ties = setting.ties(around);
    let mut turned = false;
    for (at, tie) in (1..=kept.len()).zip(&ties) {
        let place = kept.iter().skip(at).position(|one| one.value == tie.counter).map(|found| kept.remove(at + found));
        let mut place = place.unwrap_or_else(|| Kept::new("0", &tie.counter, "_"));
        if ((keeps == Op::Max) != order.last) != tie.reversed {
            turned = true;
            place = place.turned();
        }
        kept.insert(at, place);
    }
    let all = |of: fn(&Kept) -> &str| format!("({})", kept.iter().map(of).collect::<Vec<_>>().join(", "));
    let (before, value, after) = (all(|one| &one.before), all(|one| &one.value), all(|one| &one.after));
    let equal = match ties.is_empty() {
        false => format!("; of equal values this keeps the {}, as here", if order.last { "last" } else { "first" }),
        true => "; where the first members are equal the next decide".to_owned(),
    };
    let equal = equal + &without_order(&kept, &ties);
    let whether = |both: &str| setting.with(format!("{value} {sign} {both}"));
    match whole.filter(|best| !turned && owner(&kept).as_ref() == Some(best)) {
        Some(best) => {
            format!(
                "`reduction({keeps}: {best})` on the loop, `if {whether} {{ {best} = {value}; }}` in it{equal}",
                whether = whether(&best)
            )
        }
        None => format!(
            "`let mut both = {before};` before the loop, `reduction({keeps}: both)` on it, `if {whether} {{ both = {value}; }}` in it, \
             `{after} = both;` after it{equal}",
            whether = whether("both")
        ),
    }
}

/// The `t` of `t.0`, `t.1` and so on, all of them in their order.
fn owner(kept: &[Kept]) -> Option<String> {
    let best = kept.first()?.before.strip_suffix(".0")?;
    let in_order = kept.iter().enumerate().all(|(at, one)| one.before == format!("{best}.{at}"));
    (in_order && best != "self").then(|| best.to_owned())
}

/// What is compared in front.
pub(super) fn members(compared: &Use, kept: &[&Use]) -> Vec<Kept> {
    let (front, _) = side(compared);
    match kept {
        [whole] if !whole.place.same(&compared.place) => of_a_whole(compared, whole, front),
        _ => {
            let first = std::iter::once(Kept::name(&show(&compared.tokens), front));
            let rest = kept.iter().filter(|write| !write.place.same(&compared.place));
            first.chain(rest.map(|write| Kept::name(&show(&write.tokens), value_of(write)))).collect()
        }
    }
}

/// The members of `best = (v, i)` or `best = Best { v, at: i }`, of which one has been compared.
fn of_a_whole(compared: &Use, whole: &Use, front: &str) -> Vec<Kept> {
    let (key, best) = (show(&compared.tokens), show(&whole.tokens));
    let member = |member: &Member, value: &Expr| Kept::name(&format!("{best}.{}", show(member)), &show(value));
    let all: Vec<Kept> = match syn::parse_str::<Expr>(value_of(whole)) {
        Ok(Expr::Tuple(tuple)) => tuple.elems.iter().enumerate().map(|(at, value)| member(&Member::from(at), value)).collect(),
        Ok(Expr::Struct(fields)) if fields.rest.is_none() => {
            fields.fields.iter().map(|field| member(&field.member, &field.expr)).collect()
        }
        _ => return vec![Kept::new(&key, front, "_"), Kept::name(&best, value_of(whole))],
    };
    let (first, rest): (Vec<Kept>, Vec<Kept>) = all.into_iter().partition(|one| one.before == key);
    first.into_iter().chain(rest).collect()
}

/// A member of which only a part has been compared, `*q` beside its field `q.v`: it may have no order, and none is needed behind the place.
fn without_order(kept: &[Kept], ties: &[&Tie]) -> String {
    let part = |one: &&Kept| {
        let name =
            one.value.trim_start_matches("Some(").trim_start_matches(['*', '&']).split(['.', ')']).next().unwrap_or_default();
        let front = kept.first().and_then(|front| front.value.strip_prefix(name));
        !name.is_empty() && front.is_some_and(|rest| rest.starts_with('.') && !rest.contains('('))
    };
    let Some(one) = kept.iter().skip(1).find(part) else { return String::new() };
    let instead = match ties.first() {
        Some(tie) => format!("leave it out, and take it from its place, `{}`, after the loop", tie.counter),
        None => "keep its place in its stead, counted by `.enumerate()` in the head of the loop".to_owned(),
    };
    format!("; a tuple has an order where all its members have: if `{}` has none, {instead}", one.value)
}

/// The other side of a comparison, and the order of the two.
pub(super) fn side(compared: &Use) -> (&str, Option<Order>) {
    match &compared.how {
        How::Compared { with, order, .. } => (with, *order),
        _ => ("value", None),
    }
}

/// What stands around a comparison.
pub(super) fn setting(compared: &Use) -> &Setting {
    static ALONE: Setting = Setting::ALONE;
    match &compared.how {
        How::Compared { setting, .. } => setting,
        _ => &ALONE,
    }
}

/// What is assigned, as typed.
pub(super) fn value_of(write: &Use) -> &str {
    match &write.how {
        How::Assign { value, .. } if !value.is_empty() => value,
        _ => "value",
    }
}

pub(super) fn extreme(keeps: Op) -> &'static str {
    if keeps == Op::Max { "largest" } else { "smallest" }
}

pub(super) fn sign(keeps: Op) -> &'static str {
    if keeps == Op::Max { ">" } else { "<" }
}
