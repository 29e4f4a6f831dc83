//! Elements of what is no array.
use std::collections::HashMap;

use pymp::prelude::*;

fn shared() {
    let a = pymp::shared::array::<f64>(10);
    parallel_for!(for i in 0..10 {
        a[i] = i as f64;
    });
}

fn map(mut squares: HashMap<usize, usize>) {
    parallel_for!(for i in 0..10 {
        squares[i] = i * i;
    });
}

struct Rng(u64);

fn not_default(mut rng: Rng, y: &mut [u64]) {
    parallel_for!(private(rng), for i in 0..10 {
        rng.0 += 1;
        y[i] = rng.0;
    });
}

fn element(rngs: &mut [Rng]) {
    impl Rng {
        fn roll(&mut self) {}
    }
    parallel_for!(for i in 0..10 {
        rngs[i].roll();
    });
}

fn main() {}
