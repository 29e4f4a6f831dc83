//! How many threads, and how deep.

use super::env::Origin;
use super::settings::{Key, settings, settings_so_far};
use super::{ConfigError, Levels, Nested};
use crate::count::MOST_THREADS;
use std::fmt;
use std::sync::atomic::Ordering::Relaxed; // As in the module above.

/// The threads of a region that does not say, for each nesting level.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert!(pymp::config::num_threads()[0] >= 1);
/// ```
pub fn num_threads() -> Vec<usize> {
    settings().levels.read().clone()
}

/// Sets the threads of a region that does not say, for all nesting levels or for each. The last number holds for deeper ones.
///
/// ```
/// # use pymp_runtime as pymp;
/// pymp::config::set_num_threads(2).unwrap();
/// assert_eq!(pymp::max_threads(), 2);
/// ```
///
/// # Errors
///
/// A number is 0 or above 8192, or there is none.
pub fn set_num_threads(levels: impl Levels) -> Result<(), ConfigError> {
    let levels = levels.levels()?;
    if levels.contains(&0) {
        return Err(ConfigError::at_least_1("num_threads"));
    }
    if let Some(many) = levels.iter().find(|number| **number > MOST_THREADS) {
        return Err(ConfigError { message: format!("num_threads must be at most {MOST_THREADS}, not {many}") });
    }
    let Some(&first) = levels.first() else {
        return Err(ConfigError { message: "num_threads needs a number for at least one level".to_owned() });
    };
    let settings = settings();
    let mut current = settings.levels.write();
    settings.says_num_threads.store(true, Relaxed);
    settings.first_level.store(first, Relaxed);
    *current = levels;
    settings.came_from(Key::NumThreads, Origin::Program);
    Ok(())
}

/// Whether the number of threads is somebody's choice, and not just that of the processors.
#[inline]
pub(crate) fn says_num_threads() -> bool {
    settings().says_num_threads.load(Relaxed)
}

/// Whether it is known that nobody has chosen it. In line, and without a call, since small loops ask each time.
#[inline]
pub(crate) fn leaves_num_threads_open() -> bool {
    settings_so_far().is_some_and(|settings| !settings.says_num_threads.load(Relaxed))
}

/// The threads of a region entered at `level`.
pub(crate) fn num_threads_at(level: usize) -> usize {
    let settings = settings();
    if level == 0 {
        return settings.first_level.load(Relaxed);
    }
    let levels = settings.levels.read();
    levels[level.min(levels.len() - 1)]
}

/// How many threads may be in regions at once, over all levels and entering threads.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert_eq!(pymp::config::thread_limit(), None);
/// ```
#[inline]
pub fn thread_limit() -> Option<usize> {
    Some(settings().thread_limit.load(Relaxed)).filter(|&limit| limit != usize::MAX)
}

/// Limits how many threads may be in regions at once, the entering ones included; `None` lifts the limit. Teams that would
/// exceed it are smaller, down to the entering thread alone. Regions that are being run keep their threads.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::config;
///
/// config::set_thread_limit(3).unwrap();
/// assert_eq!(config::thread_limit(), Some(3));
/// config::set_thread_limit(None).unwrap();
/// ```
///
/// # Errors
///
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
/// # use pymp_runtime as pymp;
/// use pymp::config::{self, Nested};
///
/// assert_eq!(config::nested(), Nested::Serialize);
/// ```
#[inline]
pub fn nested() -> Nested {
    settings().nested.load()
}

/// Sets what an inner region does: a [`Nested`], or its word. A `bool` will do: `true` allows, `false` serialises. As in OpenMP, to allow it lifts a
/// `max_active_levels` that would not.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::config::{self, Nested};
///
/// config::set_nested(true).unwrap();
/// assert_eq!(config::nested(), Nested::Allow);
/// config::set_nested("deny").unwrap();
/// assert_eq!(config::nested(), Nested::Deny);
/// # config::set_nested(false).unwrap();
/// ```
///
/// # Errors
///
/// A text that is no such word.
pub fn set_nested<N>(nested: N) -> Result<(), ConfigError>
where
    N: TryInto<Nested>,
    N::Error: fmt::Display,
{
    let nested = nested.try_into().map_err(|error| ConfigError { message: error.to_string() })?;
    let settings = settings();
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
/// # use pymp_runtime as pymp;
/// assert_eq!(pymp::config::max_active_levels(), 1);
/// ```
#[inline]
pub fn max_active_levels() -> usize {
    settings().active_levels()
}

/// Sets how deep regions of more than one thread may nest; 0 makes every region serial. As in OpenMP, 2 or more allows nesting
/// that is serialised so far.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::config::{self, Nested};
///
/// config::set_max_active_levels(2).unwrap();
/// assert_eq!(config::nested(), Nested::Allow);
/// # config::set_nested(false).unwrap();
/// ```
///
/// # Errors
///
/// None; the setters are alike.
pub fn set_max_active_levels(levels: usize) -> Result<(), ConfigError> {
    let settings = settings();
    settings.max_active_levels.store(levels, Relaxed);
    settings.came_from(Key::MaxActiveLevels, Origin::Program);
    if levels > 1 && nested() == Nested::Serialize { set_nested(Nested::Allow) } else { Ok(()) }
}
