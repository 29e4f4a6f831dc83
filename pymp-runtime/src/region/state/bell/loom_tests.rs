//! Sleepers and ringers under every interleaving. The model has no time: who is not woken sleeps for ever, and loom calls it a deadlock. So
//! nothing here rests on the look round that a sleeper takes now and then.

use super::Bell;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use loom::thread;

#[derive(Default)]
struct Shared {
    bell: Bell,
    turn: AtomicUsize,
    broken: AtomicBool,
}

impl Shared {
    /// As a region's: waits for its turn, or for the end.
    fn wait_for(&self, turn: usize, stuck: impl Fn(usize) -> bool) -> bool {
        // Relaxed: what is asked is whether it is seen at all.
        let ready = || self.turn.load(Ordering::Relaxed) >= turn || self.broken.load(Ordering::Relaxed);
        if self.bell.sleep(ready, stuck) {
            return true;
        }
        self.broken.store(true, Ordering::Relaxed);
        self.bell.ring();
        false
    }

    fn pass_on(&self, turn: usize) {
        self.turn.store(turn, Ordering::Relaxed);
        self.bell.ring();
    }
}

fn model(threads: [fn(&Shared); 2], own: fn(&Shared)) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(move || {
        let shared = Arc::new(Shared::default());
        let others = threads.map(|share| {
            let shared = shared.clone();
            thread::spawn(move || share(&shared))
        });
        own(&shared);
        for other in others {
            other.join().unwrap();
        }
    });
}

#[test]
fn loom_a_sleeper_hears_the_bell() {
    model([|shared| assert!(shared.wait_for(1, |_| false)), |_| ()], |shared| shared.pass_on(1));
}

#[test]
fn loom_each_sleeper_hears_its_own_ring() {
    let sleep_and_pass_on = |shared: &Shared| {
        assert!(shared.wait_for(1, |asleep| asleep == 3));
        shared.pass_on(2);
    };
    // Three threads whose turns come: never are all three asleep in vain.
    model([sleep_and_pass_on, |shared| assert!(shared.wait_for(2, |asleep| asleep == 3))], |shared| shared.pass_on(1));
}

#[test]
fn loom_one_of_those_who_all_sleep_in_vain_is_told() {
    fn sleep(shared: &Shared) {
        shared.wait_for(1, |asleep| asleep == 2);
    }
    model([sleep, sleep], |_| ());
}
