//! All results at once, by a parallel loop over places that hold an input before and a result after.
//!
//! A few short tasks are over sooner than a team has begun, and nobody knows beforehand how short they are. So a map of few inputs
//! starts on the calling thread alone, with an eye on the clock, and has the team in when there is something to do for it.

use std::time::{Duration, Instant};

use super::error::Failure;
use super::inputs::known;
use super::progress::{Progress, Report, Tally};
use crate::Schedule;
use crate::looping::{Exit, Loop};
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
const SOON: Duration = Duration::from_nanos(500);

/// So many tasks are run between two looks at the clock: one, a few, then always the same part of all. A look costs as much as several
/// of the shortest tasks; but after short tasks there may come long ones, and then no more than such a part runs alone.
const LOOKS: [usize; 2] = [1, 4];
const PARTS: usize = 6;

/// Larger chunks gain nothing.
const LARGEST: usize = 64;

/// The results in the order of the inputs, or the failure of the lowest input that ends the map.
pub(super) fn run<A: Send, S: Send, E: Send>(
    mut inputs: impl Iterator<Item = A>,
    workers: usize,
    chunk: Option<usize>,
    attempt: impl Fn(A) -> Result<S, Failure<E>> + Sync,
    progress: &Progress<impl Report + Send>,
) -> Result<Vec<S>, Failure<E>> {
    let mut results = Vec::new();
    let few = known(&inputs).filter(|count| workers > 1 && (workers.saturating_mul(ROUNDS)..=FEW).contains(count));
    if let Some(count) = few {
        results.reserve_exact(count);
        progress.begin(count);
        let (ended, failure) = alone(&mut inputs, count / PARTS + 1, &mut results, &attempt);
        progress.add(results.len());
        if ended || failure.is_some() {
            progress.end();
            return failure.map_or(Ok(results), Err);
        }
    }
    let mut places: Vec<Place<A, S>> = inputs.map(Place::Input).collect();
    if few.is_none() {
        progress.begin(places.len());
    }
    let chunk = chunk.unwrap_or(match few {
        // They are not short, and there are few of them.
        Some(_) => 1,
        None => (places.len() / CHUNKS / workers).clamp(1, LARGEST),
    });
    let mut exit = Exit::new();
    let clauses = Loop::new().num_threads(workers).schedule(Schedule::dynamic(chunk)).leaves();
    clauses.run(places.as_mut_slice().into_cut().into_source(), (), &(), |share| {
        while let Some((chunk, ())) = share.next() {
            let mut tasks = 0;
            for (number, place) in share.numbered(chunk) {
                let Place::Input(input) = std::mem::replace(place, Place::Taken) else { continue };
                tasks += 1;
                match attempt(input) {
                    Ok(slot) => *place = Place::Result(slot),
                    Err(failure) => {
                        share.leave(number, &exit, failure);
                        break;
                    }
                }
            }
            progress.add(tasks);
        }
    });
    progress.end();
    if let Some(failure) = exit.take() {
        return Err(failure);
    }
    let result = |place| match place {
        Place::Result(slot) => slot,
        Place::Input(_) | Place::Taken => unreachable!("a loop that nothing leaves runs every iteration"),
    };
    if results.is_empty() {
        return Ok(places.into_iter().map(result).collect());
    }
    results.extend(places.into_iter().map(result));
    Ok(results)
}

/// Runs tasks here until a team is worth having. Whether there are no more, and the failure that ends the map.
fn alone<A, S, E>(
    inputs: &mut impl Iterator<Item = A>,
    part: usize,
    results: &mut Vec<S>,
    attempt: impl Fn(A) -> Result<S, Failure<E>>,
) -> (bool, Option<Failure<E>>) {
    let start = Instant::now();
    for tasks in LOOKS.into_iter().chain(std::iter::repeat(part)) {
        for _ in 0..tasks.min(part) {
            let Some(input) = inputs.next() else { return (true, None) };
            match attempt(input) {
                Ok(slot) => results.push(slot),
                Err(failure) => return (false, Some(failure)),
            }
        }
        if start.elapsed() > SOON {
            break;
        }
    }
    (false, None)
}
