//! `p.range(r)`, `p.xrange(r)` and `p.loop_over(r)`: loops over what can be cut.

mod deal;
mod iter;
mod ordered;
mod parts;
mod share_out;

pub(super) use deal::Deals;
pub use iter::Dealt;
pub(super) use ordered::Then;
pub use parts::{Part, Parts};
pub use share_out::ShareOut;

use super::Region;
use crate::schedule::{Schedule, split};
use crate::source::{Countable, Repeat};

impl<'team, 'env> Region<'team, 'env> {
    /// This thread's contiguous part of a range: `schedule(static)`.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// use pymp_runtime::Parallel;
    ///
    /// let parts = Parallel::new(3).map(|p| p.range(0..10).collect::<Vec<_>>());
    /// assert_eq!(parts, [vec![0, 1, 2, 3], vec![4, 5, 6], vec![7, 8, 9]]);
    /// let parts = Parallel::new(2).map(|p| p.range((1..=10).rev().step_by(3)).collect::<Vec<_>>());
    /// assert_eq!(parts, [vec![10, 7], vec![4, 1]]);
    /// # }
    /// ```
    ///
    /// Takes ranges of every integer type, inclusive ones too, with `.rev()` and `.step_by(k)`, and slices. The first threads get one
    /// more when it does not come out even, the last ones nothing when there are too few. Nothing is shared: nobody waits, and
    /// if one thread alone comes here, only its part is run.
    ///
    /// pymp: `p.range(..)`. OpenMP: `#pragma omp for schedule(static) nowait`.
    #[inline]
    #[track_caller]
    pub fn range<R: ShareOut>(&self, range: R) -> <R::Source as crate::Source>::Chunk {
        let source = range.share_out().into_source();
        source.again(split(source.total(), self.num_threads(), self.thread_num()))
    }

    /// The indices of a range, each to the thread that asks next: `schedule(dynamic, 1)`.
    ///
    /// ```
    /// use pymp_runtime::{Parallel, shared};
    ///
    /// let hits = shared::array::<u32>(100);
    /// Parallel::new(2).run(|p| {
    ///     for i in p.xrange(0..100) {
    ///         hits.fetch_add(i, 1);
    ///     }
    ///     for i in p.xrange(0..100).chunk(8) {
    ///         hits.fetch_add(i, 1);
    ///     }
    /// });
    /// assert!(hits.to_vec().iter().all(|&hits| hits == 2));
    /// ```
    ///
    /// A thread that breaks out of it leaves the rest to the others, and nothing of it to the next loop. Nobody waits at the end.
    ///
    /// pymp: `p.xrange(..)`. OpenMP: `#pragma omp for schedule(dynamic) nowait`.
    #[inline]
    #[track_caller]
    pub fn xrange<R: ShareOut>(&self, range: R) -> Dealt<'_, 'team, 'env, R::Source> {
        Dealt::new(self, range.share_out(), Schedule::dynamic(1))
    }

    /// A range, or a slice, under any schedule: that of the region ([`Parallel::schedule`](super::Parallel::schedule)), or static, if it does
    /// not say.
    ///
    /// ```
    /// use pymp_runtime::{Parallel, shared};
    ///
    /// let words = ["a", "bb", "ccc"];
    /// let letters = shared::array::<usize>(1);
    /// Parallel::new(2).run(|p| {
    ///     for word in p.loop_over(&words).schedule("guided") {
    ///         letters.fetch_add(0, word.len());
    ///     }
    /// });
    /// assert_eq!(letters.get(0), 6);
    /// ```
    ///
    /// OpenMP: `#pragma omp for schedule(..) nowait`.
    #[inline]
    #[track_caller]
    pub fn loop_over<R: ShareOut>(&self, range: R) -> Dealt<'_, 'team, 'env, R::Source> {
        Dealt::new(self, range.share_out(), self.state.schedule.unwrap_or_default())
    }
}
