//! The partial results of one thread, and how those of all threads become one.

use std::ops::Range;

use super::plan::Order;
use crate::reduction::tree::{self, Node};

/// What a thread has computed so far.
#[derive(Debug)]
pub(super) enum Partials<V> {
    Threads(Option<V>),
    Iterations(Vec<Run<V>>),
    Tree(Vec<Node<V>>),
}

/// The result of consecutive iterations.
#[derive(Debug)]
pub(super) struct Run<V> {
    numbers: Range<usize>,
    value: V,
}

impl<V> Partials<V> {
    #[inline]
    pub(super) fn new(order: Order) -> Self {
        match order {
            Order::Threads => Self::Threads(None),
            Order::Iterations => Self::Iterations(Vec::new()),
            Order::Tree => Self::Tree(Vec::new()),
        }
    }

    /// The value that a chunk starting at `number` may go on with.
    #[inline]
    pub(super) fn take(&mut self, number: usize) -> Option<V> {
        match self {
            Self::Threads(value) => value.take(),
            // The run grows; that it will go by the place of its last chunk is enough, since runs do not overlap.
            Self::Iterations(runs) => runs.pop_if(|run| run.numbers.end == number).map(|run| run.value),
            Self::Tree(_) => None,
        }
    }

    #[inline]
    pub(super) fn put(&mut self, leaf: usize, numbers: &Range<usize>, value: V, combine: impl Fn(&mut V, V)) {
        match self {
            Self::Threads(kept) => *kept = Some(value),
            Self::Iterations(runs) => runs.push(Run { numbers: numbers.clone(), value }),
            Self::Tree(nodes) => tree::push(nodes, Node::leaf(leaf, value), combine),
        }
    }
}

/// The last place whose results count, when an iteration has left the loop.
#[derive(Clone, Copy)]
pub(super) struct Cutoff {
    pub(super) number: usize,
    pub(super) leaf: usize,
}

/// The result of all threads, in thread order; `None` when there is none.
pub(super) fn combine<V>(parts: impl Iterator<Item = Partials<V>>, cutoff: Cutoff, combine: impl Fn(&mut V, V)) -> Option<V> {
    let (mut values, mut runs, mut nodes) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        match part {
            Partials::Threads(value) => values.extend(value),
            Partials::Iterations(more) => runs.extend(more.into_iter().filter(|run| run.numbers.start <= cutoff.number)),
            Partials::Tree(more) => nodes.extend(more.into_iter().filter(|node| node.start() <= cutoff.leaf)),
        }
    }
    if !nodes.is_empty() {
        return tree::finish(nodes, combine);
    }
    runs.sort_unstable_by_key(|run| run.numbers.start);
    let mut values = values.into_iter().chain(runs.into_iter().map(|run| run.value));
    let mut all = values.next()?;
    values.for_each(|value| combine(&mut all, value));
    Some(all)
}
