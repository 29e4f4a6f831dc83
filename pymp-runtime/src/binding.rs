//! Binding: which processor each thread of a team runs on, where somebody asks for it.
//!
//! 1. The [places] are the processors that the process may use, one each, in the system's order.
//! 2. A lease asks [`Binding::wanted`] how its team is to be bound. A team that is bound otherwise is told so before its region: each
//!    worker binds itself ([`Binding::bind_worker`]), or is let free ([`free_worker`]).
//! 3. The entering thread is bound by [`Binding::enter`], and gets back what it had when the region ends; where the environment asked,
//!    it stays where it is.
//! 4. Each bound thread knows where it stands, since a region inside of this one begins there.
//!
//! Nobody comes here before somebody has asked for it, see [`crate::config::flags`].

mod places;

use crate::config::ProcBind;
use places::Mask;
pub(crate) use places::UNAVAILABLE;
use std::cell::Cell;
use std::marker::PhantomData;

/// A run of places, those that the teams of a thread may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Partition {
    first: usize,
    len: usize,
}

/// Where a bound thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stand {
    place: usize,
    partition: Partition,
}

/// Where all threads of a team are: by this rule, from where the entering thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Binding {
    rule: Rule,
    team: usize,
    from: Stand,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Primary,
    Close,
    Spread,
}

thread_local! {
    /// `None`: the calling thread is not bound by us.
    static STAND: Cell<Option<Stand>> = const { Cell::new(None) };
}

impl Binding {
    /// What a team of so many threads that is entered here is bound to; `None` if it is not.
    pub(crate) fn wanted(bind: ProcBind, team: usize) -> Option<Binding> {
        let rule = match bind {
            ProcBind::False => return None,
            // It is ours to choose.
            ProcBind::True | ProcBind::Close => Rule::Close,
            ProcBind::Primary => Rule::Primary,
            ProcBind::Spread => Rule::Spread,
        };
        let all = places::count()?;
        let from =
            STAND.get().unwrap_or_else(|| Stand { place: places::first_of_mine(), partition: Partition { first: 0, len: all } });
        Some(Binding { rule, team, from })
    }

    /// Where a thread of the team is.
    ///
    /// OpenMP's rules (5.2, section 10.1.3). Thread 0 stays where it is. The others are on its place, or on the ones behind it, or each at
    /// the start of its own part of the partition, which is then the partition of the teams that it enters. More threads than places
    /// share them evenly.
    fn stand(&self, thread: usize) -> Stand {
        let Binding { rule, team, from } = *self;
        let Partition { first, len } = from.partition;
        let own = from.place - first;
        // So many places further, and round.
        let behind = |steps: usize| first + (own + steps) % len;
        let step = if team <= len { thread } else { thread * len / team };
        match rule {
            Rule::Primary => from,
            Rule::Close => Stand { place: behind(step), ..from },
            Rule::Spread if team > len => {
                let place = behind(step);
                Stand { place, partition: Partition { first: place, len: 1 } }
            }
            Rule::Spread => {
                let start = |part: usize| part * len / team;
                let part_of_first = (0..team).rfind(|part| start(*part) <= own).unwrap_or(0);
                let part = (part_of_first + thread) % team;
                let partition = Partition { first: first + start(part), len: start(part + 1) - start(part) };
                Stand { place: if thread == 0 { from.place } else { partition.first }, partition }
            }
        }
    }

    /// Binds the calling thread, a worker, as this thread of the team.
    pub(crate) fn bind_worker(&self, thread: usize) {
        let stand = self.stand(thread);
        if STAND.replace(Some(stand)).map(|before| before.place) != Some(stand.place) {
            places::bind(stand.place);
        }
    }

    /// Binds the calling thread as thread 0, until the guard is dropped. `stays`: it is bound afterwards, too.
    pub(crate) fn enter(&self, stays: bool) -> Entered {
        let (before, stand) = (STAND.get(), self.stand(0));
        let mask = if before.is_none() { places::bind_and_get_mask(stand.place) } else { None };
        STAND.set(Some(stand));
        let after = if stays { Some(self.from) } else { before };
        Entered { after, mask: if stays { None } else { mask }, on_this_thread: PhantomData }
    }
}

/// The calling thread, a worker, is not bound any more.
pub(crate) fn free_worker() {
    STAND.set(None);
    places::unbind();
}

/// The calling thread, which enters a region, is not bound, though it may have stayed where an earlier region had it.
pub(crate) fn free_entering() {
    if STAND.take().is_some() {
        places::unbind();
    }
}

/// The calling thread is bound as thread 0 of a region.
#[derive(Debug)]
pub(crate) struct Entered {
    after: Option<Stand>,
    /// Where it could run before.
    mask: Option<Mask>,
    on_this_thread: PhantomData<*const ()>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        // An error means that the thread is ending.
        let _ = STAND.try_with(|stand| stand.set(self.after));
        if let Some(mask) = &self.mask {
            places::give_back(mask);
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
