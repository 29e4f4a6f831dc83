//! A loop with `explain` compiles, with a warning, and runs as it does without.
use pymp::prelude::*;

macro_rules! explain {
    () => {
        3
    };
}

#[parallel(explain)]
fn fill(y: &mut [usize]) {
    for i in 0..y.len() {
        // The user's macro of that name is still the user's.
        y[i] = i * explain!();
    }
}

fn main() {
    let mut y = [0; 10];
    fill(&mut y);
    assert_eq!(y[9], 27);
    let mut sum = 0;
    parallel_for!(explain = true, reduction(+: sum), for v in &y {
        sum += v;
    });
    assert_eq!(sum, 135);
}
