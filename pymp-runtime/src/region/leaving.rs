//! How a thread that waits for something that its region does not know, at a [queue](crate::shared::queue()), finds out that the region
//! is being left.
//!
//! 1. A crew is known by its address, which no other one has while it lives. A thread that runs its share keeps that number.
//! 2. A crew that breaks up writes its number on a list, and takes it off again at the end of the region.
//! 3. Who waits looks at the list from time to time.

use super::crew::{Crew, quit};
use std::cell::Cell;
use std::sync::{Mutex, PoisonError};

thread_local! {
    /// The number of the crew whose share the thread runs; 0 outside of regions.
    static CREW: Cell<usize> = const { Cell::new(0) };
}

/// The crews that are breaking up. Short: most programs never have one.
static BROKEN: Mutex<Vec<usize>> = Mutex::new(Vec::new());

/// The calling thread runs its share of a crew, until this is dropped.
pub(super) struct Within {
    outer: usize,
}

pub(super) fn number(crew: &Crew<'_>) -> usize {
    std::ptr::from_ref(crew).addr()
}

impl Within {
    /// A crew of one is not entered: its thread goes on being one of the crew around it, which may break up meanwhile.
    #[inline]
    pub(super) fn new(crew: &Crew<'_>, is_alone: bool) -> Self {
        let outer = CREW.get();
        if !is_alone {
            CREW.set(number(crew));
        }
        Within { outer }
    }
}

impl Drop for Within {
    #[inline]
    fn drop(&mut self) {
        CREW.set(self.outer);
    }
}

fn change(change: impl FnOnce(&mut Vec<usize>)) {
    change(&mut BROKEN.lock().unwrap_or_else(PoisonError::into_inner));
}

/// The crew breaks up.
#[cold]
pub(super) fn tell(number: usize) {
    change(|broken| {
        if !broken.contains(&number) {
            broken.push(number);
        }
    });
}

/// All threads of the crew have left.
#[cold]
pub(super) fn forget(number: usize) {
    change(|broken| broken.retain(|other| *other != number));
}

/// Leaves the region that the calling thread is in, if another thread has panicked in it. Not while it unwinds: that would abort.
#[cold]
pub(crate) fn look() {
    let crew = CREW.get();
    if crew == 0 || std::thread::panicking() {
        return;
    }
    let mut leave = false;
    change(|broken| leave = broken.contains(&crew));
    if leave {
        quit();
    }
}
