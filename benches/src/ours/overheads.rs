//! What entering a loop costs, and each clause.

use std::hint::black_box;

use pymp::prelude::*;
use pymp::shared;

use crate::entry::{self, MANY};
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
            let original = std::mem::take(a);
            parallel_for!(
                num_threads = 2,
                firstprivate(original),
                for _ in 0..2 {
                    black_box(&original);
                }
            );
            *a = original;
        });
    }
}

fn ordered_and_locked(sheet: &Sheet) {
    sheet.one_of(MANY, "ordered, one of 1000 iterations, 2 threads", || {
        parallel_for!(
            num_threads = 2,
            ordered,
            schedule = "static,1",
            for i in 0..MANY {
                ordered!({
                    black_box(i);
                });
            }
        );
    });
    let lock = shared::lock();
    sheet.one_of(MANY, "lock and unlock, one of 1000 iterations, 2 threads", || {
        parallel_for!(
            num_threads = 2,
            for i in 0..MANY {
                let _guard = lock.lock();
                black_box(i);
            }
        );
    });
    let mut count = [0_u64];
    sheet.one_of(MANY, "atomic addition, one of 1000 iterations, 2 threads", || {
        parallel_for!(
            num_threads = 2,
            atomic(count),
            for _ in 0..MANY {
                count[black_box(0)] += 1;
            }
        );
    });
}
