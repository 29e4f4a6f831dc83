//! Where teams and workers wait between regions.
//!
//! 1. A team that is returned goes into one of the few places kept for its size; a lease of that size takes it out again.
//!    Both are one atomic exchange. This is the hot path, and all there is to it.
//! 2. A lease that finds no team of its size goes to the counter, one at a time: it takes single workers that are there, then
//!    takes teams of other sizes apart, and starts threads only for what is still missing.
//! 3. A team that finds the places of its size taken is taken apart, too.
//!
//! **Threads never outnumber the need.** A new one is started only while there are fewer workers than the account says that the
//! regions of now are entitled to. A lease that finds too few workers although there should be enough has met one on its way
//! from or to a place, and looks again; whoever moves it holds it for some instructions only.

use crate::account;
use crate::config;
use crate::erase::Slot;
use crate::pool::Workers;
use crate::team::Team;
use crate::worker;
use crossbeam_utils::CachePadded;
use crossbeam_utils::atomic::AtomicCell;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Sizes that have places of their own; larger teams are put together anew each time.
const SIZES: usize = 64;
/// Places for each size: so many callers at once stay on the hot path.
const WAYS: usize = 4;
/// How long no thread is started after the system has refused one.
const REFUSED: Duration = Duration::from_secs(1);

type Places = [AtomicCell<Option<Box<Team>>>; WAYS];

static PLACES: [CachePadded<Places>; SIZES + 1] =
    [const { CachePadded::new([const { AtomicCell::new(None) }; WAYS]) }; SIZES + 1];

static COUNTER: Mutex<Counter> = Mutex::new(Counter { spare: Vec::new(), started: 0, refused: None, reported: false });

#[derive(Debug)]
struct Counter {
    spare: Vec<Arc<Slot>>,
    /// Workers in existence.
    started: usize,
    /// When the system last refused a thread.
    refused: Option<Instant>,
    reported: bool,
}

/// A team of `size` threads, 2 or more, or of fewer if the system has no more; `None` if it has none.
/// The account already counts it.
#[inline]
pub(crate) fn take(size: usize) -> Option<Box<Team>> {
    if let Some(places) = PLACES.get(size) {
        for place in places.iter() {
            if let Some(team) = place.take() {
                return Some(team);
            }
        }
    }
    assemble(size)
}

/// Brings a team back.
#[inline]
pub(crate) fn put(team: Box<Team>) {
    let mut team = team;
    if let Some(places) = PLACES.get(team.size()) {
        for place in places.iter() {
            match place.swap(Some(team)) {
                None => return,
                Some(other) => team = other,
            }
        }
    }
    take_apart(*team);
}

#[cold]
fn take_apart(team: Team) {
    let slots = team.into_slots();
    COUNTER.lock().unwrap_or_else(PoisonError::into_inner).spare.extend(slots);
}

#[cold]
fn assemble(size: usize) -> Option<Box<Team>> {
    let needed = size - 1;
    let mut slots = Vec::with_capacity(needed);
    while slots.len() < needed {
        let mut counter = COUNTER.lock().unwrap_or_else(PoisonError::into_inner);
        counter.collect(needed, &mut slots);
        if slots.len() == needed {
            break;
        }
        if counter.started < account::workers() {
            match counter.start(size) {
                Some(slot) => slots.push(slot),
                None => break,
            }
        } else {
            drop(counter);
            std::thread::yield_now();
        }
    }
    if slots.is_empty() { None } else { Some(Box::new(Team::new(slots))) }
}

impl Counter {
    /// Takes workers that are there until there are `needed`.
    fn collect(&mut self, needed: usize, slots: &mut Vec<Arc<Slot>>) {
        let from_spare = |spare: &mut Vec<Arc<Slot>>, slots: &mut Vec<Arc<Slot>>| {
            let rest = spare.len().saturating_sub(needed - slots.len());
            slots.extend(spare.drain(rest..));
        };
        from_spare(&mut self.spare, slots);
        for place in PLACES.iter().flat_map(|places| places.iter()) {
            if slots.len() == needed {
                return;
            }
            if let Some(team) = place.take() {
                self.spare.extend(team.into_slots());
                from_spare(&mut self.spare, slots);
            }
        }
    }

    fn start(&mut self, size: usize) -> Option<Arc<Slot>> {
        if self.refused.is_some_and(|when| when.elapsed() < REFUSED) {
            return None;
        }
        match worker::start::<Workers>(format!("pymp-{}", self.started + 1), config::stacksize()) {
            Ok(slot) => {
                self.started += 1;
                Some(slot)
            }
            Err(error) => {
                self.refused = Some(Instant::now());
                if !self.reported {
                    self.reported = true;
                    eprintln!(
                        "pymp: could not start a thread for a team of {size} ({error}); with {} started so far, teams are smaller",
                        self.started
                    );
                }
                None
            }
        }
    }
}

/// Workers in existence.
#[cfg(all(test, not(loom), feature = "threads"))]
pub(crate) fn started() -> usize {
    COUNTER.lock().unwrap_or_else(PoisonError::into_inner).started
}
