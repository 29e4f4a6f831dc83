//! The std / loom switch.
//!
//! Everything the mailbox protocol is made of comes from here, so that `RUSTFLAGS="--cfg loom"` swaps it for loom's model
//! of the same thing. Plain counters and caches that carry no protocol use `std` directly.

#[cfg(not(loom))]
mod switch {
    pub(crate) use std::hint::spin_loop;
    pub(crate) use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence};
    pub(crate) use std::sync::{Condvar, Mutex, MutexGuard};
    pub(crate) use std::thread::{Thread, current, park, park_timeout, yield_now};
}

#[cfg(loom)]
mod switch {
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
