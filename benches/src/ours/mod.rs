//! Our side. Everything goes through the public surface, as a user writes it.

mod examples;
mod maps;
mod overheads;
mod schedules;
mod waiting;

use crate::sheet::Sheet;
use crate::{kernels, plain};

pub(crate) fn rows(sheet: &Sheet) {
    plain::ours(sheet);
    overheads::rows(sheet);
    schedules::rows(sheet);
    waiting::rows(sheet);
    kernels::ours(sheet);
    maps::rows(sheet);
    examples::rows(sheet);
}
