//! Lending the entering thread's stack to the team. The only place where a lifetime is erased.
//!
//! 1. [`lend`] publishes the addresses of the region's body and of what is [`Common`] to it to every mailbox of the team.
//! 2. Each worker's [`serve`] claims the job and runs it with its thread number.
//! 3. `lend` runs its own share, and does not return before every mailbox is free again. What the shares have gained lies in the
//!    mailboxes then ([`Gains`]).
//!
//! **Why both are alive whenever they are used.** A worker uses them between `claim` and `finish` only. A mailbox is not free from
//! `publish` on, until `finish` or a successful `take_back`; after the latter the job is not claimed any more. [`Lent`] waits
//! until every mailbox it published to is free, and it does so in its `Drop`, thus also when something unwinds past it. It never
//! leaves `lend_erased`, so it cannot be leaked.
//!
//! **Unwinding.** A share never unwinds into us: `Panics::catch` is around it. If it did all the same, the worker would still
//! `finish` (a guard does it), and the entering thread would still wait. If the waiting itself panics, as `thread::current` does on a
//! thread whose locals are gone, the process aborts: the frames that the workers use must not be left.
//!
//! **Who publishes, who claims.** Both are visible in this file only. The mailboxes of a team belong to one lease at a time, and a
//! lease runs one region at a time, until it has the gains of the last one (`Running` in `team` sees to that), so that no job is
//! published over another one, nor over a gain. The worker's end is one value that cannot be copied, so that no job is claimed twice.

mod gains;
mod letter;
mod slot;

use crate::context::{self, Frame};
use crate::panic::Panics;
use crate::wait::{self, Patience};
pub(crate) use gains::Gains;
use letter::Letter;
use slot::{Job, published};
pub(crate) use slot::{Seat, Slot, mailbox};
use std::marker::PhantomData;
use std::sync::Arc;

/// What thread 0 does when it is done with its own share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leftover {
    /// It waits for the workers, begun or not: a region, each thread of which is a thread of its own.
    Await,
    /// It runs the shares that nobody has begun: a loop, whose iterations belong to nobody. A loop that is over before a worker could
    /// begin is not worth the worker, and one that has to be woken takes longer than to run its share. Only for workers that are
    /// just being started it waits a moment, so that the first loop has as many threads as it asked for.
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

/// What the threads of a region run.
///
/// A closure is one. A loop is one by itself, with all that it reads beside it: through a closure that borrows its parts a worker
/// would fetch one cache line after another from the entering thread, each to learn where the next one is.
pub(crate) trait Body: Sync {
    /// What a share comes to, for the entering thread. It goes back with the word that the share is over, if it is small: else it would
    /// lie on cache lines of its own, which two threads write in turns.
    type Gain: Send;

    /// The share of the thread with this number.
    fn run(&self, thread: usize) -> Self::Gain;
}

impl<F: Fn(usize) + Sync> Body for F {
    type Gain = ();

    #[inline]
    fn run(&self, thread: usize) {
        self(thread);
    }
}

/// A closure on cache lines of its own: beside it on the entering thread's stack lies what that thread writes while the others read
/// the closure.
#[repr(align(128))]
pub(crate) struct Apart<F>(pub(crate) F);

impl<F: Fn(usize) + Sync> Body for Apart<F> {
    type Gain = ();

    #[inline]
    fn run(&self, thread: usize) {
        (self.0)(thread);
    }
}

/// A body whose type is forgotten: what follows is compiled once, and not for every loop of a program.
#[derive(Clone, Copy)]
struct Erased<'b> {
    // Invariant: `call` is `call::<B>`, `body` a `&'b B`, for one and the same `B`.
    call: Call,
    body: *const (),
    borrow: PhantomData<&'b ()>,
}

/// What `call` of a job really is.
type Call = unsafe fn(*const (), usize, &Letter);

/// Runs a share, and puts its gain into the letter.
///
/// # Safety
/// 1. `body` points to a `B` that is alive, and only shared, until this returns.
/// 2. The letter is the caller's.
unsafe fn call<B: Body>(body: *const (), thread: usize, letter: &Letter) {
    // SAFETY: 1; `B: Sync`, so that another thread may share it.
    let body = unsafe { &*body.cast::<B>() };
    let gain = body.run(thread);
    // SAFETY: 2.
    unsafe { letter.put(gain) };
}

impl<'b> Erased<'b> {
    #[inline]
    fn of<B: Body>(body: &'b B) -> Self {
        Erased { call: call::<B>, body: std::ptr::from_ref(body).cast(), borrow: PhantomData }
    }

    /// Runs the body as one thread of the team. Never unwinds. Whether the gain lies in the letter.
    ///
    /// # Safety
    /// The letter is the caller's.
    unsafe fn run(self, common: &Common, frame: Frame, letter: &Letter) -> bool {
        common.panics.catch(|| {
            let _inside = context::enter(frame, || &common.around);
            // SAFETY: by the field's invariant the two fit together, and the body is borrowed for as long as `self` is there. The letter
            // is the caller's promise.
            unsafe { (self.call)(self.body, frame.thread_num() as usize, letter) };
        })
    }
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
    let (panics, gained) = lend_erased(slots, leftover, waiting, Erased::of(body), &own);
    // SAFETY: all is over: the letters are this thread's, until the next job is published, see the top of this file. `call::<B>` has put
    // the gains there.
    let gains = unsafe { Gains::new(gained.then_some(&own), slots) };
    panics.resume_or(gains)
}

/// `own` is the letter of thread 0, and nobody else's.
#[inline(never)]
fn lend_erased(slots: &[Arc<Slot>], leftover: Leftover, waiting: Waiting<'_>, body: Erased<'_>, own: &Letter) -> (Panics, bool) {
    let common = Common { panics: Panics::new(), around: context::around() };
    let frame = context::here().inner(slots.len() + 1);
    let take_back = leftover == Leftover::TakeBack;
    let lent = Lent { slots, waiting };
    for (thread, slot) in (1..).zip(slots) {
        // SAFETY: see the top of this file.
        unsafe { slot.publish(job(body, &common, frame.of_thread(thread), waiting.polls), take_back) };
    }
    published();
    let mut starting = false;
    for slot in slots {
        starting |= slot.rouse();
    }
    // SAFETY: it is a local of `lend`, who lends it to this thread alone.
    let gained = unsafe { body.run(&common, frame, own) };
    if take_back {
        if starting {
            wait::for_start(|| slots.iter().all(|slot| slot.is_begun()));
        }
        for (thread, slot) in (1..).zip(slots) {
            if slot.take_back() {
                // SAFETY: this letter is the entering thread's.
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

fn job(body: Erased<'_>, common: &Common, frame: Frame, polls: u32) -> Job {
    Job {
        call: body.call as *mut (),
        body: body.body.cast_mut(),
        common: std::ptr::from_ref(common).cast_mut().cast(),
        frame,
        polls,
    }
}

const fn assert_sync<T: Sync>() {}
const _: () = assert_sync::<Common>();

/// Runs the job that lies in the mailbox, if one does. Returns the polls that may be spent on waiting for the next.
#[inline]
pub(crate) fn serve(seat: &mut Seat) -> Option<u32> {
    let mut claimed = seat.claim()?;
    let job = claimed.job;
    // SAFETY: `job()` is the only maker of jobs, and made this word out of a `Call`; both are one pointer wide.
    let call = unsafe { std::mem::transmute::<*mut (), Call>(job.call) };
    // `call` and `body` come from one `Erased`, so they fit together, as its invariant asks. It is not used after `claimed`.
    let body = Erased { call, body: job.body, borrow: PhantomData };
    // SAFETY: it points to the `Common` of the `lend` that published the job. Body and `Common` are borrowed by `lend`, which does not
    // return before `claimed` is dropped, see the top of this file; that is after the run, also when it unwinds. Until then `lend`
    // only shares them: the panics are taken after `lent`. `assert_sync` shows that another thread may share it.
    let common = unsafe { &*job.common.cast::<Common>() };
    // SAFETY: the job was claimed, and its letter with it.
    claimed.gained = unsafe { body.run(common, job.frame, claimed.letter()) };
    Some(job.polls)
}
