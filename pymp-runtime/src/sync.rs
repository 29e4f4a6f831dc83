//! The std / loom switch.
//!
//! Everything the mailbox protocol is made of comes from here, so that `RUSTFLAGS="--cfg loom"` swaps it for loom's model
//! of the same thing. Plain counters and caches that carry no protocol use `std` directly.

#[cfg(not(loom))]
mod switch {
    pub(crate) use std::hint::spin_loop;
    pub(crate) use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence};
    pub(crate) use std::sync::{Condvar, Mutex, MutexGuard};
    pub(crate) use std::thread::{Thread, current, park, yield_now};
}

#[cfg(loom)]
mod switch {
    pub(crate) use loom::hint::spin_loop;
    pub(crate) use loom::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence};
    pub(crate) use loom::sync::{Condvar, Mutex, MutexGuard};
    pub(crate) use loom::thread::{Thread, current, park, yield_now};
}

pub(crate) use switch::*;
