//! Lending the entering thread's stack to the team. The only place where a lifetime is erased.
//!
//! 1. [`lend`] publishes the addresses of the region's body and of what is [`Common`] to it to every mailbox of the team. A small body
//!    moves into the first mailbox for the time ([`send`]): it reaches that worker with the word that there is a job.
//! 2. Each worker's [`serve`] claims the job and runs it with its thread number.
//! 3. `lend` runs its own share, and does not return before every mailbox is free again. What the shares have gained lies in the
//!    mailboxes then ([`Gains`]).
//!
//! **Why both are alive whenever they are used.** A worker uses them between `claim` and `finish` only. A mailbox is not free from
//! `publish` on, until `finish` or a successful `take_back`; after the latter the job is not claimed any more. [`Lent`] waits
//! until every mailbox it published to is free, and it does so in its `Drop`, thus also when something unwinds past it. It never
//! leaves `lend_erased`, so it cannot be leaked.
//!
//! **Unwinding.** A share never unwinds into us: `run` catches what it throws. If it did all the same, the worker would still
//! `finish` (a guard does it), and the entering thread would still wait. If the waiting itself panics, as `thread::current` does on a
//! thread whose locals are gone, the process aborts: the frames that the workers use must not be left.
//!
//! **Who publishes, who claims.** Both are visible in this file only. The mailboxes of a team belong to one lease at a time, and a
//! lease runs one region at a time, until it has the gains of the last one (`Running` in `team` sees to that), so that no job is
//! published over another one, nor over a gain. The worker's end is one value that cannot be copied, so that no job is claimed twice.

mod body;
mod gains;
mod letter;
mod slot;

use crate::context::{self, Frame};
use crate::panic::Panics;
use crate::wait::{self, Patience};
pub(crate) use body::Body;
use body::{Apart, Call, Erased, run};
pub(crate) use gains::Gains;
use letter::{Letter, is_small};
use slot::{Job, published};
pub(crate) use slot::{Seat, Slot, mailbox};
use std::sync::Arc;

/// What thread 0 does when it is done with its own share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leftover {
    /// It waits for the workers, begun or not: a region, each thread of which is a thread of its own.
    Await,
    /// It runs the shares that nobody has begun: a loop, whose iterations belong to nobody. A loop that is over before a worker could
    /// begin is not worth the worker, and one that has to be woken takes longer than to run its share. Only for workers that are
    /// just being started it waits a moment, so that the first loop has as many threads as it asked for. After a panic nobody begins.
    TakeBack,
}

/// How the two sides wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waiting<'a> {
    pub(crate) polls: u32,
    pub(crate) patience: &'a Patience,
}

/// What a region lends beside its body. A worker looks at it only if it panics, or to learn of the regions around, so that it
/// does not travel to the other core.
struct Common {
    panics: Panics,
    around: Box<[Frame]>,
}

/// Runs `body.run(0)` here and `body.run(1 + k)` on the worker of the k-th mailbox. Returns what they have gained when all have stopped;
/// resumes the first panic.
#[inline]
pub(crate) fn lend<'s, B: Body>(
    slots: &'s [Arc<Slot>],
    leftover: Leftover,
    waiting: Waiting<'_>,
    body: &B,
) -> Gains<'s, B::Gain> {
    let own = Letter::new();
    // SAFETY: the letter is a local. The body lies in none: it is the caller's, who cannot reach into one.
    let (panics, gained) = unsafe { lend_erased(slots, leftover, waiting, Erased::of(body), &own) };
    // SAFETY: all is over: the letters are this thread's, until the next job is published, see the top of this file. `call::<B>` has put
    // the gains there.
    let gains = unsafe { Gains::new(gained.then_some(&own), slots) };
    panics.resume_or(gains)
}

/// The same, of a body that comes to nothing. If it is small it lies in the first worker's letter meanwhile, else on lines of its own. It is
/// dropped when all have stopped.
#[inline]
pub(crate) fn send<B: Body<Gain = ()>>(slots: &[Arc<Slot>], leftover: Leftover, waiting: Waiting<'_>, body: B) {
    let own = Letter::new();
    let Some(first) = slots.first().filter(|_| is_small::<B>()) else {
        let body = Apart(body);
        // SAFETY: as in `lend`.
        let (panics, _) = unsafe { lend_erased(slots, leftover, waiting, Erased::of(&body.0), &own) };
        drop(body);
        return panics.resume();
    };
    // SAFETY: the mailbox is free and the caller's, see the top of this file.
    let place = unsafe { first.letter().put_near(body) };
    // SAFETY: the body was put there. Until it is taken out nobody writes there: no gain takes room, and no other job is published.
    let lent = unsafe { &*place };
    // SAFETY: the letter is a local. The gain takes no room.
    let (panics, _) = unsafe { lend_erased(slots, leftover, waiting, Erased::of(lent), &own) };
    // SAFETY: all is over, so nobody has the body but this thread, who takes it out once. `lend_erased` does not unwind.
    drop(unsafe { place.read() });
    panics.resume();
}

/// Never unwinds.
///
/// # Safety
/// 1. `own` is the letter of thread 0, and nobody else's.
/// 2. If the body lies in a letter, its gain takes no room.
#[inline(never)]
unsafe fn lend_erased(
    slots: &[Arc<Slot>],
    leftover: Leftover,
    waiting: Waiting<'_>,
    body: Erased<'_>,
    own: &Letter,
) -> (Panics, bool) {
    let common = Common { panics: Panics::new(), around: context::around() };
    let frame = context::here().inner(slots.len() + 1);
    let take_back = leftover == Leftover::TakeBack;
    let lent = Lent { slots, waiting };
    for (thread, slot) in (1..).zip(slots) {
        // SAFETY: see the top of this file.
        let job = unsafe { body.job(slot, frame.of_thread(thread)) };
        // SAFETY: as above.
        unsafe { slot.publish(job, std::ptr::from_ref(&common).cast_mut().cast(), waiting.polls, take_back) };
    }
    published();
    let mut starting = false;
    for slot in slots {
        starting |= slot.rouse();
    }
    // SAFETY: 1, 2.
    let gained = unsafe { body.run(&common, frame, own) };
    if take_back {
        if starting {
            wait::for_start(|| slots.iter().all(|slot| slot.is_begun()));
        }
        for (thread, slot) in (1..).zip(slots) {
            if slot.take_back() && !common.panics.is_any() {
                // SAFETY: this letter is the entering thread's. 2.
                let gained = unsafe { body.run(&common, frame.of_thread(thread), slot.taken()) };
                slot.tell_taken(gained);
            }
        }
    }
    drop(lent);
    (common.panics, gained)
}

/// The mailboxes that know the two addresses, or are about to; one that does not is free. Dropped on every way out of `lend`;
/// waits until they have forgotten them.
struct Lent<'a> {
    slots: &'a [Arc<Slot>],
    waiting: Waiting<'a>,
}

impl Drop for Lent<'_> {
    #[inline]
    fn drop(&mut self) {
        let still_lent = StillLent;
        for slot in self.slots {
            if !self.waiting.patience.wait(self.waiting.polls, || slot.is_free()) {
                slot.park_until_free();
            }
        }
        std::mem::forget(still_lent);
    }
}

/// Dropped only when something unwinds while a mailbox may still know the addresses.
struct StillLent;

impl Drop for StillLent {
    fn drop(&mut self) {
        eprintln!("pymp: a thread cannot wait for its team any more");
        std::process::abort();
    }
}

const fn assert_sync<T: Sync>() {}
const _: () = assert_sync::<Common>();

/// Runs the job that lies in the mailbox, if one does. Returns the polls that may be spent on waiting for the next.
#[inline]
pub(crate) fn serve(seat: &mut Seat) -> Option<u32> {
    let mut claimed = seat.claim()?;
    let Job { call, frame } = claimed.job;
    // SAFETY: `Erased::job` is the only maker of jobs, and made this word out of a `Call`; both are one pointer wide.
    let call = unsafe { std::mem::transmute::<*mut (), Call>(call) };
    let common = || {
        // SAFETY: it points to the `Common` of the `lend_erased` that published the job, which does not return before `claimed` is dropped, see
        // the top of this file; that is after the run, also when it unwinds. Until then it only shares it: the panics are taken after
        // `lent`. `assert_sync` shows that another thread may share it.
        unsafe { &*claimed.common().cast::<Common>() }
    };
    let letter = claimed.letter();
    claimed.gained = run(common, frame, |thread| {
        // SAFETY: the job was claimed, and its letter with it. `Erased::job` has chosen the function by what lies there: a body, which is
        // then of this function and has no gain that takes room, or the address of one. It is borrowed by those who lend it for as long
        // as `Common` is.
        unsafe { call(letter.near(), thread, letter) };
    });
    Some(claimed.polls())
}
