//! All settings as text, one a line, as OpenMP prints them.

use super::settings::Settings;
use std::fmt;
use std::sync::atomic::Ordering::Relaxed;

impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let no = |bound: usize, none: &str| {
            if bound == usize::MAX { none.to_owned() } else { bound.to_string() }
        };
        let stack = match self.stacksize.load(Relaxed) {
            0 => "the platform's".to_owned(),
            bytes => format!("{bytes}B"),
        };
        let values = [
            ("NUM_THREADS", list(&self.levels.read())),
            ("THREAD_LIMIT", no(self.thread_limit.load(Relaxed), "none")),
            ("NESTED", self.nested.load().to_string()),
            ("MAX_ACTIVE_LEVELS", no(self.active_levels(), "none")),
            ("SCHEDULE", self.schedule.load().to_string()),
            ("DYNAMIC", self.flags.get().dynamic().to_string()),
            ("WAIT_POLICY", self.wait_policy.load().to_string()),
            ("PROC_BIND", list(&self.binds.read().levels)),
            ("STACKSIZE", stack),
        ];
        let origins = self.origins.lock().clone();
        writeln!(f, "PYMP DISPLAY ENVIRONMENT BEGIN")?;
        writeln!(f, "  VERSION = '{}'", env!("CARGO_PKG_VERSION"))?;
        for ((name, value), origin) in values.iter().zip(origins) {
            writeln!(f, "  {name} = '{value}' [{origin}]")?;
        }
        writeln!(f, "PYMP DISPLAY ENVIRONMENT END")
    }
}

fn list<T: fmt::Display>(values: &[T]) -> String {
    values.iter().map(T::to_string).collect::<Vec<_>>().join(",")
}
