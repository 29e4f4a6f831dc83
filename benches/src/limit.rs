//! What the machine itself can do: no runtime is faster.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use crate::entry;
use crate::sheet::{Sheet, median};

/// A median of so many tries.
const TRIES: usize = 31;

/// 256 MiB: more than any cache.
const WORDS: usize = 1 << 25;

pub(crate) fn rows(sheet: &Sheet) {
    // A team is told to begin and tells that it has ended: whoever enters a loop waits for one round trip at least.
    for row in [entry::REGION, entry::LOOP, entry::SUM] {
        if sheet.wants(row) {
            let trips = round_trips(TRIES);
            sheet.put("round trip of a cache line between two cores, best", trips.iter().copied().fold(f64::INFINITY, f64::min));
            sheet.put("round trip of a cache line between two cores, median", median(trips.clone()));
            sheet.put(row, median(trips));
        }
    }
    for threads in [1, 2] {
        let row =
            |what: &str| format!("memory bandwidth, {what} a gigabyte, {threads} thread{}", if threads == 1 { "" } else { "s" });
        let words = || vec![1_u64; WORDS];
        sheet.with(&row("reading a quarter of"), words, |words| read(words, threads));
        sheet.with(&row("adding to a quarter of"), words, |words| add(words, threads));
    }
}

#[derive(Default)]
#[repr(align(128))]
struct Line(AtomicU64);

/// Nanoseconds of a round trip, so many tries.
// Nobody pauses while he waits: the instruction for it takes as long as what is measured.
fn round_trips(tries: usize) -> Vec<f64> {
    const TRIPS: u64 = 20_000;
    let line = Line::default();
    let wait_for = |value| while line.0.load(Ordering::Acquire) != value {};
    let trips = tries as u64 * TRIPS;
    thread::scope(|scope| {
        scope.spawn(|| {
            entry::compute(entry::SETTLE);
            for trip in 0..trips {
                wait_for(2 * trip + 1);
                line.0.store(2 * trip + 2, Ordering::Release);
            }
        });
        entry::compute(entry::SETTLE);
        let mut trips = 0..trips;
        let mut try_once = || {
            let start = Instant::now();
            for trip in trips.by_ref().take(TRIPS as usize) {
                line.0.store(2 * trip + 1, Ordering::Release);
                wait_for(2 * trip + 2);
            }
            start.elapsed().as_nanos() as f64 / TRIPS as f64
        };
        (0..tries).map(|_| try_once()).collect()
    })
}

fn read(words: &[u64], threads: usize) {
    let sum = |part: &[u64]| part.iter().fold(0_u64, |sum, &word| sum.wrapping_add(word));
    thread::scope(|scope| {
        for part in words.chunks(words.len().div_ceil(threads)) {
            scope.spawn(move || black_box(sum(part)));
        }
    });
}

fn add(words: &mut [u64], threads: usize) {
    let each = words.len().div_ceil(threads);
    thread::scope(|scope| {
        for part in words.chunks_mut(each) {
            scope.spawn(move || part.iter_mut().for_each(|word| *word = word.wrapping_add(1)));
        }
    });
}
