//! How a loop is run: the team is leased, the loop planned for its size, and every thread runs the body's frame.

use std::marker::PhantomData;
use std::mem::{forget, needs_drop};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::clauses::Loop;
use super::partials::Gain;
use super::plan::{Plan, Reduces};
use super::seen::{Answers, Asked, Call, Frame};
use super::share::Share;
use super::site::Trial;
use super::state::State;
use crate::disjoint::Split;
use crate::erase::{Body, Leftover};
use crate::reduction::Reductions;
use crate::source::Source;
use crate::{config, team};

/// What the frame of a macro's loop gives at its end. A `return` that a macro of the user's hides from ours would end the frame,
/// not the function; it has no such value, so it does not compile.
#[derive(Debug)]
pub struct EndOfLoop;

impl Loop {
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
        let mut silent = Silent(Work { frame, state, leaves: self.leaves, end: PhantomData });
        // Under `ordered` a thread may wait for one that has not begun, so nobody may put the other's share off.
        let leftover = if self.ordered { Leftover::Await } else { Leftover::TakeBack };
        let result = if State::<S, D, R, V>::REDUCES {
            let gains = lease.gather(leftover, &silent.0);
            silent.0.state.collect(gains)
        } else {
            lease.gather(leftover, &silent);
            silent.0.state.outcome().map(|_| None)
        };
        if !State::<S, D, R, V>::REDUCES && !self.ordered && !needs_drop::<(S, D, F)>() {
            // Nothing is left in it that must be dropped, which takes longer to find out than some loops.
            forget(silent);
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
        match (self.site, count) {
            (Some(site), Some(count)) if !config::says_num_threads() => {
                if site.is_in_lull(count) {
                    Trial::of(1)
                } else {
                    site.trial(self.requested_threads(Some(count)), count)
                }
            }
            _ => Trial::of(self.requested_threads(count)),
        }
    }
}

/// A loop and what its threads share, in one piece, see [`Body`].
// On lines of its own, and what every thread reads first: each line travels to the other core by itself, and that is most of what a
// short loop costs.
#[repr(C, align(128))]
struct Work<'l, S, D, R, V, F, E> {
    frame: F,
    state: State<'l, S, D, R, V>,
    leaves: bool,
    end: PhantomData<fn() -> E>,
}

/// The same, of a loop whose shares come to nothing.
#[repr(transparent)]
struct Silent<W>(W);

impl<W: Body> Body for Silent<W> {
    type Gain = ();

    #[inline]
    fn run(&self, thread: usize) {
        self.0.run(thread);
    }
}

impl<S, D, R, V, F, E> Body for Work<'_, S, D, R, V, F, E>
where
    S: Source,
    D: Split<S>,
    R: Reductions<V>,
    V: Send,
    F: Call<S, D, R, V, E> + Sync,
{
    type Gain = Gain<V>;

    // Not inlined, or a loop would be there twice: for a team, and for the calling thread alone.
    #[inline(never)]
    fn run(&self, thread: usize) -> Gain<V> {
        let mut partials = self.state.partials();
        let mut share = Share::new(&self.state, thread, &mut partials);
        match catch_unwind(AssertUnwindSafe(|| self.frame.call(&mut share))) {
            Ok(_) => self.state.gain(partials),
            Err(payload) => {
                self.state.unwound(self.leaves, payload);
                Gain::Nothing
            }
        }
    }
}
