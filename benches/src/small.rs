//! Loops of every size that say nothing of threads: where a team does not pay they run on the caller.

use pymp::prelude::*;
use rayon::prelude::*;

use crate::sheet::Sheet;

fn rows(sheet: &Sheet, axpy: impl Fn(&[f64], &mut [f64])) {
    for n in [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] {
        sheet.with(&format!("small loop, axpy of {n}"), || (vec![0.5; n], vec![1.5; n]), |(x, y)| axpy(x, y));
    }
}

pub(crate) fn serial(sheet: &Sheet) {
    rows(sheet, |x, y| {
        for i in 0..y.len() {
            y[i] += 1e-9 * x[i];
        }
    });
}

pub(crate) fn ours(sheet: &Sheet) {
    rows(sheet, |x, y| {
        parallel_for!(for i in 0..y.len() {
            y[i] += 1e-9 * x[i];
        });
    });
}

pub(crate) fn rayon(sheet: &Sheet) {
    rows(sheet, |x, y| y.par_iter_mut().zip(x).for_each(|(y, x)| *y += 1e-9 * x));
}
