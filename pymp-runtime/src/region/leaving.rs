//! How a thread that waits for something that its region does not know, at a [queue](crate::shared::queue()), finds out that the region
//! is being left.
//!
//! 1. A crew is known by its address, which no other one has while it lives. A thread that runs its share keeps that number.
//! 2. A crew that breaks up writes its number on a list, and takes it off again at the end of the region.
//! 3. Who waits looks at the list from time to time, for its crew and for those around it.

use super::crew::{Crew, quit};
use parking_lot::Mutex;
use std::cell::Cell;

/// The share that a thread runs.
#[derive(Clone, Copy)]
struct Share {
    /// The number of its crew; 0 outside of regions.
    crew: usize,
    /// It stands in a destructor, and its thread unwinds: it does not because its thread does.
    in_unwinding: bool,
}

const NONE: Share = Share { crew: 0, in_unwinding: false };

thread_local! {
    static SHARE: Cell<Share> = const { Cell::new(NONE) };
}

/// The crews that are breaking up. Short: most programs never have one.
static BROKEN: Mutex<Vec<usize>> = Mutex::new(Vec::new());

/// The crews that stand in one another, each with the one around it. Short: regions of several threads seldom do.
static INNER: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());

/// A crew that the calling thread has entered stands in the one whose share the thread runs, until this is dropped.
pub(super) struct Inner(Option<usize>);

impl Inner {
    #[inline]
    pub(super) fn new(crew: &Crew<'_>, is_alone: bool) -> Self {
        let around = SHARE.get().crew;
        Inner((around != 0 && !is_alone).then(|| enter(number(crew), around)))
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

/// The crew around this one.
fn around(crew: usize) -> Option<usize> {
    INNER.lock().iter().find_map(|(inner, around)| (*inner == crew).then_some(*around))
}

/// The calling thread runs its share of a crew, until this is dropped.
pub(super) struct Within {
    outer: Share,
}

pub(super) fn number(crew: &Crew<'_>) -> usize {
    std::ptr::from_ref(crew).addr()
}

impl Within {
    /// A crew of one is not entered: its thread goes on being one of the crew around it, which may break up meanwhile.
    #[inline]
    pub(super) fn new(crew: &Crew<'_>, is_alone: bool) -> Self {
        let outer = SHARE.get();
        if !is_alone {
            SHARE.set(Share { crew: number(crew), in_unwinding: std::thread::panicking() });
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

/// The crew breaks up.
#[cold]
pub(super) fn tell(number: usize) {
    let mut broken = BROKEN.lock();
    if !broken.contains(&number) {
        broken.push(number);
    }
}

/// All threads of the crew have left.
#[cold]
pub(super) fn forget(number: usize) {
    BROKEN.lock().retain(|other| *other != number);
}

/// Leaves the region that the calling thread is in, or one around it, if another thread has panicked there. Not while it unwinds: that
/// would abort.
#[cold]
pub(crate) fn look() {
    let Share { crew, in_unwinding } = SHARE.get();
    if crew == 0 || std::thread::panicking() && !in_unwinding {
        return;
    }
    let is_broken = |crew: &usize| BROKEN.lock().contains(crew);
    if let Some(broken) = std::iter::successors(Some(crew), |crew| around(*crew)).find(is_broken) {
        quit(broken);
    }
}
