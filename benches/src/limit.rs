//! What the machine itself can do: no runtime is faster.

use std::hint::{black_box, spin_loop};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use crate::sheet::{Sheet, median, per_call};

/// 256 MiB: more than any cache.
const WORDS: usize = 1 << 25;

pub(crate) fn rows(sheet: &Sheet) {
    let row = "round trip of a cache line between two cores";
    if sheet.wants(row) {
        sheet.put(row, median((0..15).map(|_| round_trip(20_000)).collect()));
    }
    if sheet.wants("memory bandwidth") {
        let words = vec![1_u64; WORDS];
        for threads in [1, 2] {
            sheet.put(&format!("memory bandwidth: reading a gigabyte, {threads} threads"), read(&words, threads) * 4.0);
        }
    }
}

#[derive(Default)]
#[repr(align(128))]
struct Line(AtomicU64);

/// One thread writes a word, the other answers in the same line.
fn round_trip(trips: u64) -> f64 {
    let line = Line::default();
    let wait_for = |value| {
        while line.0.load(Ordering::Acquire) != value {
            spin_loop();
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            for trip in 0..trips {
                wait_for(2 * trip + 1);
                line.0.store(2 * trip + 2, Ordering::Release);
            }
        });
        let start = Instant::now();
        for trip in 0..trips {
            line.0.store(2 * trip + 1, Ordering::Release);
            wait_for(2 * trip + 2);
        }
        start.elapsed().as_nanos() as f64 / trips as f64
    })
}

fn read(words: &[u64], threads: usize) -> f64 {
    let sum = |part: &[u64]| part.iter().fold(0_u64, |sum, &word| sum.wrapping_add(word));
    per_call(|| {
        thread::scope(|scope| {
            for part in words.chunks(words.len().div_ceil(threads)) {
                scope.spawn(move || black_box(sum(part)));
            }
        });
    })
}
