//! Loops with time between them, more threads than cores, and a neighbour who wants a core too.

use std::hint::black_box;
use std::time::{Duration, Instant};

use pymp::prelude::*;

use crate::entry::{self, GAPS};
use crate::machine::{Neighbour, processor_time};
use crate::sheet::{Sheet, median};

/// A thousand iterations of a microsecond or so.
fn compute(threads: usize) {
    parallel_for!(
        num_threads = threads,
        for i in 0..1000 {
            black_box(entry::work(i, 400));
        }
    );
}

pub(crate) fn rows(sheet: &Sheet) {
    for (name, us) in GAPS {
        gap(sheet, name, Duration::from_micros(us));
    }
    for threads in [1, 2, 4, 8, 16] {
        sheet.hot(&format!("compute-bound loop, {threads} threads on what cores there are"), || compute(threads));
    }
    for threads in [1, 2] {
        let row = format!("compute-bound loop beside a busy neighbour, {threads} thread{}", if threads == 1 { "" } else { "s" });
        if sheet.wants(&row)
            && let Ok(_neighbour) = Neighbour::start()
        {
            sheet.lasting(&row, || compute(threads));
        }
    }
}

/// The caller computes by itself, then enters a loop; what the team burns meanwhile is a row of its own.
fn gap(sheet: &Sheet, name: &str, gap: Duration) {
    let row = format!("entry after a gap of {name} ms, 2 threads");
    if !sheet.wants(&row) {
        return;
    }
    // Long enough that the system has counted what was burned.
    let tries = if gap > Duration::from_millis(100) {
        3
    } else {
        (Duration::from_millis(50).as_nanos() / gap.as_nanos().max(100_000)).max(10) as u32
    };
    let (start, burned) = (Instant::now(), processor_time());
    let entries = (0..tries).map(|_| {
        entry::compute(gap);
        let start = Instant::now();
        parallel_for!(
            num_threads = 2,
            for i in 0..2 {
                black_box(i);
            }
        );
        start.elapsed().as_nanos() as f64
    });
    sheet.put(&row, median(entries.collect()));
    if let (Some(burned), Some(now)) = (burned, processor_time()) {
        let beside = (now - burned - start.elapsed().as_nanos() as f64).max(0.0);
        sheet.put(&format!("processor time beside the caller per gap of {name} ms, 2 threads"), beside / f64::from(tries));
    }
}
