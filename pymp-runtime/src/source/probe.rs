//! What kind of thing stands at the head of a loop: asked of the type, by the order in which a method call looks at traits.
//!
//! `(&&&&&Probe::of(&head)).__pymp_kind()` finds the first of six: the method for a `&&&&Probe<T>`, which is there when `T` has no
//! end, for a `&&&Probe<T>`, when it can be cut, for a `&&Probe<T>` and a `&Probe<T>`, when it is one of rayon's, for a
//! `Probe<T>`, when it can be pulled, and for any. It gives a value that stands for the kind (`kind.rs`). The traits are imported as
//! `_`, in a block that none of the user's tokens are in. While an integer literal's type is still open a kind that fits every integer
//! is taken, and the literal stays open.

use std::marker::PhantomData;

use rayon::iter::IndexedParallelIterator;

use super::kind::{Any, Cheap, Cuttable, Nothing, Opened, Rayon, Told};
use super::{CheapClone, IntoCut, Nest, Open, Pullable};

/// The traits that ask, without names. All at once, since an import that is not used would draw a warning.
pub mod probes {
    pub use super::{ProbeAny as _, ProbeCheap as _, ProbeCut as _, ProbeNothing as _, ProbeOpen as _, ProbeRayon as _};
}

/// Stands for a value whose kind is asked.
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

impl<T> Clone for Probe<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Probe<T> {}

impl<T> Probe<T> {
    /// For the type of this value.
    pub const fn of(_: &T) -> Self {
        Self(PhantomData)
    }
}

/// First: what has no end.
pub trait ProbeOpen {
    /// Its kind.
    fn __pymp_kind(&self) -> Opened {
        Opened
    }
}

impl<T: Open> ProbeOpen for &&&&Probe<T> {}

/// Second: what can be cut.
pub trait ProbeCut {
    /// Its kind.
    fn __pymp_kind(&self) -> Cuttable {
        Cuttable
    }
}

impl<T: IntoCut> ProbeCut for &&&Probe<T> {}

/// Third: rayon's, when its clones are cheap.
pub trait ProbeCheap {
    /// Its kind.
    fn __pymp_kind(&self) -> Cheap {
        Cheap
    }
}

impl<T: CheapClone> ProbeCheap for &&Probe<T> {}

/// Fourth: rayon's, when it holds its items.
pub trait ProbeRayon {
    /// Its kind.
    fn __pymp_kind(&self) -> Rayon {
        Rayon
    }
}

impl<T: IndexedParallelIterator> ProbeRayon for &Probe<T> {}

/// Fifth: what can be pulled.
pub trait ProbeAny {
    /// Its kind.
    fn __pymp_kind(&self) -> Any {
        Any
    }
}

impl<T: Pullable> ProbeAny for Probe<T> {}

/// Last, by value: what is no head of a loop.
pub trait ProbeNothing: Sized {
    /// Its kind.
    fn __pymp_kind(self) -> Nothing {
        Nothing
    }
}

impl<T> ProbeNothing for Probe<T> {}

/// Asked where a trait would be asked for any type: loops that cannot be collapsed.
impl<A, B> Probe<Nest<A, B>> {
    /// They have been told.
    pub fn __pymp_kind(&self) -> Told {
        Told
    }
}

/// The kind of a value, with the traits that ask for it in scope around nothing of the user's.
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_kind {
    ($value:ident) => {{
        use $crate::__private::probes::*;
        (&&&&&$crate::__private::Probe::of(&$value)).__pymp_kind()
    }};
}
