//! forkunion: a pool that its owner borrows mutably.

use std::hint::black_box;

use forkunion::{Topology, spawn};

use crate::entry;
use crate::sheet::Sheet;

pub(crate) fn rows(sheet: &Sheet) {
    let topology = match Topology::new() {
        Ok(topology) => topology,
        Err(error) => return eprintln!("forkunion: {error:?}"),
    };
    let mut pool = spawn(&topology, 2);
    if sheet.measures() {
        pool.for_threads(&|_, _| entry::compute(entry::SETTLE));
    }
    sheet.hot(entry::REGION, || {
        pool.for_threads(&|thread, _| {
            black_box(thread);
        });
    });
    sheet.hot(entry::LOOP, || {
        pool.for_n(2, |prong| {
            black_box(prong.task_index);
        });
    });
    sheet.hot("schedule static, 2048 iterations, 2 threads", || {
        pool.for_n(2048, |prong| {
            black_box(prong.task_index);
        });
    });
    sheet.hot("schedule dynamic,1, 2048 iterations, 2 threads", || {
        pool.for_n_dynamic(2048, |prong| {
            black_box(prong.task_index);
        });
    });
    sheet.hot(entry::COMPUTE, || {
        pool.for_n(1000, |prong| {
            black_box(entry::work(prong.task_index, 400));
        });
    });
}
