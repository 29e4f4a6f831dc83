//! Panics in any thread.

use super::*;

#[test]
fn a_payload_comes_back_from_any_thread_and_the_team_lives_on() {
    watchdog(|| {
        let lease = lease(4);
        for round in 0..200 {
            let who = round % 4;
            let finished = AtomicUsize::new(0);
            let run = || {
                lease.run(|n| {
                    if n == who {
                        panic_any(round);
                    }
                    finished.fetch_add(1, Relaxed);
                });
            };
            let payload = catch_unwind(AssertUnwindSafe(run)).unwrap_err();
            assert_eq!(payload.downcast_ref(), Some(&round));
            assert_eq!(finished.into_inner(), 3, "all others have stopped, and none was stopped");
            assert_eq!(level(), 0);
        }
        drop(lease);
        assert_eq!(numbers(4), [0, 1, 2, 3]);
    });
}

#[test]
fn the_caller_waits_for_the_others_when_its_own_share_panics() {
    watchdog(|| {
        let lease = lease(3);
        let begun = Barrier::new(3);
        let finished = AtomicUsize::new(0);
        let run = || {
            lease.run(|n| {
                begun.wait();
                if n == 0 {
                    panic_any("mine");
                }
                std::thread::sleep(Duration::from_millis(30));
                finished.fetch_add(1, Relaxed);
            });
        };
        let payload = catch_unwind(AssertUnwindSafe(run)).unwrap_err();
        assert_eq!(payload.downcast_ref(), Some(&"mine"));
        assert_eq!(finished.into_inner(), 2);
    });
}

#[test]
fn when_all_panic_one_payload_comes_back() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            if !std::thread::panicking() {
                panic!("a payload's own drop");
            }
        }
    }
    watchdog(|| {
        let lease = lease(4);
        for _ in 0..50 {
            let payload = catch_unwind(AssertUnwindSafe(|| lease.run_loop(|_| panic_any(Bomb)))).unwrap_err();
            assert!(payload.is::<Bomb>());
            std::mem::forget(payload);
        }
        assert_eq!(lease.size(), 4);
        lease.run(|_| ());
    });
}

#[test]
fn after_a_panic_nobody_begins() {
    watchdog(|| {
        // Nobody comes to these mailboxes, so that thread 0 takes back what lies there.
        let (slots, _seats): (Vec<_>, Vec<_>) = (1..=2).map(|_| erase::mailbox()).unzip();
        let patience = Patience::new();
        for who in 0..3 {
            let begun = AtomicUsize::new(0);
            let share = |n| {
                begun.fetch_add(1, Relaxed);
                if n == who {
                    panic_any(who);
                }
            };
            let waiting = Waiting { polls: 1, patience: &patience };
            let run = || erase::send(&slots, Leftover::TakeBack, waiting, share);
            let payload = catch_unwind(AssertUnwindSafe(run)).unwrap_err();
            assert_eq!(payload.downcast_ref(), Some(&who));
            assert_eq!(begun.into_inner(), who + 1);
        }
    });
}
