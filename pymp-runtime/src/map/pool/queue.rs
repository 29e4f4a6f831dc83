//! The queue of jobs, and the threads that take from it.

use std::cell::Cell as Flag;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use parking_lot::{Condvar, Mutex};

use super::handle::Handle;
use super::job::{Cell, Job};
use crate::panic::discard;
use crate::pool::THREADS;

thread_local! {
    static WORKER: Flag<bool> = const { Flag::new(false) };
}

/// Whether the calling thread is one of some pool.
pub(super) fn is_worker() -> bool {
    WORKER.get()
}

pub(super) struct Queue {
    workers: usize,
    state: Mutex<State>,
    /// A job, or the end, has come.
    news: Condvar,
    terminated: AtomicBool,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Arc<dyn Job>>,
    threads: Vec<JoinHandle<()>>,
    idle: usize,
    closed: bool,
}

impl Queue {
    pub(super) fn new(workers: usize) -> Self {
        Self { workers, state: Mutex::default(), news: Condvar::new(), terminated: AtomicBool::new(false) }
    }

    pub(super) fn len(&self) -> usize {
        self.state.lock().jobs.len()
    }

    pub(super) fn submit<T: Send + 'static>(self: &Arc<Self>, work: impl FnOnce() -> T + Send + 'static) -> Handle<T> {
        let cell = Arc::new(Cell::new(Box::new(work)));
        let job = Arc::clone(&cell) as Arc<dyn Job>;
        self.put(Arc::clone(&job));
        Handle::new(cell, vec![job])
    }

    pub(super) fn put(self: &Arc<Self>, job: Arc<dyn Job>) {
        let mut state = self.state.lock();
        if state.jobs.len() >= state.idle && state.threads.len() < self.workers && THREADS {
            let (queue, name) = (Arc::clone(self), format!("pymp-pool-{}", state.threads.len()));
            // If the system has no more threads, those that there are do the work.
            if let Ok(thread) = thread::Builder::new().name(name).spawn(move || queue.work()) {
                state.threads.push(thread);
            }
        }
        if state.threads.is_empty() {
            drop(state);
            return job.run();
        }
        state.jobs.push_back(job);
        drop(state);
        self.news.notify_one();
    }

    fn work(&self) {
        WORKER.set(true);
        let mut state = self.state.lock();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                drop(state);
                job.run();
                // The job's own drop is the user's code too.
                discard(job);
                state = self.state.lock();
            } else if state.closed {
                return;
            } else {
                state.idle += 1;
                self.news.wait(&mut state);
                state.idle -= 1;
            }
        }
    }

    pub(super) fn terminated(&self) -> bool {
        // Relaxed: it brings nothing with it, and a task more does not matter.
        self.terminated.load(Ordering::Relaxed)
    }

    /// Drops the jobs that have not begun.
    pub(super) fn terminate(&self) {
        self.terminated.store(true, Ordering::Relaxed);
        let jobs = std::mem::take(&mut self.state.lock().jobs);
        jobs.iter().for_each(|job| job.cancel());
    }

    /// Waits until the threads have done all jobs, and ends them.
    pub(super) fn close(&self) {
        let threads = {
            let mut state = self.state.lock();
            state.closed = true;
            std::mem::take(&mut state.threads)
        };
        self.news.notify_all();
        for thread in threads {
            // The last handle to a pool may be dropped by one of its own jobs. Jobs never unwind.
            if thread.thread().id() != thread::current().id() {
                drop(thread.join());
            }
        }
    }
}
