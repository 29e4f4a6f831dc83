//! Locks that guard no value of their own: what a program says they guard.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{ReentrantMutex, ReentrantMutexGuard};

use super::guarded::{Guarded, Held};

/// Makes a lock: one thread at a time holds it.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::shared;
///
/// let (lock, total) = (shared::lock(), shared::array::<u64>(1));
/// std::thread::scope(|scope| {
///     for _ in 0..2 {
///         scope.spawn(|| {
///             for _ in 0..500 {
///                 let _guard = lock.lock(); // until the end of the block
///                 total.set(0, total.get(0) + 1);
///             }
///         });
///     }
/// });
/// assert_eq!(total.get(0), 1000);
/// ```
///
/// pymp: `pymp.shared.lock()`, `p.lock`. OpenMP: `omp_init_lock`.
pub fn lock() -> Lock {
    Lock::default()
}

/// Makes a lock that its owner may take again; see [`RLock`].
///
/// ```
/// # use pymp_runtime as pymp;
/// let lock = pymp::shared::rlock();
/// let once = lock.lock();
/// let twice = lock.lock();
/// drop((once, twice));
/// ```
///
/// pymp: `pymp.shared.rlock()`. OpenMP: `omp_init_nest_lock`.
pub fn rlock() -> RLock {
    RLock::default()
}

/// A lock, held by one thread at a time; [`lock`] makes one. A clone is the same lock.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::shared::Lock;
///
/// let lock = Lock::default();
/// let guard = lock.lock();
/// assert!(lock.clone().try_lock().is_none());
/// # drop(guard);
/// ```
///
/// It is released when its guard is dropped, by a panic too, and it is not poisoned.
#[derive(Clone, Default)]
pub struct Lock {
    raw: Arc<Guarded<()>>,
}

/// The calling thread holds a [`Lock`] until this is dropped.
///
/// It stays on its thread:
///
/// ```compile_fail,E0277
/// # use pymp_runtime as pymp;
/// let lock = pymp::shared::lock();
/// let guard = lock.lock();
/// std::thread::scope(|scope| {
///     scope.spawn(|| drop(guard));
/// });
/// ```
#[must_use = "the lock is released when the guard is dropped: write `let _guard = lock.lock();`"]
pub struct LockGuard<'a> {
    _held: Held<'a, ()>,
}

impl Lock {
    /// Waits until no other thread holds the lock, and holds it.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// let lock = pymp::shared::lock();
    /// let guard = lock.lock();
    /// assert!(lock.try_lock().is_none());
    /// drop(guard);
    /// assert!(lock.try_lock().is_some());
    /// ```
    ///
    /// # Panics
    ///
    /// When the calling thread holds it already: it would wait for itself for ever. An [`rlock`] can be taken again.
    ///
    /// # Deadlocks
    ///
    /// Two threads that each hold one lock and wait for the other's: take locks in the same order everywhere.
    #[inline]
    #[track_caller]
    pub fn lock(&self) -> LockGuard<'_> {
        LockGuard {
            _held: self
                .raw
                .hold("this thread holds the lock already and would wait for itself; shared::rlock() can be taken again"),
        }
    }

    /// Holds the lock if nobody does, the calling thread included.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let lock = shared::lock();
    /// let guard = lock.try_lock();
    /// assert!(guard.is_some() && lock.try_lock().is_none());
    /// ```
    #[inline]
    pub fn try_lock(&self) -> Option<LockGuard<'_>> {
        self.raw.try_hold().map(|held| LockGuard { _held: held })
    }

    /// Waits for the lock, but no longer than `timeout`.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// use std::time::Duration;
    ///
    /// let lock = pymp::shared::lock();
    /// let _guard = lock.lock();
    /// assert!(lock.lock_timeout(Duration::from_millis(1)).is_none());
    /// ```
    pub fn lock_timeout(&self, timeout: Duration) -> Option<LockGuard<'_>> {
        self.raw.hold_timeout(timeout).map(|held| LockGuard { _held: held })
    }
}

/// A lock that the thread that holds it may take again, and which is free when it has been released as often; [`rlock`] makes one. A
/// clone is the same lock.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::shared::RLock;
///
/// let lock = RLock::default();
/// let guard = lock.lock();
/// assert!(lock.clone().try_lock().is_some()); // the same thread
/// # drop(guard);
/// ```
///
/// It is released when its guards are dropped, by a panic too, and it is not poisoned.
#[derive(Clone, Default)]
pub struct RLock {
    raw: Arc<ReentrantMutex<()>>,
}

/// The calling thread holds an [`RLock`], once more, until this is dropped. It stays on its thread.
#[must_use = "the lock is released when the guard is dropped: write `let _guard = lock.lock();`"]
pub struct RLockGuard<'a> {
    _held: ReentrantMutexGuard<'a, ()>,
    on_this_thread: PhantomData<*const ()>,
}

impl RLock {
    /// Waits until no other thread holds the lock, and holds it, once more if this thread holds it already.
    ///
    /// ```
    /// # use pymp_runtime as pymp;
    /// # use pymp::shared;
    /// fn depth(lock: &shared::RLock, n: u32) -> u32 {
    ///     let _guard = lock.lock();
    ///     if n == 0 { 0 } else { 1 + depth(lock, n - 1) }
    /// }
    /// assert_eq!(depth(&shared::rlock(), 5), 5);
    /// ```
    ///
    /// # Deadlocks
    ///
    /// Two threads that each hold one lock and wait for the other's: take locks in the same order everywhere.
    #[inline]
    pub fn lock(&self) -> RLockGuard<'_> {
        RLockGuard { _held: self.raw.lock(), on_this_thread: PhantomData }
    }

    /// Holds the lock if no other thread does.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// let lock = shared::rlock();
    /// let guards = (lock.try_lock(), lock.try_lock());
    /// assert!(guards.0.is_some() && guards.1.is_some());
    /// ```
    #[inline]
    pub fn try_lock(&self) -> Option<RLockGuard<'_>> {
        self.raw.try_lock().map(|held| RLockGuard { _held: held, on_this_thread: PhantomData })
    }

    /// Waits for the lock, but no longer than `timeout`.
    ///
    /// ```
    /// # use pymp_runtime::shared;
    /// # use std::time::Duration;
    /// let lock = shared::rlock();
    /// let guards = [1, 2].map(|ms| lock.lock_timeout(Duration::from_millis(ms)));
    /// assert!(guards.iter().all(Option::is_some));
    /// ```
    pub fn lock_timeout(&self, timeout: Duration) -> Option<RLockGuard<'_>> {
        self.raw.try_lock_for(timeout).map(|held| RLockGuard { _held: held, on_this_thread: PhantomData })
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lock").field("held", &self.raw.try_hold().is_none()).finish()
    }
}

impl fmt::Debug for LockGuard<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LockGuard")
    }
}

impl fmt::Debug for RLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RLock").field("held", &self.raw.is_locked()).finish()
    }
}

impl fmt::Debug for RLockGuard<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RLockGuard")
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
