//! When a worker's next job comes, as far as the last ones tell.
//!
//! A program that computes between its loops, the steps of a simulation, takes about as long each time. To wake a worker takes long, and
//! to poll all the time burns a core. So a worker whose jobs come at equal distances sleeps by the clock for most of the time, and
//! polls for the rest of it: it is awake when the job comes.
//!
//! 1. Some gaps in a row must have been alike. Then the worker bets that the next one is, too.
//! 2. A bet is lost when the job comes while the worker sleeps, or not soon after it should have. Trust must be earned anew then.
//! 3. It is lost for long when the worker finds that it has lost its core while it polled: somebody else needs that.

use std::hint::spin_loop;
use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

/// So many gaps must have been alike before a worker bets.
const ALIKE: u32 = 2;
/// At most so many, where bets were lost to a neighbour.
const ALIKE_AT_MOST: u32 = 1 << 12;
/// Longer gaps are slept through: what is gained is little beside them.
const LONGEST: Duration = Duration::from_millis(100);
/// How early a worker is awake, a quarter of the gap, but at least so much, since the system wakes it up to a tenth of a millisecond
/// late, and at most so much.
const EARLY: RangeInclusive<Duration> = Duration::from_micros(150)..=Duration::from_millis(1);
/// To sleep for less is not worth it.
const NAP: Duration = Duration::from_micros(50);
/// Who looks at the clock after so long, and not sooner, has lost his core to another program meanwhile.
const LOST_CORE: Duration = Duration::from_micros(400);
/// Polls between two looks at the clock: a microsecond or so.
const POLLS: u32 = 64;

/// What a worker knows of the time between its jobs.
#[derive(Debug)]
pub(super) struct Rhythm {
    gap: Duration,
    /// So many gaps in a row were like this.
    alike: u32,
    /// So many must have been.
    needed: u32,
}

/// That the job comes about then.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bet {
    pub(super) wake: Instant,
    lost: Instant,
}

/// How a bet ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// And when.
    Won(Instant),
    Lost,
    /// Another program needs the core.
    Crowded,
}

impl Rhythm {
    pub(super) fn new() -> Self {
        Rhythm { gap: Duration::ZERO, alike: 0, needed: ALIKE }
    }

    /// How early to be awake, and how late to give up.
    fn early(&self) -> Duration {
        (self.gap / 4).clamp(*EARLY.start(), *EARLY.end())
    }

    /// The bet of a worker whose last job ended `then`, if it makes one.
    pub(super) fn bet(&self, then: Instant) -> Option<Bet> {
        let early = self.early();
        let bet = Bet { wake: then + self.gap.saturating_sub(early), lost: then + self.gap + early };
        (self.alike >= self.needed).then_some(bet)
    }

    /// A gap is over.
    pub(super) fn learn(&mut self, gap: Duration) {
        let is_alike = gap < LONGEST && gap.abs_diff(self.gap) < self.early() / 2;
        self.alike = if is_alike { self.alike.saturating_add(1) } else { 0 };
        // Slowly up: early is better than late.
        self.gap = if is_alike && gap > self.gap { self.gap + (gap - self.gap) / 4 } else { gap };
    }

    /// A bet has ended.
    pub(super) fn settle(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Won(_) => self.needed = ALIKE,
            Outcome::Lost => self.alike = 0,
            Outcome::Crowded => {
                self.alike = 0;
                self.needed = (self.needed * 4).min(ALIKE_AT_MOST);
            }
        }
    }
}

impl Bet {
    /// Whether to sleep pays.
    pub(super) fn begins_with_a_nap(&self) -> bool {
        self.wake.saturating_duration_since(Instant::now()) > NAP
    }

    /// Polls until it is won or lost.
    pub(super) fn poll(&self, ready: impl Fn() -> bool) -> Outcome {
        let mut before = Instant::now();
        loop {
            let won = (0..POLLS).any(|_| {
                spin_loop();
                ready()
            });
            let now = Instant::now();
            if now - before > LOST_CORE {
                return Outcome::Crowded;
            }
            if won {
                return Outcome::Won(now);
            }
            if now > self.lost {
                return Outcome::Lost;
            }
            before = now;
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn after(gaps: impl IntoIterator<Item = Duration>) -> Rhythm {
        let mut rhythm = Rhythm::new();
        gaps.into_iter().for_each(|gap| rhythm.learn(gap));
        rhythm
    }

    /// When it would be awake, and when it would give up.
    fn bet(rhythm: &Rhythm) -> Option<(Duration, Duration)> {
        let then = Instant::now();
        rhythm.bet(then).map(|bet| (bet.wake - then, bet.lost - then))
    }

    #[test]
    fn a_worker_bets_when_gaps_were_alike() {
        assert_eq!(bet(&after([MS; 2])), None);
        assert_eq!(bet(&after([MS; 3])), Some((MS * 3 / 4, MS * 5 / 4)));
        assert_eq!(bet(&after([MS * 10; 3])), Some((MS * 9, MS * 11)));
        let near = [MS, MS * 11 / 10, MS * 9 / 10, MS, MS * 19 / 20];
        assert!(bet(&after(near)).is_some_and(|(wake, lost)| near.iter().all(|&gap| wake < gap && gap < lost)));
        assert_eq!(bet(&after([MS, MS * 2, MS, MS * 2, MS, MS * 2])), None);
        assert_eq!(bet(&after([MS * 300; 9])), None, "too long for the core to be kept");
    }

    #[test]
    fn a_short_gap_is_polled_through() {
        let gap = Duration::from_micros(120);
        assert_eq!(bet(&after([gap; 4])), Some((Duration::ZERO, gap + *EARLY.start())));
    }

    #[test]
    fn trust_is_earned_anew() {
        let mut rhythm = after([MS; 100]);
        rhythm.settle(Outcome::Lost);
        let needs = |rhythm: &mut Rhythm| (1..).find(|_| (rhythm.learn(MS), bet(rhythm).is_some()).1);
        assert_eq!(needs(&mut rhythm), Some(ALIKE));
        rhythm.settle(Outcome::Crowded);
        assert_eq!(needs(&mut rhythm), Some(4 * ALIKE));
        (0..20).for_each(|_| rhythm.settle(Outcome::Crowded));
        assert_eq!(needs(&mut rhythm), Some(ALIKE_AT_MOST));
        rhythm.settle(Outcome::Won(Instant::now()));
        rhythm.settle(Outcome::Lost);
        assert_eq!(needs(&mut rhythm), Some(ALIKE));
    }

    #[test]
    fn a_bet_ends() {
        let rhythm = after([20 * MS; 4]);
        let bet = rhythm.bet(Instant::now() + 3600 * 1000 * MS).unwrap();
        assert!(bet.begins_with_a_nap());
        // On a busy machine the core is lost first, but not each time.
        let outcomes = [0; 100].map(|_| bet.poll(|| true));
        assert!(outcomes.iter().any(|outcome| matches!(outcome, Outcome::Won(_))) && !outcomes.contains(&Outcome::Lost));
        let bet = rhythm.bet(Instant::now()).unwrap();
        assert!(matches!(bet.poll(|| false), Outcome::Lost | Outcome::Crowded));
    }
}
