//! What the threads of a loop share, and what becomes of it.

use std::marker::PhantomData;
use std::mem::needs_drop;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crossbeam_utils::CachePadded;
use parking_lot::Mutex;

use super::numbered;
use super::ordered::Turn;
use super::partials::{self, Cutoff, Gain, Partials};
use super::plan::{Order, Plan, Units};
use crate::panic::{self, Payload};
use crate::reduction::Reductions;
use crate::schedule::Dispatch;

/// What all threads of a loop share, beside what it runs over. Nothing in it needs a drop: the calling thread alone then keeps it in
/// registers.
// What every thread reads comes first, see `Work`.
#[repr(C)]
pub(super) struct State<'l, R, V> {
    pub(super) dispatch: Dispatch<'l>,
    pub(super) units: Units,
    order: Order,
    /// No iteration with a number above this one is begun.
    pub(super) bound: AtomicUsize,
    pub(super) ops: &'l R,
    /// Only a loop with `ordered` has one.
    pub(super) turn: Option<&'l Turn>,
    value: PhantomData<fn() -> V>,
}

/// The panic that the caller is to see, with the number of its iteration.
#[derive(Default)]
pub(super) struct Kept(Mutex<Option<(usize, Payload)>>);

impl<R, V> State<'_, R, V> {
    /// There are partial results to collect; else there is no grid of blocks either.
    pub(super) const REDUCES: bool = size_of::<V>() > 0 || needs_drop::<V>();

    pub(super) fn lower_bound(&self, number: usize) {
        // Release, with the Acquire in `next`: whoever stops because of the bound sees what its cause has written.
        self.bound.fetch_min(number, Ordering::Release);
        if let Some(turn) = self.turn {
            turn.wake_all();
        }
    }
}

impl<'l, R: Reductions<V>, V> State<'l, R, V> {
    // Always: what is built elsewhere is moved into its place, and it is large.
    #[inline(always)]
    pub(super) fn new(ops: &'l R, plan: Plan, cursors: &'l [CachePadded<AtomicU64>], turn: Option<&'l Turn>) -> Self {
        const { assert!(!needs_drop::<Self>(), "it is kept in registers, and forgotten") };
        let Plan { schedule, team, units, order, monotonic } = plan;
        Self {
            dispatch: Dispatch::new(schedule, units.count(), team, monotonic, cursors),
            units,
            order,
            bound: AtomicUsize::new(usize::MAX),
            ops,
            turn,
            value: PhantomData,
        }
    }

    /// What a thread starts with.
    #[inline]
    pub(super) fn partials(&self) -> Partials<V> {
        // Without results the order is no matter, and then the compiler knows that there is nothing to drop.
        Partials::new(if Self::REDUCES { self.order } else { Order::Threads })
    }

    /// What a thread has when it is done with its share.
    #[inline]
    pub(super) fn gain(&self, partials: Partials<V>) -> Gain<V> {
        if Self::REDUCES { partials.into_gain() } else { Gain::Nothing }
    }

    /// Keeps the payload of a thread's panic; that of the lowest iteration when iterations may leave the loop, else the first.
    #[cold]
    pub(super) fn unwound(&self, kept: &Kept, leaves: bool, payload: Payload) {
        let at = if leaves { numbered::reached() } else { 0 };
        self.lower_bound(at);
        kept.keep(at, payload);
    }

    /// The combined result, or the panic that the caller must see.
    #[inline]
    pub(super) fn collect(&mut self, kept: &mut Kept, gains: impl Iterator<Item = Gain<V>>) -> Result<Option<V>, Payload> {
        let bound = self.outcome(kept)?;
        let cutoff = (bound != usize::MAX).then(|| Cutoff { number: bound, leaf: self.units.leaf(bound) });
        Ok(partials::combine(self.order, gains, cutoff, |acc, part| self.ops.combine(acc, part)))
    }

    /// The last iteration that counts, or the panic that the caller must see.
    #[inline]
    pub(super) fn outcome(&mut self, kept: &mut Kept) -> Result<usize, Payload> {
        let bound = *self.bound.get_mut();
        if kept.is_any() { kept.outcome(bound) } else { Ok(bound) }
    }
}

impl Kept {
    fn keep(&self, at: usize, payload: Payload) {
        let mut kept = self.0.lock();
        let loser = match &*kept {
            Some((other, _)) if *other <= at => Some(payload),
            _ => kept.replace((at, payload)).map(|(_, payload)| payload),
        };
        // A payload's own Drop must not run under the lock.
        drop(kept);
        panic::discard(loser);
    }

    #[inline]
    fn is_any(&mut self) -> bool {
        self.0.get_mut().is_some()
    }

    /// A panic counts unless a lower iteration has left the loop.
    #[cold]
    fn outcome(&mut self, bound: usize) -> Result<usize, Payload> {
        match self.0.get_mut().take() {
            Some((at, payload)) if at <= bound => Err(payload),
            other => {
                panic::discard(other);
                Ok(bound)
            }
        }
    }
}
