//! What a loop costs on the calling thread alone and in a team, as far as its runs have shown.

/// A loop that takes longer than this is worth any team.
pub(super) const SHORT: f32 = 5_000.0;
/// What it takes to come to the first iteration, and to read the clock.
pub(super) const ALONE: f32 = 40.0;
/// Nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Costs {
    /// Of an iteration; below 0, as long as only a team has run it, the most that it can be. 0: nothing was timed yet.
    pub(super) iteration: f32,
    /// Of entering a team and leaving it.
    pub(super) entry: f32,
}

impl Costs {
    pub(super) fn from_word(word: u64) -> Self {
        Self { iteration: f32::from_bits((word >> 32) as u32), entry: f32::from_bits(word as u32) }
    }

    pub(super) fn to_word(self) -> u64 {
        u64::from(self.iteration.to_bits()) << 32 | u64::from(self.entry.to_bits())
    }

    pub(super) fn are_known(self) -> bool {
        self.iteration > 0.0
    }

    /// What a loop costs, or may cost at the most.
    #[inline]
    pub(super) fn of(self, threads: usize, count: usize) -> f32 {
        let work = self.iteration.abs() * count as f32;
        if threads == 1 { work } else { self.entry + work / threads as f32 }
    }

    /// The team for a loop that `asked` threads can be had for.
    #[inline]
    pub(super) fn cheaper(self, asked: usize, count: usize) -> usize {
        let alone = self.of(1, count);
        if self.are_known() && alone <= SHORT && alone <= self.of(asked, count) { 1 } else { asked }
    }

    /// Up to how many iterations `cheaper` says 1.
    pub(super) fn most_alone(self, asked: usize) -> u32 {
        let saved = self.iteration * (1.0 - 1.0 / asked as f32);
        (SHORT / self.iteration).min(self.entry / saved) as u32
    }

    /// Whether little is lost if a loop that seems to be worth a team is run alone once more.
    pub(super) fn may_be_tried_alone(self, asked: usize, count: usize) -> bool {
        // What only a team has run is overestimated by as much as there are threads.
        let most = if self.are_known() { SHORT } else { SHORT * asked as f32 };
        self.of(1, count) <= most
    }

    /// What is known after a run.
    pub(super) fn learn(self, threads: usize, asked: usize, count: usize, took: f32) -> Self {
        let (took, count) = (took.max(1.0), count.max(1) as f32);
        let share = |iteration: f32| iteration * count / asked as f32;
        let alone = (took - ALONE).max(took / 4.0) / count;
        let most = took * threads as f32 / count;
        match (threads, self.are_known()) {
            // The team's time, as far as it was not this.
            (1, false) => Self { iteration: alone, entry: (share(-self.iteration) - share(alone)).max(1.0) },
            // Much longer than was known: that iterations cost more now is likelier than an interruption.
            (1, true) if took > SHORT * 2.0 => Self { iteration: self.iteration.max(alone), ..self },
            (1, true) => Self { iteration: blend(self.iteration, alone), ..self },
            (_, false) => Self { iteration: -most, entry: 0.0 },
            // What an iteration costs may differ from run to run; the rest of a long run says nothing of the entry.
            (_, true) if self.iteration > most => Self { iteration: most, ..self },
            (_, true) if most * count > SHORT * 2.0 => self,
            (_, true) => Self { entry: blend(self.entry, (took - share(self.iteration)).max(1.0)), ..self },
        }
    }
}

/// Up by little, since a run may have been interrupted.
fn blend(old: f32, new: f32) -> f32 {
    if new < old { (old + new) / 2.0 } else { old + (new.min(4.0 * old) - old) / 4.0 }
}
