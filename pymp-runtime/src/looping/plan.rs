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

/// What the reductions of a loop are like, all of them together; those of a loop without any are exact and weigh nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reduces {
    /// However the parts are grouped, the result is the same.
    exact: bool,
    /// What it costs to make and combine a part.
    weight: usize,
    /// So many iterations in a block at least, if there are.
    least: usize,
    /// All are numbers, or no larger than some: an operator on them takes no longer than one on numbers.
    small: bool,
}

impl Reduces {
    pub(super) const NOTHING: Self = Self { exact: true, weight: 0, least: 1, small: true };

    /// One reduction more.
    pub(super) fn and<T>(self, exact: bool, weight: usize) -> Self {
        let small = self.small && size_of::<T>() <= SMALL && !std::mem::needs_drop::<T>();
        Self { exact: self.exact && exact, weight: self.weight.saturating_add(weight), small, ..self }
    }

    /// The same, of iterations whose operators take no longer than an addition, if they are on numbers.
    pub(super) fn of_short_iterations(self) -> Self {
        Self { least: if self.small { SHORT_ITERATIONS } else { 1 }, ..self }
    }
}

/// More blocks than this help no team, and fewer would leave a large one unbalanced.
const FEW_BLOCKS: usize = 128;
const MANY_BLOCKS: usize = 1024;
/// Below so many iterations a block of `iterations / MANY_BLOCKS` would cost more to combine than to run.
const MANY_ITERATIONS: usize = 1 << 17;
/// The size of a number, or of two.
const SMALL: usize = 16;
/// A block of so many short iterations is worth a part.
const SHORT_ITERATIONS: usize = 64;
/// Blocks of a loop whose parts weigh more than the iterations of a block: as many as a middling team needs.
const HEAVY_BLOCKS: usize = 32;

/// The most items that a thread pulls at a time when the user does not say: a lock for each would cost more than many a body.
const PULL_AT_MOST: usize = 64;

impl Plan {
    #[inline]
    pub(super) fn new(clauses: &Loop, schedule: Option<Schedule>, count: Option<usize>, team: usize, commutative: bool) -> Self {
        let by_default = matches!(schedule, None | Some(Schedule::Static));
        let gridded = !clauses.reduces.exact && (clauses.reproducible || by_default);
        let order = if gridded {
            Order::Tree
        } else if commutative && !clauses.leaves {
            Order::Threads
        } else {
            Order::Iterations
        };
        let units = match count {
            Some(iterations) if gridded => Units::Blocks(Grid::new(iterations, clauses.reduces)),
            Some(iterations) => Units::Iterations(iterations),
            None => pulled(schedule, gridded),
        };
        let schedule = units.schedule(schedule.unwrap_or(Schedule::Static));
        Self { schedule, team, units, order, monotonic: clauses.ordered }
    }

    /// That of a loop without results under the default schedule, which has no other plan.
    #[inline(always)]
    pub(super) fn settled(count: Option<usize>, team: usize) -> Self {
        let units = Units::Iterations(count.unwrap_or(0));
        Self { schedule: Schedule::Static, team, units, order: Order::Threads, monotonic: false }
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

/// The grid over the iterations: a function of their number and of what is reduced, or results would differ by team. So many
/// blocks as `larger` says have one iteration more than the others; they lie evenly, so that equal numbers of blocks are equal work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    blocks: usize,
    small: usize,
    larger: usize,
}

impl Grid {
    // Always: a call would keep the clauses in memory, and wait for its answer to come back from there.
    #[inline(always)]
    fn new(iterations: usize, reduces: Reduces) -> Self {
        let most = if iterations < MANY_ITERATIONS { FEW_BLOCKS } else { MANY_BLOCKS };
        let most = if reduces.weight <= 1 { most } else { (iterations / reduces.weight).clamp(HEAVY_BLOCKS, most) };
        let blocks = if reduces.least == 1 { iterations } else { iterations.div_ceil(reduces.least) };
        let blocks = blocks.min(most);
        Self { blocks, small: iterations / blocks, larger: iterations % blocks }
    }

    /// The iterations of a block.
    #[inline]
    pub(super) fn block(self, index: usize) -> Range<usize> {
        self.start(index)..self.start(index + 1)
    }

    /// `index * iterations / blocks`. There are few blocks, so that no product overflows.
    #[inline]
    fn start(self, index: usize) -> usize {
        // A division takes as long as all the rest of a small block.
        let more = if self.larger == 0 { 0 } else { index * self.larger / self.blocks };
        index * self.small + more
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
        for (iterations, weight) in
            [(1, 1), (5, 1), (127, 1), (128, 1), (129, 1), (153, 1), (255, 1), (1000, 1), (1000, 10), (1000, 5000)]
        {
            let grid = Grid::new(iterations, Reduces { weight, ..Reduces::NOTHING });
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
            let grid = Grid::new(iterations, Reduces::NOTHING);
            let half = grid.block(grid.blocks / 2).start;
            assert!(half.abs_diff(iterations - half) <= 1, "{half} of {iterations}");
        }
    }

    #[test]
    fn heavy_parts_make_few_blocks() {
        let blocks = |iterations, weight| Grid::new(iterations, Reduces { weight, ..Reduces::NOTHING }).blocks;
        assert_eq!([blocks(10, 100), blocks(1000, 1), blocks(1000, 100), blocks(1000, 10)], [10, 128, 32, 100]);
        assert_eq!([blocks(1 << 20, 1), blocks(1 << 20, 4096), blocks(1 << 20, usize::MAX)], [1024, 256, 32]);
    }

    #[test]
    fn short_iterations_share_a_block() {
        let blocks = |iterations| Grid::new(iterations, Reduces::NOTHING.and::<f64>(false, 1).of_short_iterations()).blocks;
        assert_eq!([1, 64, 65, 1000, 8192, 10_000, 1 << 17].map(blocks), [1, 1, 2, 16, 128, 128, 1024]);
        let matrices = Reduces::NOTHING.and::<[f64; 16]>(false, 1).of_short_iterations();
        assert_eq!(Grid::new(64, matrices).blocks, 64, "whose sums take longer");
    }

    #[test]
    fn reductions_are_as_exact_as_the_least_exact_and_weigh_what_all_do() {
        let both = Reduces::NOTHING.and::<u8>(true, 5).and::<u64>(true, 7);
        assert_eq!(both, Reduces { exact: true, weight: 12, least: 1, small: true });
        assert_eq!(
            both.and::<[f64; 16]>(false, usize::MAX),
            Reduces { exact: false, weight: usize::MAX, least: 1, small: false }
        );
    }
}
