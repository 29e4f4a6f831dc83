//! Regions, and the constructs in them.

use std::hint::black_box;

use pymp::prelude::*;
use pymp::shared;

use crate::entry::{self, ALLOWED, MANY};
use crate::sheet::Sheet;

pub(crate) fn rows(sheet: &Sheet) {
    for (row, threads) in [("parallel region, empty, 1 thread", 1), (entry::REGION, 2)] {
        sheet.hot(row, || {
            Parallel::new(threads).run(|p| {
                black_box(p.thread_num());
            });
        });
    }
    waits(sheet);
    one_at_a_time(sheet);
    loops(sheet);
    elements(sheet);
}

/// Each thread comes to all of them.
fn waits(sheet: &Sheet) {
    sheet.one_of(MANY, "barrier, one of 1000, 2 threads", || {
        Parallel::new(2).run(|p| {
            for _ in 0..MANY {
                p.barrier();
            }
        });
    });
    sheet.one_of(MANY, "single, one of 1000, 2 threads", || {
        Parallel::new(2).run(|p| {
            for i in 0..MANY {
                p.single(|| {
                    black_box(i);
                });
            }
        });
    });
    sheet.one_of(MANY, "single without a wait, one of 1000, 2 threads", || {
        Parallel::new(2).run(|p| {
            for i in 0..MANY {
                p.nowait().single(|| {
                    black_box(i);
                });
            }
        });
    });
    sheet.one_of(MANY, "loop in a region and its barrier, one of 1000, 2 threads", || {
        Parallel::new(2).run(|p| {
            for _ in 0..MANY {
                for i in p.range(0..2) {
                    black_box(i);
                }
                p.barrier();
            }
        });
    });
}

/// Each thread comes to half of them.
fn one_at_a_time(sheet: &Sheet) {
    sheet.one_of(MANY, "critical, one of 1000, 2 threads", || {
        Parallel::new(2).run(|p| {
            for i in 0..MANY / 2 {
                p.critical(|| {
                    black_box(i);
                });
            }
        });
    });
    sheet.one_of(MANY, "critical with a name, one of 1000, 2 threads", || {
        Parallel::new(2).run(|p| {
            for i in 0..MANY / 2 {
                p.critical_named("io", || {
                    black_box(i);
                });
            }
        });
    });
    sheet.one_of(MANY, "lock of a region, one of 1000, 2 threads", || {
        Parallel::new(2).run(|p| {
            for i in 0..MANY / 2 {
                let _guard = p.lock();
                black_box(i);
            }
        });
    });
    sheet.one_of(MANY, "ordered in a region, one of 1000, 2 threads", || {
        Parallel::new(2).run(|p| {
            for i in p.loop_over(0..MANY).schedule(Schedule::static_chunk(1)).ordered() {
                p.ordered(|| {
                    black_box(i);
                });
            }
        });
    });
}

/// What is had or put one at a time, from and into what threads share.
fn elements(sheet: &Sheet) {
    const ELEMENTS: usize = 100_000;
    let row = "iterate, an element, 2 threads";
    sheet.one_of(ELEMENTS, row, || Parallel::new(2).run(|p| p.iterate(0..ELEMENTS).for_each(|i| _ = black_box(i))));
    allow(sheet, row, 2000.0);
    let row = "push to a shared list, 1 thread";
    sheet.one_of(ELEMENTS, row, || {
        let list = shared::list();
        (0..ELEMENTS).for_each(|i| list.push(i));
        black_box(list.len());
    });
    allow(sheet, row, 100.0);
}

fn allow(sheet: &Sheet, row: &str, ns: f64) {
    if sheet.wants(row) {
        sheet.put_as(ALLOWED, row, ns);
    }
}

/// Whole loops of 2048 iterations that do nothing, without a barrier, in a region that is there already; and loops of four iterations.
fn loops(sheet: &Sheet) {
    const LOOPS: usize = 100;
    for (name, schedule) in [("dynamic", Schedule::dynamic(1)), ("guided", Schedule::guided(1))] {
        sheet.one_of(MANY, &format!("short loop in a region, {name}, 2 threads"), || {
            Parallel::new(2).run(|p| {
                for _ in 0..MANY {
                    for i in p.loop_over(0..4).schedule(schedule) {
                        black_box(i);
                    }
                }
            });
        });
    }
    let schedules = [
        ("static", Schedule::Static),
        ("static,1", Schedule::static_chunk(1)),
        ("dynamic,1", Schedule::dynamic(1)),
        ("dynamic,16", Schedule::dynamic(16)),
        ("guided,1", Schedule::guided(1)),
    ];
    for (name, schedule) in schedules {
        sheet.one_of(LOOPS, &format!("loop in a region, {name}, 2048 iterations, 2 threads"), || {
            Parallel::new(2).run(|p| {
                for _ in 0..LOOPS {
                    for i in p.loop_over(0..2048).schedule(schedule) {
                        black_box(i);
                    }
                }
            });
        });
    }
}
