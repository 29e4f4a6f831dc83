//! Where the calling thread stands: its number, its team, and the regions around it.
//!
//! The innermost region is a small `Copy` value in a thread local, so that entering one costs a load and a store. The regions
//! around it are needed by `ancestor_thread_num` and `team_size` only; they lie on a stack beside it that an outermost region
//! never touches.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::marker::PhantomData;

/// One region, as one thread of it sees it. It travels to every worker, so it is one word, and in one piece: what a register holds is not
/// put together from what was stored in pieces, for which a processor waits. From the lowest bits on: the number of the thread, how
/// many there are, the level, and that of active regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame(u64);

/// The bits of each of the four numbers.
const BITS: u32 = 16;
/// No team is larger. Levels that are deeper, for which no stack is large enough, count as this one.
pub(crate) const MOST: usize = (1 << BITS) - 1;

const OUTSIDE: Frame = Frame::new(0, 1, 0, 0);

thread_local! {
    static HERE: Cell<Frame> = const { Cell::new(OUTSIDE) };
    /// The frames of levels 1 to `HERE.level - 1`.
    static OUTER: RefCell<Vec<Frame>> = const { RefCell::new(Vec::new()) };
    /// This is a worker.
    static WORKER: Cell<bool> = const { Cell::new(false) };
}

/// The calling thread's innermost region.
#[inline]
pub(crate) fn here() -> Frame {
    with_here(Cell::get)
}

/// By `try_with`, which is in line wherever a loop is; `get` and `set` may be calls. It is always there, since it needs no drop.
#[inline(always)]
fn with_here<R>(use_it: impl FnOnce(&Cell<Frame>) -> R) -> R {
    match HERE.try_with(use_it) {
        Ok(result) => result,
        Err(_) => unreachable!("what needs no drop outlives its thread"),
    }
}

/// A number of the calling thread that no other thread has while it lives; never 0.
#[inline]
pub(crate) fn this_thread() -> usize {
    HERE.with(|here| std::ptr::from_ref(here).addr())
}

/// Says that the calling thread is a worker.
pub(crate) fn become_worker() {
    WORKER.set(true);
}

/// Whether the calling thread is a worker.
pub(crate) fn is_worker() -> bool {
    WORKER.get()
}

/// Whether the calling thread is a worker that is in no region of its team, and runs a job that was put aside on it. It may be
/// leased any moment, even by itself, and must not wait for itself.
#[inline]
pub(crate) fn is_lent(here: Frame) -> bool {
    here.active_level() == 0 && WORKER.get()
}

impl Frame {
    /// None of the numbers is above [`MOST`].
    pub(crate) const fn new(thread_num: u32, num_threads: u32, level: u32, active_level: u32) -> Self {
        debug_assert!(
            (thread_num | num_threads | level | active_level) as usize <= MOST,
            "a number that spills into the next one"
        );
        let low = thread_num | num_threads << BITS;
        let high = level | active_level << BITS;
        Frame(low as u64 | (high as u64) << (2 * BITS))
    }

    const fn number(self, place: u32) -> u32 {
        (self.0 >> (place * BITS)) as u32 & MOST as u32
    }

    pub(crate) fn thread_num(self) -> u32 {
        self.number(0)
    }

    pub(crate) fn num_threads(self) -> u32 {
        self.number(1)
    }

    pub(crate) fn level(self) -> u32 {
        self.number(2)
    }

    pub(crate) fn active_level(self) -> u32 {
        self.number(3)
    }

    /// Thread 0 of a region of so many threads, at most [`MOST`], that is entered in this one.
    #[inline]
    pub(crate) fn inner(self, num_threads: usize) -> Frame {
        let most = |number: u32| number.min(MOST as u32);
        let active_level = self.active_level() + u32::from(num_threads > 1);
        Frame::new(0, num_threads.min(MOST) as u32, most(self.level() + 1), most(active_level))
    }

    /// The thread with this number in the region that this is thread 0 of.
    #[inline]
    pub(crate) fn of_thread(self, thread: usize) -> Frame {
        debug_assert!(self.thread_num() == 0 && thread <= MOST, "a number that spills into the next one");
        Frame(self.0 | thread as u64)
    }
}

/// The regions that the calling thread is in, outermost first. Nothing is allocated outside of regions.
#[inline]
pub(crate) fn around() -> Box<[Frame]> {
    let here = here();
    if here.level() == 0 { Box::default() } else { outer_and(here) }
}

/// The calling thread is in the region `frame`, until the guard is dropped. `around` are the regions around it, called for if there
/// are any.
#[inline]
pub(crate) fn enter<'a>(frame: Frame, around: impl FnOnce() -> &'a [Frame]) -> Inside {
    let outer = if frame.level() > 1 { extend_outer(around()) } else { 0 };
    Inside { saved: with_here(|here| here.replace(frame)), outer, on_this_thread: PhantomData }
}

/// The calling thread enters a region of one thread, if it is in none.
#[inline(always)]
pub(crate) fn enter_first_alone() -> Option<Inside> {
    // Every other frame is in a region.
    let outside = here().level() == 0;
    outside.then(|| {
        with_here(|here| here.set(OUTSIDE.inner(1)));
        Inside { saved: OUTSIDE, outer: 0, on_this_thread: PhantomData }
    })
}

/// The calling thread enters a region of one thread.
#[inline]
pub(crate) fn enter_alone() -> Inside {
    let from = here();
    let outer = if from.level() == 0 { 0 } else { extend_outer_by(from) };
    Inside { saved: with_here(|here| here.replace(from.inner(1))), outer, on_this_thread: PhantomData }
}

/// Frames that the calling thread does not have yet: all of them on a worker, the last one on the entering thread.
#[cold]
fn extend_outer(frames: &[Frame]) -> usize {
    // An error means that the thread is ending and its locals are gone; the outer levels are not known then.
    OUTER
        .try_with(|own| {
            let mut own = own.borrow_mut();
            let known = own.len().min(frames.len());
            own.extend_from_slice(&frames[known..]);
            frames.len() - known
        })
        .unwrap_or(0)
}

fn extend_outer_by(frame: Frame) -> usize {
    OUTER.try_with(|own| own.borrow_mut().push(frame)).map_or(0, |()| 1)
}

#[cold]
fn outer_and(frame: Frame) -> Box<[Frame]> {
    let mut frames = OUTER.try_with(|own| own.borrow().clone()).unwrap_or_default();
    frames.push(frame);
    frames.into()
}

/// The calling thread is in a region. Dropped on the thread that made it, in the order of the regions: hence not `Send`.
#[derive(Debug)]
pub(crate) struct Inside {
    saved: Frame,
    /// How many frames to take off the stack again.
    outer: usize,
    on_this_thread: PhantomData<*const ()>,
}

impl Drop for Inside {
    #[inline]
    fn drop(&mut self) {
        with_here(|here| here.set(self.saved));
        if self.outer > 0 {
            shorten_outer(self.outer);
        }
    }
}

fn shorten_outer(by: usize) {
    // As in `extend_outer`.
    let _ = OUTER.try_with(|own| {
        let mut own = own.borrow_mut();
        let left = own.len().saturating_sub(by);
        own.truncate(left);
    });
}

/// The region of nesting level `level` as the calling thread sees it, or the thread that it descends from.
pub(crate) fn frame_at(level: usize) -> Option<Frame> {
    let here = here();
    match level.cmp(&(here.level() as usize)) {
        _ if level == 0 => Some(OUTSIDE),
        Ordering::Equal => Some(here),
        Ordering::Greater => None,
        Ordering::Less => OUTER.try_with(|own| own.borrow().get(level - 1).copied()).ok().flatten(),
    }
}
