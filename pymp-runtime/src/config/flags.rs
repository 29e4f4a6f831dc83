//! What is asked of every team, and hardly ever wanted: in one word, so that a region looks at one.

use super::settings::settings;
use std::sync::atomic::{AtomicU8, Ordering::Relaxed}; // As in the module above.

/// Which of it is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flags(u8);

const DYNAMIC: u8 = 1;
const BINDS: u8 = 2;

impl Flags {
    /// Teams have no more threads than there are processors.
    #[inline]
    pub(crate) fn dynamic(self) -> bool {
        self.0 & DYNAMIC != 0
    }

    /// Somebody has asked for a bound team, so that any thread may be bound.
    #[inline]
    pub(crate) fn binds(self) -> bool {
        self.0 & BINDS != 0
    }
}

/// The word itself.
#[derive(Debug)]
pub(super) struct AtomicFlags(AtomicU8);

impl AtomicFlags {
    pub(super) fn new(dynamic: bool, binds: bool) -> Self {
        AtomicFlags(AtomicU8::new(if dynamic { DYNAMIC } else { 0 } | if binds { BINDS } else { 0 }))
    }

    #[inline]
    pub(super) fn get(&self) -> Flags {
        Flags(self.0.load(Relaxed))
    }

    pub(super) fn set_dynamic(&self, dynamic: bool) {
        if dynamic {
            self.0.fetch_or(DYNAMIC, Relaxed)
        } else {
            self.0.fetch_and(!DYNAMIC, Relaxed)
        };
    }

    /// For good: threads that were bound have to be let free again.
    pub(super) fn binds(&self) {
        self.0.fetch_or(BINDS, Relaxed);
    }
}

#[inline]
pub(crate) fn flags() -> Flags {
    settings().flags.get()
}
