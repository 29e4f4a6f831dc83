//! Regions inside of regions. The settings are the process's, hence the child processes.

use super::*;
use crate::{active_level, ancestor_thread_num, team_size};

#[test]
fn an_inner_region_has_one_thread_by_default() {
    watchdog(|| {
        let outer = lease(2);
        outer.run(|n| {
            let inner = lease(4);
            assert_eq!(inner.size(), 1);
            inner.run(|m| {
                assert_eq!((m, thread_num(), num_threads()), (0, 0, 1));
                assert_eq!((level(), active_level(), in_parallel()), (2, 1, true));
                assert_eq!((ancestor_thread_num(0), ancestor_thread_num(1)), (Some(0), Some(n)));
                assert_eq!((ancestor_thread_num(2), ancestor_thread_num(3)), (Some(0), None));
                assert_eq!((team_size(0), team_size(1), team_size(2), team_size(3)), (Some(1), Some(2), Some(1), None));
                lease(1).run(|_| assert_eq!((level(), ancestor_thread_num(1), team_size(3)), (3, Some(n), Some(1))));
            });
            assert_eq!((level(), thread_num(), num_threads()), (1, n, 2));
            assert!(catch_unwind(|| lease(3).run(|_| panic_any(1))).is_err());
            assert_eq!((level(), thread_num(), ancestor_thread_num(1)), (1, n, Some(n)));
        });
        assert_eq!(level(), 0);
    });
}

#[test]
fn a_serial_region_around_does_not_count_as_active() {
    watchdog(|| {
        lease(1).run(|_| {
            assert_eq!((level(), active_level(), in_parallel()), (1, 0, false));
            let inner = lease(2);
            assert_eq!(inner.size(), 2);
            inner.run(|n| {
                assert_eq!((level(), active_level(), in_parallel()), (2, 1, true));
                assert_eq!((ancestor_thread_num(1), ancestor_thread_num(2)), (Some(0), Some(n)));
            });
        });
    });
}

#[test]
fn two_by_two_when_allowed() {
    if in_child() {
        let seen = Mutex::new(Vec::new());
        for _ in 0..100 {
            seen.lock().unwrap().clear();
            lease(2).run(|outer| {
                let inner = lease(2);
                assert_eq!(inner.size(), 2);
                inner.run(|inner| {
                    assert_eq!((ancestor_thread_num(1), thread_num(), team_size(1)), (Some(outer), inner, Some(2)));
                    lease(2).run(|n| assert_eq!((n, level(), ancestor_thread_num(2)), (0, 3, Some(inner))));
                    seen.lock().unwrap().push((outer, inner));
                });
            });
            let mut seen = seen.lock().unwrap();
            seen.sort_unstable();
            assert_eq!(*seen, [(0, 0), (0, 1), (1, 0), (1, 1)]);
        }
        // Two, if the inner regions were never run at once.
        assert!(depot::started() <= 3);
        return;
    }
    let settings = [("PYMP_NESTED", "true"), ("PYMP_MAX_ACTIVE_LEVELS", "2")];
    let out = child("team::tests::nesting::two_by_two_when_allowed", &settings);
    assert!(out.success, "{}", out.stderr);
}

#[test]
fn the_limit_counts_all_levels() {
    if in_child() {
        assert_eq!(lease(8).size(), 3);
        let sizes = Mutex::new(Vec::new());
        let both = Barrier::new(2);
        lease(2).run(|_| {
            let inner = lease(2);
            both.wait();
            sizes.lock().unwrap().push(inner.size());
            inner.run(|_| ());
        });
        let mut sizes = sizes.into_inner().unwrap();
        sizes.sort_unstable();
        assert_eq!(sizes, [1, 2]);
        assert_eq!(depot::started(), 2);
        return;
    }
    let settings = [("PYMP_NESTED", "true"), ("PYMP_THREAD_LIMIT", "3")];
    let out = child("team::tests::nesting::the_limit_counts_all_levels", &settings);
    assert!(out.success, "{}", out.stderr);
}

#[test]
fn denied_nesting_panics_in_words() {
    if in_child() {
        let refused = catch_unwind(|| lease(2).run_loop(|_| drop(lease(1)))).unwrap_err();
        let words = refused.downcast_ref::<String>().unwrap();
        assert!(words.contains("inside of another one") && words.contains("nesting is denied"), "{words}");
        assert_eq!(numbers(2), [0, 1]);
        return;
    }
    let out = child("team::tests::nesting::denied_nesting_panics_in_words", &[("PYMP_NESTED", "deny")]);
    assert!(out.success, "{}", out.stderr);
}

#[test]
fn a_refused_thread_makes_a_smaller_team_and_one_line() {
    if in_child() {
        assert_eq!(numbers(4), [0]);
        assert_eq!(numbers(3), [0]);
        config::set_stacksize(1 << 20).unwrap();
        std::thread::sleep(Duration::from_millis(1100));
        assert_eq!(numbers(4), [0, 1, 2, 3]);
        return;
    }
    // No system gives a thread so much.
    let out =
        child("team::tests::nesting::a_refused_thread_makes_a_smaller_team_and_one_line", &[("OMP_STACKSIZE", "100000000G")]);
    assert!(out.success, "{}", out.stderr);
    assert_eq!(out.stderr.lines().filter(|line| line.starts_with("pymp: could not start a thread")).count(), 1, "{}", out.stderr);
}
