//! The closed sets among the settings, each with its words.

use super::ConfigError;
use super::env::Parsed;
use std::fmt;
use std::str::FromStr;

macro_rules! words {
    ($kind:ident, a $what:literal of $expected:literal { $($word:literal => $value:ident),+ $(,)? }) => {
        impl fmt::Display for $kind {
            /// The word that the environment uses.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                $(if *self == $kind::$value { return f.write_str($word); })+
                Ok(())
            }
        }
        impl FromStr for $kind {
            type Err = ConfigError;

            /// Reads its word, in any case.
            fn from_str(text: &str) -> Result<Self, ConfigError> {
                Self::from_word(text.trim())
                    .map_err(|expected| ConfigError { message: format!(concat!("unknown ", $what, " {:?}: it is {}"), text, expected) })
            }
        }
        impl TryFrom<&str> for $kind {
            type Error = ConfigError;

            fn try_from(text: &str) -> Result<Self, ConfigError> {
                text.parse()
            }
        }
        impl $kind {
            pub(super) fn from_word(word: &str) -> Parsed<Self> {
                $(if word.eq_ignore_ascii_case($word) { return Ok($kind::$value); })+
                Err($expected)
            }
        }
    };
}

/// What happens when a region or a loop is entered inside of another one.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::config::{self, Nested};
///
/// config::set_nested(Nested::Allow).unwrap();
/// assert_eq!(config::nested(), Nested::Allow);
/// # config::set_nested(Nested::Serialize).unwrap();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nested {
    /// The inner one has one thread, as in OpenMP. The default.
    #[default]
    Serialize,
    /// The inner one has its own team, down to `max_active_levels`.
    Allow,
    /// The inner one panics, as in Python's pymp.
    Deny,
}

words!(Nested, a "word for nesting" of "true (or allow), false (or serialize), or deny" {
    "false" => Serialize, "true" => Allow, "deny" => Deny, "serialize" => Serialize, "allow" => Allow
});

impl From<bool> for Nested {
    /// OpenMP's and pymp's switch: `true` allows, `false` serialises.
    fn from(allow: bool) -> Self {
        if allow { Nested::Allow } else { Nested::Serialize }
    }
}

/// How threads wait for one another.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::config::{self, WaitPolicy};
///
/// config::set_wait_policy(WaitPolicy::Passive).unwrap();
/// assert_eq!(config::wait_policy(), WaitPolicy::Passive);
/// # config::set_wait_policy(WaitPolicy::Adaptive).unwrap();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitPolicy {
    /// Poll for a fraction of a millisecond, less when that turns out to be in vain, then sleep. The default.
    #[default]
    Adaptive,
    /// Poll for long: lowest latency, for a machine that has nothing else to do.
    Active,
    /// Sleep at once: leaves the cores to others.
    Passive,
}

words!(WaitPolicy, a "wait policy" of "active, passive or adaptive" {
    "adaptive" => Adaptive, "active" => Active, "passive" => Passive
});

/// Which processor each thread of a team runs on, of those that the process may use. These are the places.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::Parallel;
/// use pymp::config::ProcBind;
///
/// let sizes = Parallel::new(2).proc_bind(ProcBind::Spread).map(|p| p.num_threads());
/// # if cfg!(feature = "threads") {
/// assert_eq!(sizes, [2, 2]);
/// # }
/// ```
///
/// ```text
/// 4 places, 2 threads         2 places, 4 threads
/// primary  place 0 0          primary  place 0 0 0 0
/// close    place 0 1          close    place 0 0 1 1
/// spread   place 0 2          spread   place 0 0 1 1
/// ```
///
/// The entering thread, thread 0, is on the first place that it may run on. An inner team begins at the place of the thread that enters
/// it; under `Spread` it has that thread's part of the places for itself, the next `4/2` of them here.
///
/// When the region is over, the entering thread may run where it could before. Only where the environment asked, by `PYMP_PROC_BIND` or
/// `OMP_PROC_BIND`, it stays on its place, as in OpenMP: then the next region begins without a call of the system, and threads that it
/// starts run on that place, too. A region of one thread is not bound.
///
/// As the environment's word, `false` also turns off what the program says in [`Parallel::proc_bind`](crate::Parallel::proc_bind).
///
/// Linux only, and with the cargo feature `proc_bind`, which is on by default; elsewhere [`set_proc_bind`](super::set_proc_bind) returns an
/// error, and one line on stderr says that the others are ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProcBind {
    /// Not bound. The default.
    #[default]
    False,
    /// Bound; the place is ours to choose. As [`Close`](Self::Close).
    True,
    /// All on the place of the thread that entered.
    Primary,
    /// Each on the place after that of the one before.
    Close,
    /// As far apart as there are places.
    Spread,
}

words!(ProcBind, a "binding" of "true, false, primary, close or spread" {
    "false" => False, "true" => True, "primary" => Primary, "close" => Close, "spread" => Spread, "master" => Primary
});

impl ProcBind {
    /// Whether this may be said of the nesting levels: true and false stand alone.
    pub(super) fn may_be_listed(levels: &[ProcBind]) -> bool {
        levels.len() == 1 || !levels.iter().any(|bind| matches!(bind, ProcBind::True | ProcBind::False))
    }
}
