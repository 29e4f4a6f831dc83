//! The standard library: a thread is started for each share.

use std::hint::black_box;
use std::thread::scope;

use crate::entry;
use crate::sheet::Sheet;

pub(crate) fn rows(sheet: &Sheet) {
    sheet.hot(entry::REGION, || {
        scope(|scope| {
            scope.spawn(|| black_box(1));
            black_box(0);
        });
    });
    sheet.hot(entry::LOOP, || {
        let share = |i: usize| {
            black_box(i);
        };
        scope(|scope| {
            scope.spawn(|| share(1));
            share(0);
        });
    });
    let numbers = [1.0, 1.0];
    sheet.hot(entry::SUM, || {
        let sum = |part: &[f64]| part.iter().sum::<f64>();
        black_box(scope(|scope| {
            let other = scope.spawn(|| sum(&numbers[1..]));
            sum(&numbers[..1]) + other.join().unwrap_or(f64::NAN)
        }));
    });
    sheet.hot(entry::COMPUTE, || {
        let share = |from: usize, to: usize| {
            (from..to).for_each(|i| {
                black_box(entry::work(i, 400));
            });
        };
        scope(|scope| {
            scope.spawn(|| share(500, 1000));
            share(0, 500);
        });
    });
}
