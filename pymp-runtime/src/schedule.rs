//! A stand-in for the schedules: the type alone.

use std::fmt;
use std::num::NonZeroUsize;
use std::str::FromStr;

/// Who gets which iterations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Schedule {
    /// Contiguous blocks.
    #[default]
    Static,
    /// Blocks of the chunk, in turn.
    StaticChunk(NonZeroUsize),
    /// Chunks on demand.
    Dynamic(NonZeroUsize),
    /// Shrinking chunks on demand.
    Guided(NonZeroUsize),
    /// What the runtime finds best.
    Auto,
    /// What `PYMP_SCHEDULE` says.
    Runtime,
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Schedule::Static => f.write_str("static"),
            Schedule::StaticChunk(c) => write!(f, "static,{c}"),
            Schedule::Dynamic(c) => write!(f, "dynamic,{c}"),
            Schedule::Guided(c) => write!(f, "guided,{c}"),
            Schedule::Auto => f.write_str("auto"),
            Schedule::Runtime => f.write_str("runtime"),
        }
    }
}

impl FromStr for Schedule {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, chunk) = match text.split_once(',') {
            Some((kind, chunk)) => (
                kind,
                Some(
                    chunk
                        .trim()
                        .parse()
                        .map_err(|_| format!("bad chunk in `{text}`"))?,
                ),
            ),
            None => (text, None),
        };
        let one = NonZeroUsize::MIN;
        match (kind.trim().to_ascii_lowercase().as_str(), chunk) {
            ("static", None) => Ok(Schedule::Static),
            ("static", Some(c)) => Ok(Schedule::StaticChunk(c)),
            ("dynamic", c) => Ok(Schedule::Dynamic(c.unwrap_or(one))),
            ("guided", c) => Ok(Schedule::Guided(c.unwrap_or(one))),
            ("auto", None) => Ok(Schedule::Auto),
            ("runtime", None) => Ok(Schedule::Runtime),
            _ => Err(format!("unknown schedule `{text}`")),
        }
    }
}
