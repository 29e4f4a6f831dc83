//! Several inputs: the product of all with all, or side by side; and how many there are.

/// A tuple of inputs. [`Map::run_product`](super::Map::run_product) takes each with each, [`Map::run_zip`](super::Map::run_zip) the first
/// with the first.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::Inputs;
///
/// assert_eq!((1..=2, ["a", "b"]).product(), [(1, "a"), (1, "b"), (2, "a"), (2, "b")]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no tuple of what a map can run over",
    note = "write `(xs, ys)`, up to eight of what a `for` loop can run over; items of a product must be `Clone`",
    note = "in `parmap!` an argument that is the same in every call has a name, `n = 5`",
    note = "see `pymp::errors::map_argument`"
)]
pub trait Inputs: Sized {
    /// One of each.
    type Tuple;

    /// Each with each, the last one fastest.
    fn product(self) -> Vec<Self::Tuple>;
}

/// Inputs that lie side by side.
///
/// ```
/// # use pymp_runtime as pymp;
/// use pymp::map::Zipped;
///
/// assert!((0.., ["a", "b"]).zipped().eq([(0, "a"), (1, "b")]));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of inputs",
    note = "write `(xs, ys)`, up to eight of what a `for` loop can run over",
    note = "see `pymp::errors::map_argument`"
)]
pub trait Zipped: Sized {
    /// One of each.
    type Tuple;

    /// The first of each, the second of each, until one has no more.
    fn zipped(self) -> impl Iterator<Item = Self::Tuple>;
}

/// The product over no inputs is one empty tuple.
#[diagnostic::do_not_recommend]
impl Inputs for () {
    type Tuple = ();

    fn product(self) -> Vec<()> {
        vec![()]
    }
}

macro_rules! tuples {
    ($($first:ident $(, $rest:ident)*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$first: IntoIterator, $($rest: IntoIterator),*> Inputs for ($first, $($rest,)*)
        where
            $first::Item: Clone,
            $($rest::Item: Clone,)*
        {
            type Tuple = ($first::Item, $($rest::Item,)*);

            #[expect(non_snake_case, reason = "the names of the types serve as those of the values")]
            fn product(self) -> Vec<Self::Tuple> {
                let ($first, $($rest,)*) = self;
                // Only the first is gone through once.
                $(let $rest: Vec<$rest::Item> = $rest.into_iter().collect();)*
                #[allow(unused_mut, reason = "nothing is added to the product of one")]
                let mut lens: Vec<usize> = vec![$($rest.len()),*];
                let inner: usize = lens.drain(..).product();
                let mut all = Vec::new();
                for $first in $first {
                    all.reserve(inner);
                    tuples!(@ all ($first) $($rest)*);
                }
                all
            }
        }

        impl<$first: IntoIterator, $($rest: IntoIterator),*> Zipped for ($first, $($rest,)*) {
            type Tuple = ($first::Item, $($rest::Item,)*);

            #[expect(non_snake_case, reason = "the names of the types serve as those of the values")]
            fn zipped(self) -> impl Iterator<Item = Self::Tuple> {
                let ($first, $($rest,)*) = self;
                let mut $first = $first.into_iter();
                $(let mut $rest = $rest.into_iter();)*
                std::iter::from_fn(move || Some(($first.next()?, $($rest.next()?,)*)))
            }
        }
    )*};
    (@ $all:ident ($($bound:ident)*)) => {
        $all.push(($($bound.clone(),)*));
    };
    (@ $all:ident ($($bound:ident)*) $next:ident $($rest:ident)*) => {
        for $next in &$next {
            tuples!(@ $all ($($bound)* $next) $($rest)*);
        }
    };
}

tuples! {
    X1;
    X1, X2;
    X1, X2, X3;
    X1, X2, X3, X4;
    X1, X2, X3, X4, X5;
    X1, X2, X3, X4, X5, X6;
    X1, X2, X3, X4, X5, X6, X7;
    X1, X2, X3, X4, X5, X6, X7, X8;
}

/// How many inputs there are, if they say.
pub(super) fn known(inputs: &impl Iterator) -> Option<usize> {
    match inputs.size_hint() {
        (least, Some(most)) if least == most => Some(least),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_is_the_fastest() {
        assert_eq!((1..=2, ["a", "b", "c"]).product(), [(1, "a"), (1, "b"), (1, "c"), (2, "a"), (2, "b"), (2, "c")]);
        assert_eq!((0..2, 0..2, 0..2).product().last(), Some(&(1, 1, 1)));
        assert_eq!((0..3,).product(), [(0,), (1,), (2,)]);
    }

    #[test]
    fn the_product_with_nothing_is_nothing_and_of_nothing_is_one() {
        assert_eq!((0..3, Vec::<u8>::new()).product(), []);
        assert_eq!((Vec::<u8>::new(), 0..3).product(), []);
        assert_eq!(().product(), [()]);
    }

    #[test]
    fn zipped_ends_with_the_shortest() {
        assert_eq!((0..9, ["a", "b"]).zipped().collect::<Vec<_>>(), [(0, "a"), (1, "b")]);
    }
}
