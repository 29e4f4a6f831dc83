//! What `chunks`, `atomic`, `scatter` and `owned` do not allow.
use pymp::prelude::*;

fn whole_of_chunks(c: &mut [f64], n: usize) {
    parallel_for!(chunks(c, n), for i in 0..10 {
        c[i * n] = c.iter().sum();
    });
}

fn whole_of_scatter(y: &mut Vec<f64>, k: &[usize]) {
    parallel_for!(scatter(y), for i in 0..10 {
        y[k[i]] = 1.0;
        println!("{y:?}");
    });
}

fn whole_of_owned(y: &mut Vec<f64>) {
    parallel_for!(owned(y), for _ in 0..10 {
        y.sort_by(f64::total_cmp);
    });
}

fn owned_at_another(y: &mut [f64], k: &[usize]) {
    parallel_for!(owned(y), for i in 0..10 {
        y[k[i]] = 1.0;
    });
}

fn atomic_set(h: &mut [u64], k: &[usize]) {
    parallel_for!(atomic(h), for i in 0..10 {
        h[k[i]] = 1;
    });
}

fn atomic_read(h: &mut [u64], k: &[usize]) {
    parallel_for!(atomic(h), for i in 0..10 {
        h[k[i]] += 1;
        println!("{}", h[0]);
    });
}

fn atomic_with_an_operator_it_has_not(h: &mut [u64], k: &[usize]) {
    parallel_for!(atomic(h), for i in 0..10 {
        h[k[i]] <<= 1;
    });
}

fn atomic_inside(h: &mut [(u64, u64)], k: &[usize]) {
    parallel_for!(atomic(h), for i in 0..10 {
        h[k[i]].0 += 1;
    });
}

fn scatter_read_elsewhere(y: &mut [f64], k: &[usize]) {
    parallel_for!(scatter(y), for i in 0..10 {
        y[k[i]] = y[i];
    });
}

fn atomic_variable(x: &[f64]) -> usize {
    let mut count = 0;
    parallel_for!(atomic(count), for i in 0..x.len() {
        count += 1;
    });
    count
}

fn copies_that_nobody_reads(mut y: Vec<f64>) -> Vec<f64> {
    parallel_for!(firstprivate(y), for i in 0..10 {
        y[i] = 1.0;
    });
    y
}

fn sums_that_nobody_reads(x: &[f64]) -> (f64, f64) {
    let (mut s, mut p) = (0.0, 1.0);
    parallel_for!(private(s), firstprivate(p), for v in x {
        s += v;
        p = p * v;
    });
    (s, p)
}

fn main() {}
