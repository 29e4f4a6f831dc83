//! What a queue says instead of waiting on.

use std::fmt;

/// There was no room in the queue, or it is closed. The item, which was not put:
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::shared::{self, Full};
///
/// let queue = shared::queue(1);
/// queue.put("first");
/// let Err(Full(item)) = queue.try_put("second") else { unreachable!() };
/// assert_eq!(item, "second");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Full<T>(pub T);

/// There was no item in the queue.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::shared::{self, Empty};
///
/// assert_eq!(shared::queue::<u32>(0).try_get(), Err(Empty));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Empty;

impl<T> fmt::Display for Full<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the queue is full, or closed")
    }
}

impl fmt::Display for Empty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the queue is empty")
    }
}

// Whatever the item is: an error must print.
impl<T> fmt::Debug for Full<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Full(..)")
    }
}

impl<T> std::error::Error for Full<T> {}

impl std::error::Error for Empty {}
