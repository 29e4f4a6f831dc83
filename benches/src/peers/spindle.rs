//! spindle: a region that holds rayon's workers, and loops inside of it.

use std::hint::black_box;

use crate::entry;
use crate::sheet::Sheet;

pub(crate) fn rows(sheet: &Sheet) {
    spindle::with_lock(2, || {
        if sheet.measures() {
            spindle::for_each_raw(2, |_| entry::compute(entry::SETTLE));
        }
        sheet.hot(entry::LOOP, || {
            spindle::for_each_raw(2, |i| {
                black_box(i);
            });
        });
        sheet.hot(entry::COMPUTE, || {
            spindle::for_each_raw(1000, |i| {
                black_box(entry::work(i, 400));
            });
        });
    });
}
