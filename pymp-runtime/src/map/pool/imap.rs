//! Results one after the other, while the pool's threads go on.

use std::collections::VecDeque;
use std::fmt;
use std::iter::FusedIterator;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::job::{Cell, Job};
use super::{Pool, queue};
use crate::map::engine::feed::Order;
use crate::map::error::Payload;

/// Inputs for each worker that are in the queue or being worked on.
const AHEAD: usize = 4;

/// No more are pulled, so that a pool of ever so many workers does not wait for the end of endless inputs.
const AT_MOST: usize = 1 << 16;

type Message<B> = (usize, Result<B, Payload>);

/// The results of [`Pool::imap`] and [`Pool::imap_unordered`].
#[must_use = "it runs no more than a few tasks ahead of what is taken from it"]
pub struct Results<'p, I, F, B> {
    pool: &'p Pool,
    function: Arc<F>,
    /// `None` when it has ended.
    inputs: Option<I>,
    /// A panic of the inputs' own, to be resumed after the results before it.
    broken: Option<Payload>,
    order: Order,
    pulled: usize,
    given: usize,
    /// The jobs whose results have not come, each with the number of its input.
    jobs: VecDeque<(usize, Arc<Cell<()>>)>,
    /// Results that have come too early, the first place that of input `given`.
    early: VecDeque<Option<Result<B, Payload>>>,
    results: Receiver<Message<B>>,
    sender: Sender<Message<B>>,
}

impl<'p, I, F, B> Results<'p, I, F, B> {
    pub(super) fn new(pool: &'p Pool, function: F, inputs: I, order: Order) -> Self {
        let (sender, results) = channel();
        let (jobs, early) = (VecDeque::new(), VecDeque::new());
        let function = Arc::new(function);
        Self { pool, function, inputs: Some(inputs), broken: None, order, pulled: 0, given: 0, jobs, early, results, sender }
    }

    /// Waits for a result, and says whose it is.
    fn receive(&mut self) -> Option<Message<B>> {
        let mut message = self.results.try_recv().ok();
        if queue::is_worker() {
            // The threads of the pool may all be waiting as this one is.
            let jobs: Vec<_> = self.jobs.iter().map(|(_, job)| Arc::clone(job)).collect();
            for job in jobs {
                if message.is_some() {
                    break;
                }
                job.run();
                message = self.results.try_recv().ok();
            }
        }
        // There is a sender here, so this fails never; and each job is run, since the pool is there as long as this is.
        let message = message.or_else(|| self.results.recv().ok())?;
        self.jobs.retain(|(number, _)| *number != message.0);
        Some(message)
    }
}

impl<I, F, B> Results<'_, I, F, B>
where
    I: Iterator<Item: Send + 'static>,
    F: Fn(I::Item) -> B + Send + Sync + 'static,
    B: Send + 'static,
{
    /// Puts jobs into the queue until enough are ahead.
    fn fill(&mut self) {
        let ahead = self.pool.workers().saturating_mul(AHEAD).min(AT_MOST);
        while self.pulled - self.given < ahead {
            let Some(inputs) = &mut self.inputs else { return };
            match catch_unwind(AssertUnwindSafe(|| inputs.next())) {
                Ok(Some(input)) => self.start(input),
                Ok(None) => self.inputs = None,
                Err(payload) => (self.inputs, self.broken) = (None, Some(payload)),
            }
        }
    }

    fn start(&mut self, input: I::Item) {
        let (number, sender, function) = (self.pulled, self.sender.clone(), Arc::clone(&self.function));
        let job = Arc::new(Cell::new(Box::new(move || {
            let result = catch_unwind(AssertUnwindSafe(|| function(input)));
            // Nobody wants it any more if the iterator is gone.
            drop(sender.send((number, result)));
        })));
        self.pulled += 1;
        self.jobs.push_back((number, Arc::clone(&job)));
        self.pool.queue.put(job);
    }

    fn take(&mut self) -> Option<Result<B, Payload>> {
        loop {
            if let Some(Some(_)) = self.early.front() {
                return self.early.pop_front().flatten();
            }
            if self.jobs.is_empty() {
                return None;
            }
            let (number, result) = self.receive()?;
            if self.order == Order::Ready {
                return Some(result);
            }
            let place = number - self.given;
            if self.early.len() <= place {
                self.early.resize_with(place + 1, || None);
            }
            self.early[place] = Some(result);
        }
    }
}

impl<I, F, B> Iterator for Results<'_, I, F, B>
where
    I: Iterator<Item: Send + 'static>,
    F: Fn(I::Item) -> B + Send + Sync + 'static,
    B: Send + 'static,
{
    type Item = B;

    fn next(&mut self) -> Option<B> {
        self.fill();
        let Some(result) = self.take() else {
            return self.broken.take().map(|payload| resume_unwind(payload));
        };
        self.given += 1;
        // Before the caller deals with this one.
        self.fill();
        Some(result.unwrap_or_else(|payload| resume_unwind(payload)))
    }
}

impl<I, F, B> FusedIterator for Results<'_, I, F, B> where Self: Iterator {}

/// What has not begun never does.
impl<I, F, B> Drop for Results<'_, I, F, B> {
    fn drop(&mut self) {
        self.jobs.iter().for_each(|(_, job)| job.cancel());
    }
}

impl<I, F, B> fmt::Debug for Results<'_, I, F, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pool, order, pulled, given, .. } = self;
        let mut f = f.debug_struct("Results");
        f.field("pool", pool).field("order", order).field("pulled", pulled).field("given", given).finish_non_exhaustive()
    }
}
