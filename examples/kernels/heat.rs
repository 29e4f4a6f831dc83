//! How heat spreads on a plate: each cell becomes the mean of its four neighbours, again and again.

#![allow(clippy::needless_range_loop, reason = "the loops are written as on paper")]

use pymp::prelude::*;

use crate::support::{Trial, bit_for_bit, timed};

/// One sweep; returns the largest change. Iteration `i` owns row `i` of `next`.
#[parallel]
fn sweep(now: &[f64], next: &mut [f64], rows: usize, cols: usize) -> f64 {
    let mut change: f64 = 0.0;
    #[parallel(chunks(next, cols), reduction(max: change))]
    for i in 0..rows {
        if i == 0 || i == rows - 1 {
            continue; // The edges keep their temperature.
        }
        for j in 1..cols - 1 {
            let at = i * cols + j;
            next[at] = 0.25 * (now[at - cols] + now[at + cols] + now[at - 1] + now[at + 1]);
            change = change.max((next[at] - now[at]).abs());
        }
    }
    change
}

fn sweep_serial(now: &[f64], next: &mut [f64], rows: usize, cols: usize) -> f64 {
    let mut change: f64 = 0.0;
    for i in 1..rows - 1 {
        for j in 1..cols - 1 {
            let at = i * cols + j;
            next[at] = 0.25 * (now[at - cols] + now[at + cols] + now[at - 1] + now[at + 1]);
            change = change.max((next[at] - now[at]).abs());
        }
    }
    change
}

type Sweep = fn(&[f64], &mut [f64], usize, usize) -> f64;

/// The plate after `sweeps` sweeps, and the largest change in each of them.
fn run(sweep: Sweep, rows: usize, cols: usize, sweeps: usize) -> (Vec<f64>, Vec<f64>) {
    let mut now = plate(rows, cols);
    let mut next = now.clone();
    let mut changes = Vec::with_capacity(sweeps);
    for _ in 0..sweeps {
        changes.push(sweep(&now, &mut next, rows, cols));
        std::mem::swap(&mut now, &mut next);
    }
    (now, changes)
}

/// Cold, but for the upper edge.
fn plate(rows: usize, cols: usize) -> Vec<f64> {
    let mut plate = vec![0.0; rows * cols];
    plate[..cols].fill(100.0);
    plate
}

pub(crate) fn trial(side: usize, sweeps: usize) -> Trial {
    let ((expected, expected_changes), serial) = timed(3, || run(sweep_serial, side, side, sweeps));
    let ((plate, changes), parallel) = timed(3, || run(sweep, side, side, sweeps));

    let checked = bit_for_bit(&changes, &expected_changes).and_then(|_| bit_for_bit(&plate, &expected));
    Trial { what: format!("heat, {side} x {side}, {sweeps} sweeps"), serial, parallel, checked }
}
