//! What lies in a mailbox beside the job: on the way there a small body, or where the body is; on the way back what the share has gained.
//!
//! A gain that fits travels with the word that the job is over. A larger one is boxed.

use crate::sync::UnsafeCell;
use std::fmt;
use std::mem::MaybeUninit;

/// As many as two cache lines have room for, beside the state of the mailbox and the job.
const WORDS: usize = 13;
/// As many of them as lie in the first line.
const NEAR: usize = 5;

/// Memory that belongs to one thread at a time, or holds a body that a team reads.
pub(super) struct Letter(UnsafeCell<Content>);

type Content = MaybeUninit<[u64; WORDS]>;

// SAFETY: whoever reaches for the content promises that it is his alone, and a gain is `Send`; or it is a body, which is `Sync`, and is put
// in and taken out by the same thread. What a job's pointers mean is no matter here.
unsafe impl Send for Letter {}
// SAFETY: as above.
unsafe impl Sync for Letter {}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").finish_non_exhaustive()
    }
}

impl Letter {
    pub(super) fn new() -> Self {
        Letter(UnsafeCell::new(Content::uninit()))
    }

    /// Puts something small there, and says where it lies.
    ///
    /// # Safety
    /// The letter is the caller's: nobody else reaches for its content until it is handed on.
    #[inline]
    pub(super) unsafe fn put_near<T>(&self, thing: T) -> *mut T {
        // Not in a const block, which is looked at for every body that might come here, the large ones, too.
        assert!(is_small::<T>(), "what is not small was put into the first line");
        // SAFETY: the caller's promise; what is small fits.
        self.0.with_mut(|content| unsafe { content.cast::<T>().write(thing) });
        self.near().cast()
    }

    /// Where what is small lies.
    #[inline]
    pub(super) fn near(&self) -> *mut () {
        self.0.with_mut(|content| content.cast())
    }

    /// # Safety
    /// The letter is the caller's.
    #[inline]
    pub(super) unsafe fn put<G: Send>(&self, gain: G) {
        if fits::<G>() {
            // SAFETY: the caller's promise; the memory is large enough, and aligned.
            self.0.with_mut(|content| unsafe { content.cast::<G>().write(gain) });
        } else {
            let boxed = Box::into_raw(Box::new(gain));
            // SAFETY: as above, for a pointer.
            self.0.with_mut(|content| unsafe { content.cast::<*mut G>().write(boxed) });
        }
    }

    /// # Safety
    /// 1. The letter is the caller's.
    /// 2. A gain of this type was put there last, and was not taken before.
    #[inline]
    pub(super) unsafe fn take<G: Send>(&self) -> G {
        if fits::<G>() {
            // SAFETY: 1 and 2.
            self.0.with_mut(|content| unsafe { content.cast::<G>().read() })
        } else {
            // SAFETY: 1 and 2: `put` has written it.
            let boxed = self.0.with_mut(|content| unsafe { content.cast::<*mut G>().read() });
            // SAFETY: 2: it comes from `Box::into_raw`, and is taken once.
            *unsafe { Box::from_raw(boxed) }
        }
    }
}

/// Whether something finds room in the line of the state.
pub(super) const fn is_small<T>() -> bool {
    size_of::<T>() <= size_of::<[u64; NEAR]>() && align_of::<T>() <= align_of::<Content>()
}

pub(super) const fn fits<G>() -> bool {
    size_of::<G>() <= size_of::<Content>() && align_of::<G>() <= align_of::<Content>()
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    fn there_and_back<G: Send + Clone + PartialEq + fmt::Debug>(gain: G) {
        let letter = Letter::new();
        // SAFETY: the letter is this thread's alone.
        unsafe { letter.put(gain.clone()) };
        // SAFETY: as above, and such a gain was put there.
        let taken = unsafe { letter.take::<G>() };
        assert_eq!(taken, gain);
    }

    #[test]
    fn gains_of_any_size_arrive() {
        there_and_back(());
        there_and_back((1_u8, 2.5, String::from("three")));
        there_and_back([7_u64; WORDS]);
        there_and_back(([8_u64; WORDS], Some(String::from("nine"))));
        #[derive(Clone, Debug, PartialEq)]
        #[repr(align(64))]
        struct Aligned(u8);
        there_and_back(Aligned(10));
    }
}
