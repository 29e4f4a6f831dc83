//! Where the calling thread stands: its number, its team, and the regions around it. OpenMP's query functions.
//!
//! The innermost region is a small `Copy` value in a thread local, so that entering one costs a load and a store. The regions
//! around it are needed by [`ancestor_thread_num`] and [`team_size`] only; they lie on a stack beside it that an outermost region
//! never touches.

use crate::config;
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::sync::OnceLock;
use std::time::Instant;

/// One region, as one thread of it sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) thread_num: usize,
    pub(crate) num_threads: usize,
    pub(crate) level: usize,
    pub(crate) active_level: usize,
    /// A worker outside its region, lending itself to the thread pool: it may be leased any moment and must not wait for itself.
    pub(crate) lent: bool,
}

const OUTSIDE: Frame = Frame { thread_num: 0, num_threads: 1, level: 0, active_level: 0, lent: false };

thread_local! {
    static HERE: Cell<Frame> = const { Cell::new(OUTSIDE) };
    /// The frames of levels 1 to `HERE.level - 1`.
    static OUTER: RefCell<Vec<Frame>> = const { RefCell::new(Vec::new()) };
}

/// The calling thread's innermost region.
#[inline]
pub(crate) fn here() -> Frame {
    HERE.get()
}

/// Says that the calling thread is a worker.
pub(crate) fn become_worker() {
    HERE.set(Frame { lent: true, ..OUTSIDE });
}

/// What a team needs to know of the place where its region is entered.
#[derive(Debug)]
pub(crate) struct Entrance {
    num_threads: usize,
    from: Frame,
    /// The frames of levels 1 to `from.level`.
    outer: Vec<Frame>,
}

impl Entrance {
    /// The calling thread is about to enter a region of so many threads.
    #[inline]
    pub(crate) fn new(num_threads: usize) -> Self {
        let from = here();
        let outer = if from.level == 0 { Vec::new() } else { outer_and(from) };
        Entrance { num_threads, from, outer }
    }

    /// The calling thread is in the region, as thread `thread_num`, until the guard is dropped.
    #[inline]
    pub(crate) fn enter(&self, thread_num: usize) -> Inside {
        let saved = here();
        let mut outer = 0;
        if !self.outer.is_empty() {
            outer = extend_outer(&self.outer);
        }
        HERE.set(inner(self.from, thread_num, self.num_threads));
        Inside { saved, outer, on_this_thread: PhantomData }
    }
}

/// The calling thread enters a region of one thread: as [`Entrance`], without the allocation.
#[inline]
pub(crate) fn enter_alone() -> Inside {
    let saved = here();
    let mut outer = 0;
    if saved.level > 0 {
        outer = extend_outer_by(saved);
    }
    HERE.set(inner(saved, 0, 1));
    Inside { saved, outer, on_this_thread: PhantomData }
}

fn inner(from: Frame, thread_num: usize, num_threads: usize) -> Frame {
    Frame {
        thread_num,
        num_threads,
        level: from.level + 1,
        active_level: from.active_level + usize::from(num_threads > 1),
        // Only ever true for regions of one thread, thus on the same thread.
        lent: from.lent,
    }
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
            let _ = OUTER.try_with(|own| {
                let mut own = own.borrow_mut();
                let left = own.len() - self.outer;
                own.truncate(left);
            });
        }
    }
}

/// The number of the calling thread in its team: 0 for the thread that entered, 0 outside of a region.
///
/// ```
/// assert_eq!(pymp_runtime::thread_num(), 0);
/// ```
#[inline]
pub fn thread_num() -> usize {
    here().thread_num
}

/// The size of the team that the calling thread is in: 1 outside of a region.
///
/// ```
/// assert_eq!(pymp_runtime::num_threads(), 1);
/// ```
#[inline]
pub fn num_threads() -> usize {
    here().num_threads
}

/// How many threads a region entered here would have, if it does not say: what [`config::num_threads`] says for this level, the
/// thread limit permitting.
///
/// ```
/// assert!(pymp_runtime::max_threads() >= 1);
/// ```
pub fn max_threads() -> usize {
    config::num_threads_at(here().level).min(thread_limit())
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
    here().level
}

/// How many active regions (of more than one thread) the calling thread is in.
///
/// ```
/// assert_eq!(pymp_runtime::active_level(), 0);
/// ```
#[inline]
pub fn active_level() -> usize {
    here().active_level
}

/// The number that the calling thread, or the one it descends from, has at nesting level `level`; `None` for a level that it is
/// not in. Level 0 is the program outside of every region.
///
/// ```
/// assert_eq!(pymp_runtime::ancestor_thread_num(0), Some(0));
/// assert_eq!(pymp_runtime::ancestor_thread_num(1), None);
/// ```
pub fn ancestor_thread_num(level: usize) -> Option<usize> {
    frame_at(level).map(|frame| frame.thread_num)
}

/// The size of the team at nesting level `level`; `None` for a level that the calling thread is not in.
///
/// ```
/// assert_eq!(pymp_runtime::team_size(0), Some(1));
/// assert_eq!(pymp_runtime::team_size(1), None);
/// ```
pub fn team_size(level: usize) -> Option<usize> {
    frame_at(level).map(|frame| frame.num_threads)
}

fn frame_at(level: usize) -> Option<Frame> {
    let here = here();
    match level {
        0 => Some(OUTSIDE),
        _ if level == here.level => Some(here),
        _ if level > here.level => None,
        _ => OUTER.try_with(|own| own.borrow().get(level - 1).copied()).ok().flatten(),
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
