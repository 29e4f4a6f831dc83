//! The machine: what it is, and whether it has anything else to do.

use std::fs;
use std::hint::spin_loop;
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

/// How many cores' worth of work the machine does while we sleep; `None` where the system does not tell.
pub(crate) fn load() -> Option<f64> {
    let (busy, all) = times()?;
    thread::sleep(Duration::from_millis(200));
    let (busy_now, all_now) = times()?;
    let cores = thread::available_parallelism().map_or(1, usize::from) as f64;
    Some((busy_now - busy) / (all_now - all).max(1.0) * cores)
}

/// Clock ticks of all processors since the start: busy ones, and all.
fn times() -> Option<(f64, f64)> {
    let text = fs::read_to_string("/proc/stat").ok()?;
    let ticks: Vec<f64> = text.lines().next()?.split_whitespace().skip(1).filter_map(|word| word.parse().ok()).collect();
    // user nice system idle iowait irq softirq steal; guests are counted in user.
    let all: f64 = ticks.iter().take(8).sum();
    let idle: f64 = ticks.iter().skip(3).take(2).sum();
    Some((all - idle, all))
}

/// More than this is somebody else's work.
pub(crate) const IDLE: f64 = 0.1;

/// The machine in a few words, without its name.
pub(crate) fn description() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let model = fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|text| Some(text.lines().find(|line| line.starts_with("model name"))?.split_once(": ")?.1.to_owned()))
        .unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    format!("{cores} cores, {model}, {}", std::env::consts::OS)
}

/// What our own code was compiled for.
pub(crate) fn rust_target() -> &'static str {
    if !cfg!(target_arch = "x86_64") {
        std::env::consts::ARCH
    } else if cfg!(all(target_feature = "avx2", target_feature = "fma")) {
        "x86-64-v3 or better"
    } else {
        "x86-64, the oldest (RUSTFLAGS=\"-C target-cpu=x86-64-v3\" is the C side's target)"
    }
}

/// A process that keeps one core busy, until it is dropped.
pub(crate) struct Neighbour(Child);

impl Neighbour {
    pub(crate) fn start() -> std::io::Result<Self> {
        let child = Command::new(std::env::current_exe()?).args(["child", "neighbour"]).spawn()?;
        // Until it has found its core.
        thread::sleep(Duration::from_millis(20));
        Ok(Self(child))
    }
}

impl Drop for Neighbour {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What such a process does; it ends by itself should its parent forget it.
pub(crate) fn be_busy() {
    let start = std::time::Instant::now();
    while start.elapsed() < Duration::from_secs(60) {
        (0..10_000).for_each(|_| spin_loop());
    }
}

/// Processor time of all threads of this process, in nanoseconds; `None` where the system does not tell.
pub(crate) fn processor_time() -> Option<f64> {
    let mut sum = 0.0;
    for task in fs::read_dir("/proc/self/task").ok()? {
        let text = fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        sum += text.split_whitespace().next()?.parse::<f64>().ok()?;
    }
    Some(sum)
}
