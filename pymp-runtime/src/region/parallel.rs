//! [`Parallel`]: what is asked of a region, and the ways to run it.

use super::Region;
use crate::config::{self, ProcBind};
use crate::count::{Count, threads};
use crate::schedule::{IntoSchedule, Schedule};
use std::fmt;
use std::num::NonZeroUsize;

/// A region, before it is run: its team, and its clauses.
///
/// ```
/// use pymp_runtime::{Parallel, Region};
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// let sum = AtomicU64::new(0);
/// Parallel::new(4).run(|p: &Region| {
///     let mine: u64 = p.range(0..=1000).sum();
///     sum.fetch_add(mine, Ordering::Relaxed);
/// });
/// assert_eq!(sum.into_inner(), 500_500);
/// ```
///
/// It is a plain value and may be run as often as one likes, also inside of a region: then on one thread, unless
/// [nesting is allowed](crate::config::set_nested).
///
/// OpenMP: `#pragma omp parallel`. pymp: `with pymp.Parallel(4) as p:`.
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a region does nothing until it is run"]
pub struct Parallel {
    pub(super) num_threads: Option<NonZeroUsize>,
    pub(super) serial: bool,
    pub(super) schedule: Option<Schedule>,
    pub(super) proc_bind: Option<ProcBind>,
}

impl Parallel {
    /// A region of `n` threads; of fewer if [`config::thread_limit`](crate::config::thread_limit) or
    /// [`config::dynamic`](crate::config::dynamic) say so. `Parallel::default()` has as many as
    /// [`config::num_threads`](crate::config::num_threads) says.
    ///
    /// ```should_panic
    /// pymp_runtime::Parallel::new(0); // `num_threads` must be at least 1, it is 0
    /// ```
    ///
    /// # Panics
    ///
    /// When `n` is 0 or below, or above 8192.
    #[track_caller]
    pub fn new(n: impl Count) -> Self {
        Self::default().num_threads(n)
    }

    /// As in [`new`](Self::new).
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// # use pymp_runtime::Parallel;
    /// assert_eq!(Parallel::default().num_threads(2).run(|p| p.num_threads()), 2);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When `n` is 0 or below, or above 8192.
    #[track_caller]
    pub fn num_threads(mut self, n: impl Count) -> Self {
        self.num_threads = Some(threads(n));
        self
    }

    /// When false, the calling thread runs the region alone.
    ///
    /// ```
    /// assert_eq!(pymp_runtime::Parallel::new(4).if_(false).run(|p| p.num_threads()), 1);
    /// ```
    pub fn if_(mut self, condition: bool) -> Self {
        self.serial |= !condition;
        self
    }

    /// The schedule of loops in the region that do not say ([`Region::loop_over`]): a [`Schedule`], or its text.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// # use pymp_runtime::Parallel;
    /// let taken = Parallel::new(2).schedule("static,1").map(|p| p.loop_over(0..4).collect::<Vec<_>>());
    /// assert_eq!(taken, [[0, 2], [1, 3]]);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When the text is not a schedule.
    #[track_caller]
    pub fn schedule(mut self, schedule: impl IntoSchedule) -> Self {
        self.schedule = Some(schedule.into_schedule());
        self
    }

    /// Which processor each thread runs on, for this region: a [`ProcBind`], or its word.
    ///
    /// ```
    /// # use pymp_runtime::Parallel;
    /// Parallel::new(2).proc_bind("close").run(|p| { /* thread k stays on processor k */ });
    /// ```
    ///
    /// For all regions and loops: [`config::set_proc_bind`](crate::config::set_proc_bind). OpenMP: `proc_bind(close)`.
    ///
    /// # Panics
    ///
    /// When the text is no such word.
    #[track_caller]
    pub fn proc_bind<B>(mut self, bind: B) -> Self
    where
        B: TryInto<ProcBind>,
        B::Error: fmt::Display,
    {
        let bind = match bind.try_into() {
            Ok(bind) => bind,
            Err(error) => panic!("proc_bind: {error}"),
        };
        config::will_bind(bind);
        self.proc_bind = Some(bind);
        self
    }

    /// Runs `body` on every thread of the team, and returns what thread 0, the calling thread, returned, when all have ended.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// use pymp_runtime::Parallel;
    ///
    /// let size = Parallel::new(2).run(|p| p.num_threads());
    /// assert_eq!(size, 2);
    /// # }
    /// ```
    ///
    /// The handle stays in its region:
    ///
    /// ```compile_fail,E0521
    /// let kept = std::sync::Mutex::new(None);
    /// pymp_runtime::Parallel::new(2).run(|p| *kept.lock().unwrap() = Some(p));
    /// ```
    ///
    /// ```compile_fail
    /// let p = pymp_runtime::Parallel::new(2).run(|p| p);
    /// ```
    ///
    /// # Panics
    ///
    /// With the payload of a panic in `body`, whichever thread it was on, when all have ended: the others leave at their next chunk,
    /// element, turn, single or barrier. With a message, inside of a region where nesting is denied.
    ///
    /// # Deadlocks
    ///
    /// All threads must come to the same barriers, and to the same loops in the same order.
    #[track_caller]
    pub fn run<'env, T: Send>(
        self,
        body: impl Fn(&Region<'_, 'env>) -> T + Sync, // every thread runs it, with all that it uses: see `pymp::errors::not_shared`
    ) -> T {
        self.first(body)
    }

    /// As [`run`](Self::run), and returns what each thread returned, in thread order.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// use pymp_runtime::Parallel;
    ///
    /// let numbers = Parallel::new(3).map(|p| p.thread_num() * 10);
    /// assert_eq!(numbers, [0, 10, 20]);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn map<'env, T: Send>(
        self,
        body: impl Fn(&Region<'_, 'env>) -> T + Sync, // every thread runs it, with all that it uses: see `pymp::errors::not_shared`
    ) -> Vec<T> {
        match self.collect(|p| Ok::<T, std::convert::Infallible>(body(p))) {
            Ok(values) => values,
            Err(never) => match never {},
        }
    }

    /// As [`run`](Self::run), for a body that may fail: what thread 0 returned when all have succeeded, else the error of the
    /// lowest thread number that has failed. The others run to their end, or leave at their next chunk or meeting point.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// use pymp_runtime::Parallel;
    ///
    /// let result = Parallel::new(2).try_run(|p| {
    ///     p.barrier();
    ///     if p.thread_num() == 1 { "x".parse::<i32>() } else { "7".parse() }
    /// });
    /// assert!(result.is_err());
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// A thread's.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn try_run<'env, T: Send, E: Send>(
        self,
        body: impl Fn(&Region<'_, 'env>) -> Result<T, E> + Sync, // every thread runs it, with all that it uses: see `pymp::errors::not_shared`
    ) -> Result<T, E> {
        let mut values = self.collect(body)?;
        Ok(values.swap_remove(0))
    }
}
