//! Cost as the work grows: it should stay flat, or grow in proportion.

use std::hint::black_box;

use pymp::prelude::*;

use crate::entry;
use crate::sheet::Sheet;

pub(crate) fn rows(sheet: &Sheet) {
    for n in entry::powers_of_ten() {
        let row = format!("growth in iterations: {n}");
        let run = |threads: usize, schedule: Schedule| {
            parallel_for!(
                num_threads = threads,
                schedule = schedule,
                for i in 0..n {
                    black_box(i);
                }
            );
        };
        if sheet.wants(&row) {
            sheet.put(&row, crate::sheet::per_call(|| run(2, Schedule::Static)));
            sheet.put_as("ours, 1 thread", &row, crate::sheet::per_call(|| run(1, Schedule::Static)));
            sheet.put_as("ours, dynamic,64", &row, crate::sheet::per_call(|| run(2, Schedule::dynamic(64))));
        }
    }
    for threads in [1, 2, 4, 8, 16, 32, 64] {
        sheet.hot(&format!("growth in threads: {threads}"), || {
            parallel_for!(
                num_threads = threads,
                for i in 0..threads {
                    black_box(i);
                }
            );
        });
    }
    for depth in 1..=6 {
        sheet.hot(&format!("growth in nesting: {depth}"), || nest(depth));
    }
    arrays(sheet);
    reductions(sheet);
}

/// Loops of two iterations, one inside the other: only the outermost one has two threads.
fn nest(depth: u32) {
    parallel_for!(
        num_threads = 2,
        for i in 0..2 {
            if depth > 1 {
                nest(depth - 1);
            }
            black_box(i);
        }
    );
}

/// A loop that writes so many arrays, or adds to so many sums.
macro_rules! of {
    ($sheet:ident, arrays $count:literal: $($y:ident)*) => {{
        $(let mut $y = vec![0.0; entry::SHORT];)*
        $sheet.hot(&format!("growth in owned arrays: {}", $count), || {
            parallel_for!(num_threads = 2, for i in 0..entry::SHORT {
                let _ = i;
                $($y[i] += 1.0;)*
            });
        });
    }};
    ($sheet:ident, reductions $count:literal: $($sum:ident)*) => {
        $sheet.hot(&format!("growth in reductions: {}", $count), || {
            $(let mut $sum = 0.0;)*
            parallel_for!(num_threads = 2, $(reduction(+: $sum),)* for i in 0..entry::SHORT {
                let x = black_box(i) as f64;
                $($sum += x;)*
                black_box(x);
            });
            black_box(($($sum,)*));
        });
    };
}

fn arrays(sheet: &Sheet) {
    of!(sheet, arrays 0:);
    of!(sheet, arrays 1: a);
    of!(sheet, arrays 2: a b);
    of!(sheet, arrays 3: a b c);
    of!(sheet, arrays 4: a b c d);
    of!(sheet, arrays 5: a b c d e);
    of!(sheet, arrays 6: a b c d e f);
    of!(sheet, arrays 7: a b c d e f g);
    of!(sheet, arrays 8: a b c d e f g h);
}

fn reductions(sheet: &Sheet) {
    of!(sheet, reductions 0:);
    of!(sheet, reductions 1: a);
    of!(sheet, reductions 2: a b);
    of!(sheet, reductions 3: a b c);
    of!(sheet, reductions 4: a b c d);
    of!(sheet, reductions 5: a b c d e);
    of!(sheet, reductions 6: a b c d e f);
    of!(sheet, reductions 7: a b c d e f g);
    of!(sheet, reductions 8: a b c d e f g h);
}
