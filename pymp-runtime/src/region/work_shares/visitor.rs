//! A thread's side of the protocol: how it comes to a loop, and leaves it.

use super::{Diverged, ELSEWHERE, Meeting, NUMBER, OPEN, OPENING, WORK_SHARES, What, WorkShare, WorkShares};
use crate::sync::{Ordering, spin_loop, yield_now};
use std::cell::Cell;

/// How often a thread looks whether a work share is open before it gives its core away to the one that opens it.
const LOOKS: u32 = 100;

/// A thread that comes to the loops of a region, one after the other.
#[derive(Debug)]
pub(in crate::region) struct Visitor<'t> {
    /// `None` when the thread is alone. Where it is asked, so that a thread that comes to no loop does not look.
    work_shares: &'t Option<&'t WorkShares>,
    thread: usize,
    /// The number of the next loop; 0 before the first one.
    next: Cell<u64>,
    /// All threads have left the loops below.
    past: Cell<u64>,
    /// The work shares, as bits, of loops that this thread has not left.
    inside: Cell<u64>,
}

impl<'t> Visitor<'t> {
    #[inline]
    pub(in crate::region) fn new(work_shares: &'t Option<&'t WorkShares>, thread: usize) -> Self {
        Visitor { work_shares, thread, next: Cell::new(0), past: Cell::new(0), inside: Cell::new(0) }
    }

    /// The first loop that this thread has not come to; 0 when it has come to none.
    #[inline]
    pub(in crate::region) fn next(&self) -> u64 {
        self.next.get()
    }

    /// Comes to the next loop: its number, and where it is met.
    pub(in crate::region) fn meet(&self, what: What) -> Result<(u64, Meeting<'t>), Diverged> {
        let Some(work_shares) = *self.work_shares else { return Ok((0, Meeting::Elsewhere)) };
        if self.next.get() == 0 {
            // Relaxed: the region's start has published it.
            let base = work_shares.base.load(Ordering::Relaxed);
            self.next.set(base);
            self.past.set(base);
        }
        let number = self.next.replace(self.next.get() + 1);
        let work_share = work_shares.work_share(number);
        if !self.is_open(work_shares, work_share, number, what) {
            return Ok((number, Meeting::Elsewhere));
        }
        self.inside.set(self.inside.get() | 1 << (number % WORK_SHARES));
        if work_share.is(what) { Ok((number, Meeting::Here(work_share))) } else { Err(Diverged) }
    }

    /// Whether the work share is open for the loop; opens it if need be.
    fn is_open(&self, work_shares: &WorkShares, work_share: &WorkShare, number: u64, what: What) -> bool {
        let gate = &work_share.gate;
        let opened = || {
            // Relaxed: the Release below publishes it.
            gate.occupant.store(number, Ordering::Relaxed);
            work_share.prepare(what, work_shares.floors.len());
            gate.state.store(number << NUMBER | OPEN, Ordering::Release);
            true
        };
        let mut state = match self.open_unseen(work_shares, work_share, number, what) {
            Ok(()) => return opened(),
            Err(state) => state,
        };
        let mut looks = 0;
        loop {
            match (state >> NUMBER).cmp(&number) {
                std::cmp::Ordering::Less => {
                    // Relaxed: it was stored before the OPEN that the state's Acquire has seen. No work share is OPENING for an
                    // earlier loop, which this thread could not have passed.
                    let free = self.is_free(work_shares, gate.occupant.load(Ordering::Relaxed));
                    let to = number << NUMBER | if free { OPENING } else { ELSEWHERE };
                    // Relaxed: what makes the work share free was seen with the floors. Acquire: as in `open_unseen`.
                    match gate.state.compare_exchange(state, to, Ordering::Relaxed, Ordering::Acquire) {
                        Ok(_) => return free && opened(),
                        Err(now) => state = now,
                    }
                }
                std::cmp::Ordering::Equal if state == number << NUMBER | OPENING => {
                    looks += 1;
                    if looks < LOOKS {
                        spin_loop()
                    } else {
                        yield_now()
                    }
                    // Acquire: as in `open_unseen`.
                    state = gate.state.load(Ordering::Acquire);
                }
                // Relaxed: as above; and nobody occupies the work share for another loop before this thread has left this one.
                _ => return gate.occupant.load(Ordering::Relaxed) == number,
            }
        }
    }

    /// Begins to open the work share, or says what its state is. A loop whose threads all write to the counter beside the state is tried
    /// without a look first, for which the line would travel twice.
    fn open_unseen(&self, work_shares: &WorkShares, work_share: &WorkShare, number: u64, what: What) -> Result<(), u64> {
        let state = &work_share.gate.state;
        // What the work share was open for last, where no thread is far ahead.
        match number.checked_sub(WORK_SHARES) {
            Some(last) if what.is_counted(work_shares.floors.len()) && self.is_free(work_shares, last) => {
                let (from, to) = (last << NUMBER | OPEN, number << NUMBER | OPENING);
                // Relaxed: what makes the work share free was seen with the floors.
                // Acquire, here and below: pairs with the Release that stored OPEN; the occupant and all that belongs to it are seen, also
                // when others have moved the state on since, as exchanges do.
                state.compare_exchange(from, to, Ordering::Relaxed, Ordering::Acquire).map(drop)
            }
            _ => Err(state.load(Ordering::Acquire)),
        }
    }

    /// Whether all threads have left a loop.
    fn is_free(&self, work_shares: &WorkShares, occupant: u64) -> bool {
        if occupant >= self.past.get() {
            // Acquire: pairs with the Release in `leave`; what the threads did in the loops that they have left is over.
            let floors = work_shares.floors.iter().map(|floor| floor.load(Ordering::Acquire));
            self.past.set(self.past.get().max(floors.min().unwrap_or(0)));
        }
        occupant < self.past.get()
    }

    /// This thread does nothing more in a loop.
    pub(in crate::region) fn leave(&self, number: u64) {
        let Some(work_shares) = *self.work_shares else { return };
        let inside = self.inside.get();
        // A loop that was met elsewhere is not in the work share of its number. Relaxed: this thread saw the occupant when it came, and it
        // cannot change before the floor below.
        let here = work_shares.work_share(number).gate.occupant.load(Ordering::Relaxed) == number;
        let inside = if here { inside & !(1 << (number % WORK_SHARES)) } else { inside };
        self.inside.set(inside);
        let floor = if inside == 0 { self.next.get() } else { self.oldest(work_shares, inside) };
        // Release: pairs with the Acquire in `is_free`.
        work_shares.floors[self.thread].store(floor, Ordering::Release);
    }

    /// The first of the loops that this thread is inside of.
    #[cold]
    fn oldest(&self, work_shares: &WorkShares, inside: u64) -> u64 {
        // Relaxed: as in `leave`.
        let occupants = (0..WORK_SHARES)
            .filter(|work_share| inside & 1 << work_share != 0)
            .map(|work_share| &work_shares.work_share(work_share).gate.occupant);
        occupants.map(|occupant| occupant.load(Ordering::Relaxed)).fold(self.next.get(), u64::min)
    }
}
