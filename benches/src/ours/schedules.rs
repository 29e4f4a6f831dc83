//! What handing out iterations costs: whole loops of 2048 iterations that do nothing.

use std::hint::black_box;

use pymp::prelude::*;

use crate::sheet::Sheet;

const CHUNKS: [usize; 8] = [1, 2, 4, 8, 16, 32, 64, 128];

pub(crate) fn rows(sheet: &Sheet) {
    for threads in [1, 2] {
        let plural = if threads == 1 { "" } else { "s" };
        let row = |name: &str| format!("schedule {name}, 2048 iterations, {threads} thread{plural}");
        let run = |schedule: Schedule| {
            parallel_for!(
                num_threads = threads,
                schedule = schedule,
                for i in 0..2048 {
                    black_box(i);
                }
            );
        };
        sheet.hot(&row("static"), || run(Schedule::Static));
        for chunk in CHUNKS {
            sheet.hot(&row(&format!("static,{chunk}")), || run(Schedule::static_chunk(chunk)));
            sheet.hot(&row(&format!("dynamic,{chunk}")), || run(Schedule::dynamic(chunk)));
            sheet.hot(&row(&format!("guided,{chunk}")), || run(Schedule::guided(chunk)));
        }
    }
}
