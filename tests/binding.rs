//! `proc_bind`: where the threads of teams run, as the system tells it. Each test in a process of its own.
#![cfg(all(feature = "proc_bind", feature = "threads", target_os = "linux"))]

mod common;

use common::{is_child, passes_alone, watchdog};
use pymp::config::{self, Nested, ProcBind};
use pymp::prelude::*;
use std::process::Command;

/// The processors that the calling thread may run on.
fn mine() -> Vec<usize> {
    let status = std::fs::read_to_string("/proc/thread-self/status").expect("the status of this thread");
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:")).expect("the list of processors").trim();
    let number = |text: &str| text.parse::<usize>().expect("a number");
    let run = |run: &str| match run.split_once('-') {
        Some((first, last)) => number(first)..=number(last),
        None => number(run)..=number(run),
    };
    list.split(',').flat_map(run).collect()
}

/// Those of each thread of a team.
fn of_team(region: Parallel) -> Vec<Vec<usize>> {
    region.map(|_| mine())
}

/// Runs `test` in a child, with this environment.
#[track_caller]
fn in_child(name: &str, environment: &[(&str, &str)], test: impl FnOnce() + Send + 'static) {
    if is_child() { watchdog(test) } else { drop(passes_alone(name, environment)) }
}

#[test]
fn close_spread_and_primary() {
    in_child("close_spread_and_primary", &[], || {
        let all = mine();
        let n = all.len();
        for (bind, places) in [
            (ProcBind::Close, [0, 1 % n]),
            (ProcBind::True, [0, 1 % n]),
            (ProcBind::Spread, [0, if n > 1 { n / 2 } else { 0 }]),
            (ProcBind::Primary, [0, 0]),
            (ProcBind::Close, [0, 1 % n]),
        ] {
            let seen = of_team(Parallel::new(2).proc_bind(bind));
            assert_eq!(seen, places.map(|place| vec![all[place]]), "{bind}");
            assert_eq!(mine(), all, "{bind}: the entering thread has back what it had");
        }
        assert_eq!(of_team(Parallel::new(2).proc_bind("spread"))[0], [all[0]]);
        // And free again.
        assert_eq!(of_team(Parallel::new(2)), [all.clone(), all.clone()]);
        assert_eq!(of_team(Parallel::new(2).proc_bind(ProcBind::False)), [all.clone(), all]);
    });
}

#[test]
fn more_threads_than_processors_share_them() {
    in_child("more_threads_than_processors_share_them", &[], || {
        let all = mine();
        for bind in [ProcBind::Close, ProcBind::Spread] {
            let seen = of_team(Parallel::new(3 * all.len()).proc_bind(bind));
            let expected: Vec<_> = all.iter().flat_map(|processor| [(); 3].map(|()| vec![*processor])).collect();
            assert_eq!(seen, expected, "{bind}");
        }
    });
}

#[test]
fn the_program_binds_loops_too_and_lets_them_free() {
    in_child("the_program_binds_loops_too_and_lets_them_free", &[], || {
        let all = mine();
        config::set_proc_bind(ProcBind::Close).unwrap();
        let seen = pymp::shared::list();
        parallel_for!(
            num_threads = 2,
            shared(seen),
            for _i in 0..64 {
                seen.push(mine());
            }
        );
        assert!(seen.to_vec().iter().all(|seen| seen.len() == 1));
        assert_eq!(mine(), all);
        config::set_proc_bind(ProcBind::False).unwrap();
        assert_eq!(of_team(Parallel::new(2)), [all.clone(), all]);
        let refused = config::set_proc_bind([ProcBind::True, ProcBind::Close]).unwrap_err();
        assert_eq!(refused.to_string(), "proc_bind for each level is primary, close or spread; true and false stand alone");
        assert!(config::set_proc_bind(Vec::new()).is_err());
    });
}

#[test]
fn a_panic_leaves_the_entering_thread_as_it_was() {
    in_child("a_panic_leaves_the_entering_thread_as_it_was", &[], || {
        let all = mine();
        let region = Parallel::new(2).proc_bind(ProcBind::Close);
        assert!(std::panic::catch_unwind(|| region.run(|p| assert!(p.thread_num() > 0))).is_err());
        assert_eq!(mine(), all);
    });
}

#[test]
fn the_environment_binds_the_entering_thread_for_good() {
    for variable in ["OMP_PROC_BIND", "PYMP_PROC_BIND"] {
        in_child("the_environment_binds_the_entering_thread_for_good", &[(variable, "close")], || {
            let all = mine();
            assert_eq!(config::proc_bind(), ProcBind::Close);
            for _ in 0..3 {
                let seen = of_team(Parallel::new(2));
                assert_eq!(seen, [vec![all[0]], vec![all[1 % all.len()]]]);
                assert_eq!(mine(), [all[0]]);
            }
            // A worker that a bound thread starts goes where it belongs.
            let seen = of_team(Parallel::new(all.len()));
            assert_eq!(seen, all.iter().map(|processor| vec![*processor]).collect::<Vec<_>>());
            config::set_proc_bind(ProcBind::False).unwrap();
            assert_eq!(of_team(Parallel::new(2)), [all.clone(), all.clone()]);
            assert_eq!(mine(), all);
        });
        if is_child() {
            return;
        }
    }
}

#[test]
fn the_environment_turns_it_off() {
    in_child("the_environment_turns_it_off", &[("OMP_PROC_BIND", "false")], || {
        let all = mine();
        assert_eq!(of_team(Parallel::new(2).proc_bind(ProcBind::Close)), [all.clone(), all]);
    });
}

#[test]
fn each_level_has_its_own() {
    in_child("each_level_has_its_own", &[("OMP_PROC_BIND", "spread,primary"), ("OMP_NESTED", "true")], || {
        assert_eq!(config::nested(), Nested::Allow);
        let seen = Parallel::new(2).map(|_| (config::proc_bind(), mine(), of_team(Parallel::new(2))));
        for (bind, outer, inner) in seen {
            assert_eq!(bind, ProcBind::Primary);
            assert_eq!(outer.len(), 1);
            assert_eq!(inner, [outer.clone(), outer]);
        }
    });
}

#[test]
fn an_inner_team_that_is_bound_inside_of_one_that_is_not() {
    in_child("an_inner_team_that_is_bound_inside_of_one_that_is_not", &[], || {
        let all = mine();
        config::set_nested(true).unwrap();
        let seen = Parallel::new(2).map(|_| (of_team(Parallel::new(2).proc_bind(ProcBind::Close)), mine()));
        for (inner, after) in seen {
            assert!(inner.iter().all(|inner| inner.len() == 1));
            assert_eq!(after, all);
        }
    });
}

#[test]
fn a_process_is_kept_to_its_processors() {
    if is_child() {
        return watchdog(|| {
            let all = mine();
            assert_eq!(all.len(), 1);
            assert_eq!(of_team(Parallel::new(3).proc_bind(ProcBind::Spread)), [all.clone(), all.clone(), all.clone()]);
            assert_eq!(of_team(Parallel::new(3)), [all.clone(), all.clone(), all]);
        });
    }
    let Some(last) = mine().last().copied() else { return };
    let mut command = Command::new("taskset");
    command.args(["-c", &last.to_string()]).arg(std::env::current_exe().unwrap());
    command.args(["a_process_is_kept_to_its_processors", "--exact", "--nocapture"]).env("PYMP_TESTS_CHILD", "1");
    match command.output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => eprintln!("passed over: there is no taskset ({error})"),
    }
}

#[test]
fn two_users_at_once_do_not_hang() {
    in_child("two_users_at_once_do_not_hang", &[("OMP_PROC_BIND", "close")], || {
        std::thread::scope(|scope| {
            for user in 0..4 {
                scope.spawn(move || {
                    for k in 0..200 {
                        let bind = [ProcBind::Close, ProcBind::Spread, ProcBind::Primary, ProcBind::False][(k + user) % 4];
                        let seen = of_team(Parallel::new(1 + k % 4).proc_bind(bind));
                        assert_eq!(seen.len(), 1 + k % 4);
                    }
                });
            }
        });
    });
}
