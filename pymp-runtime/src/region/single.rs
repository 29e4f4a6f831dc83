//! `p.single(|| ..)`: one thread runs it, and all get what it returned.

use super::Region;
use super::handle::Course;
use crate::barrier::Construct;
use std::any::Any;

impl<'team, 'env> Region<'team, 'env> {
    /// Runs `body` on one thread, the first that comes, and gives every thread a clone of what it returned. The others wait for it.
    ///
    /// ```
    /// # if cfg!(feature = "threads") {
    /// use pymp_runtime::{Parallel, shared};
    ///
    /// let calls = shared::array::<u32>(1);
    /// let sizes = Parallel::new(3).map(|p| {
    ///     p.single(|| {
    ///         calls.fetch_add(0, 1);
    ///         42
    ///     })
    /// });
    /// assert_eq!((sizes, calls.get(0)), (vec![42; 3], 1));
    /// # }
    /// ```
    ///
    /// What it returns owns what it has. A reference goes into a cell instead, from where all read it:
    ///
    /// ```
    /// use pymp_runtime::Parallel;
    /// use std::sync::OnceLock;
    ///
    /// let (text, found) = (String::from("a needle in hay"), OnceLock::new());
    /// let words = Parallel::new(2).map(|p| {
    ///     p.single(|| _ = found.set(text.split(' ').nth(1)));
    ///     found.get().copied().flatten()
    /// });
    /// assert!(words.iter().all(|word| *word == Some("needle")));
    /// ```
    ///
    /// Without the wait: [`p.nowait().single(..)`](Nowait::single).
    ///
    /// # Panics, Deadlocks
    ///
    /// As [`barrier`](Self::barrier).
    ///
    /// OpenMP: `#pragma omp single copyprivate(..)`.
    #[track_caller]
    pub fn single<T: Clone + Send + 'static>(&self, body: impl FnOnce() -> T) -> T {
        self.course();
        if self.num_threads() == 1 {
            return body();
        }
        // Nothing to hand over.
        let unit = (&() as &dyn Any).downcast_ref::<T>();
        if let Some(unit) = unit {
            if self.is_first() {
                body();
            }
            self.team_meets(Construct::Single);
            return unit.clone();
        }
        // Two places in turn: when one is written again, the barrier in between has seen every thread read it.
        let results = &self.course().results;
        let number = results.replace(results.get() + 1);
        let place = &self.state.results[number % 2];
        if self.is_first() {
            let value = body();
            let shared = Box::new(value.clone());
            let old = place.lock().replace(shared);
            // Its destructor does not run under the lock.
            drop(old);
            self.team_meets(Construct::Single);
            return value;
        }
        self.team_meets(Construct::Single);
        match place.lock().as_ref().and_then(|value| value.downcast_ref::<T>()) {
            Some(value) => value.clone(),
            None => self.diverged(format_args!("a `single` of type `{}`", std::any::type_name::<T>())),
        }
    }

    /// The constructs that wait at their end, without the wait.
    ///
    /// ```
    /// # use pymp_runtime::Parallel;
    /// let ran = Parallel::new(3).map(|p| p.nowait().single(|| 7));
    /// assert_eq!(ran.into_iter().flatten().collect::<Vec<_>>(), [7]);
    /// ```
    pub fn nowait(&self) -> Nowait<'_, 'team, 'env> {
        Nowait(self)
    }

    /// Whether this thread is the first to come to this single.
    #[inline]
    fn is_first(&self) -> bool {
        self.check();
        let Course { singles, claims_seen, .. } = self.course();
        let number = singles.replace(singles.get() + 1);
        // A thread that is behind knows so, without a look at what the one in front is writing.
        if number < claims_seen.get() {
            return false;
        }
        let claimed = self.state.claim(number);
        claims_seen.set(claimed.unwrap_or(number + 1));
        claimed.is_none()
    }
}

/// The constructs that wait at their end, without the wait: [`Region::nowait`].
#[derive(Clone, Copy, Debug)]
#[must_use = "write what is not to wait behind it, as in `p.nowait().single(|| ..)`"]
pub struct Nowait<'p, 'team, 'env>(&'p Region<'team, 'env>);

impl Nowait<'_, '_, '_> {
    /// Runs `body` on the first thread that comes, which gets what it returned; the others go on.
    ///
    /// ```
    /// # use pymp_runtime::Parallel;
    /// let ran = Parallel::new(2).map(|p| p.nowait().single(|| 7));
    /// assert_eq!(ran.iter().flatten().count(), 1);
    /// ```
    ///
    /// OpenMP: `#pragma omp single nowait`.
    pub fn single<T>(self, body: impl FnOnce() -> T) -> Option<T> {
        self.0.is_first().then(body)
    }

    /// Runs each of the blocks once; a thread that finds none left goes on.
    ///
    /// ```
    /// # use pymp_runtime::{Parallel, shared};
    /// let done = shared::array::<u32>(2);
    /// Parallel::new(2).run(|p| p.nowait().sections([&|| done.set(0, 1), &|| done.set(1, 2)]));
    /// assert_eq!(done.to_vec(), [1, 2]);
    /// ```
    ///
    /// OpenMP: `#pragma omp sections nowait`.
    #[track_caller]
    pub fn sections<const N: usize>(self, blocks: [&dyn Fn(); N]) {
        self.0.each_section(blocks);
    }
}
