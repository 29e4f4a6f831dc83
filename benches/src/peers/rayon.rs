//! rayon, called from outside of its pool, as most programs do.

use std::hint::black_box;

use rayon::prelude::*;

use crate::sheet::Sheet;
use crate::{entry, kernels, small};

pub(crate) fn rows(sheet: &Sheet) {
    if let Err(error) = rayon::ThreadPoolBuilder::new().num_threads(2).build_global() {
        eprintln!("rayon: {error}");
        return;
    }
    if sheet.measures() {
        rayon::broadcast(|_| entry::compute(entry::SETTLE));
    }
    sheet.hot(entry::REGION, || {
        rayon::broadcast(|_| black_box(()));
    });
    sheet.hot(entry::LOOP, || {
        (0..2).into_par_iter().for_each(|i| {
            black_box(i);
        });
    });
    let numbers = [1.0, 1.0];
    sheet.hot(entry::SUM, || {
        black_box(numbers.par_iter().sum::<f64>());
    });
    sheet.hot(entry::COMPUTE, || {
        (0..1000_usize).into_par_iter().for_each(|i| {
            black_box(entry::work(i, 400));
        });
    });
    kernels::rayon(sheet);
    small::rayon(sheet);
}
