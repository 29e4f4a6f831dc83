//! How the expansion asks for an array. A trait for all that are [`Disjoint`], since of a method that a bound keeps away rustc speaks in the
//! words of the bound; of one that is not there, in words about the method, which the user never wrote.

use super::Disjoint;

/// The trait that is asked, without a name, so that it meets none of the user's.
pub mod asking {
    pub use super::HandedOver as _;
}

/// What a loop may be handed.
pub trait HandedOver: Disjoint {
    /// [`Disjoint::as_disjoint`].
    fn __pymp_handed_over(&mut self) -> Self::Whole<'_> {
        self.as_disjoint()
    }
}

#[diagnostic::do_not_recommend]
impl<A: Disjoint + ?Sized> HandedOver for A {}
