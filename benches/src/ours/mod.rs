//! Our side. Everything goes through the public surface, as a user writes it.

mod examples;
mod growth;
mod maps;
mod overheads;
mod regions;
mod schedules;
mod waiting;

use pymp::prelude::*;

use crate::entry::{SETTLE, compute};
use crate::sheet::Sheet;
use crate::{kernels, plain, small};

pub(crate) fn rows(sheet: &Sheet) {
    if sheet.measures() {
        Parallel::new(2).run(|_| compute(SETTLE));
    }
    plain::ours(sheet);
    small::ours(sheet);
    overheads::rows(sheet);
    regions::rows(sheet);
    schedules::rows(sheet);
    waiting::rows(sheet);
    growth::rows(sheet);
    kernels::ours(sheet);
    maps::rows(sheet);
    examples::rows(sheet);
}
