//! What a worker does all its life.
//!
//! 1. Wait for a job: poll, then give the core away a few times (`Patience`).
//! 2. Nothing came: run what `rayon::spawn` has put aside on this thread, looking at the mailbox in between.
//! 3. Nothing was put aside either: sleep in the mailbox.
//! 4. Serve the job, unless thread 0 has taken it back. Then from the start.

use crate::context;
use crate::erase::{Seat, Slot, mailbox, serve};
use crate::pool::Pool;
use crate::wait::Patience;
use std::sync::Arc;

/// After so many jobs in a row, what was put aside gets its turn although the next job may be near.
const TURN: u32 = 256;

/// Starts a worker and returns its mailbox.
pub(crate) fn start<P: Pool>(name: String, stacksize: Option<usize>) -> Result<Arc<Slot>, String> {
    let (slot, seat) = mailbox();
    P::start(name, stacksize, Box::new(move || live::<P>(seat)))?;
    Ok(slot)
}

fn live<P: Pool>(mut seat: Seat) {
    context::become_worker();
    let mut patience = Patience::new();
    let mut polls = crate::wait::START;
    let mut served = 0_u32;
    loop {
        if !patience.wait(polls, || seat.has_job()) {
            if P::lend() {
                continue;
            }
            seat.sleep();
        }
        if let Some(allowed) = serve(&mut seat) {
            polls = allowed;
            served = served.wrapping_add(1);
            if served % TURN == 0 {
                P::lend();
            }
        }
    }
}
