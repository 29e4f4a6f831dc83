//! Assignments under a comparison that does not decide what they keep.
use pymp::prelude::*;

fn another_value(x: &[i64]) -> i64 {
    let mut m = 1;
    parallel_for!(reduction(max: m), for i in 0..x.len() {
        if x[i].abs() > m {
            m = x[i];
        }
    });
    parallel_for!(reduction(min: m), for i in 0..x.len() {
        if x[i] < m {
            m = x[i];
        } else {
            m = 100;
        }
    });
    m
}

fn changed_on_the_way(x: &[i64]) -> i64 {
    let mut m = 1;
    parallel_for!(reduction(max: m), for &v in x {
        if v > m {
            let v = v - 100;
            m = v;
        }
    });
    m
}

fn beside_another_condition(x: &[i64]) -> i64 {
    let mut m = 1;
    parallel_for!(reduction(max: m), for &v in x {
        if v > m || v == 7 {
            m = v;
        }
    });
    m
}

fn another_element(x: &[i64]) -> [i64; 2] {
    let mut m = [1; 2];
    parallel_for!(reduction(max: m), for &v in x {
        if v > m[0] {
            m[1] = v;
        }
    });
    m
}

fn an_update(x: &[i64]) -> i64 {
    let mut m = 1;
    parallel_for!(reduction(max: m), for &v in x {
        if v > m {
            m = m.max(3);
        }
    });
    m
}

fn without_a_clause(x: &[i64]) -> i64 {
    let mut m = 1;
    parallel_for!(for i in 0..x.len() {
        if x[i] > m {
            m = x[i + 1];
        }
    });
    m
}

fn in_a_region(x: &[i64]) -> i64 {
    let mut m = 1;
    region!(reduction(max: m), |p| {
        for i in p.range(0..x.len()) {
            if x[i] > m {
                m = x[i] - 5;
            }
        }
    });
    m
}

fn main() {}
