//! What kind of thing stands at the head of a loop: asked of the type, by the order in which a method call looks at traits.
//!
//! `(&&&&&Probe::of(&head)).__pymp_kind()` finds the first of six: the method for a `&&&&Probe<T>`, which is there when `T` has no
//! end, for a `&&&Probe<T>`, when it can be cut, for a `&&Probe<T>` and a `&Probe<T>`, when it is one of rayon's, for a
//! `Probe<T>`, when it can be pulled, and for any. It gives a value that stands for
//! the kind, and that one converts the head. The traits are imported as `_`, in a block that none of the user's tokens are in.
//! While an integer literal's type is still open a kind that fits every integer is taken, and the literal stays open.

use std::marker::PhantomData;
use std::ops::Range;

use rayon::iter::IndexedParallelIterator;

use super::{
    CheapClone, Countable, Cut, Indexed, IntoCut, Nest, Open, Owned, Produced, Progression, Pulled, RayonOperand, Source, Uncut,
};

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

/// The kind of what has no end.
#[derive(Debug)]
pub struct Opened;

impl Opened {
    /// A leaf of the head.
    pub fn cut<T: Open>(self, head: T) -> Cut<T::Source> {
        head.into_cut()
    }

    /// The whole head.
    pub fn source<T: Open>(self, head: T) -> Pulled<<T::Source as Source>::Chunk>
    where
        <T::Source as Source>::Chunk: Send,
    {
        Pulled::new(head.into_cut().into_iter())
    }

    /// The argument of its `zip` or `chain`.
    pub fn operand<K: Kind<T>, T>(self, kind: K, argument: T) -> K::Operand {
        kind.beside_cut(argument)
    }

    /// What it is as the argument of a `chain`, which has no count then.
    pub fn last(self) -> Any {
        Any
    }
}

/// The kind of what can be cut.
#[derive(Debug)]
pub struct Cuttable;

impl Cuttable {
    /// What it is as the argument of a `chain`.
    pub fn last(self) -> Self {
        self
    }

    /// A leaf of the head.
    #[track_caller]
    pub fn cut<T: IntoCut>(self, head: T) -> Cut<T::Source> {
        head.into_cut()
    }

    /// The whole head.
    #[track_caller]
    pub fn source<T: IntoCut>(self, head: T) -> T::Source {
        head.into_cut().into_source()
    }

    /// The argument of its `zip` or `chain`.
    pub fn operand<K: Kind<T>, T>(self, kind: K, argument: T) -> K::Operand {
        kind.beside_cut(argument)
    }
}

/// The kind of rayon's iterators that are collected first.
#[derive(Debug)]
pub struct Rayon;

impl Rayon {
    /// What it is as the argument of a `chain`.
    pub fn last(self) -> Self {
        self
    }

    /// A leaf of the head.
    pub fn cut<T>(self, head: T) -> T {
        head
    }

    /// The whole head.
    pub fn source<T: IndexedParallelIterator>(self, head: T) -> Owned<T::Item> {
        let mut items = Vec::new();
        head.collect_into_vec(&mut items);
        Owned::new(items)
    }

    /// The argument of its `zip` or `chain`.
    pub fn operand<K: RayonOperand<T>, T>(self, kind: K, argument: T) -> K::Operand {
        kind.beside_rayon(argument)
    }
}

/// The kind of rayon's iterators that are split.
#[derive(Debug)]
pub struct Cheap;

impl Cheap {
    /// What it is as the argument of a `chain`.
    pub fn last(self) -> Self {
        self
    }

    /// A leaf of the head.
    pub fn cut<T>(self, head: T) -> T {
        head
    }

    /// The whole head.
    pub fn source<T: CheapClone>(self, head: T) -> Produced<T> {
        Produced::new(head)
    }

    /// The argument of its `zip` or `chain`.
    pub fn operand<K: RayonOperand<T>, T>(self, kind: K, argument: T) -> K::Operand {
        kind.beside_rayon(argument)
    }
}

/// The kind of everything else.
#[derive(Debug)]
pub struct Any;

impl Any {
    /// What it is as the argument of a `chain`.
    pub fn last(self) -> Self {
        self
    }

    /// A leaf of the head.
    pub fn cut<T>(self, head: T) -> T {
        head
    }

    /// The whole head.
    pub fn source<T: Pullable>(self, head: T) -> T::Source {
        head.into_pulled()
    }

    /// The argument of its `zip` or `chain`.
    pub fn operand<K, T>(self, _: K, argument: T) -> T {
        argument
    }
}

/// The kind of what is refused.
#[derive(Debug)]
pub struct Nothing;

impl Nothing {
    /// What it is as the argument of a `chain`.
    pub fn last(self) -> Self {
        self
    }

    /// A leaf of the head, to which a method may be added that makes it something.
    pub fn cut<T>(self, head: T) -> T {
        head
    }

    /// The whole head, which is refused here, and whose items may then be anything.
    pub fn source<T: Pullable, I>(self, _head: T) -> Nowhere<I> {
        Nowhere(PhantomData)
    }

    /// The argument of its `zip` or `chain`.
    pub fn operand<K, T>(self, _: K, argument: T) -> T {
        argument
    }
}

/// The kind of what has been refused before, and told.
#[derive(Debug)]
pub struct Told;

impl Told {
    /// The whole head.
    pub fn source<T, I>(self, _head: T) -> Nowhere<I> {
        Nowhere(PhantomData)
    }
}

/// Asked where a trait would be asked for any type: loops that cannot be collapsed.
impl<A, B> Probe<Nest<A, B>> {
    /// They have been told.
    pub fn __pymp_kind(&self) -> Told {
        Told
    }
}

/// The source of a loop that does not compile.
#[derive(Debug)]
pub struct Nowhere<I>(PhantomData<fn() -> I>);

// SAFETY: it has no items.
unsafe impl<I> Source for Nowhere<I> {
    type Item = I;
    type Chunk = std::iter::Empty<I>;

    fn count(&self) -> Option<usize> {
        Some(0)
    }

    unsafe fn take(&self, _numbers: Range<usize>) -> Option<(Range<usize>, Self::Chunk)> {
        None
    }
}

// SAFETY: as above.
unsafe impl<I> Countable for Nowhere<I> {
    fn total(&self) -> usize {
        0
    }

    unsafe fn part(&self, _numbers: Range<usize>) -> Self::Chunk {
        std::iter::empty()
    }
}

impl<I> Indexed for Nowhere<I> {
    fn progression(&self) -> Progression {
        Progression { first: 0, step: 1 }
    }
}

/// What a kind makes of the argument of a [`Cut`]'s `zip` or `chain`.
pub trait Kind<T> {
    /// The argument, marked as what it is.
    type Operand;

    /// Marks it.
    fn beside_cut(self, argument: T) -> Self::Operand;
}

macro_rules! cut {
    ($($kind:ty)*) => { $(
        impl<T: IntoCut> Kind<T> for $kind {
            type Operand = Cut<T::Source>;

            #[track_caller]
            fn beside_cut(self, argument: T) -> Cut<T::Source> {
                argument.into_cut()
            }
        }
    )* };
}

cut!(Opened Cuttable);

macro_rules! uncut {
    ($($kind:ty)*) => { $(
        impl<T> Kind<T> for $kind {
            type Operand = Uncut<T>;

            fn beside_cut(self, argument: T) -> Uncut<T> {
                Uncut(argument)
            }
        }
    )* };
}

uncut!(Cheap Rayon Any Nothing);

/// What is pulled: whatever a plain `for` loop takes, when its iterator may be used by one thread after the other.
#[diagnostic::on_unimplemented(
    message = "a parallel loop cannot run over `{Self}`",
    label = "the threads cannot take turns at this",
    note = "it runs over integer ranges (of a range of floats count the steps), slices, Vecs and their iterators, rayon's indexed iterators, and every `Iterator + Send`",
    note = "see `pymp::errors::not_iterable`"
)]
pub trait Pullable {
    /// What it is pulled as.
    type Source: Source;

    /// Makes it one.
    fn into_pulled(self) -> Self::Source;
}

// So that what is said first is the message above; what exactly is missing comes after it.
#[diagnostic::do_not_recommend]
impl<I: IntoIterator> Pullable for I
where
    I::IntoIter: Send,
{
    type Source = Pulled<I::IntoIter>;

    fn into_pulled(self) -> Pulled<I::IntoIter> {
        Pulled::new(self.into_iter())
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

/// A leaf of a loop's head: a [`Cut`] when it can be cut, else as it was. A `match`, so that its temporaries live as long as those
/// of a plain loop's head; a tuple, so that the parentheses of `(0..n)` are not called needless.
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_cut {
    ($head:expr) => {
        match ($head,) {
            (head,) => $crate::__pymp_kind!(head).cut(head),
        }
    };
}

/// The whole head as a [`Source`].
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_source {
    ($head:expr) => {
        match ($head,) {
            (head,) => $crate::__pymp_kind!(head).source(head),
        }
    };
}

/// `left.zip(right)` and `left.chain(right)`: `left` has its leaves wrapped, and so has `right` when it has adapters of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_join {
    ($left:expr, chain, $right:expr) => {
        match ($left, $right) {
            (left, right) => {
                let right = $crate::__pymp_kind!(left).operand($crate::__pymp_kind!(right).last(), right);
                left.chain(right)
            }
        }
    };
    ($left:expr, $method:ident, $right:expr) => {
        match ($left, $right) {
            (left, right) => {
                let right = $crate::__pymp_kind!(left).operand($crate::__pymp_kind!(right), right);
                left.$method(right)
            }
        }
    };
}
