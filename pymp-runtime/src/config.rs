//! Settings: from the environment when first needed, and from the program at any time.
//!
//! ```
//! use pymp_runtime::config;
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
//! | `NUM_THREADS` | threads of a region, one number for each nesting level; the last holds for deeper ones | the processors |
//! | `THREAD_LIMIT` | threads in regions at once | none |
//! | `NESTED` | `true` (`allow`), `false` (`serialize`), `deny` | `false` |
//! | `MAX_ACTIVE_LEVELS` | how deep regions of more than one thread may nest; 2 or more allows nesting where `NESTED` is not given | 1, or none where nesting is allowed |
//! | `SCHEDULE` | what `schedule = "runtime"` means, as in `dynamic,64` | `static` |
//! | `DYNAMIC` | `true`: never more threads in a team than processors | `false` |
//! | `WAIT_POLICY` | `active`, `passive`, `adaptive` | `adaptive` |
//! | `PROC_BIND` | `true`, `false`, or `primary`, `close`, `spread` for each nesting level | `false` |
//! | `STACKSIZE` | stack of a worker, in kilobytes or with `B`, `K`, `M`, `G` behind it | the platform's |
//! | `DISPLAY_ENV` | `true`: print all settings on stderr, and where each came from | `false` |

mod display;
mod env;
mod error;
mod kinds;
mod levels;
mod settings;
#[cfg(all(test, not(loom)))]
mod tests;

pub use crate::schedule::Schedule;
pub use error::ConfigError;
pub use kinds::{Nested, ProcBind, WaitPolicy};
pub use levels::Levels;

use env::Origin;
use settings::{Key, settings};
use std::sync::PoisonError;
use std::sync::atomic::Ordering::Relaxed; // Settings are single words that order nothing.

/// The threads of a region that does not say, for each nesting level.
///
/// ```
/// assert!(pymp_runtime::config::num_threads()[0] >= 1);
/// ```
pub fn num_threads() -> Vec<usize> {
    settings().levels.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Sets the threads of a region that does not say, for all nesting levels or for each. The last number holds for deeper ones.
///
/// ```
/// pymp_runtime::config::set_num_threads(2).unwrap();
/// assert_eq!(pymp_runtime::max_threads(), 2);
/// ```
///
/// # Errors
/// A number is 0, or there is none.
pub fn set_num_threads(levels: impl Levels) -> Result<(), ConfigError> {
    let levels = levels.levels();
    if levels.contains(&0) {
        return Err(ConfigError::at_least_1("num_threads"));
    }
    let Some(&first) = levels.first() else {
        return Err(ConfigError { message: "num_threads needs a number for at least one level".to_owned() });
    };
    let settings = settings();
    let mut current = settings.levels.write().unwrap_or_else(PoisonError::into_inner);
    settings.first_level.store(first, Relaxed);
    *current = levels;
    settings.came_from(Key::NumThreads, Origin::Program);
    Ok(())
}

/// The threads of a region entered at `level`.
pub(crate) fn num_threads_at(level: usize) -> usize {
    let settings = settings();
    if level == 0 {
        return settings.first_level.load(Relaxed);
    }
    let levels = settings.levels.read().unwrap_or_else(PoisonError::into_inner);
    levels[level.min(levels.len() - 1)]
}

/// How many threads may be in regions at once, over all levels and entering threads.
///
/// ```
/// assert_eq!(pymp_runtime::config::thread_limit(), None);
/// ```
pub fn thread_limit() -> Option<usize> {
    Some(settings().thread_limit.load(Relaxed)).filter(|&limit| limit != usize::MAX)
}

/// Limits how many threads may be in regions at once, the entering ones included; `None` lifts the limit. Teams that would
/// exceed it are smaller, down to the entering thread alone. Regions that are being run keep their threads.
///
/// ```
/// use pymp_runtime::config;
///
/// config::set_thread_limit(3).unwrap();
/// assert_eq!(config::thread_limit(), Some(3));
/// config::set_thread_limit(None).unwrap();
/// ```
///
/// # Errors
/// The limit is 0.
pub fn set_thread_limit(limit: impl Into<Option<usize>>) -> Result<(), ConfigError> {
    let limit = limit.into().unwrap_or(usize::MAX);
    if limit == 0 {
        return Err(ConfigError::at_least_1("thread_limit"));
    }
    settings().thread_limit.store(limit, Relaxed);
    settings().came_from(Key::ThreadLimit, Origin::Program);
    Ok(())
}

/// What an inner region does.
///
/// ```
/// use pymp_runtime::config::{self, Nested};
///
/// assert_eq!(config::nested(), Nested::Serialize);
/// ```
pub fn nested() -> Nested {
    settings().nested.load()
}

/// Sets what an inner region does. A `bool` will do: `true` allows, `false` serialises. As in OpenMP, to allow it lifts a
/// `max_active_levels` that would not.
///
/// ```
/// use pymp_runtime::config::{self, Nested};
///
/// config::set_nested(true).unwrap();
/// assert_eq!(config::nested(), Nested::Allow);
/// # config::set_nested(false).unwrap();
/// ```
///
/// # Errors
/// None; the setters are alike.
pub fn set_nested(nested: impl Into<Nested>) -> Result<(), ConfigError> {
    let (settings, nested) = (settings(), nested.into());
    settings.nested.store(nested);
    settings.came_from(Key::Nested, Origin::Program);
    if nested == Nested::Allow && settings.max_active_levels.load(Relaxed) <= 1 {
        settings.max_active_levels.store(usize::MAX, Relaxed);
        settings.came_from(Key::MaxActiveLevels, Origin::Program);
    }
    Ok(())
}

/// How deep regions of more than one thread may nest: 1, unless nesting is allowed.
///
/// ```
/// assert_eq!(pymp_runtime::config::max_active_levels(), 1);
/// ```
pub fn max_active_levels() -> usize {
    settings().active_levels()
}

/// Sets how deep regions of more than one thread may nest; 0 makes every region serial. As in OpenMP, 2 or more allows nesting
/// that is serialised so far.
///
/// ```
/// use pymp_runtime::config::{self, Nested};
///
/// config::set_max_active_levels(2).unwrap();
/// assert_eq!(config::nested(), Nested::Allow);
/// # config::set_nested(false).unwrap();
/// ```
///
/// # Errors
/// None; the setters are alike.
pub fn set_max_active_levels(levels: usize) -> Result<(), ConfigError> {
    let settings = settings();
    settings.max_active_levels.store(levels, Relaxed);
    settings.came_from(Key::MaxActiveLevels, Origin::Program);
    if levels > 1 && nested() == Nested::Serialize { set_nested(Nested::Allow) } else { Ok(()) }
}

/// What `schedule = "runtime"` means.
///
/// ```
/// assert_eq!(pymp_runtime::config::schedule().to_string(), "static");
/// ```
pub fn schedule() -> Schedule {
    settings().schedule.load()
}

/// Sets what `schedule = "runtime"` means.
///
/// ```
/// use pymp_runtime::config;
///
/// config::set_schedule("dynamic,64".parse().unwrap()).unwrap();
/// assert_eq!(config::schedule().to_string(), "dynamic,64");
/// ```
///
/// # Errors
/// `Schedule::Runtime`, which would mean itself.
pub fn set_schedule(schedule: Schedule) -> Result<(), ConfigError> {
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
/// assert!(!pymp_runtime::config::dynamic());
/// ```
pub fn dynamic() -> bool {
    settings().dynamic.load(Relaxed)
}

/// Sets whether a team may be smaller than asked for, so that it has no more threads than there are processors.
///
/// ```
/// pymp_runtime::config::set_dynamic(true).unwrap();
/// assert!(pymp_runtime::config::dynamic());
/// ```
///
/// # Errors
/// None; the setters are alike.
pub fn set_dynamic(dynamic: bool) -> Result<(), ConfigError> {
    settings().dynamic.store(dynamic, Relaxed);
    settings().came_from(Key::Dynamic, Origin::Program);
    Ok(())
}

/// How threads wait.
///
/// ```
/// use pymp_runtime::config::{self, WaitPolicy};
///
/// assert_eq!(config::wait_policy(), WaitPolicy::Adaptive);
/// ```
pub fn wait_policy() -> WaitPolicy {
    settings().wait_policy.load()
}

/// Sets how threads wait, from the next region on.
///
/// ```
/// use pymp_runtime::config::{self, WaitPolicy};
///
/// config::set_wait_policy(WaitPolicy::Active).unwrap();
/// # config::set_wait_policy(WaitPolicy::Adaptive).unwrap();
/// ```
///
/// # Errors
/// None; the setters are alike.
pub fn set_wait_policy(policy: WaitPolicy) -> Result<(), ConfigError> {
    settings().wait_policy.store(policy);
    settings().came_from(Key::WaitPolicy, Origin::Program);
    Ok(())
}

/// Where the threads of an outermost region would be placed.
///
/// ```
/// use pymp_runtime::config::{self, ProcBind};
///
/// assert_eq!(config::proc_bind(), ProcBind::False);
/// ```
pub fn proc_bind() -> ProcBind {
    settings().proc_bind.read().unwrap_or_else(PoisonError::into_inner).first().copied().unwrap_or_default()
}

/// Sets where threads would be placed, for all nesting levels.
///
/// ```
/// use pymp_runtime::config::{self, ProcBind};
///
/// config::set_proc_bind(ProcBind::Close).unwrap();
/// # config::set_proc_bind(ProcBind::False).unwrap();
/// ```
///
/// # Errors
/// None; the setters are alike.
pub fn set_proc_bind(bind: ProcBind) -> Result<(), ConfigError> {
    *settings().proc_bind.write().unwrap_or_else(PoisonError::into_inner) = vec![bind];
    settings().came_from(Key::ProcBind, Origin::Program);
    Ok(())
}

/// The stack of a worker in bytes; `None` is the platform's default.
///
/// ```
/// assert_eq!(pymp_runtime::config::stacksize(), None);
/// ```
pub fn stacksize() -> Option<usize> {
    Some(settings().stacksize.load(Relaxed)).filter(|&bytes| bytes != 0)
}

/// Sets the stack, in bytes, of workers that are started from now on; `None` is the platform's default.
///
/// ```
/// pymp_runtime::config::set_stacksize(4 << 20).unwrap();
/// # pymp_runtime::config::set_stacksize(None).unwrap();
/// ```
///
/// # Errors
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
/// pymp_runtime::config::display_env();
/// ```
pub fn display_env() {
    eprint!("{}", settings());
}

pub(crate) fn num_procs() -> usize {
    settings().procs
}
