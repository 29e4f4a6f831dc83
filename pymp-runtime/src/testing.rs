//! What the tests of threads share: a watchdog, and child processes.

use std::io::Write;
use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Longer than any test takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(120);

/// Runs a test on a thread of its own, and fails instead of hanging.
pub(crate) fn watchdog(test: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        let (done, finished) = channel();
        let runner = scope.spawn(move || {
            test();
            let _ = done.send(());
        });
        match finished.recv_timeout(LIMIT) {
            Ok(()) => {}
            // It panicked; the join says so.
            Err(RecvTimeoutError::Disconnected) => {
                if let Err(payload) = runner.join() {
                    std::panic::resume_unwind(payload);
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                // The scope would wait for the hanging thread, and so would a panic. `eprintln!` would be kept for a report that never comes.
                let _ = writeln!(std::io::stderr(), "watchdog: {:?} hangs", std::thread::current().name());
                std::process::exit(101);
            }
        }
    });
}

pub(crate) struct Output {
    pub(crate) success: bool,
    pub(crate) stderr: String,
}

const CHILD: &str = "PYMP_TEST_CHILD";

/// Whether this process was started by [`child`].
pub(crate) fn in_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// Runs one test of this crate in a process of its own, with nothing in its environment that concerns us but `settings`.
pub(crate) fn child(test: &str, settings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("PYMP_") || text.starts_with("OMP_") {
            command.env_remove(name);
        }
    }
    command.args([test, "--exact", "--nocapture", "--test-threads=1"]).env(CHILD, "1").envs(settings.iter().copied());
    let mut running = command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let started = std::time::Instant::now();
    while running.try_wait().unwrap().is_none() {
        if started.elapsed() > LIMIT {
            running.kill().unwrap();
            panic!("{test} hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = running.wait_with_output().unwrap();
    Output { success: output.status.success(), stderr: String::from_utf8_lossy(&output.stderr).into_owned() }
}
