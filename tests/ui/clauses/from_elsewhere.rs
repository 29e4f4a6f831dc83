//! What OpenMP, Cython, numba and joblib write, and what there is instead.
use pymp::prelude::*;

fn openmp(x: &mut [f64], n: usize) {
    parallel_for!(simd, safelen(4), aligned(x: 32), for _ in 0..n {});
    parallel_for!(linear(n), copyin(x), copyprivate(n), for _ in 0..n {});
    parallel_for!(proc_bind(close), allocate(x), order(concurrent), for _ in 0..n {});
    parallel_for!(target, untied, barrier, critical, cancel, scan, thread_limit(4), for _ in 0..n {});
    parallel_for!(if(parallel: n > 3), num_threads(strict: 4), for _ in 0..n {});
    parallel_for!(schedule(monotonic: static), for _ in 0..n {});
    parallel_for!(schedule(nonmonotonic:dynamic, 4), for _ in 0..n {});
    parallel_for!(schedule = "monotonic:static", for _ in 0..n {});
    parallel_for!(lastprivate(conditional: n), for _ in 0..n {});
    parallel_for!(reduction(inscan, +: n), for _ in 0..n {});
    parallel_for!(ordered(2), default(firstprivate), for _ in 0..n {});
}

#[parallel]
fn a_pragma(n: usize) {
    #[parallel(for, num_threads(4))]
    for _ in 0..n {}
}

#[parallel]
fn all_of_a_pragma(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    #[parallel(omp parallel for reduction(+: sum))]
    for v in x {
        sum += v;
    }
    sum
}

fn python(n: usize) {
    parallel_for!(nogil, use_threads_if = n > 3, chunksize = 4, for _ in 0..n {});
    parallel_for!(n_jobs = 3, backend = "threading", verbose = 1, batch_size = 4, for _ in 0..n {});
}

fn main() {}
