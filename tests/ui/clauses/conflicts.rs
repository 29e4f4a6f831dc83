//! Clauses that are given twice, or do not go together.
use pymp::prelude::*;

fn twice() {
    parallel_for!(num_threads = 2, num_threads = 4, for _ in 0..10 {});
    parallel_for!(schedule = "static", chunk = 2, schedule(dynamic), for _ in 0..10 {});
    parallel_for!(if = true, if_ = false, for _ in 0..10 {});
    parallel_for!(reproducible, reproducible, for _ in 0..10 {});
}

fn variables(mut s: i32, mut y: Vec<i32>) {
    parallel_for!(reduction(+: s), private(s), for _ in 0..10 {
        s += 1;
    });
    parallel_for!(reduction(+: s), reduction(*: s), for _ in 0..10 {
        s += 1;
    });
    parallel_for!(private(s, s), for _ in 0..10 {
        s += 1;
    });
    parallel_for!(shared(s), firstprivate(s), for _ in 0..10 {
        s += 1;
    });
    parallel_for!(atomic(y), scatter(y), chunks(y, 2), for i in 0..10 {
        y[i] += 1;
    });
}

#[parallel]
#[parallel(num_threads = 4)]
fn two_attributes() {
    for _ in 0..10 {}
}

#[parallel]
fn two_attributes_on_a_loop() {
    #[parallel(num_threads = 4)]
    #[parallel(schedule = "dynamic")]
    for _ in 0..10 {}
}

fn main() {}
