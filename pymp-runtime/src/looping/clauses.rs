//! The clauses of a loop, and what they come to.

use std::num::NonZeroUsize;

use super::plan::Reduces;
use super::site::Site;
use crate::count::{Count, threads};
use crate::reduction::{Reduction, variable::InParts};
use crate::schedule::{IntoSchedule, Schedule};
use crate::source::NEEDS_COUNT;
use crate::{config, query};

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
    pub(super) site: Option<&'static Site>,
    pub(super) num_threads: Option<NonZeroUsize>,
    pub(super) schedule: Option<Schedule>,
    pub(super) chunk: Option<NonZeroUsize>,
    pub(super) min_chunk: Option<NonZeroUsize>,
    pub(super) parallel: bool,
    pub(super) reproducible: bool,
    pub(super) reduces: Reduces,
    pub(super) ordered: bool,
    pub(super) leaves: bool,
}

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
    /// When `n` is 0 or below, or above 8192.
    #[track_caller]
    pub fn num_threads(mut self, n: impl Count) -> Self {
        self.num_threads = Some(threads(n));
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

    /// `ordered`: iterations may use [`Share::seat`](super::Share::seat).
    pub fn ordered(mut self) -> Self {
        self.ordered = true;
        self
    }

    /// Says that iterations may leave the loop, so that the lowest one that does wins, panics included.
    pub fn leaves(mut self) -> Self {
        self.leaves = true;
        self
    }

    /// How many threads are asked for.
    #[inline]
    pub(super) fn requested_threads(&self, count: Option<usize>) -> usize {
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

    /// The schedule, if any clause says something of it.
    #[track_caller]
    #[inline]
    pub(super) fn resolved_schedule(&self, counted: bool) -> Option<Schedule> {
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
