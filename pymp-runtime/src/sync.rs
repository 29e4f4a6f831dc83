//! The std / loom switch.
//!
//! Everything the mailbox protocol is made of comes from here, so that `RUSTFLAGS="--cfg loom"` swaps it for loom's model
//! of the same thing. Plain counters and caches that carry no protocol use `std` directly.

#[cfg(not(loom))]
mod switch {
    /// As loom's, which sees who reaches for it when.
    pub(crate) struct UnsafeCell<T>(std::cell::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        pub(crate) fn new(value: T) -> Self {
            Self(std::cell::UnsafeCell::new(value))
        }

        #[inline]
        pub(crate) fn with_mut<R>(&self, reach: impl FnOnce(*mut T) -> R) -> R {
            reach(self.0.get())
        }
    }

    pub(crate) use std::hint::spin_loop;
    pub(crate) use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence};
    pub(crate) use std::sync::{Condvar, Mutex, MutexGuard};
    pub(crate) use std::thread::{Thread, current, park, park_timeout, yield_now};
}

#[cfg(loom)]
mod switch {
    pub(crate) use loom::cell::UnsafeCell;
    pub(crate) use loom::hint::spin_loop;
    pub(crate) use loom::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence};
    pub(crate) use loom::sync::{Condvar, Mutex, MutexGuard};
    pub(crate) use loom::thread::{Thread, current, park, yield_now};

    /// The model has no time: it is over at once.
    pub(crate) fn park_timeout(_most: std::time::Duration) {
        yield_now();
    }
}

pub(crate) use switch::*;
