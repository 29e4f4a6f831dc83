//! Messages about the schedule and its chunk.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::Error;

use super::both;
use crate::diag::{did_you_mean, one_of};
use crate::directive::ScheduleKind;

pub(crate) fn unknown_schedule(span: Span, word: &str) -> Error {
    let words = ScheduleKind::WORDS;
    let guess = did_you_mean(word, &words);
    Error::new(span, format!("unknown schedule `{word}`{guess} (the schedules are {})", one_of(&words)))
}

pub(crate) fn schedule_chunk_text(span: Span, kind: ScheduleKind, text: &str) -> Error {
    let word = kind.word();
    if text.is_empty() {
        return Error::new(span, format!("expected the chunk after the comma: `\"{word},64\"`"));
    }
    Error::new(
        span,
        format!(
            "the chunk in a schedule's text is a whole number (`\"{word},64\"`), found `{text}`; for a value write `schedule({word}, value)`"
        ),
    )
}

pub(crate) fn schedule_is_no_word(at: &impl ToTokens) -> Error {
    Error::new_spanned(at, format!("a schedule is one of {}, or a value of type `Schedule`", one_of(&ScheduleKind::WORDS)))
}

pub(crate) fn chunk_beside_value(at: &impl ToTokens) -> Error {
    Error::new_spanned(
        at,
        "a chunk goes with one of the schedule's words (`schedule(dynamic, 64)`); beside a value write `chunk = 64`",
    )
}

pub(crate) fn chunk_twice(in_schedule: Span, chunk: &Ident) -> Error {
    both(
        Error::new(chunk.span(), "the chunk is given twice, keep this one or the one in the schedule"),
        Error::new(in_schedule, "the schedule has a chunk already"),
    )
}

pub(crate) fn chunk_beside(kind: ScheduleKind, schedule: Span, chunk: Option<Span>) -> Error {
    let word = kind.word();
    let why = match kind {
        ScheduleKind::Runtime => "takes its chunk from the environment",
        _ => "chooses its chunks itself",
    };
    let main = Error::new(
        chunk.unwrap_or(schedule),
        format!("the schedule `{word}` {why}; leave the chunk out, or choose `static`, `dynamic` or `guided`"),
    );
    match chunk {
        Some(_) => both(main, Error::new(schedule, format!("the schedule is `{word}`"))),
        None => main,
    }
}
