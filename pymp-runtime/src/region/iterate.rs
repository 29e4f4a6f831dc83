//! `p.iterate(it)`: any iterator, pulled lazily by the whole team.

use super::Region;
use super::crew::Place;
use super::item::{Item, Line, Queue, Tray};
use super::sites::What;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// What [`Region::iterate`] takes: an iterator, something that can be made one, or a closure that makes one. `M` is found by the compiler.
#[diagnostic::on_unimplemented(
    message = "`iterate` cannot hand the items of `{Self}` from thread to thread",
    label = "no iterator of numbers, strings, collections, references to what lives outside of the region, or tuples of these",
    note = "for items of a type of your own: `impl pymp::region::OwnedItem for MyType {{}}`; for those of another crate: `.map(Box::new)`",
    note = "the parts of a struct with a lifetime can be handed over as a tuple"
)]
pub trait Supply<'env, M> {
    /// What it yields.
    type Item: Item<'env, Self::Kind>;
    /// The kind of item.
    type Kind: 'env;
    /// The iterator.
    type IntoIter: Iterator<Item = Self::Item> + Send + 'env;

    /// Makes the iterator.
    fn supply(self) -> Self::IntoIter;
}

/// Marks what can be made an iterator.
#[derive(Debug)]
pub struct Direct<K>(PhantomData<K>);

/// Marks a closure that makes one.
#[derive(Debug)]
pub struct Made<I, K>(PhantomData<(I, K)>);

impl<'env, K: 'env, I> Supply<'env, Direct<K>> for I
where
    I: IntoIterator<IntoIter: Send + 'env, Item: Item<'env, K>>,
{
    type Item = I::Item;
    type Kind = K;
    type IntoIter = I::IntoIter;

    fn supply(self) -> I::IntoIter {
        self.into_iter()
    }
}

impl<'env, K: 'env, I, F> Supply<'env, Made<I, K>> for F
where
    F: FnOnce() -> I,
    I: IntoIterator<IntoIter: Send + 'env, Item: Item<'env, K>>,
{
    type Item = I::Item;
    type Kind = K;
    type IntoIter = I::IntoIter;

    fn supply(self) -> I::IntoIter {
        self().into_iter()
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
    /// The first thread that comes here supplies the iterator; those that the others bring are dropped unused. It is pulled one item
    /// at a time, under a lock, and only when a thread is ready for the next one: an endless iterator will do. Borrowed items
    /// must outlive the region; types of your own say [`OwnedItem`](super::OwnedItem). For what can be indexed, [`xrange`](Self::xrange)
    /// takes no lock.
    ///
    /// # Panics
    ///
    /// A panic in the iterator is one of the thread that pulled.
    ///
    /// pymp: `p.iterate(it)`, where the entering thread does nothing but pull; here it works too.
    pub fn iterate<S: Supply<'env, M>, M>(&self, items: S) -> Iterate<'_, 'team, 'env, S::Item, S::Kind> {
        // Unless this thread is the first, the iterator is dropped at the end of this function, outside of any lock.
        let mut iterator = Some(items.supply());
        let make = || {
            let Some(iterator) = iterator.take() else { unreachable!("made once") };
            Arc::new(Queue::<_, S::Kind>::new(iterator)) as Arc<dyn Line<'env> + 'env>
        };
        let (number, line) = self.meet_line(make);
        Iterate { region: self, number, line: Some(line), item: PhantomData }
    }

    fn meet_line(&self, make: impl FnOnce() -> Arc<dyn Line<'env> + 'env>) -> (u64, Arc<dyn Line<'env> + 'env>) {
        self.crew.check();
        if self.num_threads() == 1 {
            return (0, make());
        }
        let Ok((number, _)) = self.way.meet(What::Iterate) else { self.diverged(What::Iterate) };
        // An iterator is not for the sites, which outlive the region.
        match self.crew.elsewhere(number, || Place::Line(make())) {
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
}

impl<T, M> Iterate<'_, '_, '_, T, M> {
    /// This thread takes no more items.
    fn leave(&mut self) {
        if self.line.take().is_some() && self.number > 0 {
            self.region.crew.leave_elsewhere(self.number);
            self.region.way.leave(self.number);
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
        self.region.crew.check();
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
