//! paralight: its own pool, which sleeps between loops.

use std::hint::black_box;
use std::num::NonZeroUsize;

use paralight::prelude::*;

use crate::entry;
use crate::sheet::Sheet;

pub(crate) fn rows(sheet: &Sheet) {
    let mut pool = ThreadPoolBuilder {
        num_threads: ThreadCount::Count(NonZeroUsize::MIN.saturating_add(1)),
        range_strategy: RangeStrategy::WorkStealing,
        cpu_pinning: CpuPinningPolicy::No,
    }
    .build();
    if sheet.measures() {
        (0..2_usize).into_par_iter().with_thread_pool(&mut pool).for_each(|_| entry::compute(entry::SETTLE));
    }
    sheet.hot(entry::LOOP, || {
        (0..2_usize).into_par_iter().with_thread_pool(&mut pool).for_each(|i| {
            black_box(i);
        });
    });
    let numbers = [1.0, 1.0];
    sheet.hot(entry::SUM, || {
        black_box(numbers.par_iter().with_thread_pool(&mut pool).sum::<f64>());
    });
    sheet.hot(entry::COMPUTE, || {
        (0..1000_usize).into_par_iter().with_thread_pool(&mut pool).for_each(|i| {
            black_box(entry::work(i, 400));
        });
    });
}
