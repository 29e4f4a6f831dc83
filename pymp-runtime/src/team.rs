//! A leased, hot team: threads that wait for the next region and need not be started.
//!
//! 1. [`lease`] decides the size and takes a team that waits in the depot. The lease owns it: no two regions share a worker, so
//!    that the threads of a region may wait for one another.
//! 2. [`Lease::run`] and [`Lease::run_loop`] run a body on every thread of it, as often as one likes.
//! 3. Dropping the lease brings the team back.

use crate::account::{self, Entry};
use crate::binding::{self, Binding, Entered};
use crate::config::{self, Nested, ProcBind};
use crate::context::{self, Frame};
use crate::depot;
use crate::erase::{self, Body, Gains, Leftover, Slot, Waiting};
use crate::pool;
use crate::region::WorkShares;
use crate::wait::{self, Patience};
use crossbeam_utils::CachePadded;
use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// The workers of a team, and what its loops need. It is in one place at a time: in the depot, or in a lease.
#[derive(Debug)]
pub(crate) struct Team {
    slots: Box<[Arc<Slot>]>,
    cursors: Box<[CachePadded<AtomicU64>]>,
    work_shares: WorkShares,
    /// The entering thread's record of waiting for these workers.
    patience: Patience,
    bound: Bound,
}

/// Where the workers of a team are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    /// They come from other teams, or were started by a thread that may have been bound.
    Unknown,
    As(Option<Binding>),
}

impl Team {
    pub(crate) fn new(slots: Vec<Arc<Slot>>) -> Self {
        let cursors = (0..=slots.len()).map(|_| CachePadded::default()).collect();
        let work_shares = WorkShares::new(slots.len() + 1);
        Team { slots: slots.into(), cursors, work_shares, patience: Patience::new(), bound: Bound::Unknown }
    }

    /// Its threads, the entering one included.
    #[inline]
    pub(crate) fn size(&self) -> usize {
        self.slots.len() + 1
    }

    pub(crate) fn into_slots(self) -> Vec<Arc<Slot>> {
        self.slots.into_vec()
    }
}

/// The threads for a region or a loop entered here, at most `requested` (0 is taken for 1) and at least one, the calling thread.
///
/// Fewer than requested if the thread limit, `config::dynamic` or the system say so; one if this is inside an active region, unless
/// nesting is allowed. A lease of one thread costs nothing.
///
/// # Panics
/// Inside of a region, if nesting is denied.
#[inline]
#[track_caller]
pub(crate) fn lease(requested: usize) -> Lease {
    lease_bound(requested, None)
}

/// The same for a region that says itself where its threads run.
#[inline]
#[track_caller]
pub(crate) fn lease_bound(requested: usize, bind: Option<ProcBind>) -> Lease {
    let here = context::here();
    if here.level() > 0 && config::nested() == Nested::Deny {
        denied(here.level());
    }
    if requested <= 1 || !pool::THREADS || context::is_lent(here) {
        return Lease::alone();
    }
    lease_several(here, requested, bind)
}

// Not inlined, or each loop would hold it, and one that runs alone would do more than look at where it is.
#[inline(never)]
fn lease_several(here: Frame, requested: usize, bind: Option<ProcBind>) -> Lease {
    if here.active_level() as usize >= config::max_active_levels() {
        return Lease::alone();
    }
    let flags = config::flags();
    let most = if flags.dynamic() { config::num_procs() } else { context::MOST };
    let requested = requested.min(most);
    let new = here.active_level() == 0;
    let (size, entry, threads) = account::enter(requested, new, config::thread_limit().unwrap_or(usize::MAX));
    if size == 1 {
        return Lease::alone();
    }
    let Some(team) = depot::take(size) else {
        entry.leave();
        return Lease::alone();
    };
    let entry = if team.size() < size { entry.shrink(team.size(), new) } else { entry };
    let polls = wait::polls(config::wait_policy(), threads, config::num_procs());
    let mut held = Held { team, entry, polls, entered: None };
    if flags.binds() {
        held.bind(here, bind);
    }
    Lease { held: Some(held), running: Cell::new(false), on_this_thread: PhantomData }
}

#[cold]
#[track_caller]
fn denied(level: u32) -> ! {
    panic!(
        "a parallel region or loop was entered inside of another one (level {level}), and nesting is denied; \
         config::set_nested(Nested::Serialize) would run it on one thread, Nested::Allow on a team of its own"
    );
}

/// A team, for as long as this lives. It stays on the thread that leased it, which is thread 0.
#[derive(Debug)]
pub(crate) struct Lease {
    /// `None`: the calling thread alone.
    held: Option<Held>,
    /// A region is being run.
    running: Cell<bool>,
    on_this_thread: PhantomData<*const ()>,
}

#[derive(Debug)]
struct Held {
    team: Box<Team>,
    entry: Entry,
    polls: u32,
    /// The entering thread is bound.
    entered: Option<Box<Entered>>,
}

impl Held {
    /// The threads of the team go where they are to run.
    #[cold]
    fn bind(&mut self, here: Frame, clause: Option<ProcBind>) {
        let (bind, stays) = config::binding_at(here.level() as usize, clause);
        let wanted = Binding::wanted(bind, self.team.size());
        match wanted {
            Some(binding) => self.entered = Some(Box::new(binding.enter(stays))),
            None if here.active_level() == 0 => binding::free_entering(),
            None => {}
        }
        if self.team.bound != Bound::As(wanted) {
            erase::send(&self.team.slots, Leftover::Await, self.waiting(), |thread| match wanted {
                _ if thread == 0 => {}
                Some(binding) => binding.bind_worker(thread),
                None => binding::free_worker(),
            });
            self.team.bound = Bound::As(wanted);
        }
    }

    #[inline]
    fn waiting(&self) -> Waiting<'_> {
        Waiting { polls: self.polls, patience: &self.team.patience }
    }
}

impl Lease {
    #[inline]
    fn alone() -> Self {
        Lease { held: None, running: Cell::new(false), on_this_thread: PhantomData }
    }

    /// How many threads there are, at least 1.
    #[inline]
    pub(crate) fn size(&self) -> usize {
        self.held.as_ref().map_or(1, |held| held.team.size())
    }

    /// How often a thread of the team may poll when it waits for another one.
    #[inline]
    pub(crate) fn polls(&self) -> u32 {
        self.held.as_ref().map_or(0, |held| held.polls)
    }

    /// One for each thread, reused by every loop of this team, so that a loop allocates nothing. None for one thread: what it gets is
    /// settled.
    #[inline]
    pub(crate) fn cursors(&self) -> &[CachePadded<AtomicU64>] {
        self.held.as_ref().map_or(&[], |held| &held.team.cursors)
    }

    /// The mailboxes of the workers, each free again when its thread has come to the end.
    #[inline]
    pub(crate) fn workers(&self) -> &[Arc<Slot>] {
        self.held.as_ref().map_or(&[], |held| &held.team.slots)
    }

    /// Where the team meets for the loops of its region; `None` for a team of one, who has nobody to meet.
    #[inline]
    pub(crate) fn work_shares(&self) -> Option<&WorkShares> {
        self.held.as_ref().map(|held| &held.team.work_shares)
    }

    /// Runs `body` once as each thread of the team, each on a thread of its own; returns when all have stopped, and resumes the
    /// first panic. Thread 0 is the calling thread.
    #[inline]
    pub(crate) fn run<B: Body<Gain = ()>>(&self, body: B) {
        self.send(Leftover::Await, body);
    }

    /// As [`run`](Self::run), but when the calling thread is done with its own share it runs those that nobody begins in due time, as the
    /// threads that they belong to: beside a busy neighbour, whose core the worker waits for, a loop takes no longer than
    /// without a team. Only for bodies that do not wait for another thread of the team to *begin*.
    #[inline]
    pub(crate) fn run_loop<B: Body<Gain = ()>>(&self, body: B) {
        self.send(Leftover::TakeBack, body);
    }

    #[inline]
    fn send<B: Body<Gain = ()>>(&self, leftover: Leftover, body: B) {
        let _running = Running::begin(&self.running);
        match &self.held {
            Some(held) => erase::send(&held.team.slots, leftover, held.waiting(), body),
            None => {
                let _inside = context::enter_alone();
                body.run(0);
            }
        }
    }

    /// Either of them, of a body that stays where it is, and whose shares may come to something.
    #[inline]
    pub(crate) fn gather<B: Body>(&self, leftover: Leftover, body: &B) -> Gained<'_, B::Gain> {
        let running = Running::begin(&self.running);
        let gains = match &self.held {
            Some(held) => erase::lend(&held.team.slots, leftover, held.waiting(), body),
            None => {
                let _inside = context::enter_alone();
                Gains::alone(body.run(0))
            }
        };
        Gained { gains, _running: running }
    }
}

impl Drop for Lease {
    #[inline]
    fn drop(&mut self) {
        if let Some(held) = self.held.take() {
            // In this order: who is counted out must be there to be found.
            depot::put(held.team);
            held.entry.leave();
        }
    }
}

/// What the threads have gained, in thread order. As long as it is there the lease runs nothing else.
// In this order: what nobody has asked for is dropped before the lease is free.
pub(crate) struct Gained<'l, G: Send> {
    gains: Gains<'l, G>,
    _running: Running<'l>,
}

impl<G: Send> Iterator for Gained<'_, G> {
    type Item = G;

    #[inline]
    fn next(&mut self) -> Option<G> {
        self.gains.next()
    }
}

/// One region at a time on one lease; what `erase` relies on.
struct Running<'a>(&'a Cell<bool>);

impl<'a> Running<'a> {
    #[inline]
    fn begin(running: &'a Cell<bool>) -> Self {
        assert!(!running.replace(true), "a region was entered with a team that is in a region");
        Running(running)
    }
}

impl Drop for Running<'_> {
    #[inline]
    fn drop(&mut self) {
        self.0.set(false);
    }
}

#[cfg(all(test, not(loom), feature = "threads"))]
mod tests;

#[cfg(all(test, not(loom), not(feature = "threads")))]
mod threadless;
