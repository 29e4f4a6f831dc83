//! A loop: its clauses, and what the threads of its team do.
//!
//! 1. [`Loop`] holds the clauses; [`Loop::run`] leases a team, plans the loop for its size and lets every thread run the body's frame.
//! 2. In the frame a thread asks its [`Share`] for chunks until there are no more: `next` gives the items of a chunk and the parts
//!    of the arrays that its iterations own.
//! 3. Around each chunk the frame takes the partial results and puts them back (`partials.rs`); `plan.rs` decides how they combine.
//! 4. An iteration that leaves the loop lowers the bound (`exit.rs`): chunks above it are not begun, those below it are all run,
//!    so that the lowest iteration wins, as in the serial loop.

mod exit;
mod numbered;
mod ordered;
mod partials;
mod places;
mod plan;
pub mod seen;
// Unsafe: relies on the schedules' law to ask sources and arrays for disjoint parts.
#[expect(unsafe_code)]
mod share;
mod site;
mod watched;

use std::marker::PhantomData;
use std::mem::{forget, needs_drop};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

pub use self::exit::{Exit, Question, Residual};
pub use self::numbered::Numbered;
pub use self::ordered::Seat;
use self::plan::{Plan, Reduces};
use self::seen::{Answers, Asked, Call, Frame};
pub use self::share::Share;
use self::share::State;
pub use self::site::Site;
use self::site::Trial;
pub use self::watched::Watched;
use crate::count::Count;
use crate::disjoint::Split;
use crate::erase::Body;
use crate::reduction::{Reduction, Reductions, variable::InParts};
use crate::schedule::{IntoSchedule, Schedule};
use crate::source::{NEEDS_COUNT, Source};
use crate::{config, query, team};

/// The clauses of a loop.
///
/// # Examples
///
/// ```
/// use pymp_runtime::{Disjoint, IntoCut, Loop, Schedule};
///
/// let mut squares = vec![0; 100];
/// Loop::new().num_threads(2).schedule(Schedule::dynamic(8)).run(
///     (0..100).into_cut().into_source(),
///     (squares.as_disjoint().named("squares"),),
///     &(),
///     |share| {
///         while let Some((chunk, (mut squares,))) = share.next() {
///             for i in chunk {
///                 squares[i] = i * i;
///             }
///         }
///     },
/// );
/// assert_eq!(squares[9], 81);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a loop does nothing until it is run"]
pub struct Loop {
    site: Option<&'static Site>,
    num_threads: Option<NonZeroUsize>,
    schedule: Option<Schedule>,
    chunk: Option<NonZeroUsize>,
    min_chunk: Option<NonZeroUsize>,
    parallel: bool,
    reproducible: bool,
    reduces: Reduces,
    ordered: bool,
    leaves: bool,
}

/// What the frame of a macro's loop gives at its end. A `return` that a macro of the user's hides from ours would end the frame,
/// not the function; it has no such value, so it does not compile.
#[derive(Debug)]
pub struct EndOfLoop;

impl Default for Loop {
    fn default() -> Self {
        Self::new()
    }
}

impl Loop {
    /// A loop without clauses: static schedule, a team of the default size.
    pub const fn new() -> Self {
        Self {
            site: None,
            num_threads: None,
            schedule: None,
            chunk: None,
            min_chunk: None,
            parallel: true,
            reproducible: false,
            reduces: Reduces::NOTHING,
            ordered: false,
            leaves: false,
        }
    }

    /// The place in the program where the loop stands. If nothing says how many threads it should have, neither a clause nor the
    /// environment nor the program, a loop too small to be worth a team is run by the calling thread alone, as its earlier runs
    /// have shown.
    pub fn at(mut self, site: &'static Site) -> Self {
        self.site = Some(site);
        self
    }

    /// `num_threads = n`: the size of the team.
    ///
    /// # Panics
    ///
    /// When `n` is 0 or below.
    #[track_caller]
    pub fn num_threads(mut self, n: impl Count) -> Self {
        self.num_threads = Some(n.positive("num_threads"));
        self
    }

    /// `schedule = s`: a [`Schedule`], or its text.
    ///
    /// # Panics
    ///
    /// When the text is not a schedule.
    #[track_caller]
    pub fn schedule(mut self, schedule: impl IntoSchedule) -> Self {
        self.schedule = Some(schedule.into_schedule());
        self
    }

    /// `chunk = n`: iterations in a chunk, where the schedule does not say.
    ///
    /// # Panics
    ///
    /// When `n` is 0 or below.
    #[track_caller]
    pub fn chunk(mut self, n: impl Count) -> Self {
        self.chunk = Some(n.positive("chunk"));
        self
    }

    /// `min_chunk = n`: a thread is worth at least `n` iterations.
    ///
    /// # Panics
    ///
    /// When `n` is 0 or below.
    #[track_caller]
    pub fn min_chunk(mut self, n: impl Count) -> Self {
        self.min_chunk = Some(n.positive("min_chunk"));
        self
    }

    /// `if = condition`: when false, the loop runs on the calling thread alone.
    pub fn only_if(mut self, condition: bool) -> Self {
        self.parallel &= condition;
        self
    }

    /// `reproducible`: reductions come out the same bit for bit at every team size, under every schedule.
    pub fn reproducible(mut self, on: bool) -> Self {
        self.reproducible = on;
        self
    }

    /// Says that the loop reduces a variable by `op`, for each of its reductions. What rounds keeps to a grid of blocks under the default
    /// schedule, coarser for what is heavy to combine. `like` is the variable's value before the loop.
    pub fn reduces<T>(mut self, op: &impl Reduction<T>, like: &T) -> Self {
        self.reduces = self.reduces.and::<T>(op.exact(), op.weight(like));
        self
    }

    /// The same of a variable that may be a slice.
    pub fn reduces_in_parts<T: ?Sized, R: InParts<T>>(mut self, op: &R, like: &T) -> Self {
        self.reduces = self.reduces.and::<R::Part>(op.is_exact(), op.weighs(like));
        self
    }

    /// Says that an iteration takes some nanoseconds only. Then a reduction that must be the same for every team has parts of many
    /// iterations, where else each of a few iterations may be a part of its own.
    pub fn short_iterations(mut self) -> Self {
        self.reduces = self.reduces.of_short_iterations();
        self
    }

    /// `ordered`: iterations may use [`Share::seat`].
    pub fn ordered(mut self) -> Self {
        self.ordered = true;
        self
    }

    /// Says that iterations may leave the loop, so that the lowest one that does wins, panics included.
    pub fn leaves(mut self) -> Self {
        self.leaves = true;
        self
    }

    /// Runs `frame` once on each thread of the team; it takes its chunks from its [`Share`]. Returns the combined partial results,
    /// or `None` when no chunk was run to its `put`.
    ///
    /// # Panics
    ///
    /// With the payload of a panic in the frame, when all threads have stopped.
    #[track_caller]
    pub fn run<S, D, R, V, F, E>(self, source: S, owned: D, ops: &R, frame: F) -> Option<V>
    where
        S: Source,
        D: Split<S>,
        R: Reductions<V>,
        V: Send,
        F: Fn(&mut Share<'_, S, D, R, V>) -> E + Sync,
    {
        self.start(source, owned, ops, frame)
    }

    /// The same for the expansion, which has asked of each variable whether every thread may use it.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[inline(always)]
    #[track_caller]
    pub fn run_seen<S, D, R, V, F, E, A>(self, source: S, owned: D, ops: &R, _asked: Asked<A>, frame: F) -> Option<V>
    where
        S: Source,
        D: Split<S>,
        R: Reductions<V>,
        V: Send,
        A: Answers,
        // The comment is for users: rustc shows the line when a loop changes or takes what all threads see.
        F: Fn(&mut Share<'_, S, D, R, V>) -> E + Frame<A::Is, S, D, R, V, E>, // all threads run the loop's body
    {
        self.start(source, owned, ops, frame.called())
    }

    #[inline(always)]
    #[track_caller]
    fn start<S, D, R, V, F, E>(mut self, source: S, mut owned: D, ops: &R, frame: F) -> Option<V>
    where
        S: Source,
        D: Split<S>,
        R: Reductions<V>,
        V: Send,
        F: Call<S, D, R, V, E> + Sync,
    {
        let count = source.count();
        if count == Some(0) {
            return None;
        }
        if !State::<S, D, R, V>::REDUCES {
            self.reduces = Reduces::NOTHING;
        }
        let schedule = self.resolved_schedule(count.is_some());
        let trial = self.trial(count);
        let lease = team::lease(trial.threads);
        owned.begin(&source, lease.size());
        let plan = Plan::new(&self, schedule, count, lease.size(), ops.commutative());
        let state = State::new(source, owned, ops, plan, &lease);
        let mut work = Work { state, frame, leaves: self.leaves, end: PhantomData };
        // Under `ordered` a thread may wait for one that has not begun, so nobody may put the other's share off.
        if self.ordered {
            lease.run(&work)
        } else {
            lease.run_loop(&work)
        }
        let result = work.state.collect();
        if !State::<S, D, R, V>::REDUCES && !self.ordered && !needs_drop::<(S, D, F)>() {
            // Nothing is left in it that must be dropped, which takes longer to find out than some loops.
            forget(work);
        }
        trial.end(lease.size());
        match result {
            Ok(result) => result,
            Err(payload) => resume_unwind(payload),
        }
    }

    /// How many threads to ask for, and whether this run is to be timed.
    #[inline]
    fn trial(&self, count: Option<usize>) -> Trial<'static> {
        let asked = self.requested_threads(count);
        match (self.site, count) {
            (Some(site), Some(count)) if !config::says_num_threads() => site.trial(asked, count),
            _ => Trial::of(asked),
        }
    }

    #[inline]
    fn requested_threads(&self, count: Option<usize>) -> usize {
        if !self.parallel {
            return 1;
        }
        let asked = match self.num_threads {
            Some(n) => n.get(),
            None => query::max_threads(),
        };
        match (self.min_chunk, count) {
            (Some(least), Some(count)) => asked.min((count / least).max(1)),
            _ => asked,
        }
    }

    #[track_caller]
    #[inline]
    fn resolved_schedule(&self, counted: bool) -> Option<Schedule> {
        match (self.schedule, self.chunk) {
            (None, None) => None,
            _ => self.asked_schedule(counted),
        }
    }

    #[track_caller]
    fn asked_schedule(&self, counted: bool) -> Option<Schedule> {
        let schedule = match self.schedule {
            Some(Schedule::Runtime) => Some(config::schedule()),
            schedule => schedule,
        };
        let schedule = match (schedule, self.chunk) {
            (None | Some(Schedule::Static | Schedule::StaticChunk(_)), Some(chunk)) if counted => {
                Some(Schedule::StaticChunk(chunk))
            }
            (None, Some(chunk)) | (Some(Schedule::Dynamic(_)), Some(chunk)) => Some(Schedule::Dynamic(chunk)),
            (Some(Schedule::Guided(_)), Some(chunk)) => Some(Schedule::Guided(chunk)),
            (Some(Schedule::Auto), Some(_)) => panic!("`chunk` does not go with the schedule `auto`, which chooses it"),
            (schedule, _) => schedule,
        };
        match schedule {
            Some(Schedule::Static | Schedule::StaticChunk(_)) if !counted && self.schedule != Some(Schedule::Runtime) => {
                panic!("{NEEDS_COUNT}")
            }
            schedule => schedule,
        }
    }
}

/// A loop and what its threads share, in one piece, see [`Body`].
struct Work<'l, S, D, R, V, F, E> {
    state: State<'l, S, D, R, V>,
    frame: F,
    leaves: bool,
    end: PhantomData<fn() -> E>,
}

impl<S, D, R, V, F, E> Body for Work<'_, S, D, R, V, F, E>
where
    S: Source,
    D: Split<S>,
    R: Reductions<V>,
    V: Send,
    F: Call<S, D, R, V, E> + Sync,
{
    // Not inlined, or a loop would be there twice: for a team, and for the calling thread alone.
    #[inline(never)]
    fn run(&self, thread: usize) {
        let mut partials = self.state.partials();
        let mut share = self.state.share(thread, &mut partials);
        match catch_unwind(AssertUnwindSafe(|| self.frame.call(&mut share))) {
            Ok(_) => self.state.finish(thread, partials),
            Err(payload) => self.state.unwound(self.leaves, payload),
        }
    }
}
