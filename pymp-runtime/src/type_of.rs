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

    /// The type's default value.
    pub fn default(&self) -> T
    where
        T: Default,
    {
        T::default()
    }
}

impl<T> fmt::Debug for TypeOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::any::type_name::<T>())
    }
}
