//! What is decided before the team starts: what a unit of the schedule is, and how partial results combine.

use std::ops::Range;

use super::Loop;
use crate::schedule::Schedule;

/// The loop's decisions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) schedule: Schedule,
    pub(super) team: usize,
    pub(super) units: Units,
    pub(super) order: Order,
    pub(super) monotonic: bool,
}

/// What the schedule counts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Units {
    /// Single iterations.
    Iterations(usize),
    /// The blocks of a grid over the iterations.
    Blocks(Grid),
    /// Unknown: items are pulled, `chunk` at a time to begin with, and twice as many each time up to `most`.
    Pulled { chunk: usize, most: usize },
}

/// How partial results combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// One part per thread, combined in thread order.
    Threads,
    /// One part per run of consecutive iterations, combined in iteration order.
    Iterations,
    /// One part per block, combined along the fixed tree.
    Tree,
}

/// More blocks than this help no team, and fewer would leave a large one unbalanced.
const FEW_BLOCKS: usize = 128;
const MANY_BLOCKS: usize = 1024;
/// Below so many iterations a block of `iterations / MANY_BLOCKS` would cost more to combine than to run.
const MANY_ITERATIONS: usize = 1 << 17;

/// The most items that a thread pulls at a time when the user does not say: a lock for each would cost more than many a body.
const PULL_AT_MOST: usize = 64;

impl Plan {
    #[inline]
    pub(super) fn new(clauses: &Loop, schedule: Option<Schedule>, count: Option<usize>, team: usize, commutative: bool) -> Self {
        let by_default = matches!(schedule, None | Some(Schedule::Static));
        let gridded = clauses.reduces && (clauses.reproducible || by_default);
        let order = if gridded {
            Order::Tree
        } else if commutative && !clauses.leaves {
            Order::Threads
        } else {
            Order::Iterations
        };
        let units = match count {
            Some(iterations) if gridded => Units::Blocks(Grid::new(iterations)),
            Some(iterations) => Units::Iterations(iterations),
            None => pulled(schedule, gridded),
        };
        let schedule = units.schedule(schedule.unwrap_or(Schedule::Static));
        Self { schedule, team, units, order, monotonic: clauses.ordered }
    }
}

impl Units {
    #[inline]
    pub(super) fn count(&self) -> usize {
        match *self {
            Self::Iterations(count) | Self::Blocks(Grid { blocks: count, .. }) => count,
            Self::Pulled { .. } => 0,
        }
    }

    /// The leaf of the fixed tree that iteration `number` belongs to.
    pub(super) fn leaf(self, number: usize) -> usize {
        match self {
            Self::Iterations(_) => 0,
            Self::Pulled { most, .. } => number / most,
            Self::Blocks(grid) => grid.leaf(number),
        }
    }

    /// The schedule over units: a chunk of iterations becomes the blocks that hold as many.
    #[inline]
    fn schedule(&self, schedule: Schedule) -> Schedule {
        let Self::Blocks(grid) = *self else { return schedule };
        schedule.map_chunk(|chunk| chunk.get().div_ceil(grid.small.max(1)))
    }
}

/// The grid over the iterations: a function of their number alone, or results would differ by team. The first `larger` blocks have
/// one iteration more than the others, as in a static schedule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    blocks: usize,
    small: usize,
    larger: usize,
}

impl Grid {
    fn new(iterations: usize) -> Self {
        let blocks = iterations.min(if iterations < MANY_ITERATIONS { FEW_BLOCKS } else { MANY_BLOCKS });
        Self { blocks, small: iterations / blocks, larger: iterations % blocks }
    }

    /// The iterations of a block.
    #[inline]
    pub(super) fn block(self, index: usize) -> Range<usize> {
        let start = index * self.small + index.min(self.larger);
        start..start + self.small + usize::from(index < self.larger)
    }

    fn leaf(self, number: usize) -> usize {
        let Self { small, larger, .. } = self;
        let in_larger = larger * (small + 1);
        if number < in_larger { number / (small + 1) } else { larger + (number - in_larger) / small }
    }
}

fn pulled(schedule: Option<Schedule>, gridded: bool) -> Units {
    match schedule {
        Some(Schedule::Dynamic(chunk) | Schedule::Guided(chunk) | Schedule::StaticChunk(chunk)) => {
            Units::Pulled { chunk: chunk.get(), most: chunk.get() }
        }
        // Blocks of a fixed tree cannot grow by who came first.
        _ if gridded => Units::Pulled { chunk: 1, most: 1 },
        _ => Units::Pulled { chunk: 1, most: PULL_AT_MOST },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaf_is_the_block_of_its_iterations() {
        for iterations in [1, 5, 127, 128, 129, 1000] {
            let grid = Grid::new(iterations);
            let mut next = 0;
            for index in 0..grid.blocks {
                assert_eq!(grid.block(index).start, next);
                next = grid.block(index).end;
                grid.block(index).for_each(|number| assert_eq!(grid.leaf(number), index));
            }
            assert_eq!(next, iterations);
        }
    }
}
