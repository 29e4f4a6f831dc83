//! What the threads of a loop share, and what becomes of it.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::numbered;
use super::ordered::Turn;
use super::partials::{self, Cutoff, Gain, Partials};
use super::plan::{Order, Plan, Units};
use crate::disjoint::Split;
use crate::reduction::Reductions;
use crate::schedule::Dispatch;
use crate::source::Source;
use crate::team::Lease;

type Payload = Box<dyn Any + Send>;

/// What all threads of a loop share.
// What every thread reads comes first, see `Work`.
#[repr(C)]
pub(super) struct State<'l, S, D, R, V> {
    pub(super) dispatch: Dispatch<'l>,
    pub(super) units: Units,
    order: Order,
    /// No iteration with a number above this one is begun.
    pub(super) bound: AtomicUsize,
    pub(super) source: S,
    pub(super) owned: D,
    pub(super) ops: &'l R,
    /// Only a loop with `ordered` has one.
    pub(super) turn: Option<Box<Turn>>,
    value: PhantomData<fn() -> V>,
    panic: Mutex<Option<(usize, Payload)>>,
}

impl<S, D, R, V> State<'_, S, D, R, V> {
    /// There are partial results to collect; else there is no grid of blocks either.
    pub(super) const REDUCES: bool = size_of::<V>() > 0;

    pub(super) fn lower_bound(&self, number: usize) {
        // Release, with the Acquire in `next`: whoever stops because of the bound sees what its cause has written.
        self.bound.fetch_min(number, Ordering::Release);
        if let Some(turn) = &self.turn {
            turn.wake_all();
        }
    }
}

impl<'l, S: Source, D: Split<S>, R: Reductions<V>, V> State<'l, S, D, R, V> {
    // Always: what is built elsewhere is moved into its place, and it is large.
    #[inline(always)]
    pub(super) fn new(source: S, owned: D, ops: &'l R, plan: Plan, lease: &'l Lease) -> Self {
        let Plan { schedule, team, units, order, monotonic } = plan;
        Self {
            dispatch: Dispatch::new(schedule, units.count(), team, monotonic, lease.cursors()),
            units,
            order,
            bound: AtomicUsize::new(usize::MAX),
            source,
            owned,
            ops,
            turn: monotonic.then(Box::default),
            value: PhantomData,
            panic: Mutex::new(None),
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
    pub(super) fn unwound(&self, leaves: bool, payload: Payload) {
        let at = if leaves { numbered::reached() } else { 0 };
        self.lower_bound(at);
        let mut kept = self.panic.lock().unwrap_or_else(PoisonError::into_inner);
        let dropped = match &*kept {
            Some((other, _)) if *other <= at => Some(payload),
            _ => kept.replace((at, payload)).map(|(_, payload)| payload),
        };
        drop(kept);
        // A payload whose drop panics must not take the thread with it.
        std::mem::forget(dropped);
    }

    /// The combined result, or the panic that the caller must see.
    #[inline]
    pub(super) fn collect(&mut self, gains: impl Iterator<Item = Gain<V>>) -> Result<Option<V>, Payload> {
        let bound = self.outcome()?;
        let cutoff = (bound != usize::MAX).then(|| Cutoff { number: bound, leaf: self.units.leaf(bound) });
        Ok(partials::combine(self.order, gains, cutoff, |acc, part| self.ops.combine(acc, part)))
    }

    /// The last iteration that counts, or the panic that the caller must see.
    #[inline]
    pub(super) fn outcome(&mut self) -> Result<usize, Payload> {
        let bound = *self.bound.get_mut();
        if self.panic.get_mut().unwrap_or_else(PoisonError::into_inner).is_some() { self.panicked(bound) } else { Ok(bound) }
    }

    /// A panic counts unless a lower iteration has left the loop.
    #[cold]
    fn panicked(&mut self, bound: usize) -> Result<usize, Payload> {
        match self.panic.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            Some((at, payload)) if at <= bound => Err(payload),
            _ => Ok(bound),
        }
    }
}
