//! The team that runs a loop: its numbers, its threads, and every place where a loop may be entered.

use std::cell::RefCell;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

use pymp::prelude::*;
use rayon::prelude::*;

mod common;

use common::{TEAMS, everywhere, passes_alone, run_alone, watchdog};

/// A loop whose result is known, from wherever it is called.
fn sum_of(n: u64, team: usize) -> u64 {
    let mut sum = 0;
    parallel_for!(num_threads = team, schedule = "dynamic,3", reduction(+: sum), for i in 0..n { sum += i; });
    sum
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn numbers_in_the_body_and_outside() {
    watchdog(|| {
        let outside = || {
            assert_eq!((pymp::thread_num(), pymp::num_threads(), pymp::level(), pymp::in_parallel()), (0, 1, 0, false));
        };
        outside();
        everywhere(|schedule, team| {
            let seen = Mutex::new(HashSet::new());
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..40 {
                    assert_eq!(pymp::num_threads(), team);
                    assert_eq!(pymp::level(), 1);
                    assert_eq!(pymp::in_parallel(), team > 1);
                    assert_eq!(pymp::team_size(1), Some(team));
                    assert_eq!(pymp::ancestor_thread_num(1), Some(pymp::thread_num()));
                    assert_eq!(pymp::ancestor_thread_num(0), Some(0));
                    seen.lock().expect("no panics").insert((pymp::thread_num(), thread::current().id()));
                    std::hint::black_box(i);
                }
            );
            let seen = seen.into_inner().expect("no panics");
            let numbers: HashSet<_> = seen.iter().map(|(number, _)| *number).collect();
            assert!(numbers.iter().all(|&number| number < team), "{numbers:?}, {schedule} on {team}");
            assert_eq!(seen.len(), numbers.len(), "a number is one thread's for the whole loop, {schedule} on {team}");
            outside();
        });
    });
}

#[test]
fn thread_0_is_the_one_that_enters() {
    watchdog(|| {
        let caller = thread::current().id();
        everywhere(|schedule, team| {
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for _ in 0..40 {
                    // Another number may be the caller's as well, when it is done with 0 before its worker has come.
                    assert!(pymp::thread_num() != 0 || thread::current().id() == caller);
                }
            );
        });
    });
}

/// `threadid()` of prange: filled 0..max-1, also as a function's argument.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn every_thread_gets_a_share_of_a_static_loop() {
    fn identity(x: usize) -> usize {
        x
    }
    watchdog(|| {
        for team in 1..=9 {
            let mut buffer = vec![usize::MAX; team];
            parallel_for!(
                num_threads = team,
                for i in 0..team {
                    buffer[i] = identity(pymp::thread_num());
                }
            );
            assert_eq!(buffer, (0..team).collect::<Vec<_>>());
        }
    });
}

/// As OpenMP without nesting: an inner loop is run by the thread that comes to it.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn nested_loops_run_on_one_thread() {
    watchdog(|| {
        for team in TEAMS {
            let mut sums = vec![0; 20];
            parallel_for!(
                num_threads = team,
                for i in 0..20 {
                    let (outer, mut sum) = (thread::current().id(), 0);
                    parallel_for!(num_threads = 4, reduction(+: sum), for j in 0..10 {
                        assert_eq!(pymp::level(), 2);
                        if team > 1 {
                            assert_eq!((pymp::thread_num(), pymp::num_threads()), (0, 1));
                            assert_eq!(thread::current().id(), outer);
                        }
                        sum += i * j;
                    });
                    assert_eq!((pymp::num_threads(), pymp::level()), (team, 1));
                    sums[i] = sum;
                }
            );
            assert_eq!(sums, (0..20).map(|i| 45 * i).collect::<Vec<_>>(), "{team}");
        }
    });
}

/// A loop on one thread is not active, as in OpenMP: a loop inside it has its team.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn a_loop_on_one_thread_leaves_the_team_to_the_next() {
    watchdog(|| {
        parallel_for!(num_threads = 4, if = false, for _ in 0..2 {
            parallel_for!(num_threads = 3, for _ in 0..9 {
                assert_eq!((pymp::num_threads(), pymp::level(), pymp::active_level()), (3, 2, 1));
                assert!(pymp::in_parallel());
            });
            assert!(!pymp::in_parallel());
        });
    });
}

#[test]
fn a_function_with_a_loop_called_in_a_loop() {
    watchdog(|| {
        let mut total = 0;
        parallel_for!(num_threads = 3, reduction(+: total), for _ in 0..10 { total += sum_of(10, 3); });
        assert_eq!(total, 450);
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn eight_threads_of_the_user_at_once() {
    watchdog(|| {
        let start = Barrier::new(8);
        thread::scope(|scope| {
            for user in 0..8_u64 {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    for round in 0..100 {
                        let team = TEAMS[(user + round) as usize % TEAMS.len()];
                        assert_eq!(sum_of(100 + user, team), (100 + user) * (99 + user) / 2);
                        parallel_for!(
                            num_threads = team,
                            for _ in 0..team {
                                assert_eq!(pymp::num_threads(), team);
                            }
                        );
                    }
                });
            }
        });
    });
}

/// Threads of a team may wait for each other: they are all there.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn a_barrier_of_the_users_own_in_a_loop() {
    watchdog(|| {
        for team in [2, 3, 4, 9] {
            let barrier = Barrier::new(team);
            for _ in 0..50 {
                parallel_for!(
                    num_threads = team,
                    for _ in 0..team {
                        barrier.wait();
                    }
                );
            }
        }
    });
}

struct Closing {
    team: usize,
    sums: Arc<Mutex<Vec<u64>>>,
}

impl Drop for Closing {
    fn drop(&mut self) {
        let sum = sum_of(50, self.team);
        self.sums.lock().expect("no panics under this lock").push(sum);
    }
}

#[test]
fn in_a_destructor() {
    watchdog(|| {
        let sums = Arc::default();
        let closing = |team| Closing { team, sums: Arc::clone(&sums) };
        drop(closing(3));
        // While a panic unwinds.
        let unwound = catch_unwind(AssertUnwindSafe(|| {
            let _closing = closing(3);
            panic!("on purpose");
        }));
        assert!(unwound.is_err());
        // In a loop, by each iteration, and by the one that panics.
        let unwound = catch_unwind(AssertUnwindSafe(|| {
            parallel_for!(
                num_threads = 1,
                for i in 0..4 {
                    let _closing = closing(2);
                    assert!(i < 3);
                }
            );
        }));
        assert!(unwound.is_err());
        assert_eq!(*sums.lock().expect("no panics under this lock"), [1225; 6]);
    });
}

#[test]
fn in_the_destructor_of_a_thread_local() {
    thread_local! {
        static LAST: RefCell<Option<Closing>> = const { RefCell::new(None) };
    }
    watchdog(|| {
        let sums: Arc<Mutex<Vec<u64>>> = Arc::default();
        for team in TEAMS {
            // One whose thread has used a team before, and one whose first loop is that of the destructor.
            for used in [false, true] {
                let sums = Arc::clone(&sums);
                let ended = thread::spawn(move || {
                    LAST.set(Some(Closing { team, sums }));
                    if used {
                        assert_eq!(sum_of(50, team), 1225);
                    }
                });
                ended.join().expect("the thread's destructors do not panic");
            }
        }
        assert_eq!(*sums.lock().expect("no panics under this lock"), [1225; 2 * TEAMS.len()]);
    });
}

#[test]
fn in_a_lazily_made_static() {
    static TABLE: std::sync::LazyLock<Vec<u64>> = std::sync::LazyLock::new(|| {
        let mut table = vec![0; 30];
        parallel_for!(
            num_threads = 3,
            for i in 0..30 {
                table[i] = sum_of(i as u64 + 1, 2);
            }
        );
        table
    });
    watchdog(|| {
        let mut sum = 0;
        parallel_for!(num_threads = 3, reduction(+: sum), for i in 0..30 { sum += TABLE[i]; });
        assert_eq!(sum, (0..30).map(|i| i * (i + 1) / 2).sum());
    });
}

#[test]
fn entered_from_jobs_of_rayon() {
    watchdog(|| {
        for _ in 0..20 {
            let (a, b) = rayon::join(|| sum_of(100, 3), || sum_of(200, 2));
            assert_eq!((a, b), (4950, 19_900));
        }
        let sums: Vec<_> = (0..50_u64).into_par_iter().map(|i| sum_of(i, 1 + i as usize % 4)).collect();
        assert!((0..50).all(|i| sums[i] == (i as u64 * i as u64 - i as u64) / 2));
        let total = AtomicUsize::new(0);
        rayon::scope(|scope| {
            for _ in 0..10 {
                scope.spawn(|_| {
                    total.fetch_add(sum_of(100, 3) as usize, Ordering::Relaxed);
                });
            }
        });
        assert_eq!(total.into_inner(), 49_500);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("a pool");
        assert_eq!(pool.install(|| sum_of(100, 4)), 4950);
        assert_eq!(pool.broadcast(|_| sum_of(100, 2)), [4950; 2]);
    });
}

/// Rayon's calls inside a loop end, although the threads of the team are rayon's workers.
#[test]
fn rayon_inside_a_loop() {
    watchdog(|| {
        for team in TEAMS {
            for schedule in ["static", "dynamic"] {
                let mut sums = vec![0; 20];
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    for i in 0..20 {
                        let (a, b) = rayon::join(|| (0..i).sum::<usize>(), || i * i);
                        sums[i] = a + b + (0..1000_usize).into_par_iter().sum::<usize>();
                    }
                );
                assert!((0..20).all(|i| sums[i] == i * i + i.saturating_sub(1) * i / 2 + 499_500), "{schedule} on {team}");
            }
            let count = AtomicUsize::new(0);
            parallel_for!(
                num_threads = team,
                for _ in 0..team {
                    rayon::scope(|scope| {
                        for _ in 0..5 {
                            scope.spawn(|_| {
                                count.fetch_add(1, Ordering::Relaxed);
                            });
                        }
                    });
                }
            );
            assert_eq!(count.into_inner(), 5 * team, "{team}");
        }
    });
}

/// A waiting thread never runs an unrelated iteration: a lock held over a rayon call is not taken a second time by its owner.
#[test]
fn a_lock_held_over_a_call_of_rayon() {
    watchdog(|| {
        let lock = Mutex::new(0);
        parallel_for!(
            num_threads = 4,
            schedule = "dynamic",
            for _ in 0..40 {
                let mut held = lock.lock().expect("no panics");
                *held += (0..100_u32).into_par_iter().map(|_| 1).sum::<u32>();
            }
        );
        assert_eq!(lock.into_inner().expect("no panics"), 4000);
    });
}

/// A lock between iterations of two users' loops.
#[test]
fn a_lock_shared_by_two_loops() {
    watchdog(|| {
        let lock = Mutex::new(0);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    parallel_for!(
                        num_threads = 3,
                        schedule = "dynamic",
                        for _ in 0..1000 {
                            *lock.lock().expect("no panics") += 1;
                        }
                    );
                });
            }
        });
        assert_eq!(lock.into_inner().expect("no panics"), 2000);
    });
}

#[test]
fn many_loops_in_a_row() {
    watchdog(|| {
        let (mut runs, mut y) = (0, vec![0_u32; 64]);
        for round in 0..5000 {
            let team = TEAMS[round % TEAMS.len()];
            parallel_for!(
                num_threads = team,
                for i in 0..64 {
                    y[i] += 1;
                }
            );
            runs += 1;
        }
        assert_eq!(y, vec![runs; 64]);
    });
}

/// What one loop wrote the next one reads, on whatever thread.
#[test]
fn loops_see_what_loops_before_them_wrote() {
    watchdog(|| {
        let (mut a, mut b) = (vec![1_u64; 200], vec![0_u64; 200]);
        for _ in 0..50 {
            parallel_for!(
                num_threads = 4,
                schedule = "dynamic",
                for i in 0..200 {
                    b[i] = (a[i] + a[199 - i]) % 1_000_003;
                }
            );
            parallel_for!(
                num_threads = 3,
                schedule = "static,7",
                for i in 0..200 {
                    a[i] = b[i] + b[(i + 1) % 200];
                }
            );
        }
        let (mut c, mut d) = (vec![1_u64; 200], vec![0_u64; 200]);
        for _ in 0..50 {
            d = (0..200).map(|i| (c[i] + c[199 - i]) % 1_000_003).collect();
            c = (0..200).map(|i| d[i] + d[(i + 1) % 200]).collect();
        }
        assert_eq!((a, b), (c, d));
    });
}

#[test]
fn a_hundred_million_iterations() {
    watchdog(|| {
        let runs = AtomicUsize::new(0);
        parallel_for!(
            num_threads = 2,
            schedule = "dynamic,1000000",
            private(mine = 0),
            for i in 0..100_000_000_u32 {
                mine += 1;
                if i % 1_000_000 == 999_999 {
                    runs.fetch_add(std::mem::take(&mut mine), Ordering::Relaxed);
                }
            }
        );
        assert_eq!(runs.into_inner(), 100_000_000);
    });
}

/// Only meaningful in a process of its own, whose environment says 3 threads, and no more than 4 in all.
#[test]
#[ignore = "run by the test below, with an environment"]
fn child_environment() {
    watchdog(|| {
        assert_eq!((pymp::max_threads(), pymp::thread_limit()), (3, 4));
        let mut sizes = [0; 12];
        parallel_for!(for i in 0..12 {
            sizes[i] = pymp::num_threads();
        });
        assert_eq!(sizes, [3; 12]);
        parallel_for!(
            num_threads = 9,
            for i in 0..12 {
                sizes[i] = pymp::num_threads();
            }
        );
        assert_eq!(sizes, [4; 12], "num_threads is cut to the limit, which counts the entering thread");
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn the_environment_says_how_many() {
    for environment in
        [[("PYMP_NUM_THREADS", "3"), ("PYMP_THREAD_LIMIT", "4")], [("OMP_NUM_THREADS", " 3 , 2"), ("OMP_THREAD_LIMIT", "4")]]
    {
        passes_alone("child_environment", &environment);
    }
    passes_alone(
        "child_environment",
        &[("PYMP_NUM_THREADS", "3"), ("OMP_NUM_THREADS", "5"), ("PYMP_THREAD_LIMIT", "4"), ("OMP_THREAD_LIMIT", "2")],
    );
    let errors =
        passes_alone("child_environment", &[("PYMP_NUM_THREADS", "0"), ("OMP_NUM_THREADS", "3"), ("OMP_THREAD_LIMIT", "4")]);
    assert_eq!(errors.matches("PYMP_NUM_THREADS").count(), 1, "{errors}");
}

/// A process ends while its workers sleep, spin or run.
#[test]
#[ignore = "run by the test below, in a process of its own"]
fn child_that_exits_in_a_loop() {
    parallel_for!(
        num_threads = 4,
        schedule = "dynamic",
        for i in 0..1000 {
            if i == 500 {
                std::process::exit(42);
            }
        }
    );
}

#[test]
fn the_process_may_end_in_the_middle_of_a_loop() {
    watchdog(|| {
        let output = run_alone("child_that_exits_in_a_loop", &[]);
        assert_eq!(output.status.code(), Some(42));
    });
}
