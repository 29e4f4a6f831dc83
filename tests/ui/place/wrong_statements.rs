//! `#[parallel]` on what is no `for` loop, in an annotated function.
use pymp::prelude::*;

#[parallel]
fn statements(mut n: u32, k: Option<u32>) -> u32 {
    #[parallel]
    while n > 0 {
        n -= 1;
    }
    #[parallel]
    loop {
        break;
    }
    #[parallel]
    let mut m = 0;
    #[parallel]
    unsafe {
        m += 1;
    }
    #[parallel]
    if n > m {
        m += 1;
    }
    #[parallel]
    match k {
        #[parallel]
        Some(v) => m += v,
        None => {}
    }
    #[parallel]
    println!("{m}");
    #[parallel]
    (0..10).for_each(|_| {});
    #[parallel]
    drop(k);
    #[parallel]
    m = 1;
    let f = #[parallel]
    || 1;
    #[parallel]
    for _ in 0..10 {}
    m + f()
}

#[parallel]
fn only_a_while(mut n: u32) {
    #[parallel]
    while n > 0 {
        n -= 1;
    }
}

#[parallel]
fn other_names(y: &mut [f64]) {
    #[paralell]
    for _ in 0..y.len() {}
    #[parallel_for]
    for _ in 0..y.len() {}
    #[reduction(+: sum)]
    for _ in 0..y.len() {}
    #[pragma(omp parallel for)]
    for _ in 0..y.len() {}
    #[prange]
    for _ in 0..y.len() {}
    #[njit(parallel = True)]
    for _ in 0..y.len() {}
    #[pymp::paralel]
    for _ in 0..y.len() {}
    #[critical]
    {
        y[0] = 1.0;
    }
    #[omp(atomic)]
    y[0] += 1.0;
    #[allow(unused)]
    for _ in 0..y.len() {}
}

fn main() {}
