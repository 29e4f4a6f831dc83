//! The partial results of one thread, and how those of all threads become one.

use std::ops::Range;

use super::plan::Order;
use crate::reduction::tree::{self, Grove};

/// What a thread has computed so far.
#[derive(Debug)]
pub(super) enum Partials<V> {
    Threads(Option<V>),
    Iterations(Vec<Run<V>>),
    Tree(Grove<V>),
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
            Order::Tree => Self::Tree(Grove::new()),
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

    /// Whether all chunks of the thread have one value.
    #[inline]
    pub(super) fn go_along(&self) -> bool {
        matches!(self, Self::Threads(_))
    }

    #[inline]
    pub(super) fn put(&mut self, leaf: usize, numbers: &Range<usize>, value: V, combine: impl Fn(&mut V, V)) {
        match self {
            Self::Threads(kept) => *kept = Some(value),
            Self::Iterations(runs) => runs.push(Run { numbers: numbers.clone(), value }),
            Self::Tree(grove) => grove.push(leaf, value, combine),
        }
    }

    /// The thread is done.
    #[inline]
    pub(super) fn into_gain(self) -> Gain<V> {
        let more = match self {
            Self::Threads(None) => return Gain::Nothing,
            Self::Threads(Some(value)) => return Gain::Value(value),
            Self::Tree(grove) if grove.is_empty() => return Gain::Nothing,
            Self::Iterations(runs) if runs.is_empty() => return Gain::Nothing,
            Self::Tree(grove) => match grove.into_node() {
                Ok((leaves, value)) => match (u32::try_from(leaves.start), u32::try_from(leaves.end)) {
                    (Ok(start), Ok(end)) => return Gain::Node { start, end, value },
                    _ => Self::Tree(Grove::from_node((leaves, value))),
                },
                Err(grove) => Self::Tree(grove),
            },
            runs => runs,
        };
        Gain::More(Box::new(more))
    }
}

/// The partial results of a thread that is done, as small as they mostly are.
pub(super) enum Gain<V> {
    Nothing,
    Value(V),
    /// The node that stands for these leaves.
    Node {
        start: u32,
        end: u32,
        value: V,
    },
    More(Box<Partials<V>>),
}

impl<V> Gain<V> {
    #[inline]
    fn into_partials(self) -> Partials<V> {
        match self {
            Self::Nothing => Partials::Threads(None),
            Self::Value(value) => Partials::Threads(Some(value)),
            Self::Node { start, end, value } => Partials::Tree(Grove::from_node((start as usize..end as usize, value))),
            Self::More(partials) => *partials,
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
#[inline]
pub(super) fn combine<V>(
    order: Order,
    mut gains: impl Iterator<Item = Gain<V>>,
    cutoff: Option<Cutoff>,
    combine: impl Fn(&mut V, V),
) -> Option<V> {
    if order == Order::Threads {
        let mut all = None;
        for gain in gains {
            if let Gain::Value(value) = gain {
                join(&mut all, value, &combine);
            }
        }
        return all;
    }
    if cutoff.is_some() {
        return combine_all(order, &mut gains, cutoff, &combine);
    }
    // In most loops there are one or two nodes, one beside the other.
    let mut gains = gains.filter(|gain| !matches!(gain, Gain::Nothing));
    match (gains.next(), gains.next(), gains.next()) {
        (Some(Gain::Node { value, .. }), None, _) => Some(value),
        (Some(Gain::Node { end, mut value, .. }), Some(Gain::Node { start, value: right, .. }), None) if end == start => {
            combine(&mut value, right);
            Some(value)
        }
        (first, second, third) => {
            let mut gains = [first, second, third].into_iter().flatten().chain(gains);
            combine_all(order, &mut gains, cutoff, &combine)
        }
    }
}

/// The same, however many parts there are, and of whatever iterations.
// By `dyn`, so that a loop holds it once.
#[inline(never)]
fn combine_all<V>(
    order: Order,
    gains: &mut dyn Iterator<Item = Gain<V>>,
    cutoff: Option<Cutoff>,
    combine: &dyn Fn(&mut V, V),
) -> Option<V> {
    let parts = gains.map(Gain::into_partials);
    if order == Order::Tree {
        let groves = parts.filter_map(|part| if let Partials::Tree(grove) = part { Some(grove) } else { None });
        return tree::finish(groves, cutoff.map_or(usize::MAX, |cutoff| cutoff.leaf), combine);
    }
    let mut runs = Vec::new();
    for part in parts {
        if let Partials::Iterations(more) = part {
            gather(&mut runs, more);
        }
    }
    runs.sort_unstable_by_key(|run: &Run<V>| run.numbers.start);
    let mut all = None;
    for run in runs {
        if cutoff.is_none_or(|cutoff| run.numbers.start <= cutoff.number) {
            join(&mut all, run.value, combine);
        }
    }
    all
}

/// Adds what comes next.
fn join<V>(all: &mut Option<V>, value: V, combine: impl Fn(&mut V, V)) {
    match all {
        Some(all) => combine(all, value),
        None => *all = Some(value),
    }
}

/// Appends, without copying what comes first.
fn gather<T>(all: &mut Vec<T>, mut more: Vec<T>) {
    if all.is_empty() {
        *all = more;
    } else {
        all.append(&mut more);
    }
}
