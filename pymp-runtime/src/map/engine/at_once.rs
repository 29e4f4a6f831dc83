//! All results at once, by a parallel loop over places that hold an input before and a result after.
//!
//! A few short tasks are over sooner than a team has begun, and nobody knows beforehand how short they are. So a map of few inputs
//! starts on the calling thread alone, with an eye on the clock, and has the team in when there is something to do for it. Where that
//! was over at once again and again, it mostly goes without the clock (`habit.rs`). One of so few inputs that a long first task would
//! matter starts so only where a team was over with them soon.

use std::any::type_name;
use std::time::{Duration, Instant};

use super::habit::Habit;
use crate::Schedule;
use crate::count::MOST_THREADS;
use crate::looping::{Exit, Leave, Loop};
use crate::map::error::Failure;
use crate::map::inputs::known;
use crate::map::progress::{Leaving, Progress, Report, Tally};
use crate::map::shape::Shape;
use crate::map::task::Tasks;
use crate::source::IntoCut;

enum Place<A, S> {
    Input(A),
    Taken,
    Result(S),
}

/// A worker gets about so many chunks, so that the last ones even out what the tasks differ by.
const CHUNKS: usize = 8;

/// Inputs that may be over before a team has begun, and when a team pays. A long first task keeps the others waiting, which must not
/// matter beside all that each worker has to do.
const FEW: usize = 128;
const ROUNDS: usize = 8;
const AT_ONCE: Duration = Duration::from_nanos(500);

/// What a team needs no longer for may be over at once without it.
const SOON: Duration = Duration::from_micros(20);

/// So many tasks are run between two looks at the clock: one, a few, then always the same part of all. A look costs as much as several
/// of the shortest tasks; but after short tasks there may come long ones, and then no more than such a part runs alone.
const LOOKS: [usize; 2] = [1, 4];
const PARTS: usize = 6;

/// Larger chunks gain nothing.
const LARGEST: usize = 64;

/// The chunk for so many inputs, if the user does not say.
pub(in crate::map) fn even_chunk(count: usize, workers: usize) -> usize {
    (count / CHUNKS / workers).clamp(1, LARGEST)
}

/// The results in the order of the inputs, or the failure of the lowest input that ends the map.
#[track_caller]
pub(super) fn run<A: Send, G: Tasks<A> + Sync>(
    mut inputs: impl Iterator<Item = A>,
    shape: Shape,
    tasks: &G,
    progress: &Progress<impl Report + Send>,
) -> Result<Vec<G::Slot>, Failure<G::Error>> {
    let _leaving = Leaving(progress);
    let mut results = Vec::new();
    // No more inputs than workers are had at the same time: tasks that wait for each other are few, and are written so.
    let few = known(&inputs).filter(|&count| shape.workers > 1 && count <= FEW && (count < 2 || count > shape.workers));
    let mut trial = None;
    if let Some(count) = few {
        results.reserve_exact(count);
        progress.begin(count);
        let habit = Habit::here(type_name::<G>());
        let ended = if count < 2 || habit.is_short() {
            some(inputs.by_ref(), tasks, &mut results).map(|_| true)
        } else if count >= shape.workers.saturating_mul(ROUNDS) || habit.may_be_short() {
            watched(&mut inputs, count, tasks, &mut results, &habit)
        } else {
            trial = Some((Instant::now(), habit));
            Ok(false)
        };
        progress.add(results.len());
        if !matches!(ended, Ok(false)) {
            progress.end();
            return ended.map(|_| results);
        }
    }
    let mut places: Vec<Place<A, G::Slot>> = inputs.map(Place::Input).collect();
    if few.is_none() {
        progress.begin(places.len());
    }
    let workers = shape.for_inputs(places.len()).workers;
    let chunk = shape.chunk.unwrap_or(match few {
        // They are not short, and there are few of them.
        Some(_) => 1,
        None => even_chunk(places.len(), workers),
    });
    let failure = together(&mut places, workers, chunk, tasks, progress);
    if let Some((start, habit)) = trial {
        habit.learn_of_team(start.elapsed() <= SOON);
    }
    progress.end();
    failure.map_or_else(|| Ok(behind(results, places)), Err)
}

/// The results that there are, and those of the places.
fn behind<A, S>(mut results: Vec<S>, places: Vec<Place<A, S>>) -> Vec<S> {
    let rest = places.into_iter().map(|place| match place {
        Place::Result(slot) => slot,
        Place::Input(_) | Place::Taken => unreachable!("a loop that nothing leaves runs every iteration"),
    });
    // Their own vector may serve once more.
    if results.is_empty() {
        return rest.collect();
    }
    results.extend(rest);
    results
}

/// Runs these tasks here. How many there were, or the failure that ends the map.
#[inline]
fn some<A, G: Tasks<A>>(
    inputs: impl Iterator<Item = A>,
    tasks: &G,
    results: &mut Vec<G::Slot>,
) -> Result<usize, Failure<G::Error>> {
    let (before, mut failure) = (results.len(), None);
    tasks.run(inputs.map(|input| ((), input)), |(), result| match result {
        Ok(slot) => {
            results.push(slot);
            true
        }
        Err(reason) => {
            failure = Some(reason);
            false
        }
    });
    failure.map_or(Ok(results.len() - before), Err)
}

/// Runs tasks here until a team is worth having. Whether there are no more.
fn watched<A, G: Tasks<A>>(
    inputs: &mut impl Iterator<Item = A>,
    count: usize,
    tasks: &G,
    results: &mut Vec<G::Slot>,
    habit: &Habit,
) -> Result<bool, Failure<G::Error>> {
    let (part, start) = (count / PARTS + 1, Instant::now());
    for most in LOOKS.into_iter().chain(std::iter::repeat(part)) {
        let most = most.min(part);
        let ended = some(inputs.take(most), tasks, results)? < most;
        if ended || start.elapsed() > AT_ONCE {
            habit.learn(ended);
            return Ok(ended);
        }
    }
    Ok(false)
}

/// Runs the tasks on a team, each in its place.
fn together<A: Send, G: Tasks<A> + Sync>(
    places: &mut [Place<A, G::Slot>],
    workers: usize,
    chunk: usize,
    tasks: &G,
    progress: &Progress<impl Report + Send>,
) -> Option<Failure<G::Error>> {
    let mut exit = Exit::new();
    let clauses = Loop::new().num_threads(workers.min(MOST_THREADS)).schedule(Schedule::dynamic(chunk)).leaves();
    clauses.run(places.into_cut().into_source(), (), &(), |share| {
        while let Some((chunk, ())) = share.next() {
            let mut done = 0;
            let inputs = share.numbered(chunk).filter_map(|(number, place)| match std::mem::replace(place, Place::Taken) {
                Place::Input(input) => Some(((number, place), input)),
                Place::Taken | Place::Result(_) => None,
            });
            tasks.run(inputs, |(number, place), result| {
                done += 1;
                match result {
                    Ok(slot) => {
                        *place = Place::Result(slot);
                        true
                    }
                    Err(failure) => {
                        share.leave(Leave { exit: &exit, number, value: failure });
                        false
                    }
                }
            });
            progress.add(done);
        }
    });
    exit.take()
}
