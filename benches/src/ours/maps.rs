//! Maps beside the loop that does the same, and beside the serial iterator.

use std::hint::black_box;

use pymp::map::{Map, parmap};
use pymp::prelude::*;

use crate::entry::{self, ALLOWED};
use crate::sheet::{Sheet, per_call};

/// The contender that a map with a loop's work is compared with.
const LOOP: &str = "loop";
/// A task of about a microsecond.
fn microsecond(n: usize) -> u64 {
    entry::work(n, 700)
}

pub(crate) fn rows(sheet: &Sheet) {
    trivial(sheet);
    million(sheet);
    lazy(sheet);
    progress(sheet);
}

fn trivial(sheet: &Sheet) {
    for items in [10, 100] {
        let row = format!("map of {items} trivial items");
        if sheet.wants(&row) {
            sheet.put(&row, per_call(|| _ = black_box(parmap(|n: u64| n * n + 1, 0..items))));
            let ns = per_call(|| {
                let mut values = vec![0; items as usize];
                parallel_for!(for n in 0..items {
                    values[n as usize] = n * n + 1;
                });
                black_box(values);
            });
            sheet.put_as(LOOP, &row, ns);
        }
    }
}

fn million(sheet: &Sheet) {
    let row = "map of a million items of a microsecond";
    if sheet.wants(row) {
        sheet.put(row, per_call(|| _ = black_box(parmap(microsecond, 0..1_000_000))));
        sheet.put_as("serial", row, per_call(|| _ = black_box((0..1_000_000).map(microsecond).collect::<Vec<_>>())));
    }
}

/// Time over the work, an item.
fn lazy(sheet: &Sheet) {
    const ITEMS: u32 = 100_000;
    let row = "ordered iter, an item over the work";
    if sheet.wants(row) {
        let map = || Map::new(|n: u32| u64::from(n) * 3).iter(0..ITEMS);
        sheet.put(row, per_call(|| _ = black_box(map().sum::<u64>())) / f64::from(ITEMS));
        sheet.put_as(ALLOWED, row, 300.0);
    }
    let row = "ordered iter of 100000 items of a microsecond";
    if sheet.wants(row) {
        sheet.put(row, per_call(|| _ = black_box(Map::new(microsecond).iter(0..100_000).fold(0, u64::wrapping_add))));
        sheet.put_as("serial", row, per_call(|| _ = black_box((0..100_000).map(microsecond).fold(0, u64::wrapping_add))));
    }
}

/// With a callback, beside the same without.
fn progress(sheet: &Sheet) {
    let row = "map of 100000 items of a microsecond with progress";
    if sheet.wants(row) {
        let last = std::sync::atomic::AtomicUsize::new(0);
        let watched = Map::new(microsecond).progress(|done, _| last.store(done, std::sync::atomic::Ordering::Relaxed));
        let plain = Map::new(microsecond);
        // In turn, so that whatever happens on the machine meets both.
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for _ in 0..9 {
            without.push(per_call(|| _ = black_box(plain.run(0..100_000))));
            with.push(per_call(|| _ = black_box(watched.run(0..100_000))));
        }
        let least = |figures: Vec<f64>| figures.into_iter().fold(f64::INFINITY, f64::min);
        sheet.put(row, least(with));
        sheet.put_as("without", row, least(without));
    }
}
