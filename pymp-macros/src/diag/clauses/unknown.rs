//! Messages about what is no clause of ours.

use proc_macro2::{Ident, Span, TokenTree};
use syn::{Error, Lit};

use super::data::is_operator;
use crate::diag::{Entry, error, nearest, one_of};
use crate::directive::{ScheduleArg, ScheduleKind};
use crate::parse::Of;
use crate::text::show;

/// What others call it: numba, joblib, Cython, rayon, and the loops of C.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("num_threads", &["jobs", "n_jobs", "n_threads", "nthreads", "num_workers", "parallelism", "teams", "workers"]),
    ("chunk", &["batch", "batch_size", "block", "chunksize", "grain", "grainsize", "with_min_len"]),
    ("if", &["condition", "only_if", "use_threads_if", "when"]),
    ("private", &["local", "thread_local", "map_init"]),
    ("firstprivate", &["clone", "copy"]),
    ("reduction", &["fold", "sum"]),
    ("reproducible", &["deterministic"]),
];

/// How a pragma begins.
const PRAGMA: &[&str] = &["parallel", "for", "do", "parallel_for", "omp", "pragma"];

/// What others have clauses for, and what there is instead.
const ELSEWHERE: &[(&[&str], &str)] = &[
    (&["nowait"], "what stands after the loop always finds it finished"),
    (
        &["simd", "safelen", "simdlen", "aligned", "nontemporal", "vectorize"],
        "the compiler vectorises each chunk by itself; leave it out",
    ),
    (&["linear"], "compute such a variable from the loop's own in the body: `let x = start + i * step;`"),
    (&["copyin", "threadprivate"], "write `firstprivate(x)` for a clone of `x` in each thread"),
    (&["copyprivate"], "in a region all threads get what `p.single(..)` returns"),
    (
        &["proc_bind", "affinity"],
        "it holds for the whole program, `PYMP_PROC_BIND=close`, or for a region, `Parallel::new(4).proc_bind(..)`",
    ),
    (&["allocate", "allocator"], "memory comes from the program's allocator; leave it out"),
    (
        &["order", "monotonic", "nonmonotonic"],
        "iterations run in any order; leave it out, or write `ordered` and `ordered!({ .. })` in the body where they must not",
    ),
    (&["backend", "prefer", "require", "engine"], "threads of this program run it; leave it out"),
    (&["nogil", "gil", "nopython", "fastmath", "cache", "boundscheck"], "it belongs to Python; leave it out"),
    (&["verbose", "progress", "timeout"], "it belongs to maps: `parmap!(f, inputs, progress = \"label\", timeout = limit)`"),
    (
        &["target", "device", "map", "num_teams", "distribute"],
        "the processors of this machine run it, not a device; leave it out",
    ),
    (
        &["task", "taskloop", "untied", "depend", "priority", "num_tasks"],
        "there are no tasks; a loop with `schedule = \"dynamic\"` may do",
    ),
    (
        &["barrier", "single", "masked", "master", "sections"],
        "in a region it is a method of the handle: `p.barrier()`, `p.single(..)`",
    ),
    (
        &["critical", "mutex", "lock"],
        "put what several iterations change into a `Mutex`, or write `reduction(+: x)`, or `atomic(h)` for elements of `h`",
    ),
    (&["cancel"], "write `break` in the body"),
    (&["scan", "inscan"], "a running sum goes from iteration to iteration; leave such a loop serial"),
    (PRAGMA, "`#[parallel]` alone is OpenMP's `parallel for`; leave it out"),
    (
        &["thread_limit", "nested"],
        "it holds for the whole program: `pymp::config::set_thread_limit(8)`, `pymp::config::set_nested(true)`",
    ),
];

/// Those of which something else is true of a region.
const IN_REGIONS: &[(&[&str], &str)] = &[
    (&["nowait"], "what stands after the region always finds it finished"),
    (PRAGMA, "a region is OpenMP's `parallel` alone; leave it out"),
    (&["order", "monotonic", "nonmonotonic"], "write `p.xrange(0..n).ordered()` for a loop in it whose iterations take turns"),
    (&["cancel"], "write `Parallel::new(n).try_run(|p| ..)`, where a thread may end with an error"),
];

/// `found` is what stands in its place; a value without its key, perhaps.
pub(crate) fn expected_clause(of: Of, span: Span, found: Option<&TokenTree>, schedule: Option<&ScheduleArg>) -> Error {
    let literal = found.and_then(|found| syn::parse_str(&found.to_string()).ok());
    let meant = match (literal, schedule, found) {
        // `schedule = "dynamic", 8`.
        (Some(Lit::Int(number)), Some(ScheduleArg::Known { kind, chunk: None, .. }), _) if kind.takes_chunk() => {
            Some(format!("`schedule({}, {number})`", kind.word()))
        }
        (Some(Lit::Int(number)), ..) => Some(format!("`num_threads = {number}`")),
        (Some(Lit::Str(text)), ..) if kind_of(&text.value()).is_some() => Some(format!("`schedule = \"{}\"`", text.value())),
        (None, _, Some(TokenTree::Punct(sign))) if is_operator(&sign.to_string()) => Some(format!("`reduction({sign}: ..)`")),
        _ => None,
    };
    let all = one_of(of.clauses());
    let message = match meant {
        Some(meant) => format!("expected a clause, did you mean {meant}? (the clauses are {all})"),
        None => format!("expected a clause: {all}"),
    };
    error(span, Entry::UnknownClause, message)
}

fn kind_of(text: &str) -> Option<ScheduleKind> {
    ScheduleKind::from_word(text.split(',').next().unwrap_or("").trim())
}

/// What there is instead of something that others have.
pub(crate) fn instead_of(name: &str) -> Option<&'static str> {
    instead_in(ELSEWHERE, name)
}

fn instead_in(table: &'static [(&[&str], &str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(words, _)| words.contains(&name)).map(|(_, instead)| *instead)
}

pub(crate) fn is_pragma(word: &Ident) -> bool {
    PRAGMA.iter().any(|pragma| word == pragma)
}

/// Whether a clause, written well or not, is only about who runs the loop.
pub(crate) fn about_the_run(key: &str) -> bool {
    const RUN: &[&str] = &["num_threads", "schedule", "chunk", "if", "min_chunk", "reproducible", "explain", "crate", "default"];
    const DATA: &[&str] =
        &["linear", "copyin", "threadprivate", "copyprivate", "map", "critical", "mutex", "lock", "scan", "inscan"];
    let elsewhere = || instead_of(key).is_some() && !DATA.contains(&key);
    RUN.contains(&meant(Of::Loop, key).unwrap_or(key)) || elsewhere()
}

/// The clause that this is elsewhere, or that is nearest.
fn meant(of: Of, name: &str) -> Option<&'static str> {
    let same = SYNONYMS.iter().find(|(clause, words)| words.contains(&name) && of.clauses().contains(clause));
    same.map(|(clause, _)| *clause).or_else(|| nearest(name, of.clauses()))
}

/// `value`: what stands in the parentheses behind it.
pub(crate) fn unknown_clause(of: Of, key: &Ident, value: Option<&TokenTree>) -> Error {
    let name = key.to_string();
    let of_regions = || instead_in(IN_REGIONS, &name).filter(|_| of == Of::Region);
    if let Some(instead) = of_regions().or_else(|| instead_of(&name)) {
        return error(key.span(), Entry::UnknownClause, format!("there is no clause `{name}`: {instead}"));
    }
    let whose = match of {
        Of::Loop => "",
        Of::Region => "of a region ",
    };
    let guess = if ScheduleKind::from_word(&name).is_some() {
        let chunk = match value {
            Some(TokenTree::Group(group)) => format!("({name}, {})", show(&group.stream())),
            _ => format!(" = \"{name}\""),
        };
        format!(", did you mean `schedule{chunk}`?")
    } else if is_operator(&name) {
        format!(", did you mean `reduction({name}: ..)`?")
    } else {
        meant(of, &name).map_or_else(String::new, |clause| format!(", did you mean `{clause}`?"))
    };
    error(
        key.span(),
        Entry::UnknownClause,
        format!("unknown clause `{name}`{guess} (the clauses {whose}are {})", one_of(of.clauses())),
    )
}
