//! Operators on what consists of others: element by element.

use crate::reduction::Reduction;

/// The weight of elements, which are taken to be alike.
pub(in crate::reduction) fn weight<T, R: Reduction<T>>(op: &R, like: &[T]) -> usize {
    like.first().map_or(0, |first| op.weight(first)).saturating_mul(like.len())
}

macro_rules! elementwise_arrays {
    ($($op:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T, const N: usize> Reduction<[T; N]> for $op
        where
            $op: Reduction<T>,
        {
            fn identity(&self, like: &[T; N]) -> [T; N] {
                std::array::from_fn(|index| self.identity(&like[index]))
            }

            fn combine(&self, acc: &mut [T; N], part: [T; N]) {
                acc.iter_mut().zip(part).for_each(|(acc, part)| self.combine(acc, part));
            }

            fn commutative(&self) -> bool {
                Reduction::<T>::commutative(self)
            }

            fn exact(&self) -> bool {
                Reduction::<T>::exact(self)
            }

            fn weight(&self, like: &[T; N]) -> usize {
                weight(self, like)
            }
        }
    )*};
}

macro_rules! elementwise_lists {
    ($op:ident $($list:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T> Reduction<$list> for $op
        where
            $op: Reduction<T>,
        {
            fn identity(&self, like: &$list) -> $list {
                like.iter().map(|like| self.identity(like)).collect()
            }

            /// # Panics
            ///
            /// When the loop has changed the length.
            fn combine(&self, acc: &mut $list, part: $list) {
                let (len, changed) = (acc.len(), part.len());
                assert_eq!(len, changed, "an elementwise reduction of {len} elements was given one of {changed}");
                acc.iter_mut().zip(part).for_each(|(acc, part)| self.combine(acc, part));
            }

            fn commutative(&self) -> bool {
                Reduction::<T>::commutative(self)
            }

            fn exact(&self) -> bool {
                Reduction::<T>::exact(self)
            }

            fn weight(&self, like: &$list) -> usize {
                weight(self, like)
            }
        }
    )*};
}

macro_rules! elementwise_tuples {
    ($op:ident $(($($member:ident $index:tt),*))*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($member),*> Reduction<($($member,)*)> for $op
        where
            $($op: Reduction<$member>,)*
        {
            fn identity(&self, like: &($($member,)*)) -> ($($member,)*) {
                ($(self.identity(&like.$index),)*)
            }

            fn combine(&self, acc: &mut ($($member,)*), part: ($($member,)*)) {
                $(self.combine(&mut acc.$index, part.$index);)*
            }

            fn commutative(&self) -> bool {
                true
            }

            fn exact(&self) -> bool {
                $(Reduction::<$member>::exact(self))&&*
            }

            fn weight(&self, like: &($($member,)*)) -> usize {
                0_usize$(.saturating_add(self.weight(&like.$index)))*
            }
        }
    )*};
}
