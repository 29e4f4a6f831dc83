use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use super::*;
use crate::testing::watchdog;

fn message(call: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(call)).unwrap_err();
    payload.downcast_ref::<&str>().map(ToString::to_string).or_else(|| payload.downcast_ref::<String>().cloned()).unwrap()
}

#[test]
fn a_second_lock_by_its_owner_panics_instead_of_waiting_for_ever() {
    watchdog(|| {
        let lock = lock();
        let guard = lock.lock();
        assert!(lock.try_lock().is_none());
        assert!(message(|| drop(lock.lock())).contains("holds the lock already"));
        // It is still held, and by the same thread.
        thread::scope(|scope| {
            scope.spawn(|| assert!(lock.try_lock().is_none()));
        });
        drop(guard);
        drop(lock.lock());
    });
}

#[test]
fn a_panic_releases() {
    watchdog(|| {
        let (lock, rlock) = (lock(), rlock());
        let panicked = thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let _guards = (lock.lock(), rlock.lock(), rlock.lock());
                panic!("while it holds both");
            });
            thread.join().is_err()
        });
        assert!(panicked);
        let _guards = (lock.lock(), rlock.lock());
    });
}

#[test]
fn timeouts_end_and_locks_in_time_are_had() {
    watchdog(|| {
        let (lock, rlock) = (lock(), rlock());
        let guards = (lock.lock(), rlock.lock());
        thread::scope(|scope| {
            scope.spawn(|| {
                assert!(lock.lock_timeout(Duration::from_millis(5)).is_none());
                assert!(rlock.lock_timeout(Duration::from_millis(5)).is_none());
                assert!(rlock.try_lock().is_none());
            });
        });
        thread::scope(|scope| {
            scope.spawn(|| assert!(lock.lock_timeout(Duration::MAX).is_some()));
            scope.spawn(|| assert!(rlock.lock_timeout(Duration::MAX).is_some()));
            drop(guards);
        });
    });
}

#[test]
fn an_rlock_is_free_when_released_as_often_as_taken() {
    watchdog(|| {
        let lock = rlock();
        let (first, second) = (lock.lock(), lock.try_lock().unwrap());
        let free = || thread::scope(|scope| scope.spawn(|| lock.try_lock().is_some()).join().unwrap());
        drop(first);
        assert!(!free());
        drop(second);
        assert!(free());
    });
}

#[test]
fn clones_are_the_same_lock() {
    let (lock, rlock) = (lock(), rlock());
    let _guard = lock.clone().lock_timeout(Duration::ZERO).map(|_guard| ());
    let held = lock.lock();
    assert!(lock.clone().try_lock().is_none());
    assert_eq!(format!("{lock:?} {held:?} {rlock:?}"), "Lock { held: true } LockGuard RLock { held: false }");
}
