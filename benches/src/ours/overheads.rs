//! What entering a loop costs, and each clause.
//!
//! Regions and the constructs in them (barrier, single, critical) get their rows when `pymp::Parallel` is there; the C side
//! prints them already.

use std::hint::black_box;
use std::sync::Mutex;

use pymp::prelude::*;

use crate::entry;
use crate::sheet::Sheet;

pub(crate) fn rows(sheet: &Sheet) {
    let numbers = vec![1.0_f64; 2];
    sheet.hot("parallel loop, empty, 1 thread", || {
        parallel_for!(
            num_threads = 1,
            for i in 0..2 {
                black_box(i);
            }
        );
    });
    sheet.hot(entry::LOOP, || {
        parallel_for!(
            num_threads = 2,
            for i in 0..2 {
                black_box(i);
            }
        );
    });
    sheet.hot("parallel loop, if = false", || {
        parallel_for!(num_threads = 2, if = black_box(false), for i in 0..2 {
            black_box(i);
        });
    });
    for (row, threads) in [("parallel loop, reduction of one number, 1 thread", 1), (entry::SUM, 2)] {
        sheet.hot(row, || {
            let mut sum = 0.0;
            parallel_for!(num_threads = threads, reduction(+: sum), for i in 0..2 {
                sum += numbers[i];
            });
            black_box(sum);
        });
    }
    sheet.hot("parallel loop, reduction of one number over 128 iterations, 2 threads", || {
        let mut sum = 0.0;
        parallel_for!(num_threads = 2, reduction(+: sum), for i in 0..128_u32 {
            sum += f64::from(i);
        });
        black_box(sum);
    });
    arrays(sheet);
    ordered_and_locked(sheet);
}

fn arrays(sheet: &Sheet) {
    for n in [1, 729, 59_049] {
        let array = || vec![0.5; n];
        sheet.with(&format!("array reduction, {n}, 2 threads"), array, |array| {
            let mut a = std::mem::take(array);
            parallel_for!(num_threads = 2, reduction(+: a), for i in 0..2 {
                a[0] += f64::from(i);
            });
            *array = a;
        });
        sheet.with(&format!("private copy, {n}, 2 threads"), array, |a| {
            let n = a.len();
            parallel_for!(
                num_threads = 2,
                private(a = vec![0.0; n]),
                for i in 0..2 {
                    a[0] = f64::from(i);
                    black_box(&a);
                }
            );
        });
        sheet.with(&format!("firstprivate copy, {n}, 2 threads"), array, |a| {
            let a: &Vec<f64> = a;
            let copy = a.clone();
            parallel_for!(
                num_threads = 2,
                firstprivate(copy),
                for _ in 0..2 {
                    black_box(&copy);
                }
            );
        });
    }
}

const ORDERED: usize = 1000;

fn ordered_and_locked(sheet: &Sheet) {
    let row = "ordered, one of 1000 iterations, 2 threads";
    if sheet.wants(row) {
        let ns = crate::sheet::per_call(|| {
            parallel_for!(
                num_threads = 2,
                ordered,
                schedule = "static,1",
                for i in 0..ORDERED {
                    ordered!({
                        black_box(i);
                    });
                }
            );
        });
        sheet.put(row, ns / ORDERED as f64);
    }
    let row = "lock and unlock, one of 1000 iterations, 2 threads";
    if sheet.wants(row) {
        let count = Mutex::new(0_usize);
        let ns = crate::sheet::per_call(|| {
            parallel_for!(
                num_threads = 2,
                for _ in 0..ORDERED {
                    if let Ok(mut count) = count.lock() {
                        *count += 1;
                    }
                }
            );
        });
        sheet.put(row, ns / ORDERED as f64);
    }
}
