use super::{Arrival, Barrier, Construct};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

fn pass(barrier: &Barrier, polls: u32) {
    if let Arrival::Early(round) = barrier.arrive(Construct::Single) {
        if (0..polls).any(|_| barrier.is_over(round)) {
            return;
        }
        barrier.sleep(round, std::time::Duration::MAX);
    }
}

#[test]
fn nobody_is_a_round_ahead() {
    let rounds = if cfg!(miri) { 20 } else { 2000 };
    for team in [1, 2, 3, 5] {
        for polls in [0, 50] {
            let (barrier, passed) = (Barrier::new(team), AtomicUsize::new(0));
            std::thread::scope(|scope| {
                for _ in 0..team {
                    scope.spawn(|| {
                        for round in 0..rounds {
                            passed.fetch_add(1, Relaxed);
                            pass(&barrier, polls);
                            let now = passed.load(Relaxed);
                            assert!(now >= (round + 1) * team && now <= (round + 2) * team);
                        }
                    });
                }
            });
        }
    }
}

#[test]
fn a_broken_barrier_lets_everybody_go() {
    let barrier = Barrier::new(3);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| pass(&barrier, 0));
        }
        barrier.break_up();
    });
    assert!(barrier.is_broken());
}

#[test]
fn the_last_thread_knows_whether_all_have_come_to_the_same_construct() {
    use Construct::{Sections, Single};
    let arrivals = |constructs: &[Construct]| {
        let barrier = Barrier::new(constructs.len());
        let arrivals: Vec<_> = constructs.iter().map(|&at| barrier.arrive(at)).collect();
        assert_eq!(barrier.arrived() == 0, arrivals.last() == Some(&Arrival::Last));
        arrivals.last().copied()
    };
    for (first, last) in [(Single, Sections), (Sections, Construct::Barrier), (Construct::Barrier, Single)] {
        for team in 2..6 {
            let mut constructs = vec![last; team];
            assert_eq!(arrivals(&constructs), Some(Arrival::Last));
            constructs[0] = first;
            assert_eq!(arrivals(&constructs), Some(Arrival::Astray));
        }
    }
}
