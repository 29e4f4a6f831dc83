//! Lending the entering thread's stack to the team. The only place where a lifetime is erased.
//!
//! 1. [`lend`] makes a closure `share` on the entering thread's stack and publishes its address to every slot of the team.
//! 2. Each worker's [`serve`] claims the job and calls it with its thread number.
//! 3. `lend` runs its own share, and does not return before every slot is free again.
//!
//! **Why the address is alive whenever it is used.** A worker uses it between `claim` and `finish` only. `claim` succeeds once
//! per `publish`, and not at all after a successful `take_back`; the slot is free (`is_free`, `park_until_free`) only before
//! `publish`, after `finish`, and after `take_back`. [`Lent`] waits until every slot it published to is free, and it does so in
//! its `Drop`, thus also when something unwinds past it. Nothing in between can leave the frame otherwise: the value is never
//! moved out of [`lend`], so that it cannot be leaked.
//!
//! **Unwinding.** A share never unwinds into us: `Panics::catch` is around it. If it did all the same, the worker would still
//! `finish` (a guard does it), and the entering thread would still wait.
//!
//! **Who may publish.** `publish` and `claim` are visible in this file only. The slots of a team belong to one lease at a time,
//! and a lease runs one region at a time (`Lease::run` sees to that), so that no job is published over another one.

#![allow(unsafe_code, reason = "this file is where the lifetime of a region's body is erased; see above")]

mod slot;

use crate::panic::Panics;
use crate::wait::Patience;
use slot::Job;
pub(crate) use slot::Slot;
use std::cell::Cell;
use std::sync::Arc;

/// When thread 0 is done with its own share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leftover {
    /// It waits for the workers, begun or not: a region, whose threads may wait for one another.
    Await,
    /// It runs the shares that nobody has begun: a loop, whose iterations belong to nobody.
    TakeBack,
}

/// How the two sides wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waiting<'a> {
    pub(crate) polls: u32,
    pub(crate) patience: &'a Cell<Patience>,
}

/// Runs `share(0)` here and `share(1 + k)` on the worker of the k-th slot. Returns when all have stopped; resumes the first panic.
#[inline]
pub(crate) fn lend<F: Fn(usize) + Sync>(slots: &[Arc<Slot>], leftover: Leftover, waiting: Waiting<'_>, share: F) {
    let panics = Panics::new();
    let share = |number: usize| panics.catch(|| share(number));
    {
        let mut lent = Lent { slots: &[], waiting };
        for (k, slot) in slots.iter().enumerate() {
            // Counted first: should `publish` ever unwind half way, the slot is waited for.
            lent.slots = &slots[..=k];
            slot.publish(job(&share, k + 1, waiting.polls));
        }
        share(0);
        if leftover == Leftover::TakeBack {
            for (k, slot) in slots.iter().enumerate() {
                if slot.take_back() {
                    share(k + 1);
                }
            }
        }
    }
    panics.resume();
}

/// The slots that know our address. Dropped on every way out of the frame; waits until they have forgotten it.
struct Lent<'a> {
    slots: &'a [Arc<Slot>],
    waiting: Waiting<'a>,
}

impl Drop for Lent<'_> {
    #[inline]
    fn drop(&mut self) {
        let mut patience = self.waiting.patience.get();
        for slot in self.slots {
            if !patience.wait(self.waiting.polls, || slot.is_free()) {
                slot.park_until_free();
            }
        }
        self.waiting.patience.set(patience);
    }
}

/// What `call` of a job really is.
type Call = unsafe fn(*const (), usize);

fn job<F: Fn(usize) + Sync>(share: &F, number: usize, polls: u32) -> Job {
    let call: Call = call::<F>;
    Job { call: call as *mut (), data: std::ptr::from_ref(share).cast_mut().cast(), number, polls }
}

/// # Safety
/// `data` points to an `F` that is alive and shared until this returns.
unsafe fn call<F: Fn(usize) + Sync>(data: *const (), number: usize) {
    // SAFETY: alive and shared, as the caller promises; `F: Sync` lets another thread share it.
    let share = unsafe { &*data.cast::<F>() };
    share(number);
}

/// Runs the job that lies in the slot, if one does. Returns the polls that may be spent on waiting for the next.
#[inline]
pub(crate) fn serve(slot: &Slot) -> Option<u32> {
    struct Finish<'a>(&'a Slot);
    impl Drop for Finish<'_> {
        #[inline]
        fn drop(&mut self) {
            self.0.finish();
        }
    }

    let job = slot.claim()?;
    let _finish = Finish(slot);
    // SAFETY: `job()` is the only maker of jobs, and made this word out of a `Call`; both are one pointer wide.
    let call = unsafe { std::mem::transmute::<*mut (), Call>(job.call) };
    // SAFETY: `call` and `data` come from one `job::<F>()`, so `data` points to an `F`; it is alive until `finish`, see the top of
    // this file, and `_finish` comes after this call, also when it unwinds. The entering thread only shares it meanwhile.
    unsafe { call(job.data, job.number) };
    Some(job.polls)
}
