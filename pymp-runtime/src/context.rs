//! Where the calling thread stands: its number, its team, and the regions around it. OpenMP's query functions.
//!
//! The innermost region is a small `Copy` value in a thread local, so that entering one costs a load and a store. The regions
//! around it are needed by [`ancestor_thread_num`] and [`team_size`] only; they lie on a stack beside it that an outermost region
//! never touches.

use crate::config;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::marker::PhantomData;
use std::sync::OnceLock;
use std::time::Instant;

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

/// Says that the calling thread is a worker.
pub(crate) fn become_worker() {
    WORKER.set(true);
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

/// The number of the calling thread in its team: 0 for the thread that entered, 0 outside of a region.
///
/// ```
/// assert_eq!(pymp_runtime::thread_num(), 0);
/// ```
#[inline]
pub fn thread_num() -> usize {
    here().thread_num as usize
}

/// The size of the team that the calling thread is in: 1 outside of a region.
///
/// ```
/// assert_eq!(pymp_runtime::num_threads(), 1);
/// ```
#[inline]
pub fn num_threads() -> usize {
    here().num_threads as usize
}

/// How many threads a region entered here would have, if it does not say: what [`config::num_threads`] says for this level, the
/// thread limit permitting.
///
/// ```
/// assert!(pymp_runtime::max_threads() >= 1);
/// ```
pub fn max_threads() -> usize {
    config::num_threads_at(level()).min(thread_limit())
}

/// How many processors this process may use; a container's share of the machine counts.
///
/// ```
/// assert!(pymp_runtime::num_procs() >= 1);
/// ```
pub fn num_procs() -> usize {
    config::num_procs()
}

/// Whether the calling thread is in an active region: one of more than one thread, however far out.
///
/// ```
/// assert!(!pymp_runtime::in_parallel());
/// ```
#[inline]
pub fn in_parallel() -> bool {
    here().active_level > 0
}

/// How many regions the calling thread is in, those of one thread included.
///
/// ```
/// assert_eq!(pymp_runtime::level(), 0);
/// ```
#[inline]
pub fn level() -> usize {
    here().level as usize
}

/// How many active regions (of more than one thread) the calling thread is in.
///
/// ```
/// assert_eq!(pymp_runtime::active_level(), 0);
/// ```
#[inline]
pub fn active_level() -> usize {
    here().active_level as usize
}

/// The number that the calling thread, or the one it descends from, has at nesting level `level`; `None` for a level that it is
/// not in. Level 0 is the program outside of every region.
///
/// ```
/// assert_eq!(pymp_runtime::ancestor_thread_num(0), Some(0));
/// assert_eq!(pymp_runtime::ancestor_thread_num(1), None);
/// ```
pub fn ancestor_thread_num(level: usize) -> Option<usize> {
    frame_at(level).map(|frame| frame.thread_num as usize)
}

/// The size of the team at nesting level `level`; `None` for a level that the calling thread is not in.
///
/// ```
/// assert_eq!(pymp_runtime::team_size(0), Some(1));
/// assert_eq!(pymp_runtime::team_size(1), None);
/// ```
pub fn team_size(level: usize) -> Option<usize> {
    frame_at(level).map(|frame| frame.num_threads as usize)
}

fn frame_at(level: usize) -> Option<Frame> {
    let here = here();
    match level.cmp(&(here.level as usize)) {
        _ if level == 0 => Some(OUTSIDE),
        Ordering::Equal => Some(here),
        Ordering::Greater => None,
        Ordering::Less => OUTER.try_with(|own| own.borrow().get(level - 1).copied()).ok().flatten(),
    }
}

/// How many threads may be in regions at once, over all levels and all entering threads; `usize::MAX` without a limit.
///
/// ```
/// assert!(pymp_runtime::thread_limit() >= 1);
/// ```
pub fn thread_limit() -> usize {
    config::thread_limit().unwrap_or(usize::MAX)
}

/// Seconds since some moment in the past, the same one for every thread of the process.
///
/// ```
/// let start = pymp_runtime::wtime();
/// assert!(pymp_runtime::wtime() - start >= 0.0);
/// ```
pub fn wtime() -> f64 {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    ORIGIN.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// Seconds between two ticks of the clock that [`wtime`] reads.
///
/// ```
/// assert!(pymp_runtime::wtick() > 0.0);
/// ```
pub fn wtick() -> f64 {
    static TICK: OnceLock<f64> = OnceLock::new();
    *TICK.get_or_init(|| {
        // The shortest step that the clock was seen to make.
        let step = || {
            let start = Instant::now();
            loop {
                let step = start.elapsed();
                if !step.is_zero() {
                    return step;
                }
            }
        };
        (0..100).map(|_| step()).min().unwrap_or_default().as_secs_f64()
    })
}
