//! How a loop of a region is dealt out to one of its threads: its chunks, whatever the loop is over.
//!
//! An iterator over a loop has nothing that a function out of line changes: so the compiler can keep it in registers. Most loops need no
//! more than their number and their plan. What a thread knows beyond that of a loop with `.ordered()`, or of one that has no work share in
//! the team, is a [`Deal`], which the handle keeps and the iterator has the id of.

use crate::config;
use crate::region::Region;
use crate::region::handle::Course;
use crate::region::work_shares::elsewhere::Place;
use crate::region::work_shares::{Meeting, What, WorkShare};
use crate::schedule::{Chunked, Dispatch, Hand, Plan as _, Schedule, Settled, Steps, next_of_others, split};
use std::cell::{Cell, RefCell};
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::Arc;

/// How an iterator over a loop goes on.
#[derive(Debug)]
pub(super) enum State<'team> {
    New,
    /// In chunks that it takes turns at; nothing is shared.
    Turns(Hand, Chunked),
    /// In chunks on demand, from the work share of the loop of this number.
    Shared(u64, Dispatch<'team>),
    /// By the deal of this id.
    Dealt(usize),
    Ended,
}

/// The loops that a thread is in.
#[derive(Debug, Default)]
pub(in crate::region) struct Deals<'team> {
    /// The innermost last.
    all: RefCell<Vec<Deal<'team>>>,
    next: Cell<usize>,
}

/// A thread's dealings with one loop.
#[derive(Debug)]
pub(super) struct Deal<'team> {
    id: usize,
    /// The loop's number in the region.
    number: u64,
    pub(super) at: At<'team>,
    plan: Plan<'team>,
    hand: Hand,
    pub(super) ordered: bool,
    /// It is settled who gets which: each thread takes its own chunks and nobody else does.
    pub(super) settled: bool,
    /// The number of the next item, and the first one after its chunk.
    pub(super) numbers: Range<usize>,
    /// The iteration that the thread is at, and whether the turn has passed on from it: for `ordered`.
    pub(super) turn: usize,
    pub(super) passed: bool,
}

/// Where a loop is met.
#[derive(Clone, Debug)]
pub(super) enum At<'team> {
    /// A team of one meets nobody.
    Alone,
    Here(&'team WorkShare),
    Elsewhere(Arc<WorkShare>),
}

impl At<'_> {
    pub(super) fn work_share(&self) -> Option<&WorkShare> {
        match self {
            At::Alone => None,
            At::Here(work_share) => Some(work_share),
            At::Elsewhere(work_share) => Some(work_share),
        }
    }
}

#[derive(Debug)]
enum Plan<'team> {
    Made(Dispatch<'team>),
    /// For a work share that does not live as long as the team.
    MadeEachTime(What),
}

impl Deal<'_> {
    /// This thread's next chunk, empty when there is none.
    #[inline]
    fn next(&mut self, team: usize) -> Range<usize> {
        let numbers = match &self.plan {
            Plan::Made(plan) => self.hand.next(plan),
            Plan::MadeEachTime(what) => what.dispatch(self.at.work_share(), team).and_then(|plan| self.hand.next(&plan)),
        };
        let numbers = numbers.unwrap_or(0..0);
        self.numbers = numbers.clone();
        numbers
    }
}

impl<'team> Deals<'team> {
    /// The deal of this id, if it is there.
    #[inline]
    pub(super) fn with<T>(&self, id: usize, ask: impl FnOnce(&mut Deal<'team>) -> T) -> Option<T> {
        let mut all = self.all.borrow_mut();
        let place = place_of(&all, id)?;
        all.get_mut(place).map(ask)
    }

    /// That of the innermost loop with `.ordered()`.
    pub(super) fn with_ordered<T>(&self, ask: impl FnOnce(&mut Deal<'team>) -> T) -> Option<T> {
        self.all.borrow_mut().iter_mut().rev().find(|deal| deal.ordered).map(ask)
    }
}

/// Where the deal of this id is: hardly ever elsewhere than at the end.
#[inline]
fn place_of(deals: &[Deal<'_>], id: usize) -> Option<usize> {
    #[cold]
    fn search(deals: &[Deal<'_>], id: usize) -> Option<usize> {
        deals.iter().rposition(|deal| deal.id == id)
    }
    match deals.last() {
        Some(last) if last.id == id => Some(deals.len() - 1),
        _ => search(deals, id),
    }
}

pub(super) fn resolved(schedule: Schedule) -> Schedule {
    if schedule == Schedule::Runtime { config::schedule() } else { schedule }
}

impl<'team> Region<'team, '_> {
    /// This thread comes to a loop: all that it gets, where that can be said at once. `apart`: it may be numbers that are not
    /// consecutive.
    // In line: it is over before a call would be.
    #[inline]
    pub(super) fn whole_share(&self, units: usize, schedule: Schedule, ordered: bool, apart: bool) -> Option<Steps> {
        let (team, thread) = (self.num_threads(), self.thread_num());
        match schedule {
            Schedule::Static if !ordered => Some(split(units, team, thread).into()),
            Schedule::StaticChunk(NonZeroUsize::MIN) if !ordered && apart => Steps::every(team, thread, units),
            _ => None,
        }
    }

    /// Where it cannot: how it goes on, and its first chunk, empty when there is none.
    #[inline(never)]
    #[track_caller]
    pub(super) fn begin(&self, units: usize, schedule: Schedule, ordered: bool) -> (State<'team>, Range<usize>) {
        let (schedule, team, thread) = (resolved(schedule), self.num_threads(), self.thread_num());
        let settled = Settled::new(schedule, units, team);
        match settled {
            Some(Settled::Whole(_)) if !ordered => (State::Ended, split(units, team, thread)),
            Some(Settled::Turns(plan)) if !ordered => {
                let mut hand = Hand::new(thread);
                let first = plan.next(&mut hand).unwrap_or(0..0);
                (State::Turns(hand, plan), first)
            }
            _ => {
                self.check();
                let what = What::Loop { units, schedule, ordered };
                let (number, at) = if team == 1 { (0, At::Alone) } else { self.meet(what) };
                let plan = match at {
                    At::Here(work_share) => what.dispatch(Some(work_share), team),
                    _ => None,
                };
                if let (Some(plan), false) = (plan, ordered) {
                    let first = self.claim_shared(number, &plan);
                    let state = if plan.is_over(&first) { State::Ended } else { State::Shared(number, plan) };
                    return (state, first);
                }
                let id = self.begin_deal(what, number, at, settled.is_some(), ordered);
                let first = if ordered { self.claim_turn(id) } else { self.claim(id) };
                (State::Dealt(id), first)
            }
        }
    }

    fn begin_deal(&self, what: What, number: u64, at: At<'team>, settled: bool, ordered: bool) -> usize {
        let plan = match at {
            At::Here(work_share) => what.dispatch(Some(work_share), self.num_threads()).map(Plan::Made),
            _ => None,
        };
        let plan = plan.unwrap_or(Plan::MadeEachTime(what));
        let Deals { all, next } = &self.course().deals;
        let id = next.replace(next.get() + 1);
        let hand = Hand::new(self.thread_num());
        let deal = Deal { id, number, at, plan, hand, ordered, settled, numbers: 0..0, turn: 0, passed: true };
        all.borrow_mut().push(deal);
        id
    }

    #[track_caller]
    fn meet(&self, what: What) -> (u64, At<'team>) {
        match self.course().loops.meet(what) {
            Ok((number, Meeting::Here(work_share))) => (number, At::Here(work_share)),
            Ok((number, Meeting::Elsewhere)) => {
                let make = || Place::Loop(Arc::new(WorkShare::elsewhere(what, self.num_threads())));
                match self.state.elsewhere.place(number, make) {
                    Place::Loop(work_share) if work_share.is(what) => (number, At::Elsewhere(work_share)),
                    _ => self.diverged(what),
                }
            }
            Err(_) => self.diverged(what),
        }
    }

    /// This thread's next chunk of what is [`State::Shared`]. When that is over with it, the thread has left the loop.
    #[inline(never)]
    #[track_caller]
    pub(super) fn claim_shared(&self, number: u64, plan: &Dispatch<'_>) -> Range<usize> {
        self.check();
        let numbers = next_of_others(plan, self.thread_num());
        if plan.is_over(&numbers) {
            self.leave_shared(number);
        }
        numbers
    }

    /// This thread asks for no more of it.
    #[inline(never)]
    pub(super) fn leave_shared(&self, number: u64) {
        self.course().loops.leave(number);
    }

    /// This thread's next chunk. When it is empty, there is none, and the thread has left the loop.
    // Not an option, which would not fit into registers.
    #[inline(never)]
    pub(super) fn claim(&self, id: usize) -> Range<usize> {
        self.check();
        let numbers = self.take(id);
        if numbers.is_empty() {
            self.leave(id);
        }
        numbers
    }

    /// This thread's next chunk, empty when there is none.
    #[inline]
    pub(super) fn take(&self, id: usize) -> Range<usize> {
        let team = self.num_threads();
        self.course().deals.with(id, |deal| deal.next(team)).unwrap_or(0..0)
    }

    /// This thread does nothing more in the loop, if it is still in it.
    #[inline(never)]
    pub(super) fn leave(&self, id: usize) {
        let Course { deals, loops, .. } = self.course();
        if deals.with(id, |deal| deal.ordered) == Some(true) {
            self.leave_order(id);
        }
        let mut all = deals.all.borrow_mut();
        let Some(place) = place_of(&all, id) else { return };
        let (number, is_elsewhere) = (all[place].number, matches!(all[place].at, At::Elsewhere(_)));
        if place + 1 == all.len() {
            all.truncate(place);
        } else {
            all.remove(place);
        }
        if is_elsewhere {
            self.state.elsewhere.leave(number, self.num_threads());
        }
        loops.leave(number);
    }
}
