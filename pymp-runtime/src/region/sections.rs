//! `p.sections([..])`: blocks that each run once.

use super::Region;
use crate::barrier::Construct;

impl Region<'_, '_> {
    /// Runs each of the blocks once, on whichever thread comes first, and waits until all have ended.
    ///
    /// ```
    /// use pymp_runtime::{Parallel, shared};
    ///
    /// let done = shared::array::<u32>(2);
    /// Parallel::new(2).run(|p| {
    ///     p.sections([&|| done.set(0, 1), &|| done.set(1, 2)]);
    ///     assert_eq!(done.to_vec(), [1, 2]);
    /// });
    /// ```
    ///
    /// Without the wait: [`p.nowait().sections(..)`](super::Nowait::sections).
    ///
    /// # Panics, Deadlocks
    ///
    /// As [`barrier`](Self::barrier).
    ///
    /// OpenMP: `#pragma omp sections`. pymp: `for s in p.xrange(k): if s == 0: ..`.
    #[track_caller]
    pub fn sections<const N: usize>(&self, blocks: [&dyn Fn(); N]) {
        self.each_section(blocks);
        self.team_meets(Construct::Sections);
    }

    #[track_caller]
    pub(super) fn each_section<const N: usize>(&self, blocks: [&dyn Fn(); N]) {
        for section in self.xrange(0..N) {
            blocks[section]();
        }
    }
}
