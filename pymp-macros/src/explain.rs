//! `explain`: what was decided about a loop or a region, as a warning that stands on it.
//!
//! A stable macro cannot warn. The use of a deprecated macro does, with the words of its note; so one is made for the loop, used once
//! at its `for`, and forgotten.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::Expr;

use crate::access::Mode;
use crate::directive::{Clause, Clauses, Place, PrivateKind, ReductionOp, RegionDirective, ScheduleArg};
use crate::expand::Checked;
use crate::names::Names;
use crate::place::bare;
use crate::text::show;

/// The warning about a loop, where the clause asks for it.
pub(crate) fn explain(checked: &Checked<'_>) -> TokenStream {
    match &checked.directive.clauses.explain {
        Some(_) => warning(checked.names, &words(checked)),
        None => TokenStream::new(),
    }
}

/// The same about a region.
pub(crate) fn region(directive: &RegionDirective, shared: &[Place], names: &Names) -> TokenStream {
    match &directive.clauses.explain {
        Some(_) => warning(names, &words_of_region(&directive.clauses, shared)),
        None => TokenStream::new(),
    }
}

fn warning(names: &Names, words: &str) -> TokenStream {
    let span = names.span();
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
    let clauses = &checked.directive.clauses;
    let heads = checked.nest.levels.iter().map(|level| format!("`{} in {}`", show(level.pat), show(level.head)));
    let small = if clauses.choose_threads() { "" } else { ", or one thread if the loop turns out to be small" };
    let mut lines = vec![line("iterations", heads.collect())];
    lines.extend(["owned", "scatter", "atomic"].map(|key| line(key, arrays(checked, key))));
    lines.extend(variables(clauses, &checked.access.shared));
    lines.extend([
        line("schedule", vec![schedule(clauses)]),
        line("team", team(clauses, small)),
        line("leaves by", leaves(checked)),
    ]);
    format!("what becomes of this loop{}", lines.concat())
}

fn words_of_region(clauses: &Clauses, shared: &[Place]) -> String {
    let mut lines = variables(clauses, shared);
    let of_loops = clauses.schedule.is_some().then(|| format!("{}, for loops of the handle that say none", schedule(clauses)));
    lines.extend([line("schedule", of_loops.into_iter().collect()), line("team", team(clauses, ""))]);
    format!("what becomes of this region: every thread of the team runs it{}", lines.concat())
}

/// A line of its own, unless there is nothing to tell.
fn line(what: &str, all: Vec<String>) -> String {
    if all.is_empty() { String::new() } else { format!("\n{what}: {}", all.join(", ")) }
}

fn variables(clauses: &Clauses, shared: &[Place]) -> Vec<String> {
    let privates = ["private", "firstprivate", "lastprivate"].map(|key| {
        let those = clauses.privates.iter().filter(|clause| name(&clause.value.kind) == key);
        line(key, those.map(|clause| format!("`{}`", clause.value.name)).collect())
    });
    let shared = line("shared", shared.iter().map(|place| format!("`{place}`")).collect());
    std::iter::once(line("reduction", reductions(clauses))).chain(privates).chain([shared]).collect()
}

fn name(kind: &PrivateKind) -> &'static str {
    match kind {
        PrivateKind::Default | PrivateKind::Init(_) => "private",
        PrivateKind::First => "firstprivate",
        PrivateKind::Last => "lastprivate",
    }
}

/// Those that are written, each under what it is to the iterations.
fn arrays(checked: &Checked<'_>, key: &str) -> Vec<String> {
    let kind = |mode: &Mode| match mode {
        Mode::Element | Mode::Grid | Mode::Collapsed | Mode::Chunks => "owned",
        Mode::Scatter => "scatter",
        Mode::Atomic => "atomic",
    };
    let each = checked.access.owned.iter().filter(|owned| kind(&owned.mode) == key).map(|owned| {
        let by = owned.shown.as_ref().map_or_else(String::new, |shown| format!(" by `{shown}`"));
        let how = match owned.mode {
            Mode::Element | Mode::Grid | Mode::Collapsed => by,
            Mode::Chunks => {
                let size = checked.directive.clauses.chunks.iter().find(|clause| clause.value.place.same(&owned.place));
                let size = size.map_or_else(|| "n".to_owned(), |clause| amount(&clause.value.size));
                format!(" in chunks of {size}")
            }
            Mode::Scatter => format!("{by}, each element once, which is checked"),
            Mode::Atomic => format!("{by}, each update in one step"),
        };
        format!("`{}`{how}", owned.place)
    });
    each.collect()
}

fn reductions(clauses: &Clauses) -> Vec<String> {
    let each = clauses.reductions.iter().map(|clause| {
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
    let on = clauses.reproducible.iter().filter(|clause| show(&clause.value) != "false");
    let same = on.map(|_| "with the same bits whatever the team and the schedule".to_owned());
    each.chain(same).collect()
}

fn schedule(clauses: &Clauses) -> String {
    let chunk = |chunk: &Expr| format!(" in chunks of {}", amount(chunk));
    let own_chunk = clauses.chunk.as_ref().map(|Clause { value, .. }| chunk(value));
    let mut words = match &clauses.schedule {
        None => "`static`, the default".to_owned(),
        Some(Clause { value: ScheduleArg::Known { kind, chunk: inner, .. }, .. }) => {
            format!("`{}`{}", kind.word(), inner.as_ref().map_or_else(String::new, chunk))
        }
        Some(Clause { value: ScheduleArg::Value(value), .. }) => format!("the value of `{}`", show(value)),
    };
    words.extend(own_chunk);
    if clauses.ordered.is_some() {
        words.push_str(", with `ordered` blocks one after another");
    }
    words
}

/// A number as it is, anything else as code: "4 threads", "`n / 2` threads".
fn amount(value: &Expr) -> String {
    let words = show(value);
    match bare(value) {
        Expr::Lit(_) => words,
        _ => format!("`{words}`"),
    }
}

/// `small`: what else may happen where nothing says how many threads there are.
fn team(clauses: &Clauses, small: &str) -> Vec<String> {
    let size = match &clauses.num_threads {
        Some(Clause { value, .. }) => format!("{} threads", amount(value)),
        None => format!("as `pymp::config` says{small}"),
    };
    let condition = clauses.condition.as_ref().map(|clause| format!("if `{}`, and otherwise one thread", show(&clause.value)));
    let worth =
        clauses.min_chunk.as_ref().map(|clause| format!("at most one thread for each {} iterations", amount(&clause.value)));
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
