//! A mutex that knows its owner, so that a thread that would wait for itself panics instead.

use std::fmt;
use std::hint::spin_loop;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::thread::yield_now;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};

use crate::context::this_thread;

/// Pauses before a waiting thread looks for the first time: some 0.3 microseconds.
const FIRST: u32 = 16;
/// Pauses from then on between two looks, and how many looks: twenty microseconds in all, longer than waking up takes.
const PAUSES: u32 = 8;
const LOOKS: u32 = 100;
/// Then the core is given away so often, as who has the lock may wait for it, before the lock's own way to wait, which sleeps.
const YIELDS: u32 = 100;

/// Nobody holds the mutex. Threads have other numbers.
const NOBODY: usize = 0;

#[derive(Default)]
pub(crate) struct Guarded<T> {
    /// Written by who holds `value` only. Relaxed: a thread finds its own id here only if it wrote it itself and has not cleared it
    /// since, and its own writes it sees in order.
    owner: AtomicUsize,
    /// Threads that sleep until they have it.
    waiting: AtomicUsize,
    value: Mutex<T>,
}

/// The value, until dropped; on the thread that asked for it, whose id is in `owner`.
pub(crate) struct Held<'a, T> {
    guard: MutexGuard<'a, T>,
    owner: &'a AtomicUsize,
    on_this_thread: PhantomData<*const ()>,
}

impl<T> Guarded<T> {
    pub(crate) fn new(value: T) -> Self {
        Guarded { owner: AtomicUsize::new(NOBODY), waiting: AtomicUsize::new(0), value: Mutex::new(value) }
    }

    /// Waits for the value. `reentered` says what is wrong if the calling thread has it already.
    #[inline]
    #[track_caller]
    pub(crate) fn hold(&self, reentered: &str) -> Held<'_, T> {
        match self.try_hold() {
            Some(held) => held,
            None => self.wait(reentered),
        }
    }

    #[inline]
    pub(crate) fn try_hold(&self) -> Option<Held<'_, T>> {
        self.value.try_lock().map(|guard| self.held(guard))
    }

    pub(crate) fn hold_timeout(&self, timeout: Duration) -> Option<Held<'_, T>> {
        self.value.try_lock_for(timeout).map(|guard| self.held(guard))
    }

    pub(crate) fn into_inner(self) -> T {
        self.value.into_inner()
    }

    #[cold]
    #[track_caller]
    fn wait(&self, reentered: &str) -> Held<'_, T> {
        if self.owner.load(Relaxed) == this_thread() {
            panic!("{reentered}");
        }
        // Looks from time to time only, and late the first time: who has the lock keeps its cache line meanwhile, and may take the
        // lock several times before it has to part with it.
        pause(FIRST);
        for look in 0..LOOKS + YIELDS {
            if let Some(held) = self.try_hold() {
                return held;
            }
            if look < LOOKS { pause(PAUSES) } else { yield_now() }
        }
        // Relaxed, as below: a number that is looked at again and again, and orders nothing.
        self.waiting.fetch_add(1, Relaxed);
        let guard = self.value.lock();
        self.waiting.fetch_sub(1, Relaxed);
        self.held(guard)
    }

    /// Whether the calling thread has the value, and others sleep until it gives it back.
    pub(crate) fn is_kept_from_others(&self) -> bool {
        self.owner.load(Relaxed) == this_thread() && self.waiting.load(Relaxed) > 0
    }

    #[inline]
    fn held<'a>(&'a self, guard: MutexGuard<'a, T>) -> Held<'a, T> {
        self.owner.store(this_thread(), Relaxed);
        Held { guard, owner: &self.owner, on_this_thread: PhantomData }
    }
}

fn pause(times: u32) {
    for _ in 0..times {
        spin_loop();
    }
}

impl<T> Deref for Held<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T> DerefMut for Held<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}

impl<T> Drop for Held<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // Before the guard goes: afterwards it would be the next owner's.
        self.owner.store(NOBODY, Relaxed);
    }
}

/// The value, or that it is in use: printing does not wait.
impl<T: fmt::Debug> fmt::Debug for Guarded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.try_hold() {
            Some(held) => held.fmt(f),
            None => f.write_str("<in use>"),
        }
    }
}
