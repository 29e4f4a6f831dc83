//! What the plain loop does not warn of, the parallel one does not either.
#![forbid(unsafe_code)]
#![deny(warnings)]
#![deny(
    future_incompatible,
    keyword_idents,
    let_underscore,
    missing_debug_implementations,
    nonstandard_style,
    rust_2018_idioms,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_pub,
    unused,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
use pymp::prelude::*;

#[parallel]
fn whole(x: &[Option<i32>], y: &mut Vec<i32>) -> Option<i32> {
    let mut sum = 0;
    #[parallel(reduction(+: sum))]
    for i in 0..x.len() {
        let v = (x[i])?;
        y[i] = v;
        sum += v;
        if v > 100 {
            return Some(v);
        }
    }
    Some(sum)
}

fn only_written(x: &[i32]) -> i32 {
    let mut last = -1;
    parallel_for!(lastprivate(last), for v in x {
        last = *v;
    });
    last
}

fn scratch(x: &[i32], y: &mut [i32]) {
    let t = 0;
    parallel_for!(private(t), for i in 0..x.len() {
        t = x[i];
        y[i] = t;
    });
}

fn diverges(n: usize) {
    parallel_for!(for i in 0..n {
        if i < n {
            continue;
        }
        unreachable!("{i}");
    });
}

fn always_leaves(x: &[i32]) -> Option<i32> {
    parallel_for!(for v in x {
        return Some(*v);
    });
    None
}

fn clauses(n: usize, v: &mut [u8]) {
    let size = 2;
    parallel_for!(num_threads = (2), schedule = Schedule::dynamic(3), if = (n > 3), for i in 0..(n) {
        v[i] = 1;
    });
    parallel_for!(chunks(v, size), min_chunk = 2, for i in 0..n / size {
        v[i * size] += 1;
        v[i * size + 1] += 1;
    });
}

#[parallel]
fn regions(n: usize, unset: u8) -> usize {
    let (mut sum, mut all) = (0, Vec::new());
    region!(num_threads = (2), if = (n > 3), private(unset, buffer = vec![0_u8; 2]), reduction(+: sum), |p| {
        unset += 1;
        buffer[0] = unset;
        sum += p.range(0..n).count();
    });
    #[parallel(num_threads = 2, reduction(append: all))]
    {
        all.push(1);
    }
    region!(|_p| {});
    region!(|p| p.barrier());
    let size = region!(num_threads = 2, |p| { p.num_threads() });
    sum + all.len() / size
}

struct Owner {
    hits: usize,
}

impl Owner {
    fn count(&mut self) {
        region!(num_threads = 2, reduction(+: self.hits), |p| self.hits += p.range(0..4).count());
    }
}

fn main() {
    assert_eq!(regions(8, 1), 9);
    let mut owner = Owner { hits: 1 };
    owner.count();
    assert_eq!(owner.hits, 5);
    let mut y = vec![0; 3];
    assert_eq!(whole(&[Some(1), Some(2), Some(3)], &mut y), Some(6));
    assert_eq!(only_written(&[4, 5]), 5);
    scratch(&[1, 2], &mut y[..2]);
    diverges(3);
    assert_eq!(always_leaves(&[8, 9]), Some(8));
    let mut v = [0; 8];
    clauses(8, &mut v);
    assert_eq!(v, [2; 8]);
}
