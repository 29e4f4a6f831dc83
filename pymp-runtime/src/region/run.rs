//! How a region is run.

use super::handle::ThreadBound;
use super::leaving::{self, Within};
use super::state::{Quit, RegionState};
use super::{Parallel, Region};
use crate::panic::{self, Panics};
use crate::{query, team};
use crossbeam_utils::CachePadded;
use parking_lot::Mutex;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

impl Parallel {
    /// What thread 0 returned.
    #[inline]
    #[track_caller]
    pub(super) fn first<'env, T: Send>(self, body: impl Fn(&Region<'_, 'env>) -> T + Sync) -> T {
        let lease = team::lease_bound(self.requested(), self.proc_bind);
        let first = ThreadBound::new(Cell::new(None));
        let kept = &first;
        let panics = self.execute(&lease, body, move |thread, value| {
            if thread == 0
                && let Some(kept) = kept.get()
            {
                kept.set(Some(value));
            }
            Ok(())
        });
        match panics.resume_or(first.into_inner().into_inner()) {
            Some(value) => value,
            // Without a panic every thread came to its end.
            None => unreachable!("thread 0 has ended without a value"),
        }
    }

    /// What each returned, or the error of the lowest thread number that has failed.
    #[track_caller]
    pub(super) fn collect<'env, T: Send, E: Send>(
        self,
        body: impl Fn(&Region<'_, 'env>) -> Result<T, E> + Sync,
    ) -> Result<Vec<T>, E> {
        let lease = team::lease_bound(self.requested(), self.proc_bind);
        let results: Box<[_]> = (0..lease.size()).map(|_| CachePadded::new(Mutex::new(None))).collect();
        let kept = &results;
        let panics = self.execute(&lease, body, move |thread, result| {
            let failed = result.is_err();
            *kept[thread].lock() = Some(result);
            if failed { Err(()) } else { Ok(()) }
        });
        let results = panics.resume_or(results);
        let taken = results.into_iter().map(|result| result.into_inner().into_inner());
        let mut values = Vec::new();
        let mut error = None;
        for result in taken.flatten() {
            match result {
                Ok(value) => values.push(value),
                Err(other) => error = error.or(Some(other)),
            }
        }
        error.map_or(Ok(values), Err)
    }

    fn requested(&self) -> usize {
        match self.num_threads {
            _ if self.serial => 1,
            Some(n) => n.get(),
            None => query::max_threads(),
        }
    }

    /// Runs `share` on every thread, and keeps what it comes to. A thread that is told an error then breaks the region up.
    #[inline]
    fn execute<'env, T>(
        self,
        lease: &team::Lease,
        share: impl Fn(&Region<'_, 'env>) -> T + Sync,
        keep: impl Fn(usize, T) -> Result<(), ()> + Copy + Sync,
    ) -> Panics {
        let mut state = RegionState::<'_, 'env>::new(lease, self.schedule);
        let _inner = leaving::Inner::new(&state, state.threads == 1);
        let state_of_all = &state;
        // `move`: then `share` lies in it, rather than elsewhere on this thread's stack, and what is small goes along to the worker.
        let body = move |thread| {
            // Copies: the line that the body came with is the worker's soon, and no place to look into afterwards.
            let (state, keep) = (state_of_all, keep);
            state.begins(thread);
            // No worker is alone: for it, to look into the state is to wait for another line.
            let _within = Within::new(state, thread == 0 && state.threads == 1);
            let region = Region::new(state, thread);
            match catch_unwind(AssertUnwindSafe(|| keep(thread, share(&region)))) {
                Ok(Ok(())) => {}
                Ok(Err(())) => state.break_up(),
                Err(payload) => left(state, payload),
            }
            state.ended(thread, region.course().loops.next());
        };
        // Only the drop of what the body has captured may panic here: what follows is done all the same.
        let dropped = panic::caught(|| lease.run(body));
        let panics = std::mem::take(&mut state.panics);
        if let Err(payload) = dropped {
            panics.keep(payload);
        }
        if let Some(work_shares) = state.work_shares {
            work_shares.advance(state.next());
        }
        if state.is_broken() {
            leaving::forget(leaving::number(&state));
        }
        if state.has_values() {
            panics.catch(|| state.drop_values());
        }
        panics
    }
}

/// A share has unwound.
#[cold]
fn left(state: &RegionState<'_, '_>, payload: Box<dyn std::any::Any + Send>) {
    // One that leaves a region around this one goes on doing so.
    if !payload.downcast_ref::<Quit>().is_some_and(|quit| quit.is_of(state)) {
        state.panics.keep(payload);
    }
    // Not before: another thread that this lets go may panic in turn.
    state.break_up();
}
