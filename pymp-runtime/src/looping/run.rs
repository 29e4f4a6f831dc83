//! How a loop is run: the team is leased, the loop planned for its size, and every thread runs the body's frame.

use std::marker::PhantomData;
use std::mem::{forget, needs_drop};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::clauses::Loop;
use super::ordered::Turn;
use super::partials::Gain;
use super::plan::{Plan, Reduces};
use super::seen::{Answers, Asked, Call, Frame};
use super::settled::{Settled, run_share};
use super::share::Share;
use super::site::Trial;
use super::state::{Kept, State};
use crate::disjoint::Split;
use crate::erase::{Body, Leftover};
use crate::reduction::Reductions;
use crate::schedule::Schedule;
use crate::source::Source;
use crate::{config, context, team};

/// What the frame of a macro's loop gives. A `return` or `?` that a macro of the user's hides from ours would end the frame, not the
/// function; it has no such value, so it does not compile. Rustc tells the types.
pub type Ended = Result<EndOfLoop, WriteThisOutsideOfTheMacro>;

/// What it gives when all is done.
#[derive(Debug)]
pub struct EndOfLoop;

/// That.
pub const END: Ended = Ok(EndOfLoop);

/// What nobody has to return.
#[derive(Debug)]
pub enum WriteThisOutsideOfTheMacro {}

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
        // The comments are for users: rustc shows the line when a reduction is of such a type, or a loop changes or takes what all threads see.
        V: Send, // what is reduced goes from thread to thread, with all in it: see `pymp::errors::not_sent`
        A: Answers,
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
        if !State::<R, V>::REDUCES {
            self.reduces = Reduces::NOTHING;
        }
        let lull = self.is_in_lull(count);
        let comes_to_nothing = count.is_some() && !State::<R, V>::REDUCES && !self.leaves && !self.ordered;
        if lull
            && comes_to_nothing
            && let Some(_inside) = context::enter_first_alone()
        {
            owned.begin(&source, 1);
            Settled { frame, source, owned, ops, team: 1, comes_to: PhantomData }.alone();
            return None;
        }
        let trial = if lull { Trial::of(1) } else { self.trial(count) };
        let schedule = self.resolved_schedule(count.is_some());
        let lease = team::lease(trial.threads);
        owned.begin(&source, lease.size());
        if comes_to_nothing && matches!(schedule, None | Some(Schedule::Static)) {
            lease.run_loop(Settled { frame, source, owned, ops, team: lease.size(), comes_to: PhantomData });
            trial.end(lease.size());
            return None;
        }
        let plan = Plan::new(&self, schedule, count, lease.size(), ops.commutative());
        let turn = self.ordered.then(Box::<Turn>::default);
        let state = State::new(ops, plan, lease.cursors(), turn.as_deref());
        let mut silent =
            Silent(Work { frame, source, owned, state, kept: Kept::default(), leaves: self.leaves, end: PhantomData });
        // Under `ordered` a thread may wait for one that has not begun, so nobody may put the other's share off.
        let leftover = if self.ordered { Leftover::Await } else { Leftover::TakeBack };
        let result = if State::<R, V>::REDUCES {
            let gains = lease.gather(leftover, &silent.0);
            let Work { state, kept, .. } = &mut silent.0;
            state.collect(kept, gains)
        } else {
            lease.gather(leftover, &silent);
            let Work { state, kept, .. } = &mut silent.0;
            state.outcome(kept).map(|_| None)
        };
        if !State::<R, V>::REDUCES && !needs_drop::<(S, D, F)>() {
            // Nothing is left in it that must be dropped, which takes longer to find out than some loops.
            forget(silent);
        }
        trial.end(lease.size());
        match result {
            Ok(result) => result,
            Err(payload) => resume_unwind(payload),
        }
    }

    /// Whether it is known, without asking, that the calling thread does best alone.
    #[inline(always)]
    fn is_in_lull(&self, count: Option<usize>) -> bool {
        match (self.site, count) {
            (Some(site), Some(count)) => site.is_in_lull(count) && config::leaves_num_threads_open(),
            _ => false,
        }
    }

    /// How many threads to ask for, and whether this run is to be timed.
    #[inline]
    fn trial(&self, count: Option<usize>) -> Trial<'static> {
        match (self.site, count) {
            (Some(site), Some(count)) if !config::says_num_threads() => site.trial(self.requested_threads(Some(count)), count),
            _ => Trial::of(self.requested_threads(count)),
        }
    }
}

/// A loop of any kind and what its threads share, in one piece, see [`Body`].
// On lines of its own, and what every thread reads first: each line travels to the other core by itself, and that is most of what a
// short loop costs.
#[repr(C, align(128))]
struct Work<'l, S, D, R, V, F, E> {
    frame: F,
    source: S,
    owned: D,
    state: State<'l, R, V>,
    kept: Kept,
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
        // Only the compiler does not know that nothing in it needs a drop.
        forget(self.0.run(thread));
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

    // Not inlined, or it would be there twice: for a team, and for the calling thread alone.
    #[inline(never)]
    fn run(&self, thread: usize) -> Gain<V> {
        let mut partials = self.state.partials();
        let share = || run_share(&self.frame, (&self.source, &self.owned), &self.state, thread, &mut partials);
        match catch_unwind(AssertUnwindSafe(share)) {
            Ok(()) => self.state.gain(partials),
            Err(payload) => {
                self.state.unwound(&self.kept, self.leaves, payload);
                Gain::Nothing
            }
        }
    }
}
