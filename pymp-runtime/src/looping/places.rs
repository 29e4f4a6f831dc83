//! Where the threads of a loop leave their partial results: each on cache lines of its own.

use std::mem::MaybeUninit;
use std::sync::{Mutex, PoisonError};

/// Keeps its value on cache lines of its own. By distance, since the allocator takes much longer for an alignment.
#[derive(Debug)]
#[repr(C)]
struct Apart<T> {
    _before: MaybeUninit<[u8; 64]>,
    value: T,
    _behind: MaybeUninit<[u8; 64]>,
}

impl<T: Default> Default for Apart<T> {
    fn default() -> Self {
        Self { _before: MaybeUninit::uninit(), value: T::default(), _behind: MaybeUninit::uninit() }
    }
}

type Place<P> = Mutex<Option<P>>;

/// One place for each thread. That of thread 0, which may be the only one, needs no memory but the loop's own.
#[derive(Debug)]
pub(super) struct Places<P> {
    first: Place<P>,
    others: Box<[Apart<Place<P>>]>,
}

impl<P> Places<P> {
    #[inline]
    pub(super) fn new(team: usize) -> Self {
        let others = if team <= 1 { Box::default() } else { (1..team).map(|_| Apart::default()).collect() };
        Self { first: Mutex::default(), others }
    }

    /// Leaves what a thread has.
    #[inline]
    pub(super) fn put(&self, thread: usize, part: P) {
        let place = match thread {
            0 => &self.first,
            other => &self.others[other - 1].value,
        };
        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(part);
    }

    /// What the threads have left, in thread order.
    #[inline]
    pub(super) fn take(&mut self) -> impl Iterator<Item = P> {
        let places = [&mut self.first].into_iter().chain(self.others.iter_mut().map(|place| &mut place.value));
        places.filter_map(|place| place.get_mut().unwrap_or_else(PoisonError::into_inner).take())
    }
}
