//! `.await` in an iteration.
use pymp::prelude::*;

async fn next() -> u32 {
    1
}

#[parallel]
async fn awaits() {
    #[parallel]
    for _ in 0..10 {
        next().await;
    }
}

async fn awaits_in_the_macro(v: &mut [u32]) {
    parallel_for!(for i in 0..10 {
        v[i] = next().await + 1;
    });
}

fn main() {}
