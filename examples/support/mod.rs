//! What every example needs: a stopwatch, a comparison, and a table that knows whether all went well.

#![allow(dead_code, reason = "each example uses its part")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

/// One line of the table: a serial and a parallel run of the same work, and whether they agree.
pub(crate) struct Trial {
    pub(crate) what: String,
    pub(crate) serial: Duration,
    pub(crate) parallel: Duration,
    /// What was checked, or what is wrong.
    pub(crate) checked: Result<String, String>,
}

/// Runs `work` a few times: the last result, and the best time, which is the one that others on the machine disturbed least.
pub(crate) fn timed<R>(runs: u32, mut work: impl FnMut() -> R) -> (R, Duration) {
    let mut once = || {
        let start = Instant::now();
        let result = work();
        (result, start.elapsed())
    };
    let (mut result, mut best) = once();
    for _ in 1..runs {
        let (again, time) = once();
        (result, best) = (again, best.min(time));
    }
    (result, best)
}

/// Compares the bits, so that not even the order of two additions may differ.
pub(crate) fn bit_for_bit(parallel: &[f64], serial: &[f64]) -> Result<String, String> {
    if parallel.len() != serial.len() {
        return Err(format!("{} elements, the serial loop has {}", parallel.len(), serial.len()));
    }
    match parallel.iter().zip(serial).position(|(p, s)| p.to_bits() != s.to_bits()) {
        None => Ok("equal to the serial loop, bit for bit".into()),
        Some(i) => Err(format!("element {i} is {:e}, the serial loop has {:e}", parallel[i], serial[i])),
    }
}

/// Prints the table. The exit code says whether every result is right.
pub(crate) fn report(trials: &[Trial]) -> ExitCode {
    let width = trials.iter().map(|trial| trial.what.len()).max().unwrap_or(0);
    println!("threads: {}\n", pymp::max_threads());
    println!("{:width$}  {:>12}  {:>12}  {:>7}  checked", "what", "serial", "parallel", "speedup");
    for Trial { what, serial, parallel, checked } in trials {
        let (serial, parallel) = (milliseconds(*serial), milliseconds(*parallel));
        let (Ok(verdict) | Err(verdict)) = checked;
        let mark = if checked.is_ok() { "yes" } else { "WRONG" };
        println!("{what:width$}  {serial:>9.2} ms  {parallel:>9.2} ms  {:>7.2}  {mark}: {verdict}", serial / parallel);
    }
    if trials.iter().all(|trial| trial.checked.is_ok()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
