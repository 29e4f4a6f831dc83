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
use std::time::Instant;

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
            let start = Instant::now();
            seat.sleep();
            patience.slept(start.elapsed(), polls);
        }
        if let Some(allowed) = serve(&mut seat) {
            polls = allowed;
            served = served.wrapping_add(1);
            if served.is_multiple_of(TURN) {
                P::lend();
            }
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::erase::{Leftover, Waiting, lend};
    use crate::pool::Std;
    use std::cell::Cell;
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    #[test]
    fn plain_threads_will_do() {
        crate::testing::watchdog(|| {
            let start = |k| start::<Std>(format!("plain-{k}"), Some(1 << 20)).unwrap();
            let slots: Vec<_> = (1..=3).map(start).collect();
            let patience = Cell::new(Patience::new());
            let sum = AtomicUsize::new(0);
            for round in 0..100 {
                let leftover = if round % 2 == 0 { Leftover::Await } else { Leftover::TakeBack };
                // Without polls all sleep each time.
                let waiting = Waiting { polls: 100 * (round % 3), patience: &patience };
                lend(&slots, leftover, waiting, &|n| {
                    sum.fetch_add(n, Relaxed);
                });
            }
            assert_eq!(sum.into_inner(), 600);
        });
    }
}
