//! Where threads come from. The only file that names rayon as a source of threads.
//!
//! Each worker is a rayon pool of its own, of one thread, on which our loop runs as one long job. What follows from that, for
//! rayon calls inside a region:
//!
//! - On a worker, `par_iter`, `join`, `scope`, `broadcast` and `install` run on that very thread, whose pool has no other: they
//!   always finish, whatever the rest of the team does, and never run a piece of somebody else's loop.
//! - On the entering thread they use the pool that they would use outside: the global one.
//! - `rayon::spawn` on a worker puts a job aside. The worker runs it when it has nothing else to do ([`Pool::lend`]), at the
//!   latest before it sleeps. A body must not wait for it, no more than in any pool of one thread.
//!
//! Workers are never stopped: they sleep until the process ends.

/// A source of threads.
pub(crate) trait Pool {
    /// Starts a thread that runs `body`, which does not end.
    fn start(name: String, stacksize: Option<usize>, body: Box<dyn FnOnce() + Send>) -> Result<(), String>;

    /// Called by an idle worker: runs one job that was put aside on its thread. Whether there was one.
    fn lend() -> bool;
}

/// Whether there can be teams of more than one thread at all.
pub(crate) const THREADS: bool = cfg!(all(feature = "threads", not(target_arch = "wasm32")));

/// Where our workers come from. Miri cannot follow rayon's deques, and has no need to.
#[cfg(not(miri))]
pub(crate) type Workers = Rayon;
#[cfg(miri)]
pub(crate) type Workers = Std;

/// One rayon pool for each thread.
#[cfg(not(miri))]
#[derive(Debug)]
pub(crate) struct Rayon;

#[cfg(not(miri))]
impl Pool for Rayon {
    fn start(name: String, stacksize: Option<usize>, body: Box<dyn FnOnce() + Send>) -> Result<(), String> {
        let mut builder = rayon::ThreadPoolBuilder::new().num_threads(1).thread_name(move |_| name.clone());
        if let Some(bytes) = stacksize {
            builder = builder.stack_size(bytes);
        }
        let pool = builder.build().map_err(|error| error.to_string())?;
        pool.spawn(body);
        // To drop the pool would tell it to end once its jobs are done; the body is never done.
        std::mem::forget(pool);
        Ok(())
    }

    #[inline]
    fn lend() -> bool {
        matches!(rayon::yield_now(), Some(rayon::Yield::Executed))
    }
}

/// Plain threads, for miri, and to see that nothing rests on rayon but what is said above.
#[cfg(any(test, miri))]
#[derive(Debug)]
pub(crate) struct Std;

#[cfg(any(test, miri))]
impl Pool for Std {
    fn start(name: String, stacksize: Option<usize>, body: Box<dyn FnOnce() + Send>) -> Result<(), String> {
        let mut builder = std::thread::Builder::new().name(name);
        if let Some(bytes) = stacksize {
            builder = builder.stack_size(bytes);
        }
        builder.spawn(body).map(drop).map_err(|error| error.to_string())
    }

    fn lend() -> bool {
        false
    }
}
