//! Types that an operator cannot combine.
use pymp::prelude::*;

#[derive(Clone)]
struct Point {
    x: f64,
}

fn own_type(x: &[f64]) -> Point {
    let mut p = Point { x: 0.0 };
    parallel_for!(reduction(+: p), for v in x {
        p += Point { x: *v };
    });
    p
}

fn text_with_plus(x: &[String]) -> String {
    let mut s = String::new();
    parallel_for!(reduction(+: s), for v in x {
        s += v;
    });
    s
}

fn bits_of_a_float(x: &[f64]) -> f64 {
    let mut s = 0.0;
    parallel_for!(reduction(&: s), for v in x {
        s &= v;
    });
    s
}

fn append_to_a_map(x: &[u32]) -> std::collections::BTreeSet<u32> {
    let mut s = std::collections::BTreeSet::new();
    parallel_for!(reduction(append: s), for v in x {
        s.extend([*v]);
    });
    s
}

struct Merge;

fn no_reduction(x: &[u32]) -> u32 {
    let mut s = 0;
    parallel_for!(reduction(Merge: s), for v in x {
        s += v;
    });
    s
}

fn a_name_that_is_none(x: &[u32]) -> u32 {
    let mut total = 0;
    parallel_for!(reduction(sum: total), for v in x {
        total += v;
    });
    total
}

fn never_given_a_value(x: &[u32]) -> u32 {
    let mut total;
    parallel_for!(reduction(+: total), for v in x {
        total += v;
    });
    total
}

fn not_mutable(x: &[u32]) -> u32 {
    let total = 0;
    parallel_for!(reduction(+: total), for v in x {
        total += v;
    });
    total
}

struct OfSingles;

impl Reduction<f32> for OfSingles {
    fn identity(&self, _: &f32) -> f32 {
        0.0
    }
    fn combine(&self, acc: &mut f32, part: f32) {
        *acc += part;
    }
}

fn an_operator_for_another_type(x: &[f64], doubles: &mut [f64]) {
    let mut sum = 0.0_f64;
    parallel_for!(reduction(OfSingles: sum), for v in x {
        sum += v;
    });
    parallel_for!(reduction(OfSingles: doubles), for i in 0..x.len() {
        doubles[i % 2] += x[i];
    });
    region!(reduction(OfSingles: sum), |p| {
        sum += x[p.thread_num()];
    });
}

fn generic<T: Copy + Default + std::ops::AddAssign + Sync>(x: &[T]) -> T {
    let mut sum = T::default();
    parallel_for!(reduction(+: sum), for i in 0..x.len() {
        sum += x[i];
    });
    sum
}

fn main() {}
