//! Settings: from the environment when first needed, and from the program at any time.
//!
//! ```
//! # use pymp_runtime as pymp;
//! use pymp::config;
//!
//! config::set_num_threads([4, 2]).unwrap();         // 4 threads in a region, 2 in a region inside of it
//! assert_eq!(config::num_threads(), [4, 2]);
//!
//! let error = config::set_thread_limit(0).unwrap_err();
//! assert_eq!(error.to_string(), "thread_limit must be at least 1, not 0");
//! ```
//!
//! Each setting is read from `PYMP_X`, else from `OMP_X`, else it has a default. A value that is not valid, an empty one included,
//! is reported on stderr in one line, and the next source is used.
//!
//! | variable | values | default |
//! |---|---|---|
//! | `NUM_THREADS` | threads of a region, one number for each nesting level; the last holds for deeper ones | the processors; a container's share counts |
//! | `THREAD_LIMIT` | threads in regions at once | none |
//! | `NESTED` | `true` (`allow`), `false` (`serialize`), `deny` | `false` |
//! | `MAX_ACTIVE_LEVELS` | how deep regions of more than one thread may nest; 2 or more allows nesting where `NESTED` is not given | 1, or none where nesting is allowed |
//! | `SCHEDULE` | what `schedule = "runtime"` means, as in `dynamic,64` | `static` |
//! | `DYNAMIC` | `true`: never more threads in a team than processors | `false` |
//! | `WAIT_POLICY` | `active`, `passive`, `adaptive` | `adaptive` |
//! | `PROC_BIND` | where threads run: `true`, `false`, or `primary`, `close`, `spread` for each nesting level ([`ProcBind`]) | `false` |
//! | `STACKSIZE` | stack of a worker, in kilobytes or with `B`, `K`, `M`, `G` behind it | the platform's |
//! | `DISPLAY_ENV` | `true` or `verbose`: print all settings on stderr, and where each came from | `false` |

mod binds;
mod display;
mod env;
mod error;
mod flags;
mod kinds;
mod levels;
mod settings;
mod teams;
#[cfg(all(test, not(loom)))]
mod tests;

pub use crate::schedule::Schedule;
pub(crate) use binds::{binding_at, will_bind};
pub use binds::{proc_bind, set_proc_bind};
pub use error::ConfigError;
pub(crate) use flags::flags;
pub use kinds::{Nested, ProcBind, WaitPolicy};
pub use levels::Levels;
pub(crate) use teams::{leaves_num_threads_open, num_threads_at, says_num_threads};
pub use teams::{
    max_active_levels, nested, num_threads, set_max_active_levels, set_nested, set_num_threads, set_thread_limit, thread_limit,
};

use env::Origin;
use settings::{Key, settings};
use std::fmt;
use std::sync::atomic::Ordering::Relaxed; // Settings are single words that order nothing.

/// What `schedule = "runtime"` means.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert_eq!(pymp::config::schedule().to_string(), "static");
/// ```
pub fn schedule() -> Schedule {
    settings().schedule.load()
}

/// Sets what `schedule = "runtime"` means: a [`Schedule`], or its text.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::{Schedule, config};
///
/// config::set_schedule("dynamic,64").unwrap();
/// assert_eq!(config::schedule(), Schedule::dynamic(64));
/// ```
///
/// # Errors
///
/// A text that names no schedule. `runtime`, which would mean itself.
pub fn set_schedule<S>(schedule: S) -> Result<(), ConfigError>
where
    S: TryInto<Schedule>,
    S::Error: fmt::Display,
{
    let schedule = schedule.try_into().map_err(|error| ConfigError { message: error.to_string() })?;
    if schedule == Schedule::Runtime {
        return Err(ConfigError { message: "schedule must not be runtime, which would mean itself".to_owned() });
    }
    settings().schedule.store(schedule);
    settings().came_from(Key::Schedule, Origin::Program);
    Ok(())
}

/// Whether teams are kept to the number of processors.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert!(!pymp::config::dynamic());
/// ```
#[inline]
pub fn dynamic() -> bool {
    flags().dynamic()
}

/// Sets whether a team may be smaller than asked for, so that it has no more threads than there are processors.
///
/// ```
/// # use pymp_runtime as pymp;
/// pymp::config::set_dynamic(true).unwrap();
/// assert!(pymp::config::dynamic());
/// ```
///
/// # Errors
///
/// None; the setters are alike.
pub fn set_dynamic(dynamic: bool) -> Result<(), ConfigError> {
    settings().flags.set_dynamic(dynamic);
    settings().came_from(Key::Dynamic, Origin::Program);
    Ok(())
}

/// How threads wait.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::config::{self, WaitPolicy};
///
/// assert_eq!(config::wait_policy(), WaitPolicy::Adaptive);
/// ```
#[inline]
pub fn wait_policy() -> WaitPolicy {
    settings().wait_policy.load()
}

/// Sets how threads wait, from the next region on: a [`WaitPolicy`], or its word.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::config::{self, WaitPolicy};
///
/// config::set_wait_policy(WaitPolicy::Active).unwrap();
/// config::set_wait_policy("passive").unwrap();
/// assert_eq!(config::wait_policy(), WaitPolicy::Passive);
/// # config::set_wait_policy(WaitPolicy::Adaptive).unwrap();
/// ```
///
/// # Errors
///
/// A text that is no such word.
pub fn set_wait_policy<W>(policy: W) -> Result<(), ConfigError>
where
    W: TryInto<WaitPolicy>,
    W::Error: fmt::Display,
{
    let policy = policy.try_into().map_err(|error| ConfigError { message: error.to_string() })?;
    settings().wait_policy.store(policy);
    settings().came_from(Key::WaitPolicy, Origin::Program);
    Ok(())
}

/// The stack of a worker in bytes; `None` is the platform's default.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert_eq!(pymp::config::stacksize(), None);
/// ```
pub fn stacksize() -> Option<usize> {
    Some(settings().stacksize.load(Relaxed)).filter(|&bytes| bytes != 0)
}

/// Sets the stack, in bytes, of workers that are started from now on; `None` is the platform's default.
///
/// ```
/// # use pymp_runtime as pymp;
/// pymp::config::set_stacksize(4 << 20).unwrap();
/// # pymp::config::set_stacksize(None).unwrap();
/// ```
///
/// # Errors
///
/// The size is 0.
pub fn set_stacksize(bytes: impl Into<Option<usize>>) -> Result<(), ConfigError> {
    let bytes = bytes.into();
    if bytes == Some(0) {
        return Err(ConfigError::at_least_1("stacksize"));
    }
    settings().stacksize.store(bytes.unwrap_or(0), Relaxed);
    settings().came_from(Key::Stacksize, Origin::Program);
    Ok(())
}

/// Prints all settings on stderr, and where each came from: what `PYMP_DISPLAY_ENV=true` does at the start.
///
/// ```
/// # use pymp_runtime as pymp;
/// pymp::config::display_env();
/// ```
pub fn display_env() {
    eprint!("{}", settings());
}

#[inline]
pub(crate) fn num_procs() -> usize {
    settings().procs
}
