//! Who runs the tasks of a map, how many workers there are, and what each takes.

use std::num::NonZeroUsize;

use super::builder::Map;
use super::engine::Engine;
use super::engine::runs::Kind;

/// Who runs the tasks of one map, how many workers, how many inputs a worker takes at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) engine: Engine,
    pub(super) workers: usize,
    pub(super) chunk: Option<usize>,
}

impl Shape {
    /// For so many inputs at the most: more workers than those would only cost their threads. As many as are there anyway may stay.
    pub(super) fn for_inputs(self, most: usize) -> Self {
        Self { workers: self.workers.min(most.max(self.engine.workers())), ..self }
    }
}

impl<F, P, E: Kind, R> Map<F, P, E, R> {
    pub(super) fn shape(&self) -> Shape {
        let (engine, by_default) = self.engine.staffing();
        let workers = match (engine, self.workers) {
            (Engine::Serial, _) | (_, None) => by_default,
            (_, Some(workers)) => workers.get(),
        };
        Shape { engine, workers, chunk: self.chunk.map(NonZeroUsize::get) }
    }
}
