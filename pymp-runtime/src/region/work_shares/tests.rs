//! The law of the work shares: whoever comes when, all threads of a loop meet at one place, and no place serves two loops at once.

use super::*;
use crate::sync::yield_now;
use std::sync::Mutex;

const WHAT: What = What::Loop { units: 4, schedule: Schedule::Auto, ordered: false };

/// Where a thread met the loop: a work share, by its address, or elsewhere.
type Place = Option<usize>;

/// Comes to `loops` loops, doing `inside` in each.
fn walk(
    work_shares: &WorkShares,
    thread: usize,
    loops: u64,
    mut inside: impl FnMut(u64, Option<&WorkShare>),
) -> Vec<(u64, Place)> {
    let work_shares = Some(work_shares);
    let visitor = Visitor::new(&work_shares, thread);
    let mut met = Vec::new();
    for _ in 0..loops {
        let (number, meeting) = visitor.meet(WHAT).expect("all are the same");
        let work_share = match meeting {
            Meeting::Here(work_share) => Some(work_share),
            Meeting::Elsewhere => None,
        };
        met.push((number, work_share.map(|work_share| std::ptr::from_ref(work_share).addr())));
        inside(number, work_share);
        visitor.leave(number);
    }
    met
}

#[test]
fn all_threads_meet_at_one_place() {
    let loops = if cfg!(miri) { 60 } else { 3000 };
    for team in [2, 3] {
        let work_shares = WorkShares::new(team);
        for region in 0..3 {
            // What is in a work share, and what was dealt out there.
            let taken = Mutex::new(std::collections::HashMap::<u64, Vec<std::ops::Range<usize>>>::new());
            let met: Vec<_> = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..team)
                    .map(|thread| {
                        let (work_shares, taken) = (&work_shares, &taken);
                        scope.spawn(move || {
                            walk(work_shares, thread, loops, |number, work_share| {
                                if (number + thread as u64).is_multiple_of(50) {
                                    yield_now();
                                }
                                let Some(dispatch) = WHAT.dispatch(work_share, team).filter(|_| work_share.is_some()) else {
                                    return;
                                };
                                let mut hand = dispatch.hand(thread);
                                while let Some(chunk) = hand.next(&dispatch) {
                                    taken.lock().unwrap().entry(number).or_default().push(chunk);
                                }
                            })
                        })
                    })
                    .collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert!(met.iter().all(|others| *others == met[0]), "team {team}, region {region}");
            for (number, chunks) in taken.into_inner().unwrap() {
                let mut units: Vec<usize> = chunks.into_iter().flatten().collect();
                units.sort_unstable();
                assert_eq!(units, [0, 1, 2, 3], "loop {number}");
            }
            work_shares.advance(met[0].last().map_or(0, |met| met.0 + 1));
        }
    }
}

#[test]
fn a_thread_far_ahead_meets_the_others_elsewhere() {
    let work_shares = WorkShares::new(2);
    let ahead = walk(&work_shares, 0, WORK_SHARES + 5, |_, _| ());
    assert!(ahead[..WORK_SHARES as usize].iter().all(|met| met.1.is_some()));
    assert!(ahead[WORK_SHARES as usize..].iter().all(|met| met.1.is_none()));
    // Who comes later finds the same, and then there is room again.
    assert_eq!(walk(&work_shares, 1, WORK_SHARES + 5, |_, _| ()), ahead);
    work_shares.advance(ahead.last().map_or(0, |met| met.0 + 1));
    assert!(walk(&work_shares, 0, WORK_SHARES, |_, _| ()).iter().all(|met| met.1.is_some()));
}

#[test]
fn a_loop_that_is_not_left_keeps_its_work_share() {
    let work_shares = WorkShares::new(1);
    let work_shares = Some(&work_shares);
    let visitor = Visitor::new(&work_shares, 0);
    let (first, _) = visitor.meet(WHAT).expect("the first");
    for k in 1..=3 * WORK_SHARES {
        let (number, meeting) = visitor.meet(WHAT).expect("another");
        // Nobody else uses its work share, nor those behind it once they have been used.
        assert_eq!(matches!(meeting, Meeting::Elsewhere), k >= WORK_SHARES, "loop {k}");
        visitor.leave(number);
    }
    visitor.leave(first);
    for _ in 0..WORK_SHARES {
        let (number, meeting) = visitor.meet(WHAT).expect("another");
        assert!(matches!(meeting, Meeting::Here(_)));
        visitor.leave(number);
    }
}

#[test]
fn other_loops_are_told_apart() {
    let work_shares = WorkShares::new(2);
    let work_shares = Some(&work_shares);
    let (one, other) = (Visitor::new(&work_shares, 0), Visitor::new(&work_shares, 1));
    assert!(one.meet(WHAT).is_ok());
    assert!(other.meet(What::Iterate).is_err());
    let words = |units, schedule, ordered| What::Loop { units, schedule, ordered }.words();
    let different = [
        What::Iterate.words(),
        words(4, Schedule::Auto, false),
        words(4, Schedule::Auto, true),
        words(5, Schedule::Auto, false),
        words(4, Schedule::Static, true),
        words(4, Schedule::dynamic(4), false),
        words(4, Schedule::guided(4), false),
        words(4, Schedule::dynamic(5), false),
    ];
    for (k, what) in different.iter().enumerate() {
        assert!(different[..k].iter().all(|other| other != what), "{k}");
    }
}
