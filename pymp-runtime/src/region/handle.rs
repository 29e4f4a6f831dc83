//! The handle `p` of a region, one for each of its threads.

mod thread_bound;

pub(super) use thread_bound::ThreadBound;

use super::locks::Named;
use super::loops::Deals;
use super::state::RegionState;
use super::work_shares::Visitor;
use crate::barrier::Construct;
use std::cell::Cell;
use std::fmt;

/// A region, as one of its threads sees it: the `p` of [`Parallel::run`](super::Parallel::run).
///
/// ```
/// use pymp_runtime::{Parallel, Region};
/// use std::sync::atomic::{AtomicUsize, Ordering};
///
/// let done = AtomicUsize::new(0);
/// Parallel::new(2).run(|p: &Region| {
///     for _i in p.xrange(0..100) {
///         done.fetch_add(1, Ordering::Relaxed);
///     }
///     p.barrier();
///     assert_eq!(done.load(Ordering::Relaxed), 100);
/// });
/// ```
///
/// It cannot leave its region. A function that takes it is written `fn work(p: &Region)`.
///
/// In an inner region both handles are at hand. The outer one does there what needs no other thread: its numbers, `range` and static loops are those
/// of the outer thread, and `masked`, the locks and `print` work. Its barriers, singles and loops on demand are for the outer thread alone, and
/// panic on another:
///
/// ```
/// # if cfg!(feature = "threads") {
/// # use pymp_runtime::{Parallel, config};
/// config::set_nested(true).unwrap();
/// let numbers = Parallel::new(2).map(|p| Parallel::new(2).map(|q| (p.thread_num(), q.thread_num())));
/// assert_eq!(numbers.concat(), [(0, 0), (0, 1), (1, 0), (1, 1)]);
/// # }
/// ```
///
/// Loops and other shared work are matched by their order: a thread's third `xrange` and another thread's third `xrange` are the same
/// loop. So all threads must come to them in the same order. [`range`](Self::range) is an exception, it shares nothing.
pub struct Region<'team, 'env> {
    pub(super) state: &'team RegionState<'team, 'env>,
    thread: usize,
    course: ThreadBound<Course<'team>>,
    /// The region stands in a destructor, and its thread unwinds.
    in_unwinding: bool,
}

/// How far a thread has come in its region.
pub(super) struct Course<'team> {
    pub(super) loops: Visitor<'team>,
    pub(super) deals: Deals<'team>,
    /// Singles that this thread has come to, and those of them that have a result.
    pub(super) singles: Cell<usize>,
    pub(super) results: Cell<usize>,
    /// So many singles had been claimed when this thread looked last.
    pub(super) claims_seen: Cell<usize>,
    pub(super) last_named: Cell<Option<&'static Named>>,
    /// The `critical`s that this thread is in.
    pub(super) criticals: Cell<usize>,
}

impl<'team, 'env> Region<'team, 'env> {
    #[inline]
    pub(super) fn new(state: &'team RegionState<'team, 'env>, thread: usize) -> Self {
        // Before the rest, which is then made where it stays, and not copied from pieces that were just stored.
        let in_unwinding = std::thread::panicking();
        Region {
            state,
            thread,
            course: ThreadBound::new(Course {
                loops: Visitor::new(&state.work_shares, thread),
                deals: Deals::default(),
                singles: Cell::new(0),
                results: Cell::new(0),
                claims_seen: Cell::new(0),
                last_named: Cell::new(None),
                criticals: Cell::new(0),
            }),
            in_unwinding,
        }
    }

    /// How far this thread has come, which is for it alone to ask.
    #[inline]
    #[track_caller]
    pub(super) fn course(&self) -> &Course<'team> {
        match self.own_course() {
            Some(course) => course,
            None => self.is_of_another_thread(),
        }
    }

    /// The same; `None` on a thread of an inner region.
    #[inline]
    pub(super) fn own_course(&self) -> Option<&Course<'team>> {
        self.course.get()
    }

    #[cold]
    #[track_caller]
    fn is_of_another_thread(&self) -> ! {
        panic!(
            "the handle is that of thread {} in a region around this one, and its barriers, singles and shared loops are for that thread \
             alone: use the handle of the innermost region",
            self.thread
        )
    }

    /// How many threads of the team have come to the end of the region. What they did before is seen.
    #[cold]
    pub(super) fn gone(&self) -> usize {
        self.state.gone(|| self.state.workers.iter().filter(|worker| worker.is_free()).count())
    }

    /// Whether this thread's share unwinds. One in a destructor does not because its thread does.
    #[inline]
    pub(super) fn unwinds(&self) -> bool {
        std::thread::panicking() && !self.in_unwinding
    }

    /// Leaves, if the region is being left. Not through a destructor that runs while the share unwinds: that would abort.
    #[inline]
    pub(super) fn check(&self) {
        if self.state.is_broken() && !self.unwinds() {
            self.state.quit();
        }
    }

    /// The number of this thread in its team: 0 for the thread that entered.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// # use pymp_runtime::Parallel;
    /// assert_eq!(Parallel::new(2).map(|p| p.thread_num()), [0, 1]);
    /// # }
    /// ```
    ///
    /// pymp: `p.thread_num`. OpenMP: `omp_get_thread_num()`.
    #[inline]
    pub fn thread_num(&self) -> usize {
        self.thread
    }

    /// The size of the team.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// # use pymp_runtime::Parallel;
    /// assert_eq!(Parallel::new(2).map(|p| p.num_threads()), [2, 2]);
    /// # }
    /// ```
    ///
    /// pymp: `p.num_threads`. OpenMP: `omp_get_num_threads()`.
    #[inline]
    pub fn num_threads(&self) -> usize {
        self.state.threads
    }

    /// Waits until all threads of the team have come here. What they wrote before, all see afterwards.
    ///
    /// ```
    /// use pymp_runtime::{Parallel, shared};
    ///
    /// let a = shared::array::<u32>(2);
    /// Parallel::new(2).run(|p| {
    ///     a.set(p.thread_num(), 7);
    ///     p.barrier();
    ///     assert_eq!((a.get(0), a.get(p.num_threads() - 1)), (7, 7));
    /// });
    /// ```
    ///
    /// # Panics
    ///
    /// On a thread of an inner region, inside of a `critical`, and when this thread holds the [lock](Self::lock) of the region and another
    /// one waits for it. When the whole team waits, and some at the end of a `single` or `sections`, on the thread that came last. It
    /// unwinds, quietly, when another thread has panicked, instead of waiting for it.
    ///
    /// # Deadlocks
    ///
    /// All threads must come to the same number of barriers; do not hold a lock meanwhile that another thread needs to get here.
    ///
    /// OpenMP: `#pragma omp barrier`.
    #[inline]
    #[track_caller]
    pub fn barrier(&self) {
        self.team_meets(Construct::Barrier);
    }

    /// The barrier that is, or ends, a construct.
    #[inline]
    #[track_caller]
    pub(super) fn team_meets(&self, at: Construct) {
        let is_free = self.course().criticals.get() == 0;
        assert!(
            is_free || self.num_threads() == 1 || self.unwinds(),
            "the whole team cannot meet inside of a `critical`, which one thread is in at a time: move the barrier, single or sections out of it"
        );
        if !self.state.barrier(at, self.unwinds(), || self.gone()) {
            self.diverged(at);
        }
    }

    /// Runs `body` on thread 0, and nobody waits.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// # use pymp_runtime::Parallel;
    /// let ran = Parallel::new(2).map(|p| p.masked(|| 7));
    /// assert_eq!(ran, [Some(7), None]);
    /// # }
    /// ```
    ///
    /// OpenMP: `#pragma omp masked` (`master`).
    pub fn masked<T>(&self, body: impl FnOnce() -> T) -> Option<T> {
        self.masked_by(0, body)
    }

    /// Runs `body` on the thread of this number, if there is one.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// # use pymp_runtime::Parallel;
    /// let ran = Parallel::new(2).map(|p| p.masked_by(1, || 7));
    /// assert_eq!(ran, [None, Some(7)]);
    /// # }
    /// ```
    ///
    /// OpenMP: `#pragma omp masked filter(n)`.
    pub fn masked_by<T>(&self, thread_num: usize, body: impl FnOnce() -> T) -> Option<T> {
        (self.thread == thread_num).then(body)
    }

    /// Another thread of the region has met something else where this one met `found`.
    #[cold]
    #[track_caller]
    pub(super) fn diverged(&self, found: impl fmt::Display) -> ! {
        panic!(
            "thread {} of the region met {found}, and another thread met something else in its place: all threads of a region must come to \
             its loops, barriers, singles and sections in the same order",
            self.thread
        )
    }
}

impl fmt::Debug for Region<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut region = f.debug_struct("Region");
        region.field("thread_num", &self.thread).field("num_threads", &self.state.threads).finish_non_exhaustive()
    }
}
