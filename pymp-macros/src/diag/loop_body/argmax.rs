//! What is kept by a comparison with an extremum.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use syn::Error;

use super::tuple::{Kept, as_one_tuple, extreme, members, setting, side, sign, value_of};
use super::{OWN, reduction_read};
use crate::access::{How, Key, Op, Order, Tie, Use};
use crate::diag::{Entry, all_of, between, spanned};
use crate::text::show;

/// `if v > best { best = v; at = i; }`, and the same with the members of a tuple.
pub(crate) fn kept_together(compared: &Use, order: Order, kept: &[&Use], around: &[Tie]) -> Error {
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
            tuple = as_one_tuple(order, setting(compared), members(compared, kept), around),
        ),
    )
}

/// `if v > m { second = m; m = v; }`: `other` finds what earlier iterations have left.
pub(crate) fn kept_in_order(compared: &Use, order: Order, kept: &[&Use], other: &Use) -> Error {
    let (best, found) = (show(&compared.tokens), show(&other.tokens));
    let what = match &other.how {
        How::Update { spelled, .. } => format!("updated (`{spelled}`) there"),
        _ if kept.iter().any(|write| std::ptr::eq(*write, other)) => "set under another condition".to_owned(),
        _ if other.writes() => "written in another place too".to_owned(),
        _ => "read in another place too".to_owned(),
    };
    between(
        &compared.tokens,
        kept.last().map(|write| &write.tokens),
        Entry::KeptTogether,
        format_args!(
            "{names} {are} set by every iteration that finds the {extreme} `{best}` so far, and `{found}` is {what}, so \
             what is kept depends on what earlier iterations have left; the iterations must run one after another, or keep all of it in one \
             variable, `reduction(MyOp: both)`, with a {OWN}",
            names = all_of(kept.iter().map(|write| show(&write.tokens))),
            are = if kept.len() > 1 { "are" } else { "is" },
            extreme = extreme(order.keeps),
        ),
    )
}

/// `if x[i] < x[best] { best = i; }`.
pub(crate) fn kept_index(compared: &Use, order: Order, write: &Use, around: &[Tie]) -> Error {
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
            tuple = as_one_tuple(order, setting(compared), kept, around),
        ),
    )
}

/// `if v > best.0 { best = (v, i); }` under `reduction(max: best)`.
pub(crate) fn compared_by_a_part(part: &Use, whole: &Use, order: Order, around: &[Tie]) -> Error {
    let (here, best) = (show(&part.tokens), show(&whole.tokens));
    between(
        &part.tokens,
        &whole.tokens,
        Entry::ReductionUse,
        format_args!(
            "`{here}` decides, and all of `{best}` is kept; compare the whole, as a reduction does: {tuple}",
            tuple = as_one_tuple(order, setting(part), members(part, &[whole]), around),
        ),
    )
}

/// `if x[i].abs() > m.abs() { m = x[i]; }`: `key` is the side with m.
pub(crate) fn kept_by_key(key: &Key, writes: &[&Use], around: &[Tie]) -> Error {
    let shown = show(&key.side);
    let names = all_of(writes.iter().map(|write| show(&write.tokens)));
    let are = if writes.len() > 1 { "are" } else { "is" };
    let first = std::iter::once(Kept::new(&shown, &key.with, "_"));
    let kept = first.chain(writes.iter().map(|write| Kept::name(&show(&write.tokens), value_of(write)))).collect();
    between(
        &key.side,
        writes.last().map(|write| &write.tokens),
        Entry::KeptTogether,
        format_args!(
            "`{shown}` is compared, and {names} {are} kept; compare one tuple as a whole: {tuple}",
            tuple = as_one_tuple(key.order, &key.setting, kept, around),
        ),
    )
}

/// `if x > m { m = f(x); }`, `if x > m || c { m = x; }`; `kept`: by the clause of the reduction, where there is one.
pub(crate) fn keeps_another(write: &Use, compared: &Use, kept: Option<Op>) -> Error {
    let (here, there, value) = (show(&write.tokens), show(&compared.tokens), value_of(write));
    let How::Compared { branch, order, with, setting, .. } = &compared.how else {
        return reduction_read(compared, &write.place);
    };
    let keeps = kept.or(order.map(|order| order.keeps)).unwrap_or(Op::Max);
    let (extreme, sign) = (extreme(keeps), sign(keeps));
    let clause = if kept.is_some() { String::new() } else { format!(" with `reduction({keeps}: {})`", show(&write.place)) };
    let whole = || {
        let whether = setting.with(format!("{value} {sign} {here}"));
        format!("write `if {whether} {{ {here} = {value}; }}`{clause}")
    };
    let (found, hint) = if matches!(write.how, How::Update { .. }) {
        let hint = "write the update without the comparison".to_owned();
        (format!("`{here}` is compared with `{with}`, and updated by another value"), hint)
    } else if there != here {
        (format!("`{here}` is set under a comparison with `{there}`, which does not decide it"), whole())
    } else if let Some(other) = setting.asks_of(&write.place) {
        let hint = "they must run one after another".to_owned();
        (format!("`{other}` asks of the `{here}` that earlier iterations have left, beside the comparison with `{with}`"), hint)
    } else if value == *with {
        let hint = format!("{}, with other conditions before it, `if c && {value} {sign} {here}`", whole());
        let more = "another condition, or a change on the way";
        (format!("more than the comparison of `{value}` with `{here}` decides `{here} = {value}` ({more})"), hint)
    } else if write.ifs.contains(&(*branch, false)) {
        let hint = format!(
            "write `if {with} {sign} {here} {{ {here} = {with}; }}`{clause} alone, and keep `{value}` in another variable"
        );
        (format!("`{here} = {value}` stands where `{here}` and `{with}` have been compared"), hint)
    } else {
        let pair = vec![Kept::new(&here, with, "_"), Kept::name(&here, value)];
        let tuple = as_one_tuple(Order { keeps, last: false }, setting, pair, &[]);
        let hint = format!(
            "for the {extreme} `{value}` {whole}; for the one of the {extreme} `{with}` compare one tuple as a whole: {tuple}",
            whole = whole()
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
