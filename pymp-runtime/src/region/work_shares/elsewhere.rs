//! What the threads of a region meet at that has no work share in the team: iterators, and loops that come when all of them are taken.
//!
//! It lies under its number: the first thread that comes puts it there, the last one that leaves takes it away.

use super::WorkShare;
use crate::region::iterate::item::Line;
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All that is met elsewhere, by number. Hardly any region has some.
#[derive(Default)]
pub(in crate::region) struct Elsewhere<'env>(Mutex<Option<BTreeMap<u64, Met<'env>>>>);

struct Met<'env> {
    place: Place<'env>,
    left: usize,
}

#[derive(Clone)]
pub(in crate::region) enum Place<'env> {
    Loop(Arc<WorkShare>),
    Line(Arc<dyn Line<'env> + 'env>),
}

impl<'env> Elsewhere<'env> {
    /// What lies under the number of a loop; made by the first thread that comes.
    pub(in crate::region) fn place(&self, number: u64, make: impl FnOnce() -> Place<'env>) -> Place<'env> {
        let mut all = self.0.lock();
        all.get_or_insert_default().entry(number).or_insert_with(|| Met { place: make(), left: 0 }).place.clone()
    }

    /// A thread does nothing more in what lies there, one of so many.
    pub(in crate::region) fn leave(&self, number: u64, threads: usize) {
        let mut all = self.0.lock();
        let Some(numbers) = all.as_mut() else { return };
        let Some(met) = numbers.get_mut(&number) else { return };
        met.left += 1;
        let last = if met.left == threads { numbers.remove(&number) } else { None };
        drop(all);
        // The destructor of an iterator does not run under the lock.
        drop(last);
    }

    /// Whether nothing was ever met here.
    #[inline]
    pub(in crate::region) fn is_empty(&mut self) -> bool {
        self.0.get_mut().is_none()
    }
}
