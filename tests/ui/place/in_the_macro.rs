//! What `parallel_for!` cannot take.
use pymp::prelude::*;

fn no_loop() {
    parallel_for!();
    parallel_for!(num_threads = 4);
    parallel_for!(num_threads = 4,);
}

fn other_loops(mut n: u32) {
    parallel_for!(while n > 0 {
        n -= 1;
    });
    parallel_for!(num_threads = 4, loop {});
}

fn closures(x: &[f64]) {
    parallel_for!(0..10, |i| println!("{i}"));
    parallel_for!(x.iter().for_each(|v| println!("{v}")));
}

fn too_much() {
    parallel_for!(for _ in 0..10 {} println!("done"));
    parallel_for!(for _ in 0..10 {}, num_threads = 4);
}

fn half_a_loop() {
    parallel_for!(for i 0..10 {});
    parallel_for!(for i in 0..10);
    parallel_for!(num_threads = 4, for (int i = 0; i < 10; i++) {});
    parallel_for!(for (i in 0..10) {});
}

fn main() {}
