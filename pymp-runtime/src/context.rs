//! Where the calling thread stands: its number, its team, and the regions around it.
//!
//! The innermost region is a small `Copy` value in a thread local, so that entering one costs a load and a store. The regions
//! around it are needed by `ancestor_thread_num` and `team_size` only; they lie on a stack beside it that an outermost region
//! never touches.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::marker::PhantomData;

/// One region, as one thread of it sees it. Small: it travels to every worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) thread_num: u32,
    pub(crate) num_threads: u32,
    pub(crate) level: u32,
    pub(crate) active_level: u32,
}

const OUTSIDE: Frame = Frame { thread_num: 0, num_threads: 1, level: 0, active_level: 0 };

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
    HERE.get()
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
    here.active_level == 0 && WORKER.get()
}

impl Frame {
    /// Thread 0 of a region of so many threads that is entered in this one.
    #[inline]
    pub(crate) fn inner(self, num_threads: usize) -> Frame {
        Frame {
            thread_num: 0,
            // Teams are far smaller.
            num_threads: u32::try_from(num_threads).unwrap_or(u32::MAX),
            level: self.level + 1,
            active_level: self.active_level + u32::from(num_threads > 1),
        }
    }

    /// The other threads of the region that this is thread 0 of.
    #[inline]
    pub(crate) fn others(self) -> impl Iterator<Item = Frame> {
        (1..self.num_threads).map(move |thread_num| Frame { thread_num, ..self })
    }
}

/// The regions that the calling thread is in, outermost first. Nothing is allocated outside of regions.
#[inline]
pub(crate) fn around() -> Vec<Frame> {
    let here = here();
    if here.level == 0 { Vec::new() } else { outer_and(here) }
}

/// The calling thread is in the region `frame`, until the guard is dropped. `around` are the regions around it, called for if there
/// are any.
#[inline]
pub(crate) fn enter<'a>(frame: Frame, around: impl FnOnce() -> &'a [Frame]) -> Inside {
    let outer = if frame.level > 1 { extend_outer(around()) } else { 0 };
    Inside { saved: HERE.replace(frame), outer, on_this_thread: PhantomData }
}

/// The calling thread enters a region of one thread.
#[inline]
pub(crate) fn enter_alone() -> Inside {
    let from = here();
    let outer = if from.level == 0 { 0 } else { extend_outer_by(from) };
    Inside { saved: HERE.replace(from.inner(1)), outer, on_this_thread: PhantomData }
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
fn outer_and(frame: Frame) -> Vec<Frame> {
    let mut frames = OUTER.try_with(|own| own.borrow().clone()).unwrap_or_default();
    frames.push(frame);
    frames
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
        HERE.set(self.saved);
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
    match level.cmp(&(here.level as usize)) {
        _ if level == 0 => Some(OUTSIDE),
        Ordering::Equal => Some(here),
        Ordering::Greater => None,
        Ordering::Less => OUTER.try_with(|own| own.borrow().get(level - 1).copied()).ok().flatten(),
    }
}
