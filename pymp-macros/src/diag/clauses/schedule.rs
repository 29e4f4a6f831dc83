//! Messages about the schedule and its chunk.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::Error;

use crate::diag::{Entry, between, did_you_mean, error, one_of, spanned};
use crate::directive::ScheduleKind;
use crate::text::show;

pub(crate) fn unknown_schedule(span: Span, word: &str) -> Error {
    let words = ScheduleKind::WORDS;
    let guess = with_chunk(word).unwrap_or_else(|| did_you_mean(word, &words));
    error(span, Entry::Schedule, format!("unknown schedule `{word}`{guess} (the schedules are {})", one_of(&words)))
}

/// `dynamic;4`, `static:8`: another sign than the comma before the chunk.
fn with_chunk(text: &str) -> Option<String> {
    let (word, chunk) = text.split_once([';', ':', ' '])?;
    let (kind, chunk) = (ScheduleKind::from_word(word.trim())?, chunk.trim().parse::<u64>().ok()?);
    Some(format!(", did you mean `{},{chunk}`?", kind.word()))
}

pub(crate) fn schedule_chunk_text(span: Span, kind: ScheduleKind, text: &str) -> Error {
    let word = kind.word();
    if text.is_empty() {
        return error(span, Entry::Schedule, format!("expected the chunk after the comma: `\"{word},64\"`"));
    }
    error(
        span,
        Entry::Schedule,
        format!(
            "the chunk in a schedule's text is a whole number (`\"{word},64\"`), found `{text}`; for a value write `schedule({word}, value)`"
        ),
    )
}

pub(crate) fn schedule_is_no_word(at: &impl ToTokens) -> Error {
    let (words, found) = (one_of(&ScheduleKind::WORDS), show(at));
    spanned(at, Entry::Schedule, format!("a schedule is one of {words}, or a value of type `Schedule`, found `{found}`"))
}

/// `schedule(dynamic, chunk = 4)`.
pub(crate) fn chunk_named(at: &impl ToTokens, meant: &str) -> Error {
    spanned(at, Entry::Schedule, format!("the chunk in a schedule is written without its name: `{meant}`"))
}

pub(crate) fn chunk_beside_value(at: &impl ToTokens) -> Error {
    spanned(
        at,
        Entry::Schedule,
        "a chunk goes with one of the schedule's words (`schedule(dynamic, 64)`); beside a value write `chunk = 64`",
    )
}

pub(crate) fn chunk_twice(in_schedule: Span, chunk: &Ident) -> Error {
    between(
        Ident::new("_", in_schedule),
        chunk,
        Entry::ClauseTwice,
        "the chunk is given twice, keep the one in the schedule or the clause `chunk`",
    )
}

pub(crate) fn chunk_beside(kind: ScheduleKind, schedule: Span, chunk: Option<Span>) -> Error {
    let word = kind.word();
    let why = match kind {
        ScheduleKind::Runtime => "takes its chunk from the environment",
        _ => "chooses its chunks itself",
    };
    error(
        chunk.unwrap_or(schedule),
        Entry::Schedule,
        format!("the schedule `{word}` {why}; leave the chunk out, or choose `static`, `dynamic` or `guided`"),
    )
}
