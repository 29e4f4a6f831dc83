use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use crossbeam_utils::CachePadded;

use super::*;

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((u128::from(self.0) * n as u128) >> 64) as usize
    }
}

fn cursors(team: usize) -> Vec<CachePadded<AtomicU64>> {
    // Left over from an earlier loop.
    (0..team).map(|_| CachePadded::new(AtomicU64::new(u64::MAX / 3))).collect()
}

/// All chunks, each with its thread: the threads ask in an order that `pick` chooses among those not done.
fn run(
    schedule: Schedule,
    units: usize,
    team: usize,
    monotonic: bool,
    mut pick: impl FnMut(usize) -> usize,
) -> Vec<(usize, Range<usize>)> {
    let cursors = cursors(team);
    let dispatch = Dispatch::new(schedule, units, team, monotonic, &cursors[..]);
    let mut hands: Vec<_> = (0..team).map(|thread| (thread, dispatch.hand(thread))).collect();
    let mut chunks = vec![];
    while !hands.is_empty() {
        let k = pick(hands.len());
        match hands[k].1.next(&dispatch) {
            Some(chunk) => chunks.push((hands[k].0, chunk)),
            None => {
                assert_eq!(hands[k].1.next(&dispatch), None, "{schedule} was done and is not any more");
                hands.remove(k);
            }
        }
    }
    chunks
}

/// The law, and that all chunks but the last have the size that the schedule names.
fn check(schedule: Schedule, units: usize, chunks: &[(usize, Range<usize>)]) {
    let mut sorted: Vec<_> = chunks.iter().map(|(_, chunk)| chunk.clone()).collect();
    sorted.sort_by_key(|chunk| chunk.start);
    let mut next = 0;
    for chunk in &sorted {
        assert_eq!(chunk.start, next, "{schedule} of {units}: {sorted:?}");
        assert!(chunk.start < chunk.end, "{schedule} of {units}: {sorted:?}");
        next = chunk.end;
    }
    assert_eq!(next, units, "{schedule} of {units}: {sorted:?}");
}

fn check_sizes(schedule: Schedule, units: usize, chunks: &[(usize, Range<usize>)]) {
    for (_, chunk) in chunks {
        let (len, last) = (chunk.len(), chunk.end == units);
        match schedule {
            Schedule::StaticChunk(c) | Schedule::Dynamic(c) => assert!(len == c.get() || last && len < c.get()),
            Schedule::Guided(c) => assert!(len >= c.get() || last),
            _ => {}
        }
    }
}

fn kinds(chunk: usize) -> [Schedule; 6] {
    [
        Schedule::Static,
        Schedule::static_chunk(chunk),
        Schedule::dynamic(chunk),
        Schedule::guided(chunk),
        Schedule::Auto,
        Schedule::Runtime,
    ]
}

#[test]
fn every_unit_exactly_once_on_small_sizes() {
    let mut dice = Dice(1);
    let step = if cfg!(miri) { 7 } else { 1 };
    for units in (0..=40).step_by(step) {
        for team in (1..=9).step_by(step.min(3)) {
            for chunk in (1..=7).step_by(step.min(3)) {
                for schedule in kinds(chunk) {
                    for monotonic in [false, true] {
                        // In turn, one thread alone first, the last one first, and at random.
                        let mut turn = 0;
                        let in_turn = run(schedule, units, team, monotonic, |n| {
                            turn += 1;
                            turn % n
                        });
                        let orders = [
                            in_turn,
                            run(schedule, units, team, monotonic, |_| 0),
                            run(schedule, units, team, monotonic, |n| n - 1),
                            run(schedule, units, team, monotonic, |n| dice.below(n)),
                        ];
                        for chunks in orders {
                            check(schedule, units, &chunks);
                            if team > 1 {
                                check_sizes(schedule, units, &chunks);
                            }
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_unit_exactly_once_on_large_sizes_and_at_the_end_of_usize() {
    let mut dice = Dice(2);
    for _ in 0..if cfg!(miri) { 10 } else { 500 } {
        let team = 1 + dice.below(64);
        let units = match dice.below(3) {
            0 => usize::MAX - dice.below(100),
            1 => dice.below(usize::MAX),
            _ => dice.below(1 << 40),
        };
        // Few enough chunks to count them, of a size that need not divide anything.
        let chunk = (units / (1 + dice.below(200))).max(1);
        for schedule in kinds(chunk) {
            for monotonic in [false, true] {
                let chunks = run(schedule, units, team, monotonic, |n| dice.below(n));
                check(schedule, units, &chunks);
                if team > 1 {
                    check_sizes(schedule, units, &chunks);
                }
            }
        }
    }
}

#[test]
fn more_chunks_than_a_word_can_hold_come_from_one_counter() {
    let cursors = cursors(3);
    for units in [u32::MAX as usize, usize::MAX] {
        let dispatch = Dispatch::new(Schedule::dynamic(1), units, 3, false, &cursors[..]);
        let mut hands = [0, 1, 2].map(|thread| dispatch.hand(thread));
        assert_eq!(hands[2].next(&dispatch), Some(0..1));
        assert_eq!(hands[0].next(&dispatch), Some(1..2));
        cursors[0].store(units as u64 - 1, Ordering::Relaxed);
        assert_eq!(hands[1].next(&dispatch), Some(units - 1..units));
        for _ in 0..3 {
            assert!(hands.iter_mut().all(|hand| hand.next(&dispatch).is_none()));
        }
    }
    // The most that words can hold, at their end.
    let units = u32::MAX as usize - 1;
    let dispatch = Dispatch::new(Schedule::dynamic(1), units, 3, false, &cursors[..]);
    cursors[0].store(0, Ordering::Relaxed);
    cursors[1].store(0, Ordering::Relaxed);
    cursors[2].store((units as u64 - 2) << 32 | units as u64, Ordering::Relaxed);
    let mut hands = [0, 1, 2].map(|thread| dispatch.hand(thread));
    assert_eq!(hands[2].next(&dispatch), Some(units - 2..units - 1));
    assert_eq!(hands[0].next(&dispatch), Some(units - 1..units));
    assert!(hands.iter_mut().all(|hand| hand.next(&dispatch).is_none()));
}

/// The thread of each unit, a digit each.
fn picture(schedule: Schedule, units: usize, team: usize) -> String {
    let mut owner = vec!['?'; units];
    for (thread, chunk) in run(schedule, units, team, false, |_| 0) {
        owner[chunk].fill(char::from_digit(thread as u32, 10).unwrap());
    }
    owner.into_iter().collect()
}

#[test]
fn static_is_what_openmp_does() {
    assert_eq!(picture(Schedule::Static, 10, 3), "0000111222");
    assert_eq!(picture(Schedule::Static, 10, 4), "0001112233");
    assert_eq!(picture(Schedule::Static, 7, 2), "0000111");
    assert_eq!(picture(Schedule::Static, 3, 5), "012");
    assert_eq!(picture(Schedule::static_chunk(2), 12, 3), "001122001122");
}

#[test]
fn guided_takes_its_share_of_the_rest() {
    let sizes = |schedule, units, team| -> Vec<usize> {
        run(schedule, units, team, false, |n| n - 1).into_iter().map(|(_, chunk)| chunk.len()).collect()
    };
    assert_eq!(sizes(Schedule::guided(1), 24, 2), [12, 6, 3, 2, 1]);
    assert_eq!(sizes(Schedule::guided(4), 24, 3), [8, 6, 4, 4, 2]);
    assert_eq!(sizes(Schedule::guided(2), 24, 3), [8, 6, 4, 2, 2, 2]);
}

#[test]
fn dynamic_eats_its_own_range_and_steals_half_of_the_largest() {
    let cursors = cursors(3);
    let dispatch = Dispatch::new(Schedule::dynamic(2), 24, 3, false, &cursors[..]);
    let mut hands = [0, 1, 2].map(|thread| dispatch.hand(thread));
    // Chunks 0..4, 4..8, 8..12.
    let next = |hand: &mut Hand| hand.next(&dispatch).unwrap().start / 2;
    assert_eq!([0; 5].map(|_| next(&mut hands[2])), [8, 9, 10, 11, 6]);
    // Of equal ranges the last one is robbed: thread 1 has 4 and 5 left, the thief 7.
    assert_eq!(next(&mut hands[2]), 7);
    assert_eq!(next(&mut hands[2]), 2);
    // Thread 0 has 0 and 1 left, thread 2 has 3.
    assert_eq!([0; 3].map(|_| next(&mut hands[1])), [4, 5, 1]);
    assert_eq!([0; 2].map(|_| next(&mut hands[0])), [0, 3]);
    assert!(hands.iter_mut().all(|hand| hand.next(&dispatch).is_none()));
}

#[test]
fn monotonic_chunks_come_in_order() {
    let mut dice = Dice(3);
    for schedule in [Schedule::dynamic(3), Schedule::guided(2), Schedule::Auto] {
        let chunks = run(schedule, 100, 4, true, |n| dice.below(n));
        assert!(chunks.is_sorted_by_key(|(_, chunk)| chunk.start), "{schedule}: {chunks:?}");
    }
}

#[test]
fn every_unit_exactly_once_with_threads() {
    let (team, units) = (4, if cfg!(miri) { 50 } else { 200_000 });
    for schedule in [Schedule::dynamic(1), Schedule::dynamic(3), Schedule::guided(1), Schedule::Auto] {
        for monotonic in [false, true] {
            let cursors = cursors(team);
            let dispatch = &Dispatch::new(schedule, units, team, monotonic, &cursors[..]);
            let chunks = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..team)
                    .map(|thread| {
                        scope.spawn(move || {
                            let mut hand = dispatch.hand(thread);
                            std::iter::from_fn(|| Some((thread, hand.next(dispatch)?))).collect::<Vec<_>>()
                        })
                    })
                    .collect();
                threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
            });
            check(schedule, units, &chunks);
            check_sizes(schedule, units, &chunks);
        }
    }
}

#[test]
fn words() {
    let parse = |text: &str| text.parse::<Schedule>().map_err(|error| error.to_string());
    for (text, schedule) in [
        ("static", Schedule::Static),
        (" Static , 8 ", Schedule::static_chunk(8)),
        ("static,1", Schedule::static_chunk(1)),
        ("DYNAMIC", Schedule::dynamic(1)),
        ("dynamic,64", Schedule::dynamic(64)),
        ("nonmonotonic:dynamic,4", Schedule::dynamic(4)),
        ("Monotonic : guided", Schedule::guided(1)),
        ("guided,18446744073709551615", Schedule::guided(usize::MAX)),
        ("auto", Schedule::Auto),
        ("runtime", Schedule::Runtime),
    ] {
        assert_eq!(parse(text), Ok(schedule));
        assert_eq!(parse(&schedule.to_string()), Ok(schedule));
    }
    const ALL: &str = "it is one of `static`, `dynamic`, `guided`, `auto`, `runtime`";
    for (text, error) in [
        ("", format!("the schedule is missing, {ALL}")),
        ("statc", format!("unknown schedule `statc`, did you mean `static`? {ALL}")),
        ("dinamic,x", format!("unknown schedule `dinamic`, did you mean `dynamic`? {ALL}")),
        ("fair", format!("unknown schedule `fair`, {ALL}")),
        ("simd:static", "unknown modifier `simd` of a schedule, it is `monotonic` or `nonmonotonic`".into()),
        ("auto,4", "schedule `auto` takes no chunk, and `auto,4` has one".into()),
        ("static,0", "the chunk of a schedule must be at least 1, and it is 0".into()),
        ("dynamic,-3", "the chunk of a schedule must be at least 1, and it is -3".into()),
        ("guided,99999999999999999999", "the chunk of a schedule is 99999999999999999999, more than usize::MAX".into()),
        ("dynamic,all", "the chunk of a schedule is a number of iterations, as in `dynamic,64`, and not `all`".into()),
    ] {
        assert_eq!(parse(text), Err(error));
    }
    assert_eq!(format!("[{:>10}]", Schedule::dynamic(64)), "[dynamic,64]");
}

#[test]
#[should_panic(expected = "the chunk of a schedule must be at least 1, and it is 0")]
fn no_chunk() {
    let _ = Schedule::dynamic(0);
}
