//! A loop of which each thread knows by itself what is its own, and which comes to nothing: no results, nothing leaves it, and the schedule is
//! the default one. Its threads share hardly more than what the user has written, often so little that it travels with the job.

use std::marker::PhantomData;
use std::mem::ManuallyDrop;

use super::partials::Partials;
use super::plan::Plan;
use super::seen::Call;
use super::share::Share;
use super::state::State;
use crate::disjoint::Split;
use crate::erase::Body;
use crate::reduction::Reductions;
use crate::source::Source;

/// The loop, in one piece, see [`Body`].
pub(super) struct Settled<'l, S, D, R, V, F, E> {
    pub(super) frame: F,
    pub(super) source: S,
    pub(super) owned: D,
    pub(super) ops: &'l R,
    pub(super) team: usize,
    pub(super) comes_to: PhantomData<fn() -> (V, E)>,
}

impl<'l, S, D, R, V, F, E> Settled<'l, S, D, R, V, F, E>
where
    S: Source,
    D: Split<S>,
    R: Reductions<V>,
    F: Call<S, D, R, V, E>,
{
    /// What the threads of other loops share, each thread of this one makes by itself: else it would wait for the lines of who has made it.
    #[inline(always)]
    fn state(&self) -> State<'l, R, V> {
        State::new(self.ops, Plan::settled(self.source.count(), self.team), &[], None)
    }

    /// The calling thread does it all. In line, and without a call: so what the types and the clauses say is known there, and a loop of a
    /// few iterations is hardly more than the plain loop.
    #[inline(always)]
    pub(super) fn alone(self) {
        let state = self.state();
        // There are none. What needs a drop would keep the share in memory.
        let mut partials = ManuallyDrop::new(state.partials());
        self.frame.call(&mut Share::new(&state, (&self.source, &self.owned), 0, &mut partials));
    }
}

impl<S, D, R, V, F, E> Body for Settled<'_, S, D, R, V, F, E>
where
    S: Source,
    D: Split<S>,
    R: Reductions<V>,
    F: Call<S, D, R, V, E> + Sync,
{
    type Gain = ();

    /// A panic leaves it: there are no more chunks that other threads should not begin.
    #[inline]
    fn run(&self, thread: usize) {
        let state = self.state();
        let mut partials = ManuallyDrop::new(state.partials());
        run_share(&self.frame, (&self.source, &self.owned), &state, thread, &mut partials);
    }
}

/// The share of a thread in a team, of any loop.
// Not inlined, or the user's code would be there several times.
#[inline(never)]
pub(super) fn run_share<S, D, R, V, F, E>(
    frame: &F,
    whole: (&S, &D),
    state: &State<'_, R, V>,
    thread: usize,
    partials: &mut Partials<V>,
) where
    F: Call<S, D, R, V, E>,
{
    frame.call(&mut Share::new(state, whole, thread, partials));
}
