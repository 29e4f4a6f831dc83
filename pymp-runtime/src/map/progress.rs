//! How far a map is.
//!
//! 1. Workers add what they have done, some tasks at a time, under a lock.
//! 2. Whoever has it tells the reporter, if that is due: a reporter costs what the user wrote into it, so it is asked a thousand
//!    times a second at the most, and for every task only of maps so short that it cannot matter.
//! 3. What panics in a reporter ends the reports, not the map; the caller gets the panic when the map has ended.
//! 4. A reporter that was told of the beginning is told of the end, once, however the map ends: with its last task, by a failure, by a
//!    panic, or because its results are wanted no more.

mod label;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::error::Payload;
use crate::panic::discard;
pub use label::Label;

/// What learns how far a map is. A label or a closure becomes one, see [`Map::progress`](super::Map::progress); implement it for one
/// that also wants to know when the map begins and ends.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::{Map, Report};
///
/// struct Percent(Vec<usize>);
///
/// impl Report for &mut Percent {
///     fn report(&mut self, done: usize, total: usize) {
///         self.0.push(100 * done / total);
///     }
/// }
///
/// let mut percent = Percent(Vec::new());
/// Map::new(|n| n).progress_to(&mut percent).run(0..4);
/// assert_eq!(percent.0, [25, 50, 75, 100]);
/// ```
pub trait Report {
    /// The map begins: so many tasks, as far as that is known.
    fn begin(&mut self, total: usize) {
        let _ = total;
    }

    /// So many of them are done. `done` rises from call to call.
    fn report(&mut self, done: usize, total: usize);

    /// The map has ended: after its last task, or after a failure, or because no more of its results are wanted.
    fn end(&mut self) {}

    #[doc(hidden)]
    const QUIET: bool = false;
}

/// What [`Map::progress`](super::Map::progress) takes: a label, or a closure that is called with (done, total).
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::{IntoProgress, Map};
///
/// fn squares(progress: impl IntoProgress<Report: Send>) -> Vec<u32> {
///     Map::new(|n: u32| n * n).progress(progress).run(0..3)
/// }
/// assert_eq!(squares("squares"), squares(|done, total| assert!(done <= total)));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot show the progress of a map",
    note = "write a label, `.progress(\"reading\")`, or a closure, `.progress(|done: usize, total: usize| ..)`",
    note = "see `pymp::errors::map_argument`"
)]
pub trait IntoProgress {
    /// What it becomes.
    type Report: Report;

    /// Makes it.
    fn into_progress(self) -> Self::Report;
}

impl IntoProgress for &str {
    type Report = Label;

    fn into_progress(self) -> Label {
        Label::new(self)
    }
}

impl IntoProgress for String {
    type Report = Label;

    fn into_progress(self) -> Label {
        Label::new(&self)
    }
}

#[diagnostic::do_not_recommend]
impl<G: FnMut(usize, usize)> IntoProgress for G {
    type Report = Callback<G>;

    fn into_progress(self) -> Callback<G> {
        Callback { closure: self, call: |closure, done, total| closure(done, total) }
    }
}

/// A closure as a reporter.
// It holds how the closure is called, so that it needs no bound: of what is no closure rustc has said so when it was handed over.
#[derive(Clone, Copy)]
pub struct Callback<G> {
    closure: G,
    call: fn(&mut G, usize, usize),
}

impl<G> std::fmt::Debug for Callback<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Callback").finish_non_exhaustive()
    }
}

impl<G> Report for Callback<G> {
    fn report(&mut self, done: usize, total: usize) {
        (self.call)(&mut self.closure, done, total);
    }
}

/// No reports, the default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Report for Quiet {
    const QUIET: bool = true;

    fn report(&mut self, _done: usize, _total: usize) {}
}

/// Maps of no more tasks report every one.
const SHORT: usize = 256;

/// Longer ones leave so much time between two reports.
const PAUSE: Duration = Duration::from_millis(1);

/// What counts the tasks that are done.
pub trait Tally {
    /// So many more are done.
    fn add(&self, tasks: usize);

    /// There are no more. A panic of the reporter's is resumed.
    fn end(&self);

    /// What [`end`](Self::end) does if nobody has called it, without a panic: for a map that unwinds, or is dropped.
    fn leave(&self);
}

/// A reporter, and what it was told.
pub struct Progress<R>(Mutex<State<R>>);

struct State<R> {
    reporter: R,
    done: usize,
    total: usize,
    told: usize,
    last: Instant,
    /// Between the beginning and the end.
    running: bool,
    panic: Option<Payload>,
}

impl<R> std::fmt::Debug for Progress<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let state = self.0.lock();
        f.debug_struct("Progress").field("done", &state.done).field("total", &state.total).finish_non_exhaustive()
    }
}

impl<R: Report> Progress<R> {
    pub(super) fn new(reporter: R) -> Self {
        Self(Mutex::new(State { reporter, done: 0, total: 0, told: 0, last: Instant::now(), running: false, panic: None }))
    }

    /// A map of so many tasks begins.
    pub(super) fn begin(&self, total: usize) {
        if R::QUIET {
            return;
        }
        let mut state = self.0.lock();
        (state.done, state.total, state.told, state.last) = (0, total, 0, Instant::now());
        state.running = true;
        state.guarded(|reporter| reporter.begin(total));
    }

    /// The end, if it has not come before; what the reporter panicked with.
    fn over(&self) -> Option<Payload> {
        if R::QUIET {
            return None;
        }
        let mut state = self.0.lock();
        if !std::mem::take(&mut state.running) {
            return None;
        }
        if state.told < state.done {
            state.tell();
        }
        state.guarded(Report::end);
        state.panic.take()
    }
}

impl<R: Report> Tally for Progress<R> {
    #[inline]
    fn add(&self, tasks: usize) {
        if !R::QUIET && tasks > 0 {
            self.0.lock().add(tasks);
        }
    }

    fn end(&self) {
        if let Some(payload) = self.over() {
            resume_unwind(payload);
        }
    }

    fn leave(&self) {
        if let Some(payload) = self.over() {
            discard(payload);
        }
    }
}

impl<T: Tally> Tally for &T {
    #[inline]
    fn add(&self, tasks: usize) {
        T::add(self, tasks);
    }

    fn end(&self) {
        T::end(self);
    }

    fn leave(&self) {
        T::leave(self);
    }
}

/// Leaves the tally when a map unwinds.
pub(super) struct Leaving<'t, T: Tally>(pub(super) &'t T);

impl<T: Tally> Drop for Leaving<'_, T> {
    fn drop(&mut self) {
        self.0.leave();
    }
}

impl<R: Report> State<R> {
    fn add(&mut self, tasks: usize) {
        let until = self.done + tasks;
        // Inputs that could not say how many they are.
        self.total = self.total.max(until);
        if self.total <= SHORT {
            while self.done < until {
                self.done += 1;
                self.tell();
            }
            return;
        }
        self.done = until;
        if self.done == self.total || self.last.elapsed() >= PAUSE {
            self.tell();
            self.last = Instant::now();
        }
    }

    fn tell(&mut self) {
        let (done, total) = (self.done, self.total);
        self.told = done;
        self.guarded(|reporter| reporter.report(done, total));
    }

    fn guarded(&mut self, call: impl FnOnce(&mut R)) {
        if self.panic.is_none() {
            self.panic = catch_unwind(AssertUnwindSafe(|| call(&mut self.reporter))).err();
        }
    }
}
