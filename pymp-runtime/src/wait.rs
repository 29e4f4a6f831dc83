//! How a thread waits for another one: a worker for its next job, the entering thread for its workers.
//!
//! 1. Poll, a bounded *number* of times. Polls are counted and not timed: a thread that loses its core while it polls should
//!    not find its time used up when it comes back, and reading a clock costs more than a poll.
//! 2. Then give the core away a few times: on a full machine this lets the awaited thread run.
//! 3. Then sleep (the caller of [`Patience::wait`] does that; see `Slot`).
//!
//! Polling is a bet that the wait is short. Each waiter keeps its own record of won and lost bets: a lost one halves what it
//! stakes next, a won one raises it again, and every [`PROBE`]th wait stakes all, to notice that times have changed. So beside a
//! busy neighbour, or in a program whose loops are far apart, the polls fade away; in a tight sequence of loops they are
//! all there is.

use crate::sync::{spin_loop, yield_now};
use std::time::Duration;

/// Polls of a thread that has a core to itself: 0.1 to 0.4 ms, by the processor's pause instruction.
const POLLS: u32 = 8_000;
/// Polls of a worker before its first job.
pub(crate) const START: u32 = POLLS;
/// Polls when there are more threads in regions than cores: what is awaited probably waits for this very core.
const POLLS_CROWDED: u32 = 50;
/// Polls under the wait policy `active`: seconds.
const POLLS_ACTIVE: u32 = 50_000_000;
/// The least that is staked: longer than a hot region takes to begin.
const FLOOR: u32 = 200;
/// To have slept for less is regretted: as long as many polls take, and waking up takes a good part of it.
const REGRET: Duration = Duration::from_micros(150);
/// Polls without the pause instruction, for the answer that is nearly there.
const EAGER: u32 = 32;
/// How often the core is given away before sleeping.
const YIELDS: u32 = 8;
/// Every so many waits stake all.
const PROBE: u32 = 64;
/// How often the core is given away to a worker that is being started: more than the time that this takes.
const START_YIELDS: u32 = 1024;

/// What a program can ask for: [`crate::config::set_wait_policy`].
pub(crate) use crate::config::WaitPolicy;

/// The most polls worth making, given how many threads are in regions now.
pub(crate) fn polls(policy: WaitPolicy, threads: usize, cores: usize) -> u32 {
    match policy {
        WaitPolicy::Passive => 0,
        _ if threads > cores => POLLS_CROWDED,
        WaitPolicy::Adaptive => POLLS,
        WaitPolicy::Active => POLLS_ACTIVE,
    }
}

/// Waits for a worker that is being started; false when that takes too long, since it waits for a neighbour's core, say.
#[cold]
pub(crate) fn for_start(begun: impl Fn() -> bool) -> bool {
    for _ in 0..START_YIELDS {
        if begun() {
            return true;
        }
        yield_now();
    }
    begun()
}

/// One waiter's record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    stake: u32,
    waits: u32,
}

impl Patience {
    pub(crate) const fn new() -> Self {
        Patience { stake: u32::MAX, waits: 0 }
    }

    /// Steps 1 and 2: whether `ready` came true. `most` is the most polls it may take.
    #[inline]
    pub(crate) fn wait(&mut self, most: u32, ready: impl Fn() -> bool) -> bool {
        for _ in 0..EAGER.min(most) {
            if ready() {
                return true;
            }
        }
        self.wait_longer(most, ready)
    }

    /// What was waited for came while the thread slept. If that was soon, polling would have been the better bet.
    pub(crate) fn slept(&mut self, time: Duration, most: u32) {
        if time < REGRET {
            self.stake = self.stake.saturating_mul(4).min(most);
        }
    }

    #[cold]
    fn wait_longer(&mut self, most: u32, ready: impl Fn() -> bool) -> bool {
        self.waits = self.waits.wrapping_add(1);
        let stake = if self.waits.is_multiple_of(PROBE) { most } else { self.stake.min(most) };
        for used in 0..stake {
            if ready() {
                // Won: stake a few times of what it took.
                self.stake = self.stake.max(used.saturating_mul(4)).max(FLOOR);
                return true;
            }
            spin_loop();
        }
        self.stake = (self.stake.min(most) / 2).max(FLOOR);
        for _ in 0..YIELDS {
            if ready() {
                return true;
            }
            yield_now();
        }
        ready()
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// Polls and yields until it gives up.
    fn tries(patience: &mut Patience, most: u32) -> u32 {
        let count = Cell::new(0);
        assert!(!patience.wait(most, || {
            count.set(count.get() + 1);
            false
        }));
        count.get()
    }

    #[test]
    fn lost_bets_shrink_the_stake_and_a_probe_stakes_all() {
        let mut patience = Patience::new();
        let overhead = EAGER + YIELDS + 1;
        assert_eq!(tries(&mut patience, 8000), 8000 + overhead);
        assert_eq!(tries(&mut patience, 8000), 4000 + overhead);
        for _ in 0..20 {
            tries(&mut patience, 8000);
        }
        assert_eq!(tries(&mut patience, 8000), FLOOR + overhead);
        let longest = (0..PROBE).map(|_| tries(&mut patience, 8000)).max();
        assert_eq!(longest, Some(8000 + overhead));
    }

    #[test]
    fn a_won_bet_raises_the_stake() {
        let mut patience = Patience::new();
        for _ in 0..20 {
            tries(&mut patience, 8000);
        }
        let count = Cell::new(0);
        assert!(patience.wait(8000, || {
            count.set(count.get() + 1);
            count.get() > EAGER + 150
        }));
        assert_eq!(patience.stake, 600);
    }

    #[test]
    fn a_short_sleep_raises_the_stake() {
        let mut patience = Patience::new();
        for _ in 0..20 {
            tries(&mut patience, 8000);
        }
        patience.slept(Duration::from_millis(1), 8000);
        assert_eq!(patience.stake, FLOOR);
        patience.slept(Duration::from_micros(100), 8000);
        assert_eq!(patience.stake, FLOOR * 4);
        (0..5).for_each(|_| patience.slept(Duration::from_micros(100), 8000));
        assert_eq!(patience.stake, 8000);
    }

    #[test]
    fn no_polls_when_passive_and_few_in_a_crowd() {
        assert_eq!(polls(WaitPolicy::Passive, 2, 2), 0);
        assert_eq!(polls(WaitPolicy::Adaptive, 3, 2), POLLS_CROWDED);
        assert_eq!(polls(WaitPolicy::Active, 3, 2), POLLS_CROWDED);
        assert!(polls(WaitPolicy::Active, 2, 2) > polls(WaitPolicy::Adaptive, 2, 2));
        assert_eq!(tries(&mut Patience::new(), 0), YIELDS + 1);
    }
}
