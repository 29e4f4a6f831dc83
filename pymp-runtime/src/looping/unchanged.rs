//! What the body hands to words that only rustc can look into, a macro of the user's say: asked whether it stays as it is.
//!
//! 1. What is asked about stands in a closure of which rustc finds out by itself how it uses what it captures: a statement stands there a
//!    second time, in one that never runs; or it is all that a thread runs.
//! 2. Rustc says of a closure that changes or takes something that it is no `Fn`, which is a matter of types. So it comes before rustc looks
//!    at the body itself, of which it would say that it is a closure, and is told in our words.
//! 3. A statement that stays as it is answers [`Yes`]. All that a thread runs is asked when all statements have answered so: what one of them
//!    has told is not told again. Since rustc knows closures last, no answer must be known before; see [`KnownLast`].

use std::any::Any;
use std::marker::PhantomData;
use std::panic::UnwindSafe;

use super::seen::{self, All, Asked, Refused, Yes};

/// What is handed over. Rustc tells its name, and does not tell what it hides.
pub trait WhatAllThreadsShare {}

/// What comes after it is typed, and rustc asks nothing else of it.
pub fn never() -> ! {
    unreachable!("it stands where nothing runs")
}

/// What is hidden.
struct Uses<F>(PhantomData<F>);

impl<F> WhatAllThreadsShare for Uses<F> {}

// `Unpin` and `Sync` show through what hides them. This one means nothing here, and is free to say something.
impl<T, F: Fn() -> T> Unpin for Uses<F> {}

/// The same, with the answers before it and its own.
struct Answers<U, Before, Is>(PhantomData<U>, PhantomData<fn() -> (Before, Is)>);

impl<U, Before, Is> WhatAllThreadsShare for Answers<U, Before, Is> {}

impl<U: Unpin> Unpin for Answers<U, All, Yes> {}

// Of two answers rustc takes none before one of them is impossible. This one is, once it knows what a closure captures.
impl<U: UnwindSafe> Unpin for Answers<U, All, No> {}

// There is an error, so one should not be looked for.
impl<U> Unpin for Answers<U, Refused, Yes> {}

/// No answer.
#[derive(Debug)]
struct No;

/// Captured by each closure that is asked: no closure with this can be `UnwindSafe`, which rustc knows when it knows the closure.
#[derive(Debug)]
pub struct KnownLast(PhantomData<dyn Any + Send + Sync>);

impl KnownLast {
    /// All there is of it.
    pub const HERE: Self = Self(PhantomData);

    /// Captures it.
    pub fn is_here(&self) {}
}

/// What this would use; it never runs. No bound says how, or rustc would believe it.
pub fn used_by<F>(_: F) -> impl WhatAllThreadsShare {
    Uses::<F>(PhantomData)
}

/// That, when all before it has been answered; and what is told its answer.
pub fn answers<A: seen::Answers, U, Is>(_: &Asked<A>, _: &U, _: &Asked<Is>) -> impl WhatAllThreadsShare + use<A, U, Is> {
    Answers::<U, A::Is, Is>(PhantomData, PhantomData)
}

/// The type of a variable, which any thread may know.
#[derive(Debug)]
pub struct Type<T>(PhantomData<fn() -> T>);

/// That of this one.
pub fn type_of<T>(_: &T) -> Type<T> {
    Type(PhantomData)
}

impl<T> Type<T> {
    /// A variable of this type, to stand for one of the same name, so that what happens to it does not count.
    pub fn another(&self) -> T {
        unreachable!("only its type is asked")
    }
}

/// That this is of the same type.
pub fn same<T>(_: &Type<T>, _: &T) {}

/// Used by several threads at once. Rustc tells its name. As `SharedByAllThreads` of `seen.rs`, where the type could be named.
#[diagnostic::on_unimplemented(
    message = "what is used here cannot be used by several threads at once",
    label = "every thread would use this",
    note = "give each thread its own: make it in the body, or write `private(x = ..)`",
    note = "or share another type: an atomic or a `Mutex` for a `Cell` or `RefCell`, `Arc` for `Rc`, a slice for a raw pointer",
    note = "what is `FnMut` changes something at each call, so `+ Sync` is not enough: it must be `impl Fn() + Sync`",
    note = "see `pymp::errors::not_shared`"
)]
pub trait FitForAllThreads {
    /// [`Yes`].
    type Is;

    /// Asks it.
    fn ask(&self, _: &Asked<Self::Is>) {}
}

#[diagnostic::do_not_recommend]
impl<T: WhatAllThreadsShare + Sync> FitForAllThreads for T {
    type Is = Yes;
}

/// Neither changed nor taken. Rustc tells its name.
#[diagnostic::on_unimplemented(
    message = "all threads share what is changed, or taken away, here",
    label = "changed, or taken away, by every thread",
    note = "scratch or a generator: give each thread its own, made in the body, or by `private(x = ..)`; what an iteration takes from the one before must run serially",
    note = "a result: collect it, `reduction(+: x)`, with the update itself in the loop. Where a value is taken, lend it, `&x`, or hand out `x.clone()`",
    note = "or ask for a function that changes nothing, `impl Fn()` for `impl FnMut()`",
    note = "see `pymp::errors::changed`"
)]
pub trait LeftAsItIs {
    /// Asks it.
    fn ask(&self) {}
}

#[diagnostic::do_not_recommend]
impl<T: WhatAllThreadsShare + Unpin> LeftAsItIs for T {}

/// They may take what is handed on or computed with by value, `draw(rng)`, `m * x`: it is copied each time. Rustc tells its name. With what is
/// taken as a parameter, since of a `Self` rustc would say that its reference may be taken.
#[diagnostic::on_unimplemented(
    message = "all threads share this `{T}`, and only one could have it",
    label = "taken by every iteration, and it is not `Copy`",
    note = "what is only read: lend it, `&x`, or hand out `x.clone()`; a type parameter needs `T: Copy`",
    note = "scratch or a generator: give each thread its own, made in the body, or by `private(x = ..)`; an iterator belongs in the loop's head",
    note = "a result: collect it, `reduction(+: x)`, and an array: write `y[i] = ..`, with the update itself in the loop",
    note = "see `pymp::errors::changed`"
)]
pub trait MayTake<T> {
    /// [`Yes`].
    type Is;

    /// Asks it.
    fn ask(_: *const T);

    /// Asks it of what is handed on, and gives it back. By value, so that the frame captures what it would without this, and so that what is
    /// expected of the argument is expected of this: a slice of a `Vec`, a `&` of a `&mut`.
    fn take(value: T, _: &Asked<Self::Is>) -> T;
}

/// The threads of the team.
#[derive(Debug)]
pub struct AllThreads;

#[diagnostic::do_not_recommend]
impl<T: Copy> MayTake<T> for AllThreads {
    type Is = Yes;

    fn ask(_: *const T) {}

    #[inline(always)]
    fn take(value: T, _: &Asked<Yes>) -> T {
        value
    }
}
