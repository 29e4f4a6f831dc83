//! What can go from thread to thread through [`Region::iterate`](crate::region::Region::iterate).
//!
//! The first thread to arrive supplies the iterator, and the others take items out of it, under types of their own. Rust compares types at run
//! time only when they have no lifetime in them. So an [`Item`] has a [`Key`](Item::Key): the type without its lifetimes, of which
//! there is one only, `'env`, the same for all threads of a region. Equal keys, then, mean equal types.

#![expect(unsafe_code, reason = "one cast, between types that have been found to be the same")]

use crate::shared::iter::Turns;
use std::any::TypeId;
use std::borrow::Cow;
use std::marker::PhantomData;
use std::num::NonZero;
use std::sync::OnceLock;

/// An item that owns all it has: an empty trait, to be implemented for types of your own.
///
/// ```
/// use pymp_runtime::Parallel;
/// use pymp_runtime::region::OwnedItem;
///
/// struct Job(u32);
/// impl OwnedItem for Job {}
///
/// let sums = Parallel::new(2).map(|p| p.iterate((1..=4).map(Job)).map(|job| job.0).sum::<u32>());
/// assert_eq!(sums.iter().sum::<u32>(), 10);
/// ```
///
/// For a type of another crate's, `.map(Box::new)` does. For anything else, with lifetimes too, there is
/// [`shared::iter`](crate::shared::iter()).
pub trait OwnedItem: Send + 'static {}

/// What an iterator of a region may yield: everything that owns its data and says so ([`OwnedItem`]), references to what lives outside of
/// the region, and tuples, `Option`s and `Result`s of these. `M` says which of them it is, and is found by the compiler.
///
/// # Safety
///
/// For one `'env`, two types that implement it with one key are one type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be handed from thread to thread by `iterate`",
    note = "make the iterator before the region, `let items = pymp::shared::iter(..)`, and write `p.iterate(&items)`: it takes items of every type",
    note = "or, for a type of your own: `impl pymp::region::OwnedItem for {Self} {{}}`; for one of another crate: `.map(Box::new)`",
    note = "see `pymp::errors::region_items`"
)]
pub unsafe trait Item<'env, M>: Send + Sized {
    /// The type without its lifetimes.
    type Key: 'static;
}

/// The kinds of [`Item`], which the compiler finds, and their keys.
pub mod kind {
    use std::marker::PhantomData;

    /// It owns what it has.
    #[derive(Debug)]
    pub struct Owned;
    /// `&T`
    #[derive(Debug)]
    pub struct Ref;
    /// `&mut T`
    #[derive(Debug)]
    pub struct Mut;
    /// `Cow`
    #[derive(Debug)]
    pub struct Lent;
    /// Made of others.
    #[derive(Debug)]
    pub struct Of<T>(PhantomData<T>);
    /// The key of one that is made of others, or refers to one.
    #[derive(Debug)]
    pub struct Key<Kind, T: ?Sized>(PhantomData<Kind>, PhantomData<T>);
    /// `Option`
    #[derive(Debug)]
    pub struct Maybe;
    /// `Result`
    #[derive(Debug)]
    pub struct Either;
}
use kind::{Either, Key, Lent, Maybe, Mut, Of, Owned, Ref};

// SAFETY: no lifetimes; the key is the type. `Key` is no `OwnedItem`, and nobody else can make it one.
unsafe impl<T: OwnedItem> Item<'_, Owned> for T {
    type Key = T;
}

// SAFETY: the one lifetime is 'env, and the key names the rest.
unsafe impl<'env, T: ?Sized + Sync + 'static> Item<'env, Ref> for &'env T {
    type Key = Key<Ref, T>;
}

// SAFETY: as above.
unsafe impl<'env, T: ?Sized + Send + 'static> Item<'env, Mut> for &'env mut T {
    type Key = Key<Mut, T>;
}

// SAFETY: as above.
unsafe impl<'env, T: ?Sized + ToOwned<Owned: Send> + Sync + 'static> Item<'env, Lent> for Cow<'env, T> {
    type Key = Key<Lent, T>;
}

// SAFETY: the key names the parts by their keys, which determine them.
unsafe impl<'env, M, T: Item<'env, M>> Item<'env, Of<(Maybe, M)>> for Option<T> {
    type Key = Key<Maybe, T::Key>;
}

// SAFETY: as above.
unsafe impl<'env, M, N, T: Item<'env, M>, E: Item<'env, N>> Item<'env, Of<(Either, M, N)>> for Result<T, E> {
    type Key = Key<Either, (T::Key, E::Key)>;
}

macro_rules! tuples {
    ($(($($item:ident $kind:ident),*))*) => { $(
        // SAFETY: the key names the parts by their keys, which determine them.
        unsafe impl<'env, $($item, $kind),*> Item<'env, Of<($($kind,)*)>> for ($($item,)*)
        where
            $($item: Item<'env, $kind>,)*
        {
            type Key = Key<Of<()>, ($($item::Key,)*)>;
        }
    )* };
}
tuples! {
    (A KA) (A KA, B KB) (A KA, B KB, C KC) (A KA, B KB, C KC, D KD) (A KA, B KB, C KC, D KD, E KE)
    (A KA, B KB, C KC, D KD, E KE, F KF) (A KA, B KB, C KC, D KD, E KE, F KF, G KG)
    (A KA, B KB, C KC, D KD, E KE, F KF, G KG, H KH)
}

macro_rules! owned {
    ($($item:ty)*) => { $(impl OwnedItem for $item {})* };
}
owned! {
    () bool char i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64
    String std::path::PathBuf std::ffi::OsString std::ffi::CString std::io::Error std::fs::DirEntry std::fs::File
    std::time::Duration std::time::Instant std::time::SystemTime std::cmp::Ordering std::net::TcpStream
    std::net::IpAddr std::net::SocketAddr std::net::UdpSocket std::fs::Metadata std::thread::ThreadId
    std::process::Command std::process::Child std::process::Output std::process::ExitStatus
    NonZero<i8> NonZero<i16> NonZero<i32> NonZero<i64> NonZero<i128> NonZero<isize>
    NonZero<u8> NonZero<u16> NonZero<u32> NonZero<u64> NonZero<u128> NonZero<usize>
}

macro_rules! containers {
    ($([$($generics:tt)*] $item:ty;)*) => { $(impl<$($generics)*> OwnedItem for $item {})* };
}
containers! {
    [T: ?Sized + Send + 'static] Box<T>;
    [T: ?Sized + Send + Sync + 'static] std::sync::Arc<T>;
    [T: Send + 'static] Vec<T>;
    [T: Send + 'static] std::collections::VecDeque<T>;
    [T: Send + 'static, const N: usize] [T; N];
    [T: Send + 'static] std::collections::BTreeSet<T>;
    [T: Send + 'static] std::collections::BinaryHeap<T>;
    [T: Send + 'static, S: Send + 'static] std::collections::HashSet<T, S>;
    [T: Send + 'static] std::collections::LinkedList<T>;
    [T: Send + 'static] std::num::Wrapping<T>;
    [T: Send + 'static] std::num::Saturating<T>;
    [T: Send + 'static] std::sync::Mutex<T>;
    [T: Send + 'static] std::sync::RwLock<T>;
    [T: Send + 'static] std::sync::mpsc::Receiver<T>;
    [T: Send + 'static] std::vec::IntoIter<T>;
    [R: 'static] fn() -> R;
    [A: 'static, R: 'static] fn(A) -> R;
    [A: 'static, B: 'static, R: 'static] fn(A, B) -> R;
    [T: Send + Sync + 'static] crate::shared::List<T>;
    [T: Send + 'static] std::sync::mpsc::Sender<T>;
    [T: Send + 'static] std::ops::Range<T>;
    [T: Send + 'static] std::ops::RangeInclusive<T>;
    [K: Send + 'static, V: Send + 'static] std::collections::BTreeMap<K, V>;
    [K: Send + 'static, V: Send + 'static, S: Send + 'static] std::collections::HashMap<K, V, S>;
}

/// An iterator that the threads of a region take items out of, one at a time.
pub(in crate::region) trait Line<'env>: Send + Sync {
    /// Whether the thread that came first has supplied it.
    fn is_there(&self) -> bool;

    /// Puts the next item on the tray; nothing when there are no more. False when the tray is for items of another type.
    fn pull(&self, tray: Tray<'_, 'env>) -> bool;
}

/// A place for one item.
pub(in crate::region) struct Tray<'t, 'env> {
    key: TypeId,
    /// Comes from an `&'t mut Option<T>`, where `T: Item<'env, _>` has this key.
    place: *mut (),
    borrowed: PhantomData<&'t mut ()>,
    /// Neither longer nor shorter.
    exactly: PhantomData<fn(&'env ()) -> &'env ()>,
}

impl<'t, 'env> Tray<'t, 'env> {
    pub(super) fn new<M, T: Item<'env, M>>(place: &'t mut Option<T>) -> Self {
        Tray { key: TypeId::of::<T::Key>(), place: std::ptr::from_mut(place).cast(), borrowed: PhantomData, exactly: PhantomData }
    }

    fn is_for<M, T: Item<'env, M>>(&self) -> bool {
        self.key == TypeId::of::<T::Key>()
    }

    fn put<M, T: Item<'env, M>>(self, item: Option<T>) {
        assert!(self.is_for::<M, T>());
        // SAFETY: the keys are the same, and so is 'env, which nothing can change in a tray; hence so are the types, by the promise
        // of `Item`. The place is borrowed for as long as the tray.
        let place = unsafe { &mut *self.place.cast::<Option<T>>() };
        *place = item;
    }
}

/// The iterator, which threads take turns at.
pub(super) struct Queue<I, M> {
    /// `Some(None)` when making it has panicked.
    turns: OnceLock<Option<Turns<I>>>,
    kind: PhantomData<fn(M)>,
}

impl<I, M> Queue<I, M> {
    pub(super) fn new() -> Self {
        Queue { turns: OnceLock::new(), kind: PhantomData }
    }

    /// Now it is there, or never will be.
    pub(super) fn supply(&self, iterator: Option<I>) {
        // What was supplied stays.
        let _ = self.turns.set(iterator.map(Turns::new));
    }
}

impl<'env, M, I: Iterator<Item: Item<'env, M>> + Send> Line<'env> for Queue<I, M> {
    fn is_there(&self) -> bool {
        self.turns.get().is_some()
    }

    fn pull(&self, tray: Tray<'_, 'env>) -> bool {
        if !tray.is_for::<M, I::Item>() {
            return false;
        }
        tray.put(self.turns.get().and_then(Option::as_ref).and_then(Turns::next));
        true
    }
}
