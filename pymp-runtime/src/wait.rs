//! How a thread waits for another one: a worker for its next job, the entering thread for its workers.
//!
//! 1. Poll, a bounded *number* of times. Polls are counted and not timed: a thread that loses its core while it polls should
//!    not find its time used up when it comes back, and reading a clock costs more than a poll.
//! 2. Then give the core away a few times: on a full machine this lets the awaited thread run.
//! 3. Then sleep (the caller of [`Patience::wait`] does that; see `Slot`).
//!
//! Polling is a bet that the wait is short. Each waiter keeps its own record of won and lost bets: a lost one halves what it
//! stakes next, a won one raises it again, and every [`PROBE`]th wait stakes all, to notice that times have changed; more rarely when
//! that was in vain. So beside a busy neighbour, or in a program whose loops are far apart, the polls fade away; in a tight
//! sequence of loops they are all there is.
//!
//! When the awaited thread is done as soon as the core is given away, it was this core that it waited for: then there is nothing to
//! be won by polling, and the stake goes below the [`FLOOR`], down to nothing. Two threads that take turns like this can stay on
//! one core for long although another one is idle: systems move threads that run, or have just run, unwillingly. But they
//! look for an idle core for a thread that wakes up. So now and then such a waiter goes to sleep at once.

use crate::sync::{spin_loop, yield_now};
use std::cell::Cell;
use std::time::Duration;

/// Polls of a thread that has a core to itself: 0.1 to 0.4 ms, by the processor's pause instruction.
const POLLS: u32 = 8_000;
/// Polls of a worker before its first job.
pub(crate) const START: u32 = POLLS;
/// Polls when there are more threads in regions than cores: what is awaited probably waits for this very core.
const POLLS_CROWDED: u32 = 50;
/// Polls under the wait policy `active`: seconds.
const POLLS_ACTIVE: u32 = 50_000_000;
/// The least that is staked while threads have cores of their own: longer than a hot region takes to begin.
const FLOOR: u32 = 200;
/// To have slept for less is regretted: as long as many polls take, and waking up takes a good part of it.
const REGRET: Duration = Duration::from_micros(150);
/// Polls without the pause instruction, for the answer that is nearly there. Few: each look takes the line away from the thread that is
/// about to write the answer there.
const EAGER: u32 = 24;
/// How often the core is given away before sleeping.
const YIELDS: u32 = 8;
/// Every so many waits stake all, as long as that is won now and then.
const PROBE: u32 = 64;
/// The most waits between two that stake all: less than a second, if each sleeps.
const PROBE_RARE: u32 = 4096;
/// After so many waits in a row that were over as soon as the core was given away, the next one sleeps.
const TURNS: u32 = 16;
/// The most such waits, when sleeping does not help.
const TURNS_MANY: u32 = 4096;
/// How often the core is given away to workers that are being started: more than the time that this takes.
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

/// Whether a thread that may poll so often has a core to itself, as far as we know.
pub(crate) fn has_core(polls: u32) -> bool {
    polls > POLLS_CROWDED
}

/// Waits for workers that are being started, but not for ever: they may wait for a neighbour's core.
#[cold]
pub(crate) fn for_start(begun: impl Fn() -> bool) {
    for _ in 0..START_YIELDS {
        if begun() {
            return;
        }
        yield_now();
    }
}

/// One waiter's patience. Behind a `Cell`, which a wait that is over at once does not look into.
#[derive(Debug)]
pub(crate) struct Patience(Cell<Record>);

#[derive(Clone, Copy, Debug)]
struct Record {
    stake: u32,
    /// How many waits from one that stakes all to the next, and how many are left.
    interval: u32,
    until_probe: u32,
    /// How many waits from one that sleeps at once to the next, and how many are left.
    turns: u32,
    until_sleep: u32,
}

impl Patience {
    pub(crate) const fn new() -> Self {
        let (interval, turns) = (PROBE, TURNS);
        Patience(Cell::new(Record { stake: u32::MAX, interval, until_probe: interval, turns, until_sleep: turns }))
    }

    /// Steps 1 and 2: whether `ready` came true. `most` is the most polls it may take.
    #[inline]
    pub(crate) fn wait(&self, most: u32, ready: impl Fn() -> bool) -> bool {
        for _ in 0..EAGER.min(most) {
            if ready() {
                return true;
            }
        }
        self.wait_longer(most, ready)
    }

    /// What was waited for came while the thread slept. If that was soon, polling would have been the better bet.
    pub(crate) fn slept(&self, time: Duration, most: u32) {
        if time < REGRET {
            let record = self.0.get();
            self.0.set(Record { stake: record.stake.saturating_mul(4).max(FLOOR).min(most), ..record });
        }
    }

    #[cold]
    fn wait_longer(&self, most: u32, ready: impl Fn() -> bool) -> bool {
        let mut record = self.0.get();
        let is_ready = record.wait(most, ready);
        self.0.set(record);
        is_ready
    }
}

impl Record {
    fn wait(&mut self, most: u32, ready: impl Fn() -> bool) -> bool {
        let probe = self.is_probe();
        let stake = if probe { most } else { self.stake.min(most) };
        for used in 0..stake {
            if ready() {
                // Won: stake a few times of what it took.
                self.stake = self.stake.max(used.saturating_mul(4)).max(FLOOR);
                self.interval = PROBE;
                (self.turns, self.until_sleep) = (TURNS, TURNS);
                return true;
            }
            spin_loop();
        }
        if probe {
            self.interval = self.interval.saturating_mul(2).min(PROBE_RARE);
        }
        let (took_turns, half) = (self.stake < FLOOR, self.stake.min(most) / 2);
        self.stake = half.max(FLOOR);
        if self.until_sleep == 0 {
            self.turns = (self.turns * 2).min(TURNS_MANY);
            self.until_sleep = self.turns;
            // Perhaps it wakes up on a core of its own, and polling pays again.
            self.until_probe = 1;
            return ready();
        }
        for yields in 0..YIELDS {
            if ready() {
                if yields == 1 {
                    self.stake = half;
                    self.until_sleep -= 1;
                }
                return true;
            }
            yield_now();
        }
        if took_turns {
            // The awaited thread has left this core.
            self.until_probe = 1;
        }
        ready()
    }

    fn is_probe(&mut self) -> bool {
        self.until_probe -= 1;
        let probe = self.until_probe == 0;
        if probe {
            self.until_probe = self.interval;
        }
        probe
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    /// Polls and yields until it gives up.
    fn tries(patience: &Patience, most: u32) -> u32 {
        let count = Cell::new(0);
        assert!(!patience.wait(most, || {
            count.set(count.get() + 1);
            false
        }));
        count.get()
    }

    #[test]
    fn lost_bets_shrink_the_stake_and_probes_stake_all() {
        let patience = Patience::new();
        let overhead = EAGER + YIELDS + 1;
        assert_eq!(tries(&patience, 8000), 8000 + overhead);
        assert_eq!(tries(&patience, 8000), 4000 + overhead);
        for _ in 0..20 {
            tries(&patience, 8000);
        }
        assert_eq!(tries(&patience, 8000), FLOOR + overhead);
        let is_probe = |waits: u32, patience: &Patience| (0..waits).any(|_| tries(patience, 8000) == 8000 + overhead);
        assert!(is_probe(PROBE, &patience));
        // Each in vain, so that the next one is twice as far away.
        assert!(!is_probe(PROBE - 1, &patience));
        while patience.0.get().interval < PROBE_RARE {
            tries(&patience, 8000);
        }
        assert!(is_probe(PROBE_RARE, &patience));
        assert!(!is_probe(PROBE_RARE - 1, &patience));
        assert!(is_probe(1, &patience));
    }

    #[test]
    fn who_is_awaited_on_this_core_is_not_polled_for() {
        let patience = Patience::new();
        let polls = Cell::new(0);
        // Ready as soon as the core has been given away once.
        let wait = |patience: &Patience| {
            polls.set(0);
            let stake = patience.0.get().stake.min(8000);
            assert!(patience.wait(8000, || {
                polls.set(polls.get() + 1);
                polls.get() > EAGER + stake + 1
            }));
            polls.get()
        };
        for _ in 0..14 {
            wait(&patience);
        }
        assert_eq!((patience.0.get().stake, wait(&patience)), (0, EAGER + 2));
        wait(&patience);
        // Then it goes to sleep, to be woken on another core, and polls for long when it comes back.
        assert_eq!(tries(&patience, 8000), EAGER + 1);
        assert_eq!(tries(&patience, 8000), 8000 + EAGER + YIELDS + 1);
    }

    #[test]
    fn a_won_bet_raises_the_stake() {
        let patience = Patience::new();
        for _ in 0..20 {
            tries(&patience, 8000);
        }
        let count = Cell::new(0);
        assert!(patience.wait(8000, || {
            count.set(count.get() + 1);
            count.get() > EAGER + 150
        }));
        assert_eq!(patience.0.get().stake, 600);
    }

    #[test]
    fn a_short_sleep_raises_the_stake() {
        let patience = Patience::new();
        for _ in 0..20 {
            tries(&patience, 8000);
        }
        patience.slept(Duration::from_millis(1), 8000);
        assert_eq!(patience.0.get().stake, FLOOR);
        patience.slept(Duration::from_micros(100), 8000);
        assert_eq!(patience.0.get().stake, FLOOR * 4);
        (0..5).for_each(|_| patience.slept(Duration::from_micros(100), 8000));
        assert_eq!(patience.0.get().stake, 8000);
    }

    #[test]
    fn no_polls_when_passive_and_few_in_a_crowd() {
        assert_eq!(polls(WaitPolicy::Passive, 2, 2), 0);
        assert_eq!(polls(WaitPolicy::Adaptive, 3, 2), POLLS_CROWDED);
        assert_eq!(polls(WaitPolicy::Active, 3, 2), POLLS_CROWDED);
        assert!(polls(WaitPolicy::Active, 2, 2) > polls(WaitPolicy::Adaptive, 2, 2));
        assert_eq!(tries(&Patience::new(), 0), YIELDS + 1);
    }
}
