//! Which maps are over at once whenever they are run, so that a look at the clock would be most of what they cost.
//!
//! 1. A map is known by the place in the program where it is called, and by the types of its function and values.
//! 2. A run that was timed, and was over at once, earns some that are not: one, then three, then seven, up to thirty-one.
//! 3. A run that was timed and took longer takes all that away. So a map of long tasks is always timed, and one that becomes long is found
//!    out after thirty-one runs at the most.
//! 4. What a team was over with soon may have been short: the next run finds out, once.
//!
//! Apart from `looping/site.rs`: a map is a function, and has no place of its own but in a table; and it asks whether to look at the clock,
//! not how many threads pay.
//!
//! There is one table for all maps. Two that share an entry take it from each other, and are timed more often.

use std::panic::Location;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Runs in a row that are not timed.
const AT_MOST: u64 = 31;

/// Stand in place of the runs that were earned: a team was over with it soon, and more is not known; or that was tried, and it was long.
const MAYBE: u64 = 0xff;
const LONG: u64 = 0xfe;

/// Entries, a power of two.
const ENTRIES: usize = 256;

/// Whose it is, in the upper 48 bits; how many runs were earned last, and how many of them are left, in eight bits each.
// Relaxed everywhere: each entry stands for itself, and what is lost is learned again.
static HABITS: [AtomicU64; ENTRIES] = [const { AtomicU64::new(0) }; ENTRIES];

/// What is known of one map.
pub(super) struct Habit {
    entry: &'static AtomicU64,
    whose: u64,
}

impl Habit {
    /// Of the map whose caller is marked by `track_caller`; the name is that of its type.
    #[track_caller]
    #[inline]
    pub(super) fn here(name: &'static str) -> Self {
        // The addresses are as good as what lies there: one that has two is two maps.
        let place = std::ptr::from_ref(Location::caller()).addr() as u64;
        let mixed = (place ^ (name.as_ptr().addr() as u64).rotate_left(24)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self { entry: &HABITS[(mixed >> 56) as usize % ENTRIES], whose: mixed & !0xffff }
    }

    /// Whether this run may do without the clock.
    #[inline]
    pub(super) fn is_short(&self) -> bool {
        let entry = self.entry.load(Relaxed);
        let known = entry & !0xffff == self.whose && entry & 0xff > 0;
        if known {
            self.entry.store(entry - 1, Relaxed);
        }
        known
    }

    /// Whether it may be short.
    pub(super) fn may_be_short(&self) -> bool {
        !matches!(self.earned(), 0 | LONG)
    }

    /// A run was timed, and was over at once or not.
    pub(super) fn learn(&self, short: bool) {
        match (self.earned(), short) {
            (MAYBE | LONG, false) => self.store(LONG, 0),
            (_, false) => self.store(0, 0),
            (0 | MAYBE | LONG, true) => self.store(1, 1),
            (earned, true) => {
                let earned = (2 * earned + 1).min(AT_MOST);
                self.store(earned, earned);
            }
        }
    }

    /// A team was timed, and was over with it soon or not.
    pub(super) fn learn_of_team(&self, soon: bool) {
        if self.earned() != LONG {
            self.store(if soon { MAYBE } else { 0 }, 0);
        }
    }

    fn store(&self, earned: u64, left: u64) {
        self.entry.store(self.whose | earned << 8 | left, Relaxed);
    }

    fn earned(&self) -> u64 {
        let entry = self.entry.load(Relaxed);
        if entry & !0xffff == self.whose { entry >> 8 & 0xff } else { 0 }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    fn fresh() -> &'static AtomicU64 {
        Box::leak(Box::default())
    }

    fn habit() -> Habit {
        Habit { entry: fresh(), whose: 1 << 16 }
    }

    /// Of a hundred runs, each of which is short or not, how many are timed.
    fn timed(habit: &Habit, is_short: impl Fn(usize) -> bool) -> Vec<usize> {
        let timed = (0..100).filter(|&run| {
            let timed = !habit.is_short();
            if timed {
                habit.learn(is_short(run));
            }
            timed
        });
        timed.collect()
    }

    #[test]
    fn trust_is_earned_step_by_step() {
        let habit = habit();
        assert_eq!(timed(&habit, |_| true), [0, 2, 6, 14, 30, 62, 94]);
    }

    #[test]
    fn what_takes_longer_is_always_timed() {
        assert_eq!(timed(&habit(), |_| false).len(), 100);
        let habit = habit();
        let timed = timed(&habit, |run| run < 20);
        assert_eq!(timed[..5], [0, 2, 6, 14, 30]);
        assert!(timed[4..].is_sorted_by(|a, b| a + 1 == *b), "all that follow: {timed:?}");
    }

    #[test]
    fn maps_that_share_an_entry_do_not_trust_each_other() {
        let entry = fresh();
        let (one, other) = (Habit { entry, whose: 1 << 16 }, Habit { entry, whose: 2 << 16 });
        one.learn(true);
        assert!(!other.is_short());
        other.learn(true);
        assert!(!one.is_short());
        assert!(other.is_short());
    }

    #[test]
    fn what_a_team_was_over_with_soon_is_tried() {
        let habit = habit();
        assert!(!habit.may_be_short());
        habit.learn_of_team(true);
        assert!(habit.may_be_short() && !habit.is_short());
        habit.learn(true);
        assert!(habit.is_short() && !habit.is_short());
        habit.learn(false);
        assert!(!habit.may_be_short());
        habit.learn_of_team(true);
        assert!(habit.may_be_short());
        habit.learn(false);
        habit.learn_of_team(true);
        assert!(!habit.may_be_short(), "it was tried");
    }

    #[test]
    fn each_place_has_its_own() {
        let [one, other] = [Habit::here("name"), Habit::here("other name")];
        assert_ne!(one.whose, other.whose);
        let here = Habit::here("name");
        assert_ne!(one.whose, here.whose);
    }
}
