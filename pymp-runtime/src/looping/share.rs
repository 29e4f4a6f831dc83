//! A thread's share of a loop.

use std::fmt;
use std::mem;
use std::ops::Range;
use std::sync::atomic::Ordering;

use super::exit::{Exit, Leave};
use super::numbered::{self, Numbered};
use super::ordered::Seat;
use super::partials::Partials;
use super::plan::Units;
use super::state::State;
use super::watched::Watched;
use crate::disjoint::Parts;
use crate::reduction::Reductions;
use crate::schedule::Hand;
use crate::source::Source;

/// A thread's share of a loop: its chunks, its parts of the arrays, its partial results.
///
/// A reduction by hand: a thread goes on with its partial results for each chunk, and gives them back after it.
///
/// ```
/// use pymp_runtime::reduction::op::Add;
/// use pymp_runtime::{IntoCut, Loop};
///
/// let sum = Loop::new().num_threads(2).reduces(&Add, &0).run((1..=100).into_cut().into_source(), (), &(Add,), |share| {
///     while let Some((chunk, ())) = share.next() {
///         let (mut sum,) = share.take(|| (0,));
///         chunk.for_each(|i| sum += i);
///         share.put((sum,));
///     }
/// });
/// assert_eq!(sum, Some((5050,)));
/// ```
///
/// A share, and the parts that it gives out, stay in the frame, since the arrays are the caller's again after the loop:
///
/// ```compile_fail,E0521
/// use pymp_runtime::{Disjoint, IntoCut, Loop};
///
/// let mut y = vec![0; 10];
/// let kept = std::sync::Mutex::new(Vec::new());
/// Loop::new().run((0..10).into_cut().into_source(), (y.as_disjoint(),), &(), |share| {
///     while let Some((_, (part,))) = share.next() {
///         kept.lock().unwrap().push(part);
///     }
/// });
/// ```
///
/// Nor can the shares of two loops, one inside the other, change places:
///
/// ```compile_fail,E0521
/// use pymp_runtime::{IntoCut, Loop};
///
/// Loop::new().run((0..10).into_cut().into_source(), (), &(), |outer| {
///     let outer = std::sync::Mutex::new(outer);
///     Loop::new().run((0..10).into_cut().into_source(), (), &(), |inner| {
///         std::mem::swap(&mut **outer.lock().unwrap(), inner);
///     });
/// });
/// ```
///
/// What a frame calls takes `&mut self`, also where `&self` would do: a frame has a `&mut Share`, and for that a method of the same
/// name in a user's blanket trait would come first.
pub struct Share<'l, S, D, R, V> {
    state: &'l State<'l, R, V>,
    source: &'l S,
    owned: &'l D,
    hand: Hand,
    thread: usize,
    /// Units that were dealt out and not yet begun.
    ahead: Range<usize>,
    /// The numbers of the chunk that runs.
    numbers: Range<usize>,
    pull: usize,
    /// Beside the share, or what must be dropped would keep all of it in memory.
    partials: &'l mut Partials<V>,
}

/// Partial results of more bytes travel from chunk to chunk.
const LARGE: usize = 64;

impl<'l, S, D, R, V> Share<'l, S, D, R, V> {
    #[inline]
    pub(super) fn new(
        state: &'l State<'l, R, V>,
        (source, owned): (&'l S, &'l D),
        thread: usize,
        partials: &'l mut Partials<V>,
    ) -> Self {
        numbered::begin();
        let pull = match state.units {
            Units::Pulled { chunk, .. } => chunk,
            _ => 0,
        };
        Share { state, source, owned, hand: state.dispatch.hand(thread), thread, ahead: 0..0, numbers: 0..0, pull, partials }
    }
}

// The bounds stand at the methods that need them, and the types of `next` are parameters of its own: a loop whose types do not
// fit gets one error, that of `Loop::run`, and not a second one about a method that cannot be found.
impl<'l, S, D, R, V> Share<'l, S, D, R, V> {
    /// The next chunk: its items, and the parts of the arrays that its iterations own.
    // Always: a frame calls it once, and around a chunk of one iteration a call shows.
    #[inline(always)]
    #[expect(clippy::should_implement_trait, reason = "the frame needs the share again while a chunk runs")]
    pub fn next<C, P>(&mut self) -> Option<(C, P)>
    where
        S: Source<Chunk = C>,
        D: Parts<Part<'l> = P>,
    {
        let numbers = self.deal()?;
        // SAFETY: by the law of `Plan` the hands of one dispatch, or of several for one and the same static plan, give out disjoint ranges
        // within its units, and blocks of the grid are disjoint ranges of iterations. Each thread has one hand: `Loop::run` makes one share
        // for each number that the lease runs its work as, once, or one of a team of one. No share leaves its frame, whose lifetime `'l` is
        // any. The units are as many as the source counts; where it does not count, any range will do. A body that unwinds only stops
        // asking.
        let (numbers, items) = unsafe { self.source.take(numbers) }?;
        // SAFETY: 1. as above where the source counts, which then returns the range it was asked for; where it does not, the ranges that
        // it returns are disjoint (law of `Source`, 4). 2. `Loop::start` has called `begin`.
        let parts = unsafe { self.owned.part(&numbers) };
        self.numbers = numbers;
        Some((items, parts))
    }

    /// The next chunk, if the partial results at hand go along to it. Large ones do, unless their order matters: to give them back
    /// and take them up takes longer than many a chunk.
    #[inline(always)]
    pub fn along<C, P>(&mut self) -> Option<(C, P)>
    where
        S: Source<Chunk = C>,
        D: Parts<Part<'l> = P>,
    {
        if size_of::<V>() > LARGE && self.partials.go_along() { self.next() } else { None }
    }

    #[inline(always)]
    fn deal(&mut self) -> Option<Range<usize>>
    where
        S: Source,
    {
        let bound = self.state.bound.load(Ordering::Acquire);
        if let (Units::Pulled { most, .. }, false) = (self.state.units, S::COUNTED) {
            // Whatever is pulled now comes after all that has been.
            if bound != usize::MAX {
                return None;
            }
            let pull = self.pull;
            self.pull = (pull * 2).min(most);
            return Some(0..pull);
        }
        let mut dealt = match mem::take(&mut self.ahead) {
            none if none.is_empty() => self.hand.next(&self.state.dispatch)?,
            ahead => ahead,
        };
        let numbers = match self.state.units {
            Units::Blocks(grid) if State::<'l, R, V>::REDUCES => {
                let block = grid.block(dealt.next()?);
                self.ahead = dealt;
                block
            }
            _ => dealt,
        };
        // What this thread has left lies higher still, and what lies lower is in the hands of threads that run.
        (numbers.start < bound).then_some(numbers)
    }

    /// The items of a chunk with the numbers of their iterations; ends before the first one that must not run any more.
    #[inline]
    pub fn numbered<I: Iterator>(&mut self, items: I) -> Numbered<'l, I> {
        Numbered::new(self.numbers.start, items, &self.state.bound)
    }

    /// The items of a chunk, of which it is known afterwards whether all were asked for.
    #[inline]
    pub fn watched<I: Iterator>(&mut self, items: I) -> Watched<I> {
        Watched::new(self.numbers.start, items)
    }

    /// The partial results to go on with: those of this thread so far, or fresh ones.
    #[inline]
    pub fn take(&mut self, identity: impl FnOnce() -> V) -> V {
        self.partials.take(self.numbers.start).unwrap_or_else(identity)
    }

    /// Gives the partial results back at the end of a chunk.
    // Not inlined: what it calls would keep a partial result in memory rather than in a register while the chunk runs.
    #[inline(never)]
    pub fn put(&mut self, value: V)
    where
        R: Reductions<V>,
    {
        let leaf = match self.state.units {
            // The block that runs is the one before those that were not yet begun.
            Units::Blocks(_) => self.ahead.start.wrapping_sub(1),
            units => units.leaf(self.numbers.start),
        };
        let ops = self.state.ops;
        self.partials.put(leaf, &self.numbers, value, |acc, part| ops.combine(acc, part));
    }

    /// `break` in iteration `number`, of a loop that [`leaves`](super::Loop::leaves): no later iteration is begun.
    #[cold]
    pub fn cancel(&mut self, number: usize) {
        self.state.lower_bound(number);
    }

    /// `return` and `?`: as [`cancel`](Self::cancel), and the function may return the value.
    #[cold]
    pub fn leave<T>(&mut self, Leave { exit, number, value }: Leave<'_, T>) {
        exit.put(number, Some(value));
        self.state.lower_bound(number);
    }

    /// `break` in a loop that may also return.
    #[cold]
    pub fn leave_loop<T>(&mut self, number: usize, exit: &Exit<T>) {
        exit.put(number, None);
        self.state.lower_bound(number);
    }

    /// The seat of iteration `number` in the order of the `ordered` blocks.
    ///
    /// # Panics
    ///
    /// When the loop has no `ordered` clause.
    #[inline]
    #[track_caller]
    pub fn seat(&mut self, number: usize) -> Seat<'l> {
        let Some(turn) = &self.state.turn else { panic!("only a loop with `ordered` has an order") };
        Seat::new(number, turn, &self.state.bound)
    }
}

impl<S, D, R, V> fmt::Debug for Share<'_, S, D, R, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Share").field("thread", &self.thread).field("numbers", &self.numbers).finish_non_exhaustive()
    }
}
