//! `p.lock()` and `p.critical(|| ..)`: one thread at a time.

mod named;

pub(super) use named::Named;

use super::Region;
use crate::shared::guarded::{Guarded, Held};
use std::cell::Cell;
use std::fmt;
use std::sync::LazyLock;

impl Region<'_, '_> {
    /// The lock of the region: one thread of the team holds it at a time, until the guard is dropped.
    ///
    /// ```
    /// use pymp_runtime::{Parallel, shared};
    ///
    /// let total = shared::array::<u64>(1);
    /// Parallel::new(2).run(|p| {
    ///     for _ in p.range(0..1000) {
    ///         let _guard = p.lock();
    ///         total.set(0, total.get(0) + 1);
    ///     }
    /// });
    /// assert_eq!(total.get(0), 1000);
    /// ```
    ///
    /// # Panics
    ///
    /// When this thread holds it already: it would wait for itself.
    ///
    /// pymp: `p.lock`.
    #[inline]
    #[track_caller]
    pub fn lock(&self) -> Guard<'_> {
        Guard { _held: self.state.lock.hold("this thread holds the lock of the region already and would wait for itself") }
    }

    /// Runs `body` while no other thread of the program is in a `critical`.
    ///
    /// ```
    /// # use pymp_runtime::Parallel;
    /// Parallel::new(2).run(|p| p.critical(|| { /* one thread at a time */ }));
    /// ```
    ///
    /// # Panics
    ///
    /// Inside of a `critical` of the same name: the thread would wait for itself. A panic in `body` leaves it free.
    ///
    /// OpenMP: `#pragma omp critical`.
    #[inline]
    #[track_caller]
    pub fn critical<T>(&self, body: impl FnOnce() -> T) -> T {
        static UNNAMED: LazyLock<Guarded<()>> = LazyLock::new(|| Guarded::new(()));
        self.inside(UNNAMED.hold(REENTERED), body)
    }

    /// Runs `body` while no other thread of the program is in a `critical` of this name.
    ///
    /// ```
    /// # use pymp_runtime::Parallel;
    /// Parallel::new(2).run(|p| p.critical_named("io", || { /* one thread at a time */ }));
    /// ```
    ///
    /// # Panics
    ///
    /// As [`critical`](Self::critical).
    ///
    /// OpenMP: `#pragma omp critical(io)`.
    #[track_caller]
    pub fn critical_named<T>(&self, name: &str, body: impl FnOnce() -> T) -> T {
        let lock = match self.own_course() {
            Some(course) => named::lock(name, &course.last_named),
            None => named::lock(name, &Cell::new(None)),
        };
        self.inside(lock.hold(REENTERED), body)
    }

    #[inline]
    fn inside<T>(&self, held: Held<'_, ()>, body: impl FnOnce() -> T) -> T {
        self.check();
        // A thread of an inner region comes to no barrier of this one.
        let _inside = self.own_course().map(|course| Inside::of(&course.criticals));
        let _held = held;
        body()
    }
}

/// One more `critical`, until it is dropped.
struct Inside<'p>(&'p Cell<usize>);

impl<'p> Inside<'p> {
    fn of(count: &'p Cell<usize>) -> Self {
        count.set(count.get() + 1);
        Inside(count)
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

const REENTERED: &str = "a `critical` inside of a `critical` of the same name would wait for itself";

/// The calling thread holds the [lock of its region](Region::lock) until this is dropped.
///
/// ```
/// use pymp_runtime::{Parallel, Region, region::Guard};
///
/// fn enter<'p>(p: &'p Region) -> Guard<'p> {
///     p.lock()
/// }
/// Parallel::new(2).run(|p| {
///     let _guard = enter(p);
///     // one thread of the team at a time
/// });
/// ```
#[must_use = "the lock is released when the guard is dropped: write `let _guard = p.lock();`"]
pub struct Guard<'p> {
    _held: Held<'p, ()>,
}

impl fmt::Debug for Guard<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").finish_non_exhaustive()
    }
}
