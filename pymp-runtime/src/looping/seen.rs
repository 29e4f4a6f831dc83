//! What every thread of a loop sees: asked of each variable by itself, so that what cannot be shared is refused where it is used, and
//! once.
//!
//! 1. The expansion asks each variable whether it is [`SharedByAllThreads`], in a closure that never runs. The message is ours.
//! 2. It asks a [`Probe`] of the variable whether the bound holds: [`All`] or [`Refused`], a question of which method there is.
//! 3. [`Loop::run_seen`](super::Loop::run_seen) is told the answers. When all are [`All`] it asks that the frame is `Sync`, as it must.
//!    After a [`Refused`] it asks nothing: the error has been told, and rustc would tell it again in words about a closure.

use std::marker::PhantomData;

use super::Share;

/// The traits that ask, without names. All at once, since an import that is not used would draw a warning.
pub mod seers {
    pub use super::{ProbeRefused as _, ProbeSeen as _, ThroughReference as _, ThroughValue as _};
}

/// What the threads of a team may use at the same time. Rustc tells its name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used by several threads at once",
    label = "every thread of the loop would use this",
    note = "give each thread its own: make it in the loop's body, or write `private(x = ..)`",
    note = "or share another type: an atomic or a `Mutex` for a `Cell` or `RefCell`, `Arc` for `Rc`, a slice for a raw pointer, `T: Send + Sync` for a type parameter, `dyn Trait + Sync` for a `dyn Trait`",
    note = "see `pymp::errors::not_shared`"
)]
pub trait SharedByAllThreads {
    /// Asks that every thread may use this. A function of the trait itself, so that rustc has no bound of another function to show.
    fn ask(_: *const Self) {}
}

// Recommended: of `T` rustc says that it should be `T: Sync`, and of a struct which of its fields is not.
impl<T: Sync + ?Sized> SharedByAllThreads for T {}

/// Stands for a variable of which it is asked whether it is [`SharedByAllThreads`].
#[derive(Debug)]
pub struct Probe<T: ?Sized>(PhantomData<fn(&T)>);

impl<T: ?Sized> Probe<T> {
    /// For the type of this variable. A raw pointer, since a field of a packed struct has no reference.
    pub const fn of(_: *const T) -> Self {
        Self(PhantomData)
    }
}

/// Every thread may use it.
#[derive(Debug)]
pub struct All;

/// It has been refused.
#[derive(Debug)]
pub struct Refused;

/// Asked first.
pub trait ProbeSeen {
    /// It is.
    fn __pymp_seen(&self) -> All {
        All
    }
}

impl<T: SharedByAllThreads + ?Sized> ProbeSeen for &Probe<T> {}

/// Asked last.
pub trait ProbeRefused {
    /// It is not.
    fn __pymp_seen(&self) -> Refused {
        Refused
    }
}

impl<T: ?Sized> ProbeRefused for Probe<T> {}

/// The answers for all variables, `(All, (Refused, (All, ())))`, and the one for the loop.
pub trait Answers {
    /// [`All`] or [`Refused`].
    type Is;
}

impl Answers for () {
    type Is = All;
}

impl<A: Answers> Answers for (All, A) {
    type Is = A::Is;
}

impl<A> Answers for (Refused, A) {
    type Is = Refused;
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

/// What may leave the loop, from the thread that has it to the one that runs the function.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given to another thread",
    label = "what `return` and `?` carry goes from one thread to another",
    note = "what `return` and `?` carry must be `Send`: `Box<dyn Error + Send + Sync>` for `Box<dyn Error>`, `Arc` for `Rc`",
    note = "see `pymp::errors::not_sent`"
)]
pub trait Carried {
    /// Asks that it may leave.
    fn ask(_: *const Self) {}
}

#[diagnostic::do_not_recommend]
impl<T: Send> Carried for T {}

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
    /// Those that this would give.
    #[inline(always)]
    pub fn by(_: impl FnOnce() -> A) -> Self {
        Self(PhantomData)
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
