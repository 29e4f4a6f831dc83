//! `explain`: what was decided about a loop, as a warning that stands on it.
//!
//! A stable macro cannot warn. The use of a deprecated macro does, with the words of its note; so one is made for the loop, used once
//! at its `for`, and forgotten.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};

use crate::access::Mode;
use crate::directive::{Clause, PrivateKind, ReductionOp, ScheduleArg};
use crate::expand::Checked;
use crate::text::show;

/// The warning, where the clause asks for it.
pub(crate) fn explain(checked: &Checked<'_>) -> TokenStream {
    if checked.directive.clauses.explain.is_none() {
        return TokenStream::new();
    }
    let (span, words) = (checked.names.span(), words(checked));
    // In a block of its own, so that no macro of the user's is hidden by it.
    quote_spanned!(span=> {
        #[deprecated(note = #words)]
        macro_rules! explain {
            () => {};
        }
        explain!();
    })
}

fn words(checked: &Checked<'_>) -> String {
    let mut lines = vec!["what becomes of this loop".to_owned()];
    let mut line = |what: &str, all: Vec<String>| {
        if !all.is_empty() {
            lines.push(format!("{what}: {}", all.join(", ")));
        }
    };
    line(
        "iterations",
        checked.nest.levels.iter().map(|level| format!("`{} in {}`", show(level.pat), show(level.head))).collect(),
    );
    line("owned", owned(checked));
    line("reduction", reductions(checked));
    for (kind, key) in [("private", "private"), ("firstprivate", "firstprivate"), ("lastprivate", "lastprivate")] {
        let clauses = checked.directive.clauses.privates.iter().filter(|clause| name(&clause.value.kind) == key);
        line(kind, clauses.map(|clause| format!("`{}`", clause.value.name)).collect());
    }
    line("shared", checked.access.shared.iter().map(|place| format!("`{place}`")).collect());
    line("schedule", vec![schedule(checked)]);
    line("team", team(checked));
    line("leaves by", leaves(checked));
    lines.join("\n")
}

fn name(kind: &PrivateKind) -> &'static str {
    match kind {
        PrivateKind::Default | PrivateKind::Init(_) => "private",
        PrivateKind::First => "firstprivate",
        PrivateKind::Last => "lastprivate",
    }
}

fn owned(checked: &Checked<'_>) -> Vec<String> {
    let each = checked.access.owned.iter().map(|owned| {
        let by = owned.shown.as_ref().map_or_else(String::new, |shown| format!(" by `{shown}`"));
        let how = match owned.mode {
            Mode::Element | Mode::Grid | Mode::Collapsed => by,
            Mode::Chunks => {
                let size = checked.directive.clauses.chunks.iter().find(|clause| clause.value.place.same(&owned.place));
                let size = size.map_or_else(|| "n".to_owned(), |clause| show(&clause.value.size));
                format!(" in chunks of {size}")
            }
            Mode::Scatter => format!("{by}, each element once, which is checked"),
            Mode::Atomic => format!("{by}, each update in one step"),
        };
        format!("`{}`{how}", owned.place)
    });
    each.collect()
}

fn reductions(checked: &Checked<'_>) -> Vec<String> {
    let each = checked.directive.clauses.reductions.iter().map(|clause| {
        let op = match &clause.value.op {
            ReductionOp::Add(_) => "+",
            ReductionOp::Mul(_) => "*",
            ReductionOp::Sub(_) => "-",
            ReductionOp::BitAnd(_) => "&",
            ReductionOp::BitOr(_) => "|",
            ReductionOp::BitXor(_) => "^",
            ReductionOp::And(_) => "&&",
            ReductionOp::Or(_) => "||",
            ReductionOp::Min(_) => "min",
            ReductionOp::Max(_) => "max",
            ReductionOp::Append(_) => "append",
            ReductionOp::Own(value) => return format!("`{}` by `{}`", clause.value.place, show(value)),
        };
        format!("`{}` by `{op}`", clause.value.place)
    });
    each.collect()
}

fn schedule(checked: &Checked<'_>) -> String {
    let clauses = &checked.directive.clauses;
    let chunk = |chunk: &dyn ToTokens| format!(" in chunks of {}", show(&chunk.to_token_stream()));
    let own_chunk = clauses.chunk.as_ref().map(|Clause { value, .. }| chunk(value));
    let mut words = match &clauses.schedule {
        None => "`static`, the default".to_owned(),
        Some(Clause { value: ScheduleArg::Known { kind, chunk: inner, .. }, .. }) => {
            format!("`{}`{}", kind.word(), inner.as_ref().map_or_else(String::new, |inner| chunk(inner)))
        }
        Some(Clause { value: ScheduleArg::Value(value), .. }) => format!("the value of `{}`", show(value)),
    };
    words.extend(own_chunk);
    if clauses.ordered.is_some() {
        words.push_str(", with `ordered` blocks one after another");
    }
    words
}

fn team(checked: &Checked<'_>) -> Vec<String> {
    let clauses = &checked.directive.clauses;
    let size = match &clauses.num_threads {
        Some(Clause { value, .. }) => format!("{} threads", show(value)),
        None if clauses.choose_threads() => "as `pymp::config` says".to_owned(),
        None => "as `pymp::config` says, or one thread if the loop turns out to be small".to_owned(),
    };
    let condition = clauses.condition.as_ref().map(|clause| format!("if `{}`", show(&clause.value)));
    let worth = clauses.min_chunk.as_ref().map(|clause| format!("one for {} iterations", show(&clause.value)));
    std::iter::once(size).chain(condition).chain(worth).collect()
}

fn leaves(checked: &Checked<'_>) -> Vec<String> {
    let control = checked.control;
    let found = [
        (control.breaks, "`break`"),
        (control.returns, "`return` or `?`"),
        (control.hidden, "perhaps a `break` in a macro, which is looked for after each chunk"),
    ];
    found.into_iter().filter(|(is, _)| *is).map(|(_, words)| words.to_owned()).collect()
}
