//! What each kind of head is made of: its leaves, the whole of it, and the arguments of its adapters.
//!
//! A kind is a value, found by `probe.rs`, whose methods convert a head of that kind. Which of them the loop calls, in which order, is
//! said by the macros of `head.rs`.

use rayon::iter::IndexedParallelIterator;

use super::nowhere::Nowhere;
use super::{CheapClone, Cut, IntoCut, Open, Owned, Produced, Pullable, Pulled, RayonOperand, Source, Uncut};

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
        Nowhere::new()
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
        Nowhere::new()
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
