//! All that is wrong with a function is told in one go.
use pymp::prelude::*;

#[parallel(num_treads = 2)]
fn all(x: &[f64], y: &mut [f64], names: &mut Vec<String>) -> f64 {
    let mut sum = 0.0;
    #[parallel]
    for i in 1..x.len() {
        sum += x[i];
        y[i] = y[i - 1];
        names.push(format!("{i}"));
    }
    #[parallel(schedule = "dinamic")]
    for i in 0..x.len() {
        y[i] = x[i];
    }
    'rows: for _ in 0..3 {
        #[parallel]
        for i in 0..x.len() {
            if x[i] > 1.0 {
                break 'rows;
            }
        }
    }
    sum
}

#[parallel]
fn in_the_clauses_and_in_the_body(x: &mut [f64]) {
    let mut sum = 0.0;
    #[parallel(schedul = "static", num_threads = 0, simd)]
    for i in 1..x.len() {
        x[i] += x[i - 1];
        sum += x[i];
    }
}

#[parallel]
fn a_clause_that_may_be_about_the_body(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    #[parallel(reduce(+: sum), chunk = 0)]
    for i in 1..x.len() {
        sum += x[i];
    }
    sum
}

fn main() {}
