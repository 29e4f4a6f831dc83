//! What the tests share: a watchdog, the schedules, and what a panic said.

#![allow(dead_code, reason = "each test file uses some of it")]

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use pymp::Schedule;
use pymp::config::{self, Nested};

/// Longer than any of these tests takes on a machine that is busy with other things, too.
const PATIENCE: Duration = Duration::from_secs(120);

/// Runs `body` on a thread of its own and gives what it gives, panics included. When it has not ended in time the test fails; it
/// does not block.
#[track_caller]
pub(crate) fn watchdog<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, ended) = mpsc::channel();
    let name = thread::current().name().unwrap_or("a test").to_owned();
    let watched = thread::Builder::new().name(name.clone()).spawn(move || {
        // Nobody listens any more when the patience was at its end.
        drop(sender.send(catch_unwind(AssertUnwindSafe(body))));
    });
    watched.expect("a thread for the test");
    match ended.recv_timeout(PATIENCE) {
        Ok(Ok(value)) => value,
        Ok(Err(payload)) => resume_unwind(payload),
        Err(RecvTimeoutError::Timeout) => panic!("`{name}` hangs: it has not ended after {PATIENCE:?}"),
        Err(RecvTimeoutError::Disconnected) => panic!("`{name}` has ended without a word"),
    }
}

/// Something that is waited for; a watchdog says when it never comes.
#[derive(Default)]
pub(crate) struct Gate(AtomicBool);

impl Gate {
    pub(crate) fn open(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    pub(crate) fn pass(&self) {
        while !self.0.load(Ordering::SeqCst) {
            thread::yield_now();
        }
    }
}

/// The settings belong to the process: a test that changes them runs alone.
static SETTINGS: RwLock<()> = RwLock::new(());

/// A test that leaves the settings as they are, under the watchdog.
#[track_caller]
pub(crate) fn watched(test: impl FnOnce() + Send + 'static) {
    let _shared = SETTINGS.read().unwrap_or_else(PoisonError::into_inner);
    watchdog(test);
}

/// A test that changes the settings, under the watchdog. Afterwards they are the defaults.
#[track_caller]
pub(crate) fn alone(test: impl FnOnce() + Send + 'static) {
    struct Restore;
    impl Drop for Restore {
        fn drop(&mut self) {
            config::set_nested(Nested::Serialize).unwrap();
            config::set_thread_limit(None).unwrap();
            config::set_num_threads(pymp::num_procs()).unwrap();
            config::set_schedule(Schedule::Static).unwrap();
        }
    }
    let _alone = SETTINGS.write().unwrap_or_else(PoisonError::into_inner);
    let _restore = Restore;
    watchdog(test);
}

/// The size of a team of `n`: without threads every team has one.
pub(crate) fn team(n: usize) -> usize {
    if cfg!(feature = "threads") { n } else { 1 }
}

/// The values in order.
pub(crate) fn sorted<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.into_iter().collect();
    values.sort();
    values
}

/// The text of the panic that `body` ends with.
#[track_caller]
pub(crate) fn panic_of<T>(body: impl FnOnce() -> T) -> String {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(_) => panic!("this should have panicked"),
        Err(payload) => text_of(payload.as_ref()),
    }
}

/// What a panic said.
pub(crate) fn text_of(payload: &(dyn Any + Send)) -> String {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => panic!("the payload is no text"),
    }
}

/// Fails unless `text` holds all of `words`.
#[track_caller]
pub(crate) fn assert_says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "`{word}` is missing in: {text}");
    }
}

/// Every schedule that gives out iterations by itself, with and without a chunk.
pub(crate) const SCHEDULES: [&str; 10] =
    ["static", "static,1", "static,3", "dynamic", "dynamic,1", "dynamic,5", "guided", "guided,4", "auto", "runtime"];

/// [`SCHEDULES`] as values.
pub(crate) fn schedules() -> impl Iterator<Item = Schedule> {
    SCHEDULES.into_iter().map(|text| text.parse().unwrap_or_else(|_| panic!("`{text}` is a schedule")))
}

/// Team sizes below, at and above the cores of most machines.
pub(crate) const TEAMS: [usize; 5] = [1, 2, 3, 4, 7];

/// Every schedule on every team.
pub(crate) fn everywhere(mut check: impl FnMut(Schedule, usize)) {
    for team in TEAMS {
        for schedule in schedules() {
            check(schedule, team);
        }
    }
}

/// Numbers that look random, the same ones in every run.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 11) % end
    }

    /// A float between -1 and 1, times a power of two between 2^-20 and 2^20: sums of these depend on their order.
    pub(crate) fn float(&mut self) -> f64 {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 52) as f64 - 1.0;
        unit * 2_f64.powi(self.below(41) as i32 - 20)
    }
}

const CHILD: &str = "PYMP_TESTS_CHILD";

/// Whether this process was started by [`run_alone`].
pub(crate) fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// Runs one test of this file in a process of its own, under these environment variables and no others of ours or OpenMP's.
pub(crate) fn run_alone(test: &str, environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("the path of this program"));
    command.args([test, "--exact", "--nocapture", "--include-ignored", "--test-threads=1"]);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PYMP_") || name.to_string_lossy().starts_with("OMP_") {
            command.env_remove(name);
        }
    }
    command.env(CHILD, "1").envs(environment.iter().copied());
    let output = command.output().expect("a child process");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("1 passed") || !output.status.success(), "there is no test `{test}`: {text}");
    output
}

/// As [`run_alone`], for a test that must pass. What it wrote to stderr.
#[track_caller]
pub(crate) fn passes_alone(test: &str, environment: &[(&str, &str)]) -> String {
    let output = run_alone(test, environment);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success(),
        "`{test}` fails under {environment:?}:\n{}\n{errors}",
        String::from_utf8_lossy(&output.stdout)
    );
    errors
}
