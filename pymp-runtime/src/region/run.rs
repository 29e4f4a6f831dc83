//! How a region is run.

use super::crew::{Crew, Quit};
use super::leaving::{self, Within};
use super::{Parallel, Region};
use crate::erase::Apart;
use crate::panic::Panics;
use crate::{query, team};
use crossbeam_utils::CachePadded;
use parking_lot::Mutex;
use std::panic::{AssertUnwindSafe, catch_unwind};

impl Parallel {
    /// What thread 0 returned.
    #[inline]
    #[track_caller]
    pub(super) fn first<'env, T: Send>(self, body: impl Fn(&Region<'_, 'env>) -> T + Sync) -> T {
        let first = Mutex::new(None);
        let lease = team::lease_bound(self.requested(), self.proc_bind);
        let kept = &first;
        // `move`: what the body captures goes along, to where the other threads look.
        let panics = self.execute(&lease, move |p| {
            let value = body(p);
            if p.thread_num() == 0 {
                *kept.lock() = Some(value);
            }
            Ok(())
        });
        match panics.resume_or(first.into_inner()) {
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
        let panics = self.execute(&lease, |p| {
            let result = body(p);
            let failed = result.is_err();
            *results[p.thread_num()].lock() = Some(result);
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

    /// Runs `share` on every thread. One that returns an error breaks the region up.
    #[inline]
    fn execute<'env>(self, lease: &team::Lease, share: impl Fn(&Region<'_, 'env>) -> Result<(), ()> + Sync) -> Panics {
        let panics = Panics::new();
        let mut crew = Crew::<'env>::new(lease.size(), lease.polls(), self.schedule);
        let (workers, work_shares) = (lease.workers(), lease.work_shares());
        let _inner = leaving::Inner::new(&crew, workers.is_empty());
        let (crew_of_all, panics_of_all) = (&crew, &panics);
        // `move`: then `share` lies in it, rather than elsewhere on this thread's stack.
        let body = Apart(move |thread| {
            crew_of_all.begins(thread);
            // By what came with the body: to look into the crew is to wait for another line.
            let _within = Within::new(crew_of_all, workers.is_empty());
            let region = Region::new(crew_of_all, workers, work_shares, thread);
            match catch_unwind(AssertUnwindSafe(|| share(&region))) {
                Ok(Ok(())) => {}
                Ok(Err(())) => crew_of_all.break_up(),
                Err(payload) => left(crew_of_all, panics_of_all, payload),
            }
            crew_of_all.ended(thread, region.course().loops.next());
        });
        lease.run(&body);
        // What the body has captured goes first, and may panic: what follows is done all the same.
        panics.catch(|| drop(body));
        if let Some(work_shares) = work_shares {
            work_shares.advance(crew.next());
        }
        if crew.is_broken() {
            leaving::forget(leaving::number(&crew));
        }
        if crew.has_values() {
            panics.catch(|| crew.drop_values());
        }
        panics
    }
}

/// A share has unwound.
#[cold]
fn left(crew: &Crew<'_>, panics: &Panics, payload: Box<dyn std::any::Any + Send>) {
    // One that leaves a region around this one goes on doing so.
    if !payload.downcast_ref::<Quit>().is_some_and(|quit| quit.is_of(crew)) {
        panics.keep(payload);
    }
    // Not before: another thread that this lets go may panic in turn.
    crew.break_up();
}
