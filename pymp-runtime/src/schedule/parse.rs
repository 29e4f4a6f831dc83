//! Schedules as words: `dynamic,64`, as in a clause and in `OMP_SCHEDULE`.

use std::error::Error;
use std::fmt;
use std::num::{IntErrorKind, NonZeroUsize};
use std::str::FromStr;

use super::Schedule;

const WORDS: [&str; 5] = ["static", "dynamic", "guided", "auto", "runtime"];
const ONE: NonZeroUsize = NonZeroUsize::MIN;

/// Prints what [`FromStr`] reads; a chunk of 1 is not spelled out where it is the default.
impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Static => f.pad("static"),
            Self::Dynamic(ONE) => f.pad("dynamic"),
            Self::Guided(ONE) => f.pad("guided"),
            Self::Auto => f.pad("auto"),
            Self::Runtime => f.pad("runtime"),
            Self::StaticChunk(chunk) => f.pad(&format!("static,{chunk}")),
            Self::Dynamic(chunk) => f.pad(&format!("dynamic,{chunk}")),
            Self::Guided(chunk) => f.pad(&format!("guided,{chunk}")),
        }
    }
}

/// Reads `kind` or `kind,chunk`, in any case and with spaces anywhere. OpenMP's modifiers `monotonic:` and `nonmonotonic:` are
/// understood and change nothing: a loop with `ordered` hands its chunks out in order by itself, and no other can tell.
impl TryFrom<&str> for Schedule {
    type Error = ParseScheduleError;

    fn try_from(text: &str) -> Result<Self, ParseScheduleError> {
        text.parse()
    }
}

impl FromStr for Schedule {
    type Err = ParseScheduleError;

    fn from_str(text: &str) -> Result<Self, ParseScheduleError> {
        let error = |problem| ParseScheduleError { text: text.trim().to_owned(), problem };
        let mut rest = text.trim();
        if let Some((modifier, schedule)) = rest.split_once(':') {
            if !["monotonic", "nonmonotonic"].contains(&modifier.trim().to_ascii_lowercase().as_str()) {
                return Err(error(Problem::Modifier(modifier.trim().to_owned())));
            }
            rest = schedule;
        }
        let (kind, chunk) = match rest.split_once(',') {
            Some((kind, chunk)) => (kind, Some(chunk.trim())),
            None => (rest, None),
        };
        let kind = kind.trim().to_ascii_lowercase();
        let chunk = match chunk {
            // An unknown kind is the first thing to say.
            Some(chunk) if WORDS.contains(&kind.as_str()) => {
                Some(chunk.parse().map_err(|cause| error(Problem::of_chunk(chunk, &cause)))?)
            }
            _ => None,
        };
        Ok(match (kind.as_str(), chunk) {
            ("static", None) => Self::Static,
            ("static", Some(chunk)) => Self::StaticChunk(chunk),
            ("dynamic", chunk) => Self::Dynamic(chunk.unwrap_or(ONE)),
            ("guided", chunk) => Self::Guided(chunk.unwrap_or(ONE)),
            ("auto", None) => Self::Auto,
            ("runtime", None) => Self::Runtime,
            ("auto", Some(_)) => return Err(error(Problem::NoChunk("auto"))),
            ("runtime", Some(_)) => return Err(error(Problem::NoChunk("runtime"))),
            _ => return Err(error(Problem::Kind(kind))),
        })
    }
}

/// Why a word is no schedule; it prints what was found and what to write instead.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::Schedule;
///
/// let error = "dynamc,4".parse::<Schedule>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown schedule `dynamc`, did you mean `dynamic`? it is one of `static`, `dynamic`, `guided`, `auto`, `runtime`"
/// );
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseScheduleError {
    text: String,
    problem: Problem,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Problem {
    Kind(String),
    Modifier(String),
    NoChunk(&'static str),
    Small(String),
    Large(String),
    NoNumber(String),
}

impl Problem {
    fn of_chunk(chunk: &str, cause: &std::num::ParseIntError) -> Self {
        let chunk = chunk.to_owned();
        match cause.kind() {
            IntErrorKind::Zero => Self::Small(chunk),
            IntErrorKind::PosOverflow => Self::Large(chunk),
            _ if chunk.parse::<i128>().is_ok() => Self::Small(chunk),
            _ => Self::NoNumber(chunk),
        }
    }
}

impl fmt::Display for ParseScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ALL: &str = "`static`, `dynamic`, `guided`, `auto`, `runtime`";
        match &self.problem {
            Problem::Kind(kind) if kind.is_empty() => write!(f, "the schedule is missing, it is one of {ALL}"),
            Problem::Kind(kind) => match nearest(kind) {
                Some(word) => write!(f, "unknown schedule `{kind}`, did you mean `{word}`? it is one of {ALL}"),
                None => write!(f, "unknown schedule `{kind}`, it is one of {ALL}"),
            },
            Problem::Modifier(word) => {
                write!(f, "unknown modifier `{word}` of a schedule, it is `monotonic` or `nonmonotonic`")
            }
            Problem::NoChunk(kind) => write!(f, "schedule `{kind}` takes no chunk, and `{}` has one", self.text),
            Problem::Small(chunk) => write!(f, "the chunk of a schedule must be at least 1, and it is {chunk}"),
            Problem::Large(chunk) => write!(f, "the chunk of a schedule is {chunk}, more than usize::MAX"),
            Problem::NoNumber(chunk) => {
                write!(f, "the chunk of a schedule is a number of iterations, as in `dynamic,64`, and not `{chunk}`")
            }
        }
    }
}

impl Error for ParseScheduleError {}

/// The word that was probably meant: at most two letters off, and less than half of it.
fn nearest(found: &str) -> Option<&'static str> {
    let (distance, word) = WORDS.iter().map(|word| (distance(found, word), *word)).min()?;
    (distance <= 2 && 2 * distance < word.len()).then_some(word)
}

/// How many letters are to be added, dropped or changed.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in to.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[to.len()]
}
