//! What every thread of a loop or a region sees: asked of each variable by itself, so that what cannot be shared is refused where it is used, and
//! once.
//!
//! 1. The expansion asks each variable whether it is [`SharedByAllThreads`], by [`Used`] where nothing runs. The message is ours.
//!    Of a part of a type rustc has words of its own, `Sync` and the way to it; ours are then in the line with the bound, which it shows.
//!    A name that may be that of a generic function is asked where the body hands it on, since its type is known nowhere else.
//! 2. What is shared answers [`Yes`]. The answer of what is refused is a type that rustc cannot find out.
//! 3. [`Loop::run_seen`](super::Loop::run_seen) is told the answers. When all are [`Yes`] it asks that the frame is `Sync`, as it must.
//!    With one unknown rustc says no more of it: the error has been told, and would be told again in words about a closure.

use std::marker::PhantomData;

use super::Share;

/// The traits that ask, without names. All at once, since an import that is not used would draw a warning.
pub mod seers {
    pub use super::{Called as _, ThroughReference as _, ThroughValue as _};
}

/// What the threads of a team may use at the same time. Rustc tells its name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used by several threads at once",
    label = "every thread would use this",
    note = "give each thread its own: make it in the body, or write `private(x = ..)`",
    note = "or share another type: an atomic or a `Mutex` for a `Cell` or `RefCell`, `Arc` for `Rc`, a slice for a raw pointer",
    note = "or ask for one that can be shared: `T: Send + Sync`, `dyn Trait + Sync`, and for a function `impl Fn() + Sync`",
    note = "what is `FnMut` changes something at each call, so `+ Sync` is not enough: it must be an `Fn`",
    note = "see `pymp::errors::not_shared`"
)]
pub trait SharedByAllThreads {
    /// [`Yes`].
    type Is;
}

// Recommended: of `T` rustc says that it should be `T: Sync`, and of a struct which of its fields is not.
impl<T: Sync + ?Sized> SharedByAllThreads for T {
    type Is = Yes;
}

/// A variable of which it is asked.
#[derive(Debug)]
pub struct Used<T: ?Sized>(PhantomData<*const T>);

impl<T: ?Sized> Used<T> {
    /// This one. A raw pointer, since a field of a packed struct has no reference.
    pub fn here(_: *const T) -> Self {
        Self(PhantomData)
    }

    /// Asks that every thread may use it.
    pub fn by_every_thread<Is>(self) -> Is
    where
        T: SharedByAllThreads<Is = Is>, // all threads use it, with all in it: see `pymp::errors::not_shared`
    {
        unreachable!("only its type is asked")
    }
}

/// The answer of what may be shared: the type that a number is of when nothing says of which. So it is the answer, too, where all that the
/// frame would ask lies under a `cfg` that does not hold; but not after an error.
pub type Yes = i32;

/// A frame of which every answer is [`Yes`].
#[derive(Debug)]
pub struct All;

/// No frame is this one. With [`All`] as the only type that a frame can be about, rustc would take an unknown answer for it.
#[derive(Debug)]
pub struct Refused;

/// The answers for all variables, `(Yes, (Yes, ()))`, and the one for the loop.
pub trait Answers {
    /// [`All`], when every answer is [`Yes`].
    type Is;
}

impl Answers for () {
    type Is = All;
}

impl Answers for Yes {
    type Is = All;
}

impl<A: Answers, B: Answers> Answers for (A, B)
where
    A::Is: And<B::Is>,
{
    type Is = <A::Is as And<B::Is>>::Is;
}

/// Two answers.
pub trait And<Other> {
    /// The other one, once this is known.
    type Is;
}

impl<Other> And<Other> for All {
    type Is = Other;
}

/// Asks what a frame captures of `x.field`: when `x` is a `&`, all that is behind it; else the field.
#[derive(Debug)]
pub struct Through<T: ?Sized>(PhantomData<fn(&T)>);

impl<T: ?Sized> Through<T> {
    /// For the type of `x`.
    pub const fn of(_: &T) -> Self {
        Self(PhantomData)
    }
}

/// Asked first.
pub trait ThroughReference {
    /// What is behind it.
    type Behind: ?Sized;

    /// For the field.
    fn __pymp_captured<F: ?Sized>(&self, _: *const F) -> *const Self::Behind {
        unreachable!("only its type is asked")
    }
}

impl<T: ?Sized> ThroughReference for &Through<&T> {
    type Behind = T;
}

/// Asked last.
pub trait ThroughValue {
    /// For the field.
    fn __pymp_captured<F: ?Sized>(&self, field: *const F) -> *const F {
        field
    }
}

impl<T: ?Sized> ThroughValue for Through<T> {}

/// What is called: as a method's receiver the frame captures of it what it captures of what is called, of a reference what is behind it.
pub trait Called {
    /// A reference to it.
    #[doc(hidden)]
    #[inline(always)]
    fn __pymp_called(&self) -> &Self {
        self
    }
}

impl<T: ?Sized> Called for T {}

/// What may leave the loop, from the thread that has it to the one that runs the function.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given to another thread",
    label = "what `return` and `?` carry goes from one thread to another",
    note = "what `return` and `?` carry must be `Send`: `Box<dyn Error + Send + Sync>` for `Box<dyn Error>`, `Arc` for `Rc`",
    note = "see `pymp::errors::not_sent`"
)]
pub trait Carried {
    /// [`Yes`].
    type Is;

    /// Asks that it may leave.
    fn ask(_: *const Self) -> Self::Is;
}

#[diagnostic::do_not_recommend]
impl<T: Send> Carried for T {
    type Is = Yes;

    fn ask(_: *const T) -> Yes {
        0
    }
}

/// Answers, of which only the types are known.
#[derive(Debug)]
pub struct Asked<A>(PhantomData<fn() -> A>);

impl Asked<()> {
    /// None are needed.
    #[inline(always)]
    pub fn nothing() -> Self {
        Self(PhantomData)
    }
}

impl<A> Asked<A> {
    /// The one that is not known yet.
    pub const OPEN: Self = Self(PhantomData);

    /// These, of which none is ever given.
    #[inline(always)]
    pub fn of(_: A) -> Self {
        Self(PhantomData)
    }

    /// The one that the frame gives. It begins as a number of any type.
    #[inline(always)]
    pub fn in_frame(_: A) -> Self {
        Self(PhantomData)
    }

    /// Asks that every thread may use the variable where the frame uses it, which gets it back.
    pub fn lend<'a, T>(&self, variable: &'a T) -> &'a T
    where
        T: SharedByAllThreads<Is = A> + ?Sized, // all threads use it, with all in it: see `pymp::errors::not_shared`
    {
        variable
    }

    /// That one, too.
    #[inline(always)]
    pub fn and<B>(self, _: &Asked<B>) -> Asked<(A, B)> {
        Asked(PhantomData)
    }
}

/// A frame as the threads call it.
pub trait Call<S, D, R, V, E> {
    /// Runs it on one thread.
    fn call(&self, share: &mut Share<'_, S, D, R, V>) -> E;
}

impl<S, D, R, V, E, F: Fn(&mut Share<'_, S, D, R, V>) -> E> Call<S, D, R, V, E> for F {
    #[inline(always)]
    fn call(&self, share: &mut Share<'_, S, D, R, V>) -> E {
        self(share)
    }
}

/// A frame that uses what the answers `Is` are about.
pub trait Frame<Is, S, D, R, V, E> {
    /// What the threads call.
    type Called: Call<S, D, R, V, E> + Sync;

    /// Makes it.
    fn called(self) -> Self::Called;
}

impl<S, D, R, V, E, F> Frame<All, S, D, R, V, E> for F
where
    F: Fn(&mut Share<'_, S, D, R, V>) -> E + Sync,
{
    type Called = F;

    #[inline(always)]
    fn called(self) -> F {
        self
    }
}

/// The frame of a loop that does not compile.
#[derive(Debug)]
pub enum Never {}

impl<S, D, R, V, E> Call<S, D, R, V, E> for Never {
    fn call(&self, _: &mut Share<'_, S, D, R, V>) -> E {
        match *self {}
    }
}

impl<S, D, R, V, E, F> Frame<Refused, S, D, R, V, E> for F {
    type Called = Never;

    fn called(self) -> Never {
        unreachable!("what is refused has an error")
    }
}
