//! How a thread that waits for something that its region does not know, at a [queue](crate::shared::queue()), finds out that the region
//! is being left.
//!
//! 1. A region is known by the address of its state, which no other one has while it lives. A thread that runs its share keeps that
//!    number.
//! 2. A region that breaks up writes its number on a list, and takes it off again at the end of the region.
//! 3. Who waits looks at the list from time to time, for its region and for those around it.

use super::state::{RegionState, quit};
use parking_lot::Mutex;
use std::cell::Cell;

/// The share that a thread runs.
#[derive(Clone, Copy)]
struct Share {
    /// The number of its region; 0 outside of regions.
    region: usize,
    /// It stands in a destructor, and its thread unwinds: it does not because its thread does.
    in_unwinding: bool,
}

const NONE: Share = Share { region: 0, in_unwinding: false };

thread_local! {
    static SHARE: Cell<Share> = const { Cell::new(NONE) };
}

/// The regions that are breaking up. Short: most programs never have one.
static BROKEN: Mutex<Vec<usize>> = Mutex::new(Vec::new());

/// The regions that stand in one another, each with the one around it. Short: regions of several threads seldom do.
static INNER: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());

/// A region that the calling thread has entered stands in the one whose share the thread runs, until this is dropped.
pub(super) struct Inner(Option<usize>);

impl Inner {
    #[inline]
    pub(super) fn new(region: &RegionState<'_, '_>, is_alone: bool) -> Self {
        let around = SHARE.get().region;
        Inner((around != 0 && !is_alone).then(|| enter(number(region), around)))
    }
}

impl Drop for Inner {
    #[inline]
    fn drop(&mut self) {
        if let Some(inner) = self.0 {
            INNER.lock().retain(|(other, _)| *other != inner);
        }
    }
}

#[cold]
fn enter(inner: usize, around: usize) -> usize {
    INNER.lock().push((inner, around));
    inner
}

/// The region around this one.
fn around(region: usize) -> Option<usize> {
    INNER.lock().iter().find_map(|(inner, around)| (*inner == region).then_some(*around))
}

/// The calling thread runs its share of a region, until this is dropped.
pub(super) struct Within {
    outer: Share,
}

pub(super) fn number(region: &RegionState<'_, '_>) -> usize {
    std::ptr::from_ref(region).addr()
}

impl Within {
    /// A region of one thread is not entered: the thread goes on being one of the region around it, which may break up meanwhile.
    #[inline]
    pub(super) fn new(region: &RegionState<'_, '_>, is_alone: bool) -> Self {
        let outer = SHARE.get();
        if !is_alone {
            SHARE.set(Share { region: number(region), in_unwinding: std::thread::panicking() });
        }
        Within { outer }
    }
}

impl Drop for Within {
    #[inline]
    fn drop(&mut self) {
        SHARE.set(self.outer);
    }
}

/// Runs what belongs to no region on a thread that waits in one.
pub(super) fn outside<T>(job: impl FnOnce() -> T) -> T {
    let _within = Within { outer: SHARE.replace(NONE) };
    job()
}

/// The region breaks up.
#[cold]
pub(super) fn tell(number: usize) {
    let mut broken = BROKEN.lock();
    if !broken.contains(&number) {
        broken.push(number);
    }
}

/// All threads of the region have left.
#[cold]
pub(super) fn forget(number: usize) {
    BROKEN.lock().retain(|other| *other != number);
}

/// Leaves the region that the calling thread is in, or one around it, if another thread has panicked there. Not while it unwinds: that
/// would abort.
#[cold]
pub(crate) fn look() {
    let Share { region, in_unwinding } = SHARE.get();
    if region == 0 || std::thread::panicking() && !in_unwinding {
        return;
    }
    let is_broken = |region: &usize| BROKEN.lock().contains(region);
    if let Some(broken) = std::iter::successors(Some(region), |region| around(*region)).find(is_broken) {
        quit(broken);
    }
}
