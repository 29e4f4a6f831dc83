//! Every source against the plain iterator, in parts cut anywhere and taken in any order.

mod adapters;
mod collapse;
mod infer;
mod integers;
mod leaves;
mod pulled;

use std::fmt::Debug;
use std::ops::Range;

use super::Source;

/// Numbers that look random, the same in every run.
pub(super) struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((u128::from(self.0) * n as u128) >> 64) as usize
    }
}

pub(super) const ROUNDS: u64 = if cfg!(miri) { 2 } else { 20 };

/// `0..n` cut anywhere, some parts empty, in any order.
fn parts(n: usize, dice: &mut Dice) -> Vec<Range<usize>> {
    let mut cuts: Vec<usize> = (0..dice.below(8)).map(|_| dice.below(n + 1)).chain([0, n]).collect();
    cuts.sort_unstable();
    let mut parts: Vec<_> = cuts.windows(2).map(|cut| cut[0]..cut[1]).collect();
    for last in (1..parts.len()).rev() {
        parts.swap(last, dice.below(last + 1));
    }
    parts
}

/// The items of a source in the order of their numbers. All chunks live at the same time, and longer than their source.
pub(super) fn items<S: Source>(source: S, seed: u64) -> Vec<S::Item> {
    let mut dice = Dice(seed);
    let n = source.count().expect("a count");
    // SAFETY: the parts are disjoint and cover `0..n`.
    let take = |part: Range<usize>| unsafe { source.take(part) }.expect("a chunk");
    let mut chunks: Vec<_> = parts(n, &mut dice).into_iter().map(take).collect();
    drop(source);
    let mut items = vec![];
    while !chunks.is_empty() {
        let (numbers, chunk) = chunks.swap_remove(dice.below(chunks.len()));
        let found: Vec<_> = chunk.collect();
        assert_eq!(found.len(), numbers.len(), "a chunk of {numbers:?}");
        items.extend(numbers.zip(found));
    }
    items.sort_by_key(|(number, _)| *number);
    assert!(items.iter().map(|(number, _)| *number).eq(0..n));
    items.into_iter().map(|(_, item)| item).collect()
}

/// The head's source gives what the plain loop gives.
macro_rules! same {
    ($($cut:expr => $plain:expr;)*) => { $(
        for seed in 0..$crate::source::tests::ROUNDS {
            let plain: Vec<_> = $plain.into_iter().collect();
            let ours = $crate::source::tests::items($crate::__private::source!($cut), seed);
            assert_eq!(ours, plain, "{}", stringify!($plain));
        }
    )* };
}
pub(super) use same;

/// The items' own indices are what the source says of their numbers.
pub(super) fn indexed<S: super::Indexed<Item: Debug>>(source: S, index: impl Fn(&S::Item) -> usize) {
    let progression = source.progression();
    for (number, item) in items(source, 1).into_iter().enumerate() {
        assert_eq!(progression.index(number), Some(index(&item)), "{item:?} is number {number} of {progression:?}");
    }
}
