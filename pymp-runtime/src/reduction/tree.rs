//! The fixed tree that makes a reduction the same bit for bit, whoever computed which block.
//!
//! 1. The leaves are the blocks of a grid that follows from the number of iterations alone.
//! 2. Node `(level, index)` stands for the leaves `index << level .. (index + 1) << level`, and is made of its two children, left
//!    before right, whenever both are there. So which nodes exist does not matter to any node's value.
//! 3. Each thread keeps the nodes that it could complete: O(log blocks) of them, since its blocks are mostly consecutive.
//! 4. The entering thread sorts all nodes by place, completes what is left, and folds the last few from the right.

/// A completed node.
#[derive(Debug)]
pub(crate) struct Node<V> {
    level: u32,
    index: usize,
    value: V,
}

impl<V> Node<V> {
    pub(crate) fn leaf(index: usize, value: V) -> Self {
        Self { level: 0, index, value }
    }

    /// The first leaf that it stands for.
    pub(crate) fn start(&self) -> usize {
        self.index << self.level
    }

    fn is_left_of(&self, right: &Self) -> bool {
        self.level == right.level && self.index.is_multiple_of(2) && self.index + 1 == right.index
    }
}

/// Adds a node behind the others and completes every parent that this allows.
pub(crate) fn push<V>(nodes: &mut Vec<Node<V>>, mut node: Node<V>, combine: impl Fn(&mut V, V)) {
    while let Some(left) = nodes.pop_if(|left| left.is_left_of(&node)) {
        let Node { level, index, mut value } = left;
        combine(&mut value, node.value);
        node = Node { level: level + 1, index: index / 2, value };
    }
    nodes.push(node);
}

/// The value of the whole tree, of nodes in any order; `None` when there are none.
pub(crate) fn finish<V>(mut nodes: Vec<Node<V>>, combine: impl Fn(&mut V, V)) -> Option<V> {
    if !nodes.is_sorted_by_key(Node::start) {
        nodes.sort_unstable_by_key(Node::start);
    }
    // What one thread completed has no siblings left in it, so there is work only where several threads meet.
    if nodes.windows(2).any(|pair| pair[0].is_left_of(&pair[1])) {
        let mut forest = Vec::with_capacity(nodes.len());
        nodes.into_iter().for_each(|node| push(&mut forest, node, &combine));
        nodes = forest;
    }
    let mut right = nodes.pop()?.value;
    while let Some(Node { mut value, .. }) = nodes.pop() {
        combine(&mut value, right);
        right = value;
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shape of the combination, written out.
    fn pair(left: &mut String, right: String) {
        *left = format!("({left}{right})");
    }

    fn leaf(index: usize) -> Node<String> {
        Node::leaf(index, char::from(b'a' + index as u8).to_string())
    }

    #[test]
    fn the_tree_is_the_same_for_every_split() {
        for leaves in 1..=20 {
            let all: Vec<_> = (0..leaves).map(leaf).collect();
            let expected = finish(all, pair).expect("there are leaves");
            for parts in 1..=leaves {
                let mut nodes = Vec::new();
                // Parts in reverse, as if the last thread had been the first to end.
                for part in (0..parts).rev() {
                    let mut own = Vec::new();
                    (part * leaves / parts..(part + 1) * leaves / parts).for_each(|index| push(&mut own, leaf(index), pair));
                    assert!(own.len() <= 2 * leaves.ilog2() as usize + 1);
                    nodes.append(&mut own);
                }
                assert_eq!(finish(nodes, pair).as_ref(), Some(&expected), "{leaves} leaves in {parts} parts");
            }
        }
        assert_eq!(finish((0..5).map(leaf).collect(), pair).as_deref(), Some("(((ab)(cd))e)"));
    }

    #[test]
    fn no_leaves_have_no_value() {
        assert_eq!(finish(Vec::<Node<String>>::new(), pair), None);
    }
}
