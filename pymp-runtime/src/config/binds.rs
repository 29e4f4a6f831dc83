//! Where the threads of a team run.

use super::env::Origin;
use super::settings::{Key, settings};
use super::{ConfigError, Levels, ProcBind};
use crate::{binding, query};
use std::sync::Once;

/// What was said of binding.
#[derive(Debug)]
pub(super) struct Binds {
    /// For each level. Never empty.
    pub(super) levels: Vec<ProcBind>,
    /// By the environment, and the program has not said otherwise since.
    pub(super) by_env: bool,
}

impl Binds {
    fn at(&self, level: usize) -> ProcBind {
        self.levels[level.min(self.levels.len() - 1)]
    }
}

/// How the threads of a region that is entered here are bound, if it does not say.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::config::{self, ProcBind};
///
/// assert_eq!(config::proc_bind(), ProcBind::False);
/// ```
pub fn proc_bind() -> ProcBind {
    settings().binds.read().at(query::level())
}

/// Sets how the threads of regions and loops are bound, at all nesting levels or at each: a [`ProcBind`], several, or their text. The last one holds for deeper levels.
///
/// ```
/// # use pymp_runtime as pymp;
/// # if cfg!(all(feature = "proc_bind", target_os = "linux")) {
/// use pymp::Parallel;
/// use pymp::config::{self, ProcBind};
///
/// config::set_proc_bind(ProcBind::Close).unwrap();
/// Parallel::new(2).run(|p| { /* thread k runs on processor k, of those that the process may use */ });
///
/// config::set_proc_bind([ProcBind::Spread, ProcBind::Close]).unwrap();
/// assert_eq!(config::proc_bind(), ProcBind::Spread);
/// config::set_proc_bind("close").unwrap();
/// assert_eq!(config::proc_bind(), ProcBind::Close);
/// # config::set_proc_bind(ProcBind::False).unwrap();
/// # }
/// ```
///
/// [`ProcBind`] says which thread runs where. It holds from the next region on.
///
/// # Errors
///
/// Threads cannot be bound on this system, or pymp is built without its feature `proc_bind`; [`ProcBind::False`] can always be set. There
/// is no value for any level, or `True` or `False` in a list of several. A text that names no binding.
pub fn set_proc_bind(levels: impl Levels<ProcBind>) -> Result<(), ConfigError> {
    let levels = levels.levels()?;
    let refused = |message: String| Err(ConfigError { message });
    if levels.is_empty() {
        return refused("proc_bind needs a value for at least one level".to_owned());
    }
    if !ProcBind::may_be_listed(&levels) {
        return refused("proc_bind for each level is primary, close or spread; true and false stand alone".to_owned());
    }
    let wanted = levels != [ProcBind::False];
    if let (true, Some(why)) = (wanted, binding::UNAVAILABLE) {
        return refused(format!("proc_bind must be {why}"));
    }
    let settings = settings();
    *settings.binds.write() = Binds { levels, by_env: false };
    if wanted {
        settings.flags.binds();
    }
    settings.came_from(Key::ProcBind, Origin::Program);
    Ok(())
}

/// A region is about to ask for it.
pub(crate) fn will_bind(bind: ProcBind) {
    match binding::UNAVAILABLE {
        _ if bind == ProcBind::False => {}
        None => settings().flags.binds(),
        Some(why) => {
            static ONCE: Once = Once::new();
            ONCE.call_once(|| eprintln!("pymp: ignoring proc_bind({bind}), expected {why}"));
        }
    }
}

/// How the threads of a region entered at `level` are bound, which says `clause`; and whether the entering thread stays so afterwards.
pub(crate) fn binding_at(level: usize, clause: Option<ProcBind>) -> (ProcBind, bool) {
    let binds = settings().binds.read();
    let here = binds.at(level);
    // As in OpenMP, who starts the program may turn all of it off.
    let is_off = binds.by_env && here == ProcBind::False;
    (if is_off { here } else { clause.unwrap_or(here) }, binds.by_env)
}
