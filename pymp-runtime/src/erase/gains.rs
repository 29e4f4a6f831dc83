//! What the shares of a body came to.

use super::letter::{Letter, fits};
use super::slot::Slot;
use std::slice::Iter;
use std::sync::Arc;

/// The gains of all shares, in the order of the threads. One that panicked has none.
pub(crate) struct Gains<'s, G: Send> {
    own: Option<G>,
    // Invariant: these mailboxes are free and this thread's, and where one has a gain it is a `G` that was not taken.
    workers: Iter<'s, Arc<Slot>>,
}

impl<'s, G: Send> Gains<'s, G> {
    /// # Safety
    /// 1. The mailboxes are free, and the caller's, for `'s`.
    /// 2. `own`, and those letters whose mailbox has a gain, have a `G` in it, which nobody else takes.
    #[inline]
    pub(super) unsafe fn new(own: Option<&Letter>, slots: &'s [Arc<Slot>]) -> Self {
        // SAFETY: 2.
        let own = own.map(|letter| unsafe { letter.take() });
        Gains { own, workers: slots.iter() }
    }

    /// Of a thread that was alone.
    #[inline]
    pub(crate) fn alone(gain: G) -> Self {
        Gains { own: Some(gain), workers: [].iter() }
    }
}

impl<G: Send> Iterator for Gains<'_, G> {
    type Item = G;

    #[inline]
    fn next(&mut self) -> Option<G> {
        self.own.take().or_else(|| {
            let letter = self.workers.find_map(|slot| slot.gain())?;
            // SAFETY: the invariant; the iterator does not come to it again.
            Some(unsafe { letter.take() })
        })
    }
}

impl<G: Send> Drop for Gains<'_, G> {
    /// What nobody has asked for.
    #[inline]
    fn drop(&mut self) {
        // One that does not fit is in a box.
        if std::mem::needs_drop::<G>() || !fits::<G>() {
            self.for_each(drop);
        }
    }
}
