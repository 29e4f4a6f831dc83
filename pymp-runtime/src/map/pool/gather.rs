//! A map that the pool's own threads run while the caller goes on.
//!
//! 1. As many jobs as the pool has workers go into the queue. Each takes inputs, a chunk at a time, until there are no more.
//! 2. Whichever ends last puts the values together. A job that is dropped, since the pool was terminated, has ended too.
//! 3. A panic takes the rest of the inputs away. Chunks are taken in order, so the lowest input that panics is known at the end.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::vec::IntoIter;

use parking_lot::Mutex;

use super::handle::Handle;
use super::job::{Cell, Job};
use super::queue::Queue;
use crate::map::engine::at_once::even_chunk;
use crate::map::error::Payload;
use crate::panic::discard;

/// What the jobs of one map share. When the last of them lets it go, the map has ended.
struct Gather<F, A, B> {
    function: F,
    count: usize,
    chunk: usize,
    /// No code of the user's runs under this lock.
    state: Mutex<State<A, B>>,
    cell: Arc<Cell<Vec<B>>>,
}

struct State<A, B> {
    inputs: IntoIter<A>,
    /// The values of each chunk that is done, with the number of its first input.
    done: Vec<(usize, Vec<B>)>,
    panic: Option<(usize, Payload)>,
}

/// Puts a map into the queue.
pub(super) fn submit<F, A, B>(queue: &Arc<Queue>, workers: usize, function: F, inputs: Vec<A>) -> Handle<Vec<B>>
where
    F: Fn(A) -> B + Send + Sync + 'static,
    A: Send + 'static,
    B: Send + 'static,
{
    let count = inputs.len();
    let chunk = even_chunk(count, workers);
    let cell = Arc::new(Cell::begun());
    let state = Mutex::new(State { inputs: inputs.into_iter(), done: Vec::new(), panic: None });
    let gather = Arc::new(Gather { function, count, chunk, state, cell: Arc::clone(&cell) });
    let job = |_| {
        let (gather, queue) = (Arc::clone(&gather), Arc::clone(queue));
        Arc::new(Cell::new(Box::new(move || gather.work(&queue)))) as Arc<dyn Job>
    };
    let jobs: Vec<_> = (0..workers.min(count.div_ceil(chunk))).map(job).collect();
    drop(gather);
    jobs.iter().for_each(|job| queue.put(Arc::clone(job)));
    Handle::new(cell, jobs)
}

impl<F: Fn(A) -> B, A, B> Gather<F, A, B> {
    fn work(&self, queue: &Queue) {
        while let Some((first, inputs)) = self.take() {
            let mut values = Vec::with_capacity(inputs.len());
            let run = || {
                // `terminate` ends the map at the next task.
                values.extend(inputs.into_iter().map_while(|input| (!queue.terminated()).then(|| (self.function)(input))));
            };
            match catch_unwind(AssertUnwindSafe(run)) {
                Ok(()) => self.state.lock().done.push((first, values)),
                Err(payload) => self.fail(first + values.len(), payload),
            }
        }
    }

    /// A chunk, and the number of its first input.
    fn take(&self) -> Option<(usize, Vec<A>)> {
        let inputs = &mut self.state.lock().inputs;
        let first = self.count - inputs.len();
        let chunk: Vec<A> = inputs.by_ref().take(self.chunk).collect();
        (!chunk.is_empty()).then_some((first, chunk))
    }

    fn fail(&self, number: usize, payload: Payload) {
        let mut state = self.state.lock();
        let rest = std::mem::take(&mut state.inputs);
        let higher = match &state.panic {
            Some((lowest, _)) if *lowest < number => Some((number, payload)),
            _ => state.panic.replace((number, payload)),
        };
        drop(state);
        discard((rest, higher));
    }
}

impl<F, A, B> Drop for Gather<F, A, B> {
    fn drop(&mut self) {
        let State { done, panic, .. } = self.state.get_mut();
        let mut done = std::mem::take(done);
        self.cell.finish(match panic.take() {
            Some((_, payload)) => Some(Err(payload)),
            None if done.iter().map(|(_, values)| values.len()).sum::<usize>() < self.count => None,
            None => {
                done.sort_unstable_by_key(|(first, _)| *first);
                Some(Ok(done.into_iter().flat_map(|(_, values)| values).collect()))
            }
        });
    }
}
