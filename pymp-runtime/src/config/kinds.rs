//! The closed sets among the settings, each with its words.

use std::fmt;

macro_rules! words {
    ($kind:ident { $($word:literal => $value:ident),+ $(,)? }) => {
        impl fmt::Display for $kind {
            /// The word that the environment uses.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                $(if *self == $kind::$value { return f.write_str($word); })+
                Ok(())
            }
        }
        impl $kind {
            pub(super) fn from_word(word: &str) -> Option<Self> {
                $(if word.eq_ignore_ascii_case($word) { return Some($kind::$value); })+
                None
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

words!(Nested { "false" => Serialize, "true" => Allow, "deny" => Deny, "serialize" => Serialize, "allow" => Allow });

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
pub enum WaitPolicy {
    /// Poll for a fraction of a millisecond, less when that turns out to be in vain, then sleep. The default.
    #[default]
    Adaptive,
    /// Poll for long: lowest latency, for a machine that has nothing else to do.
    Active,
    /// Sleep at once: leaves the cores to others.
    Passive,
}

words!(WaitPolicy { "adaptive" => Adaptive, "active" => Active, "passive" => Passive });

/// Where OpenMP would place the threads of a team. It is read, kept and shown; threads are not bound yet.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::config::{self, ProcBind};
///
/// config::set_proc_bind(ProcBind::Spread).unwrap();
/// assert_eq!(config::proc_bind(), ProcBind::Spread);
/// # config::set_proc_bind(ProcBind::False).unwrap();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProcBind {
    /// Not bound. The default.
    #[default]
    False,
    /// Bound, the place is ours to choose.
    True,
    /// On the place of the thread that entered.
    Primary,
    /// On places near the thread that entered.
    Close,
    /// Spread over all places.
    Spread,
}

words!(ProcBind {
    "false" => False, "true" => True, "primary" => Primary, "close" => Close, "spread" => Spread, "master" => Primary
});
