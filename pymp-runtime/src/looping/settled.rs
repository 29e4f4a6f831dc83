//! A loop of which each thread knows by itself what is its own, and which comes to nothing: no results, nothing leaves it, and the schedule is
//! the default one. Its threads share hardly more than what the user has written, often so little that it travels with the job.

use std::marker::PhantomData;
use std::mem::ManuallyDrop;

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

impl<S, D, R, V, F, E> Settled<'_, S, D, R, V, F, E>
where
    S: Source,
    D: Split<S>,
    R: Reductions<V>,
    F: Call<S, D, R, V, E>,
{
    /// The share of a thread. A panic leaves it: there are no more chunks that other threads should not begin.
    #[inline(always)]
    pub(super) fn share(&self, thread: usize) {
        // Each thread makes its own, in registers: who shared one would wait for its lines.
        let state = State::new(self.ops, Plan::settled(self.source.count(), self.team), &[], None);
        // There are none. What needs a drop would keep the share in memory.
        let mut partials = ManuallyDrop::new(state.partials());
        self.frame.call(&mut Share::new(&state, (&self.source, &self.owned), thread, &mut partials));
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

    // Not inlined, or the loop would be there several times: for a body that lies in the letter, for one that does not, and for no team.
    #[inline(never)]
    fn run(&self, thread: usize) {
        self.share(thread);
    }
}
