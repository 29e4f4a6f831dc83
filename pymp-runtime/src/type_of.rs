//! The type of a variable, carried to where the variable itself may not be used.

use std::fmt;
use std::marker::PhantomData;

/// Remembers a variable's type: `private(x)` makes values of the type that `x` has outside the loop.
pub struct TypeOf<T>(PhantomData<fn() -> T>);

impl<T> TypeOf<T> {
    /// A type that something else will tell.
    pub fn unknown() -> Self {
        Self(PhantomData)
    }

    /// Says that it is the type of `_variable`.
    pub fn is_of(&self, _variable: &T) {}
}

/// What `private(x)` can begin with.
#[diagnostic::on_unimplemented(
    message = "`private` has no first value for `{Self}`, which is not `Default`",
    label = "write `private(.. = ..)` with the value that it begins with in each thread",
    note = "or derive `Default` for a type of yours; a type parameter needs `T: Default`",
    note = "see `pymp::errors::clause_variable`"
)]
pub trait Begins: Sized {
    /// The type's default value.
    fn begin(_: &TypeOf<Self>) -> Self;
}

impl<T: Default> Begins for T {
    fn begin(_: &TypeOf<T>) -> T {
        T::default()
    }
}

/// What `firstprivate(x)` can give each thread.
#[diagnostic::on_unimplemented(
    message = "`firstprivate` has no clone of `{Self}`, which is not `Clone`",
    label = "each thread would begin with a clone of this",
    note = "of a `&mut` slice or `Vec` write `private(x = x.to_vec())`, a copy for each thread; of another type `private(x = ..)`",
    note = "or derive `Clone` for a type of yours; a type parameter needs `T: Clone`",
    note = "see `pymp::errors::clause_variable`"
)]
pub trait Cloned: Sized {
    /// A clone.
    fn cloned(variable: &Self) -> Self;
}

impl<T: Clone> Cloned for T {
    fn cloned(variable: &T) -> T {
        variable.clone()
    }
}

impl<T> fmt::Debug for TypeOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::any::type_name::<T>())
    }
}
