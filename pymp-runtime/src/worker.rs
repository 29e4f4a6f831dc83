//! What a worker does all its life.
//!
//! 1. Wait for a job: poll, then give the core away a few times (`Patience`).
//! 2. Nothing came: run what `rayon::spawn` has put aside on this thread, looking at the mailbox in between.
//! 3. Nothing was put aside either: sleep in the mailbox, or, when it can be foreseen when the job comes, until shortly before that
//!    (`rhythm.rs`).
//! 4. Serve the job, unless thread 0 has taken it back. Then from the start.

mod rhythm;

use self::rhythm::{Outcome, Rhythm};
use crate::context;
use crate::erase::{Seat, Slot, mailbox, serve};
use crate::pool::Pool;
use crate::wait::{self, Patience};
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
    let mut rest = Rest { patience: Patience::new(), polls: wait::START, rhythm: Rhythm::new(), ended: None, came: None };
    let mut served = 0_u32;
    loop {
        if rest.patience.wait(rest.polls, || seat.has_job()) {
            rest.ended = None;
        } else if P::lend() {
            continue;
        } else {
            rest.sleep(&mut seat);
        }
        let allowed = serve(&mut seat);
        rest.begin();
        if let Some(allowed) = allowed {
            rest.polls = allowed;
            served = served.wrapping_add(1);
            if served.is_multiple_of(TURN) {
                P::lend();
            }
        }
    }
}

/// How a worker spends the time between two jobs.
struct Rest {
    patience: Patience,
    /// How often it may poll.
    polls: u32,
    rhythm: Rhythm,
    /// When the last job ended and the next one came, of a worker that slept before them. One that need not sleep looks at no clock.
    ended: Option<Instant>,
    came: Option<Instant>,
}

impl Rest {
    /// A job is over, or was taken back: then it came all the same.
    #[inline]
    fn begin(&mut self) {
        if let Some(came) = self.came.take() {
            self.look_back(came);
        }
    }

    /// Not before the job, which would wait for it.
    #[cold]
    fn look_back(&mut self, came: Instant) {
        if let Some(ended) = self.ended {
            self.rhythm.learn(came - ended);
        }
        self.ended = Some(Instant::now());
    }

    /// Until there is a job. It may have been taken back.
    #[cold]
    fn sleep(&mut self, seat: &mut Seat) {
        let start = Instant::now();
        let bet = self.ended.and_then(|ended| self.rhythm.bet(ended)).filter(|_| wait::has_core(self.polls));
        let outcome = bet.map(|bet| {
            if bet.begins_with_a_nap() {
                seat.nap(bet.wake);
            }
            if seat.has_news() { Outcome::Lost } else { bet.poll(|| seat.has_news()) }
        });
        if let Some(outcome) = outcome {
            self.rhythm.settle(outcome);
        }
        if let Some(Outcome::Won(at)) = outcome {
            self.came = Some(at);
            return;
        }
        seat.sleep();
        let now = Instant::now();
        self.patience.slept(now - start, self.polls);
        self.came = Some(now);
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::erase::{Leftover, Waiting, lend};
    use crate::pool::Std;
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    #[test]
    fn plain_threads_will_do() {
        crate::testing::watchdog(|| {
            let start = |k| start::<Std>(format!("plain-{k}"), Some(1 << 20)).unwrap();
            let slots: Vec<_> = (1..=3).map(start).collect();
            let patience = Patience::new();
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
