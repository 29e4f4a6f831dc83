//! `p.iterate(it)`: any iterator, pulled lazily by the whole team.

pub mod item;

use item::{Item, Line, Queue, Tray};

use super::Region;
use super::loops::Then;
use super::work_shares::What;
use super::work_shares::elsewhere::Place;
use crate::shared;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// What [`Region::iterate`] takes: an iterator, something that can be made one, a closure that makes one, or a
/// [`shared::iter`](crate::shared::iter()). `M` is found by the compiler.
#[diagnostic::on_unimplemented(
    message = "`iterate` cannot hand the items of `{Self}` from thread to thread",
    label = "no iterator of numbers, strings, collections, references to what lives outside of the region, or tuples of these",
    note = "make the iterator before the region, `let items = pymp::shared::iter(..)`, and write `p.iterate(&items)`: it takes items of every type",
    note = "or, for items of a type of your own: `impl pymp::region::OwnedItem for MyType {{}}`; for those of another crate: `.map(Box::new)`",
    note = "see `pymp::errors::region_items`"
)]
pub trait Supply<'env, M> {
    /// What it yields.
    type Item;
    /// A thread's items.
    type Items<'p, 'team: 'p>: Iterator<Item = Self::Item>
    where
        'env: 'team;

    /// What the calling thread gets of it.
    fn deal<'p, 'team>(self, region: &'p Region<'team, 'env>) -> Self::Items<'p, 'team>;
}

/// Marks what can be made an iterator.
#[derive(Debug)]
pub struct Direct<K>(PhantomData<K>);

/// Marks a closure that makes one.
#[derive(Debug)]
pub struct Made<I, K>(PhantomData<(I, K)>);

/// Marks an iterator that the threads share already.
#[derive(Debug)]
pub struct Shared;

impl<'env, K: 'env, I> Supply<'env, Direct<K>> for I
where
    I: IntoIterator<IntoIter: Send + 'env, Item: Item<'env, K>>,
{
    type Item = I::Item;
    type Items<'p, 'team: 'p>
        = Iterate<'p, 'team, 'env, I::Item, K>
    where
        'env: 'team;

    #[track_caller]
    fn deal<'p, 'team>(self, region: &'p Region<'team, 'env>) -> Iterate<'p, 'team, 'env, I::Item, K> {
        region.meet_at(|| self.into_iter())
    }
}

impl<'env, K: 'env, I, F> Supply<'env, Made<I, K>> for F
where
    F: FnOnce() -> I,
    I: IntoIterator<IntoIter: Send + 'env, Item: Item<'env, K>>,
{
    type Item = I::Item;
    type Items<'p, 'team: 'p>
        = Iterate<'p, 'team, 'env, I::Item, K>
    where
        'env: 'team;

    #[track_caller]
    fn deal<'p, 'team>(self, region: &'p Region<'team, 'env>) -> Iterate<'p, 'team, 'env, I::Item, K> {
        region.meet_at(|| self().into_iter())
    }
}

impl<'env, I: Iterator> Supply<'env, Shared> for &shared::Iter<I> {
    type Item = I::Item;
    type Items<'p, 'team: 'p>
        = Turns<'p, 'team, 'env, I>
    where
        'env: 'team;

    fn deal<'p, 'team>(self, region: &'p Region<'team, 'env>) -> Turns<'p, 'team, 'env, I> {
        Turns { region, items: self.clone() }
    }
}

impl<'env, I: Iterator> Supply<'env, Shared> for shared::Iter<I> {
    type Item = I::Item;
    type Items<'p, 'team: 'p>
        = Turns<'p, 'team, 'env, I>
    where
        'env: 'team;

    fn deal<'p, 'team>(self, region: &'p Region<'team, 'env>) -> Turns<'p, 'team, 'env, I> {
        (&self).deal(region)
    }
}

impl<'team, 'env> Region<'team, 'env> {
    /// The items of any iterator, each to the one thread that takes it next. Nobody waits at the end.
    ///
    /// ```
    /// use pymp_runtime::{Parallel, shared};
    ///
    /// let text = "one\ntwo\nthree".to_owned();
    /// let lengths = shared::list::<usize>();
    /// Parallel::new(2).run(|p| {
    ///     for line in p.iterate(text.lines()) {
    ///         lengths.push(line.len());
    ///     }
    /// });
    /// assert_eq!(lengths.to_vec().iter().sum::<usize>(), 11);
    /// ```
    ///
    /// The first thread that comes here supplies the iterator; those that the others bring are dropped unused. A closure that makes one is
    /// called by the first thread only. It is pulled one item
    /// at a time, under a lock, and only when a thread is ready for the next one: an endless iterator will do. For what can be
    /// indexed, [`xrange`](Self::xrange) takes no lock.
    ///
    /// Items are numbers, strings, collections, references to what outlives the region, tuples of these, and types of your own that say
    /// [`OwnedItem`](super::OwnedItem). An iterator that the threads share already, [`shared::iter`](crate::shared::iter()), may have
    /// items of every type, also with lifetimes:
    ///
    /// ```
    /// use pymp_runtime::{Parallel, shared};
    ///
    /// struct Job<'a>(&'a str);
    ///
    /// let text = "one two three".to_owned();
    /// let jobs = shared::iter(text.split(' ').map(Job));
    /// let letters = Parallel::new(2).map(|p| p.iterate(&jobs).map(|job| job.0.len()).sum::<usize>());
    /// assert_eq!(letters.iter().sum::<usize>(), 11);
    /// ```
    ///
    /// # Panics
    ///
    /// A panic in the iterator is one of the thread that pulled, one in the closure that makes it of the first thread.
    ///
    /// pymp: `p.iterate(it)`, where the entering thread does nothing but pull; here it works too.
    #[track_caller]
    pub fn iterate<S: Supply<'env, M>, M>(&self, items: S) -> S::Items<'_, 'team> {
        items.deal(self)
    }

    #[track_caller]
    fn meet_at<K: 'env, I>(&self, make: impl FnOnce() -> I) -> Iterate<'_, 'team, 'env, I::Item, K>
    where
        I: Iterator<Item: Item<'env, K>> + Send + 'env,
    {
        let mut first = None;
        let (number, line) = self.meet_line(|| first.insert(Arc::new(Queue::<_, K>::new())).clone());
        match first {
            // Outside of any lock. When it panics there are no items, and nobody waits for them.
            Some(queue) => {
                let _then = Then(|| {
                    queue.supply(None);
                    self.state.ring();
                });
                queue.supply(Some(make()));
            }
            None => _ = self.state.wait_for(self.unwinds(), || line.is_there(), || self.gone()),
        }
        Iterate { region: self, number, line: Some(line), item: PhantomData, on_this_thread: PhantomData }
    }

    #[track_caller]
    fn meet_line(&self, make: impl FnOnce() -> Arc<dyn Line<'env> + 'env>) -> (u64, Arc<dyn Line<'env> + 'env>) {
        self.check();
        self.course();
        if self.num_threads() == 1 {
            return (0, make());
        }
        let Ok((number, _)) = self.course().loops.meet(What::Iterate) else { self.diverged(What::Iterate) };
        // An iterator is not for the work shares, which outlive the region.
        match self.state.elsewhere.place(number, || Place::Line(make())) {
            Place::Line(line) => (number, line),
            Place::Loop(_) => self.diverged(What::Iterate),
        }
    }
}

/// A thread's items of [`Region::iterate`].
#[must_use = "iterators do nothing unless they are iterated"]
pub struct Iterate<'p, 'team, 'env, T, M> {
    region: &'p Region<'team, 'env>,
    number: u64,
    line: Option<Arc<dyn Line<'env> + 'env>>,
    item: PhantomData<(T, fn(M))>,
    on_this_thread: PhantomData<*const ()>,
}

impl<T, M> Iterate<'_, '_, '_, T, M> {
    /// This thread takes no more items.
    fn leave(&mut self) {
        if self.line.take().is_some() && self.number > 0 {
            self.region.state.elsewhere.leave(self.number, self.region.num_threads());
            self.region.course().loops.leave(self.number);
        }
    }
}

impl<T, M> Drop for Iterate<'_, '_, '_, T, M> {
    fn drop(&mut self) {
        self.leave();
    }
}

impl<'env, T: Item<'env, M>, M> Iterator for Iterate<'_, '_, 'env, T, M> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let line = self.line.as_deref()?;
        self.region.check();
        let mut item = None;
        if !line.pull(Tray::new::<M, T>(&mut item)) {
            self.region.diverged("an `iterate` over such items");
        }
        if item.is_none() {
            self.leave();
        }
        item
    }
}

impl<'env, T: Item<'env, M>, M> std::iter::FusedIterator for Iterate<'_, '_, 'env, T, M> {}

impl<T, M> fmt::Debug for Iterate<'_, '_, '_, T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iterate").field("region", self.region).finish_non_exhaustive()
    }
}

/// A thread's items of a [`shared::Iter`](crate::shared::Iter), in [`Region::iterate`].
#[must_use = "iterators do nothing unless they are iterated"]
pub struct Turns<'p, 'team, 'env, I> {
    region: &'p Region<'team, 'env>,
    items: shared::Iter<I>,
}

impl<I: Iterator> Iterator for Turns<'_, '_, '_, I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.region.check();
        self.items.next()
    }
}

impl<I: Iterator> std::iter::FusedIterator for Turns<'_, '_, '_, I> {}

impl<I> fmt::Debug for Turns<'_, '_, '_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Turns").field("region", self.region).finish_non_exhaustive()
    }
}
