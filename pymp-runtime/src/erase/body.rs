//! What the threads of a region run, and the same with its type forgotten.

use super::Common;
use super::letter::Letter;
use super::slot::{Job, Slot};
use crate::context::{self, Frame};
use crate::panic;
use std::marker::PhantomData;

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

/// On cache lines of its own: beside it on the entering thread's stack lies what that thread writes while the others read it.
#[repr(align(128))]
pub(super) struct Apart<B>(pub(super) B);

/// A body whose type is forgotten: what follows is compiled once, and not for every loop of a program.
#[derive(Clone, Copy)]
pub(super) struct Erased<'b> {
    // Invariant: `call` is `call::<B>`, `follow` is `follow::<B>`, `body` a `&'b B`, for one and the same `B`.
    call: Call,
    follow: Call,
    body: *const (),
    borrow: PhantomData<&'b ()>,
}

/// What `call` of a job really is.
pub(super) type Call = unsafe fn(*const (), usize, &Letter);

/// Runs a share, and puts its gain into the letter.
///
/// # Safety
/// 1. `body` points to a `B` that is alive, and only shared, until this returns.
/// 2. The letter is the caller's.
/// 3. The body lies in no letter, or its gain takes no room.
unsafe fn call<B: Body>(body: *const (), thread: usize, letter: &Letter) {
    // SAFETY: 1; `B: Sync`, so that another thread may share it.
    let body = unsafe { &*body.cast::<B>() };
    let gain = body.run(thread);
    // SAFETY: 2, 3.
    unsafe { letter.put(gain) };
}

/// The same, where `place` is that of the body's address.
///
/// # Safety
/// As of `call`, for what lies at `place`, which is the caller's until this begins.
unsafe fn follow<B: Body>(place: *const (), thread: usize, letter: &Letter) {
    // SAFETY: the caller's promise.
    let body = unsafe { place.cast::<*const ()>().read() };
    // SAFETY: the caller's promises.
    unsafe { call::<B>(body, thread, letter) };
}

impl<'b> Erased<'b> {
    #[inline]
    pub(super) fn of<B: Body>(body: &'b B) -> Self {
        Erased { call: call::<B>, follow: follow::<B>, body: std::ptr::from_ref(body).cast(), borrow: PhantomData }
    }

    /// Runs the body as one thread of the team. Never unwinds. Whether the gain lies in the letter.
    ///
    /// # Safety
    /// The letter is the caller's. If the body lies in a letter, its gain takes no room.
    pub(super) unsafe fn run(self, common: &Common, frame: Frame, letter: &Letter) -> bool {
        run(
            || common,
            frame,
            |thread| {
                // SAFETY: by the field's invariant the two fit together, and the body is borrowed for as long as `self` is there. The rest is
                // the caller's promise.
                unsafe { (self.call)(self.body, thread, letter) };
            },
        )
    }

    /// The job of one worker. Its letter says where the body is, unless it is there.
    ///
    /// # Safety
    /// The mailbox is free and the caller's.
    #[inline]
    pub(super) unsafe fn job(self, slot: &Slot, frame: Frame) -> Job {
        let call = if std::ptr::addr_eq(slot.letter().near(), self.body) {
            self.call
        } else {
            // SAFETY: the letter is the caller's.
            unsafe { slot.letter().put_near(self.body) };
            self.follow
        };
        Job { call: call as *mut (), frame }
    }
}

/// Runs a share as one thread of the team. Never unwinds. Whether it came to its end.
#[inline]
pub(super) fn run<'c>(common: impl Fn() -> &'c Common, frame: Frame, share: impl FnOnce(usize)) -> bool {
    let caught = panic::caught(|| {
        let _inside = context::enter(frame, || &common().around);
        share(frame.thread_num() as usize);
    });
    caught.map_err(|payload| common().panics.keep(payload)).is_ok()
}
