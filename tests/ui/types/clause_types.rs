//! Values of the wrong type in clauses.
use pymp::prelude::*;

fn numbers(n: f64, s: &str, k: Option<usize>) {
    parallel_for!(num_threads = n, for _ in 0..10 {});
    parallel_for!(num_threads = s, for _ in 0..10 {});
    parallel_for!(chunk = k, for _ in 0..10 {});
    parallel_for!(schedule(dynamic, n), for _ in 0..10 {});
}

fn others(n: usize) {
    parallel_for!(if = n, for _ in 0..10 {});
    parallel_for!(schedule = n, for _ in 0..10 {});
    parallel_for!(schedule = fastest, for _ in 0..10 {});
}

struct NoDefault;

fn privates() {
    let x = NoDefault;
    let y = NoDefault;
    let z = NoDefault;
    let mut w = NoDefault;
    parallel_for!(private(x), for _ in 0..10 {
        let _ = &x;
    });
    parallel_for!(firstprivate(y), for _ in 0..10 {
        let _ = &y;
    });
    parallel_for!(private(z = 5), for _ in 0..10 {
        let _: &NoDefault = &z;
    });
    parallel_for!(lastprivate(w), for _ in 0..10 {
        w = NoDefault;
    });
    parallel_for!(shared(nothing), firstprivate(nobody), for _ in 0..10 {});
}

fn uninitialised(x: &[f64], y: &mut [f64]) {
    let mut t: f64;
    parallel_for!(private(t), for i in 0..x.len() {
        t = x[i];
        y[i] = t;
    });
}

fn chunk_size(c: &mut [f64], n: f64) {
    parallel_for!(chunks(c, n), for i in 0..10 {
        c[i] = 1.0;
    });
}

fn main() {}
