//! Whether a loop that says nothing of threads is worth a team: the place in the program where it stands finds out.
//!
//! 1. The first run has a team, and so has the second, which is timed. A loop that takes longer than [`SHORT`] stays with its team.
//! 2. A shorter one is tried on the calling thread alone. Now two costs are known: of an iteration, and of entering a team.
//! 3. Each further run is had the cheaper way, by its number of iterations. Now and then one is timed, and the other way is tried
//!    again after longer and longer intervals, so that trying costs some percent at most.
//! 4. Until then small runs need not ask: they go by what the last one that asked was told, the [`Lull`].
//!
//! Apart from `map/engine/habit.rs`, which has a table to look things up in: that alone would take longer than a small loop.
//!
//! Several threads may run the same loop at once. Then some of what they learn is lost, and nothing else.

mod costs;

use self::costs::{Costs, SHORT};
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::Instant;

// Relaxed everywhere: each word stands for itself, and what is lost is learned again.

/// What a loop has learned of itself, one for each place in the program: `static SITE: Site = Site::new();`.
#[derive(Debug)]
pub struct Site {
    /// [`Costs`], in one word.
    costs: AtomicU64,
    /// [`Lull`], in one word.
    lull: AtomicU64,
    /// Runs so far, those of the lull too.
    turn: AtomicU32,
    /// The run that is timed next, and the one that tries the other way.
    check: AtomicU32,
    retry: AtomicU32,
}

/// The [`Site`] of the line where this stands.
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_site {
    () => {{
        static SITE: $crate::looping::Site = $crate::looping::Site::new();
        &SITE
    }};
}

/// How many runs there are from one that is timed to the next. At first the fewest, later more.
const CHECK: RangeInclusive<u32> = 16..=64;
/// The other way is tried again after this many times what it costs, in runs.
const RETRY: f32 = 32.0;
/// At the latest after so many runs.
const RETRY_AT_MOST: f32 = 16_384.0;
/// After so many the counts start again, or they would run over. What was learned stays.
const AGAIN: u32 = 1 << 31;

/// Runs that the calling thread has alone, and nobody asks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Lull {
    /// Iterations of such a run.
    most: u32,
    /// How many runs are left.
    left: u32,
}

/// One run of a loop, and what is found out by it.
#[derive(Debug)]
pub(super) struct Trial<'s> {
    /// The team to ask for.
    pub(super) threads: usize,
    timing: Option<Timing<'s>>,
}

#[derive(Debug)]
struct Timing<'s> {
    site: &'s Site,
    asked: usize,
    count: usize,
    turn: u32,
    start: Instant,
}

impl Default for Site {
    fn default() -> Self {
        Self::new()
    }
}

impl Site {
    /// A place where nothing was run yet.
    pub const fn new() -> Self {
        Self {
            costs: AtomicU64::new(0),
            lull: AtomicU64::new(0),
            turn: AtomicU32::new(0),
            check: AtomicU32::new(0),
            retry: AtomicU32::new(u32::MAX),
        }
    }

    /// Whether the next run, of `count` iterations, is one that the calling thread has alone, as far as is known without asking.
    #[inline]
    pub(super) fn is_in_lull(&self, count: usize) -> bool {
        let word = self.lull.load(Relaxed);
        let Lull { most, left } = Lull::from_word(word);
        let is_in = count <= most as usize && left > 0;
        if is_in {
            self.lull.store(word - 1, Relaxed);
        }
        is_in
    }

    /// The next run, of `count` iterations, of which `asked` threads would be had.
    pub(super) fn trial(&self, asked: usize, count: usize) -> Trial<'_> {
        if asked == 1 {
            return Trial::of(1);
        }
        let turn = self.turn.load(Relaxed);
        self.turn.store(turn.wrapping_add(1), Relaxed);
        let due = self.check.load(Relaxed).min(self.retry.load(Relaxed));
        if turn == 1 || turn >= due {
            return self.timed(asked, count, turn);
        }
        let costs = Costs::from_word(self.costs.load(Relaxed));
        let threads = costs.cheaper(asked, count);
        if threads == 1 {
            let left = due - turn - 1;
            self.lull.store(Lull { most: costs.most_alone(asked), left }.to_word(), Relaxed);
            self.turn.store(due, Relaxed);
        }
        Trial::of(threads)
    }

    #[cold]
    fn timed(&self, asked: usize, count: usize, mut turn: u32) -> Trial<'_> {
        if turn >= AGAIN {
            self.retry.store(self.retry.load(Relaxed).saturating_sub(turn), Relaxed);
            self.turn.store(2, Relaxed);
            turn = 1;
        }
        let costs = Costs::from_word(self.costs.load(Relaxed));
        let mut threads = costs.cheaper(asked, count);
        self.check.store(turn.saturating_add((turn / 4).clamp(*CHECK.start(), *CHECK.end())), Relaxed);
        if turn >= self.retry.load(Relaxed) {
            let other = if threads == 1 { asked } else { 1 };
            let ratio = costs.of(other, count) / costs.of(threads, count);
            // At first, when little is known for sure, it is tried sooner.
            let pause = (RETRY * ratio.max(1.0)).min(RETRY_AT_MOST).min(turn as f32) as u32;
            self.retry.store(turn.saturating_add(pause), Relaxed);
            if other > 1 || costs.may_be_tried_alone(asked, count) {
                threads = other;
            }
        }
        // The first run also starts the threads, and meets caches that know nothing of it.
        let timing = (turn > 0).then(|| Timing { site: self, asked, count, turn, start: Instant::now() });
        Trial { threads, timing }
    }

    fn learn(&self, run: &Timing<'_>, threads: usize, took: f32) {
        let before = Costs::from_word(self.costs.load(Relaxed));
        self.costs.store(before.learn(threads, run.asked, run.count, took).to_word(), Relaxed);
        if !before.are_known() && threads > 1 && took <= SHORT {
            self.retry.store(run.turn.saturating_add(1), Relaxed);
        }
    }
}

impl Trial<'_> {
    /// A run that tells nothing.
    #[inline]
    pub(super) fn of(threads: usize) -> Self {
        Self { threads, timing: None }
    }

    /// The run is over; it had so many threads in the end.
    #[inline]
    pub(super) fn end(self, threads: usize) {
        // A smaller team than asked for, inside of a region or at the limit, tells nothing of either way.
        if let Some(timing) = self.timing
            && threads == self.threads
        {
            timing.end(threads);
        }
    }
}

impl Timing<'_> {
    #[cold]
    fn end(self, threads: usize) {
        self.site.learn(&self, threads, self.start.elapsed().as_nanos() as f32);
    }
}

impl Lull {
    #[inline]
    fn from_word(word: u64) -> Self {
        Self { most: (word >> 32) as u32, left: word as u32 }
    }

    fn to_word(self) -> u64 {
        u64::from(self.most) << 32 | u64::from(self.left)
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::costs::ALONE;
    use super::*;

    fn next(site: &Site, count: usize) -> Trial<'_> {
        if site.is_in_lull(count) { Trial::of(1) } else { site.trial(2, count) }
    }

    /// Runs a loop again and again, whose costs are these; how many of the last hundred runs had a team.
    fn teams(site: &Site, runs: usize, count: usize, iteration: f32, entry: f32) -> usize {
        let threads: Vec<usize> = (0..runs)
            .map(|_| {
                let Trial { threads, timing } = next(site, count);
                let took = Costs { iteration, entry }.of(threads, count) + if threads == 1 { ALONE } else { 0.0 };
                if let Some(timing) = timing {
                    site.learn(&timing, threads, took);
                }
                threads
            })
            .collect();
        assert_eq!(threads[0], 2, "the first run has a team");
        threads[runs - 100..].iter().filter(|&&threads| threads == 2).count()
    }

    #[test]
    fn a_small_loop_stays_alone() {
        for (count, iteration) in [(1, 1.0), (2, 3.0), (100, 2.0), (1000, 0.3)] {
            let few = teams(&Site::new(), 1000, count, iteration, 350.0);
            assert!(few <= 3, "{few} of 100 runs with {count} iterations had a team");
        }
    }

    #[test]
    fn a_large_loop_has_its_team() {
        for (count, iteration) in [(1000, 1.0), (10_000, 1.0), (1, 1e5), (100, 1e9)] {
            let many = teams(&Site::new(), 1000, count, iteration, 350.0);
            assert!(many >= 96, "{many} of 100 runs with {count} iterations had a team");
        }
    }

    #[test]
    fn a_long_loop_is_never_tried_alone() {
        assert_eq!(teams(&Site::new(), 1000, 1000, 100.0, 350.0), 100);
        let site = Site::new();
        assert!((0..1000).all(|_| next(&site, 1000).threads == 2), "a run that never ends has not been timed");
    }

    #[test]
    fn it_goes_by_the_number_of_iterations() {
        let site = Site::new();
        teams(&site, 1000, 100, 1.0, 350.0);
        let costs = Costs::from_word(site.costs.load(Relaxed));
        assert_eq!([10, 500, 1000, 1_000_000].map(|count| costs.cheaper(2, count)), [1, 1, 2, 2]);
        let most = costs.most_alone(2) as usize;
        assert_eq!([most - 1, most + 1].map(|count| costs.cheaper(2, count)), [1, 2]);
        assert!(!site.is_in_lull(most + 1));
    }

    #[test]
    fn it_notices_that_times_have_changed() {
        notices_that_times_have_changed(0);
    }

    #[test]
    fn it_counts_for_ever() {
        notices_that_times_have_changed(u32::MAX - 2000);
    }

    fn notices_that_times_have_changed(runs_before: u32) {
        let site = Site::new();
        assert!(teams(&site, 1000, 100, 1.0, 350.0) <= 3);
        for count in [&site.turn, &site.check, &site.retry] {
            count.store(count.load(Relaxed).saturating_add(runs_before), Relaxed);
        }
        for _ in 0..1000 {
            next(&site, 100);
        }
        let threads = |site: &Site| Costs::from_word(site.costs.load(Relaxed)).cheaper(2, 100);
        for _ in 0..200 {
            let trial = next(&site, 100);
            if let Some(timing) = trial.timing {
                site.learn(&timing, trial.threads, Costs { iteration: 1000.0, entry: 350.0 }.of(trial.threads, 100));
            }
        }
        assert_eq!(threads(&site), 2);
    }
}
