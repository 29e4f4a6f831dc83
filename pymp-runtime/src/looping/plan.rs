//! What is decided before the team starts: what a unit of the schedule is, and how partial results combine.

use std::ops::Range;

use super::Loop;
use crate::reduction::Law;
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
    pub(super) fn new(clauses: &Loop, schedule: Option<Schedule>, count: Option<usize>, team: usize, law: Law) -> Self {
        let by_default = matches!(schedule, None | Some(Schedule::Static));
        // What is not rounded is the same without a grid.
        let gridded = clauses.reduces && !law.exact && (clauses.reproducible || by_default);
        let order = if gridded {
            Order::Tree
        } else if law.commutative && !clauses.leaves {
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

/// The grid over the iterations: a function of their number alone, or results would differ by team. So many blocks as `larger` says
/// have one iteration more than the others; they lie evenly among them, so that equal numbers of blocks are equal work.
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
        self.start(index)..self.start(index + 1)
    }

    /// `index * iterations / blocks`. There are few blocks, so that the product does not overflow.
    #[inline]
    fn start(self, index: usize) -> usize {
        index * self.small + index * self.larger / self.blocks
    }

    /// The block that iteration `number` is in: the last one whose `start` is not above it.
    fn leaf(self, number: usize) -> usize {
        let iterations = self.small as u128 * self.blocks as u128 + self.larger as u128;
        ((number as u128 + 1) * self.blocks as u128).div_ceil(iterations) as usize - 1
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
        for iterations in [1, 5, 127, 128, 129, 153, 255, 1000, MANY_ITERATIONS + 77] {
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

    #[test]
    fn equal_numbers_of_blocks_are_equal_work() {
        for iterations in [129, 153, 200, 255, MANY_ITERATIONS + 77] {
            let grid = Grid::new(iterations);
            let half = grid.block(grid.blocks / 2).start;
            assert!(half.abs_diff(iterations - half) <= 1, "{half} of {iterations}");
        }
    }
}
