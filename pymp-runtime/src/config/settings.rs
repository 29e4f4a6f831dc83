//! The settings themselves: read from the environment once.

use super::binds::Binds;
use super::env::{self, Origin, Reader};
use super::flags::AtomicFlags;
use super::kinds::{Nested, ProcBind, WaitPolicy};
use crate::schedule::Schedule;
use crossbeam_utils::atomic::AtomicCell;
use parking_lot::{Mutex, RwLock};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

/// The settings by name, in the order in which they are shown.
#[derive(Clone, Copy, Debug)]
pub(super) enum Key {
    NumThreads,
    ThreadLimit,
    Nested,
    MaxActiveLevels,
    Schedule,
    Dynamic,
    WaitPolicy,
    ProcBind,
    Stacksize,
}

pub(super) const KEYS: usize = 9;

pub(super) struct Settings {
    pub(super) procs: usize,
    /// The number of threads was said, by the environment or the program.
    pub(super) says_num_threads: AtomicBool,
    pub(super) first_level: AtomicUsize,
    /// Never empty, no zeros.
    pub(super) levels: RwLock<Vec<usize>>,
    /// `usize::MAX`: none.
    pub(super) thread_limit: AtomicUsize,
    pub(super) nested: AtomicCell<Nested>,
    pub(super) max_active_levels: AtomicUsize,
    pub(super) schedule: AtomicCell<Schedule>,
    pub(super) flags: AtomicFlags,
    pub(super) wait_policy: AtomicCell<WaitPolicy>,
    pub(super) binds: RwLock<Binds>,
    /// Bytes; 0: the platform's default.
    pub(super) stacksize: AtomicUsize,
    pub(super) origins: Mutex<[Origin; KEYS]>,
}

impl Settings {
    pub(super) fn came_from(&self, key: Key, origin: Origin) {
        self.origins.lock()[key as usize] = origin;
    }

    /// How deep regions of more than one thread may nest.
    #[inline]
    pub(super) fn active_levels(&self) -> usize {
        let levels = self.max_active_levels.load(Relaxed);
        if self.nested.load() == Nested::Allow { levels } else { levels.min(1) }
    }

    fn from_env(reader: &mut Reader<'_>) -> Self {
        let procs = num_cpus::get().max(1);
        let (levels, num_threads) = reader.read("NUM_THREADS", env::levels, procs);
        let says_num_threads = AtomicBool::new(levels.is_some());
        let levels = levels.unwrap_or_else(|| vec![procs]);
        let (thread_limit, limit) = reader.read("THREAD_LIMIT", env::positive, "no limit");
        let (nested, nesting) = reader.read("NESTED", env::nested, Nested::default());
        let (max_levels, max_active_levels) = reader.read("MAX_ACTIVE_LEVELS", env::count, "set by NESTED");
        // As in OpenMP, a depth of two or more allows nesting, unless NESTED says otherwise.
        let nested = nested.unwrap_or_else(|| max_levels.is_some_and(|depth| depth > 1).into());
        let (schedule, scheduling) = reader.read("SCHEDULE", env::schedule, Schedule::default());
        let (dynamic, dynamics) = reader.read("DYNAMIC", env::boolean, false);
        let (wait_policy, waiting) = reader.read("WAIT_POLICY", env::wait_policy, WaitPolicy::default());
        let (bind, binding) = reader.read("PROC_BIND", env::proc_bind, ProcBind::default());
        let binds = Binds { by_env: bind.is_some(), levels: bind.unwrap_or_else(|| vec![ProcBind::default()]) };
        let (stacksize, stack) = reader.read("STACKSIZE", env::stacksize, "the platform's");
        Settings {
            procs,
            says_num_threads,
            first_level: AtomicUsize::new(levels[0]),
            levels: RwLock::new(levels),
            thread_limit: AtomicUsize::new(thread_limit.unwrap_or(usize::MAX)),
            nested: AtomicCell::new(nested),
            max_active_levels: AtomicUsize::new(max_levels.unwrap_or(usize::MAX)),
            schedule: AtomicCell::new(schedule.unwrap_or_default()),
            flags: AtomicFlags::new(dynamic.unwrap_or_default(), binds.levels != [ProcBind::False]),
            wait_policy: AtomicCell::new(wait_policy.unwrap_or_default()),
            binds: RwLock::new(binds),
            stacksize: AtomicUsize::new(stacksize.unwrap_or(0)),
            origins: Mutex::new([num_threads, limit, nesting, max_active_levels, scheduling, dynamics, waiting, binding, stack]),
        }
    }
}

static SETTINGS: OnceLock<Settings> = OnceLock::new();

/// The settings, if anybody has asked for them yet.
#[inline]
pub(super) fn settings_so_far() -> Option<&'static Settings> {
    SETTINGS.get()
}

/// The settings, read from the environment by the first who asks.
#[inline]
pub(super) fn settings() -> &'static Settings {
    SETTINGS.get_or_init(|| {
        let lookup = |name: &str| std::env::var_os(name);
        let mut reader = Reader::new(&lookup);
        let settings = Settings::from_env(&mut reader);
        let (display, _) = reader.read("DISPLAY_ENV", display, false);
        for complaint in &reader.complaints {
            eprintln!("{complaint}");
        }
        if display == Some(true) {
            eprint!("{settings}");
        }
        settings
    })
}

fn display(text: &str) -> env::Parsed<bool> {
    // OpenMP's third word asks for its vendor's own settings; we have none.
    if text.eq_ignore_ascii_case("verbose") { Ok(true) } else { env::boolean(text).map_err(|_| "true, false or verbose") }
}
