//! Arrays that a loop only reads, seen as plain slices.
//!
//! In the body `a[i]` on a captured `Vec` would load the `Vec`'s pointer and length again after every write, since the compiler
//! cannot know that the writes do not hit them. A slice held by the frame itself is loaded once.

/// What [`reader!`](crate::reader) asks the type of an array.
#[derive(Debug)]
pub struct Reader<'a, T: ?Sized>(pub &'a T);

/// `Vec`s and boxed slices: seen as slices.
pub trait AsSlice<'a> {
    /// A slice of the elements.
    type Seen;
    /// The elements.
    fn seen(&self) -> Self::Seen;
}

impl<'a, T> AsSlice<'a> for Reader<'a, Vec<T>> {
    type Seen = &'a [T];

    #[inline]
    fn seen(&self) -> &'a [T] {
        self.0
    }
}

impl<'a, T> AsSlice<'a> for Reader<'a, &'a Vec<T>> {
    type Seen = &'a [T];

    #[inline]
    fn seen(&self) -> &'a [T] {
        self.0
    }
}

impl<'a, T> AsSlice<'a> for Reader<'a, &'a mut Vec<T>> {
    type Seen = &'a [T];

    #[inline]
    fn seen(&self) -> &'a [T] {
        self.0
    }
}

impl<'a, T> AsSlice<'a> for Reader<'a, Box<[T]>> {
    type Seen = &'a [T];

    #[inline]
    fn seen(&self) -> &'a [T] {
        self.0
    }
}

impl<'a, T> AsSlice<'a> for Reader<'a, &'a [T]> {
    type Seen = &'a [T];

    #[inline]
    fn seen(&self) -> &'a [T] {
        self.0
    }
}

impl<'a, T> AsSlice<'a> for Reader<'a, &'a mut [T]> {
    type Seen = &'a [T];

    #[inline]
    fn seen(&self) -> &'a [T] {
        self.0
    }
}

/// Every other type: as it is.
pub trait AsItself<'a> {
    /// A reference to the value.
    type Seen;
    /// The value.
    fn seen(&self) -> Self::Seen;
}

impl<'a, T: ?Sized> AsItself<'a> for &Reader<'a, T> {
    type Seen = &'a T;

    #[inline]
    fn seen(&self) -> &'a T {
        self.0
    }
}

/// The array `$array` as the frame of a loop should hold it.
#[doc(hidden)]
#[macro_export]
macro_rules! reader {
    ($array:expr) => {{
        use $crate::reader::{AsItself as _, AsSlice as _, Reader};
        (&Reader(&$array)).seen()
    }};
}

#[cfg(test)]
mod tests {
    #[test]
    fn vectors_are_seen_as_slices_and_the_rest_as_it_is() {
        let numbers = vec![1, 2, 3];
        let seen: &[i32] = crate::reader!(numbers);
        assert_eq!(seen, [1, 2, 3]);
        let borrowed = &numbers;
        let seen: &[i32] = crate::reader!(borrowed);
        assert_eq!(seen.len(), 3);
        let map = std::collections::BTreeMap::from([(1, 2)]);
        let seen: &std::collections::BTreeMap<_, _> = crate::reader!(map);
        assert_eq!(seen[&1], 2);
        let seen: &[i32; 2] = crate::reader!([1, 2]);
        assert_eq!(seen[1], 2);
    }
}
