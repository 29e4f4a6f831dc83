//! The fixed tree that makes a reduction the same bit for bit, whoever computed which block.
//!
//! 1. The leaves are the blocks of a grid that follows from the number of iterations alone.
//! 2. Node `(level, index)` stands for the leaves `index << level .. (index + 1) << level`, and is made of its two children, left
//!    before right, whenever both are there. So which nodes exist does not matter to any node's value.
//! 3. Each thread keeps the nodes that it could complete: O(log blocks) of them, since its blocks are mostly consecutive.
//! 4. The entering thread sorts all nodes by place, completes what is left, and folds the last few from the right.

use std::ops::Range;

/// A completed node.
#[derive(Debug)]
struct Node<V> {
    level: u32,
    index: usize,
    value: V,
}

impl<V> Node<V> {
    /// The first leaf that it stands for.
    fn start(&self) -> usize {
        self.index << self.level
    }

    fn is_left_of(&self, right: &Self) -> bool {
        self.level == right.level && self.index.is_multiple_of(2) && self.index + 1 == right.index
    }
}

/// The nodes of one thread, which mostly gets consecutive leaves: then the numbers of the first and the last one say which nodes
/// there are, and only their values are kept.
#[derive(Debug)]
pub(crate) struct Grove<V> {
    /// The leaves `start..next`, and the values of the nodes that they make: the last one, and those before it. A thread with one
    /// node, which is what most have in the end, asks for no memory.
    start: usize,
    next: usize,
    last: Option<V>,
    before: Vec<V>,
    /// The nodes of other leaves.
    apart: Vec<Node<V>>,
}

impl<V> Grove<V> {
    pub(crate) const fn new() -> Self {
        // No leaf has the number `next`, so that the first one leaps.
        Self { start: 0, next: usize::MAX, last: None, before: Vec::new(), apart: Vec::new() }
    }

    /// Adds a leaf and completes every parent that this allows.
    #[inline]
    pub(crate) fn push(&mut self, leaf: usize, value: V, combine: impl Fn(&mut V, V)) {
        if leaf != self.next {
            self.leap(leaf);
        }
        self.extend(Node { level: 0, index: leaf, value }, combine);
    }

    /// Adds the node that comes next.
    #[inline]
    fn extend(&mut self, node: Node<V>, combine: impl Fn(&mut V, V)) {
        let Node { mut level, mut index, mut value } = node;
        self.next = (index + 1) << level;
        let mut last = self.last.take();
        // The last value is that of the left sibling, unless that one begins before we did.
        while index & 1 == 1
            && (index - 1) << level >= self.start
            && let Some(mut left) = last.take().or_else(|| self.before.pop())
        {
            combine(&mut left, value);
            value = left;
            index >>= 1;
            level += 1;
        }
        if let Some(left) = last {
            self.before.push(left);
        }
        self.last = Some(value);
    }

    #[cold]
    fn leap(&mut self, leaf: usize) {
        if let Some(last) = self.last.take() {
            self.apart.extend(nodes(self.start..self.next, self.before.drain(..).chain([last])));
        }
        self.start = leaf;
    }

    /// Whether it has no leaves.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        // With any there is a last one.
        self.last.is_none()
    }

    /// Its only node, as the leaves that it stands for, if it has no other: then that is all there is to tell.
    #[inline]
    pub(crate) fn into_node(self) -> Result<(Range<usize>, V), Self> {
        match self {
            Self { start, next, last: Some(value), before, apart } if before.is_empty() && apart.is_empty() => {
                Ok((start..next, value))
            }
            more => Err(more),
        }
    }

    /// What [`into_node`](Self::into_node) was made of.
    #[inline]
    pub(crate) fn from_node((leaves, value): (Range<usize>, V)) -> Self {
        Self { start: leaves.start, next: leaves.end, last: Some(value), before: Vec::new(), apart: Vec::new() }
    }

    /// Whether its leaves are those that come next after the others', or none.
    fn follows(&self, other: &Self) -> bool {
        self.last.is_none() || self.start == other.next && self.apart.is_empty()
    }

    /// The value of all leaves, when they are consecutive: from the right, as [`Forest::fold`] does it.
    fn fold(mut self, combine: impl Fn(&mut V, V)) -> Option<V> {
        let mut right = self.last?;
        while let Some(mut left) = self.before.pop() {
            combine(&mut left, right);
            right = left;
        }
        Some(right)
    }

    fn each(self, mut visit: impl FnMut(Node<V>)) {
        self.apart.into_iter().for_each(&mut visit);
        nodes(self.start..self.next, self.before.into_iter().chain(self.last)).for_each(visit);
    }
}

/// Puts the values of consecutive leaves, all siblings joined, in their places: each is the largest node that starts where the one
/// before it ends, and fits.
fn nodes<V>(leaves: Range<usize>, values: impl Iterator<Item = V>) -> impl Iterator<Item = Node<V>> {
    let mut start = leaves.start;
    values.map(move |value| {
        let level = start.trailing_zeros().min((leaves.end - start).ilog2());
        let node = Node { level, index: start >> level, value };
        start += 1 << level;
        node
    })
}

/// Nodes in the order of the leaves, all siblings joined.
struct Forest<V>(Vec<Node<V>>);

impl<V> Forest<V> {
    /// Adds a node behind the others and completes every parent that this allows.
    fn push(&mut self, mut node: Node<V>, combine: impl Fn(&mut V, V)) {
        while let Some(left) = self.0.pop_if(|left| left.is_left_of(&node)) {
            let Node { level, index, mut value } = left;
            combine(&mut value, node.value);
            node = Node { level: level + 1, index: index / 2, value };
        }
        self.0.push(node);
    }

    /// Folds what is left from the right.
    fn fold(mut self, combine: impl Fn(&mut V, V)) -> Option<V> {
        let mut right = self.0.pop()?.value;
        while let Some(Node { mut value, .. }) = self.0.pop() {
            combine(&mut value, right);
            right = value;
        }
        Some(right)
    }
}

/// The value of the whole tree, of all threads' nodes that start at `last` or before; `None` when there are none.
pub(crate) fn finish<V>(mut groves: impl Iterator<Item = Grove<V>>, last: usize, combine: impl Fn(&mut V, V)) -> Option<V> {
    let mut whole = groves.next()?;
    let mut apart = None;
    // Under the default schedule the leaves of each thread follow those of the thread before it.
    if last == usize::MAX && whole.apart.is_empty() {
        loop {
            match groves.next() {
                None => return whole.fold(combine),
                Some(grove) if grove.follows(&whole) => grove.each(|node| whole.extend(node, &combine)),
                other => {
                    apart = other;
                    break;
                }
            }
        }
    }
    sorted([whole].into_iter().chain(apart).chain(groves), last, combine)
}

/// The same, of leaves that came in any order.
#[cold]
fn sorted<V>(groves: impl Iterator<Item = Grove<V>>, last: usize, combine: impl Fn(&mut V, V)) -> Option<V> {
    let mut nodes = Vec::new();
    groves.for_each(|grove| grove.each(|node| nodes.push(node)));
    nodes.retain(|node| node.start() <= last);
    nodes.sort_unstable_by_key(Node::start);
    let mut forest = Forest(Vec::new());
    nodes.into_iter().for_each(|node| forest.push(node, &combine));
    forest.fold(combine)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shape of the combination, written out.
    fn pair(left: &mut String, right: String) {
        *left = format!("({left}{right})");
    }

    fn grow(leaves: impl IntoIterator<Item = usize>) -> Grove<String> {
        let mut grove = Grove::new();
        leaves.into_iter().for_each(|leaf| grove.push(leaf, char::from(b'a' + leaf as u8).to_string(), pair));
        grove.into_node().map_or_else(|grove| grove, Grove::from_node)
    }

    fn whole(groves: impl IntoIterator<Item = Grove<String>>) -> Option<String> {
        finish(groves.into_iter(), usize::MAX, pair)
    }

    #[test]
    fn the_tree_is_the_same_for_every_split() {
        for leaves in 1..=20 {
            let expected = whole((0..leaves).map(|leaf| grow([leaf])));
            for parts in 1..=leaves {
                let groves = |part| grow(part * leaves / parts..(part + 1) * leaves / parts);
                assert!((0..parts).all(|part| groves(part).before.len() <= 2 * leaves.ilog2() as usize));
                // In order, and in reverse, as if the last thread had been the first to end.
                assert_eq!(whole((0..parts).map(groves)), expected, "{leaves} leaves in {parts} parts");
                assert_eq!(whole((0..parts).rev().map(groves)), expected, "{leaves} leaves in {parts} parts, reversed");
            }
        }
        assert_eq!(whole([grow(0..5)]).as_deref(), Some("(((ab)(cd))e)"));
    }

    #[test]
    fn a_thread_may_get_its_leaves_in_any_order() {
        let expected = whole([grow(0..8)]);
        assert_eq!(whole([grow([6, 7, 0, 1]), grow([5, 4, 2, 3])]), expected);
        assert_eq!(whole([grow([7]), grow([1, 2, 3, 4, 0]), grow([6, 5])]), expected);
    }

    #[test]
    fn leaves_behind_the_last_do_not_count() {
        assert_eq!(finish([grow(0..2), grow(2..4)].into_iter(), 1, pair).as_deref(), Some("(ab)"));
    }

    #[test]
    fn a_lone_node_is_all_there_is() {
        let node = |leaves: Range<usize>| grow(leaves).into_node().ok();
        assert_eq!(node(0..1), Some((0..1, "a".to_owned())));
        assert_eq!(node(4..8), Some((4..8, "((ef)(gh))".to_owned())));
        assert_eq!([node(0..3), node(1..3), node(0..0)], [None, None, None]);
    }

    #[test]
    fn no_leaves_have_no_value() {
        assert_eq!(whole([]), None);
    }
}
