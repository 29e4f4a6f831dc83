//! Without the feature `threads`.

use super::*;

#[test]
fn without_threads_every_team_has_one() {
    let lease = lease(8);
    assert_eq!((lease.size(), lease.cursors().len()), (1, 0));
    let runs = std::sync::atomic::AtomicUsize::new(0);
    lease.run(|n| {
        assert_eq!((n, crate::level(), crate::in_parallel()), (0, 1, false));
        runs.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(runs.into_inner(), 1);
}
