//! A `lastprivate` variable that an iteration reads before it has assigned it.
use pymp::prelude::*;

fn read_first(x: &[f64], y: &mut [f64]) -> f64 {
    let mut last = 0.0;
    parallel_for!(lastprivate(last), for i in 0..x.len() {
        y[i] = last;
        last = x[i];
    });
    last
}

fn assigned_in_one_branch(x: &[f64], y: &mut [f64]) -> f64 {
    let mut last = 0.0;
    parallel_for!(lastprivate(last), for i in 0..x.len() {
        if x[i] > 0.0 {
            last = x[i];
        }
        y[i] = last;
    });
    last
}

fn updated(x: &[f64]) -> f64 {
    let mut last = 0.0;
    parallel_for!(lastprivate(last), for v in x {
        last += v;
    });
    last
}

fn printed(x: &[f64]) -> f64 {
    let mut last = 0.0;
    parallel_for!(lastprivate(last), for v in x {
        println!("{last}");
        last = *v;
    });
    last
}

fn private_without_a_value(x: &[f64], y: &mut [f64]) {
    let (mut t, mut odd) = (0.0, false);
    parallel_for!(private(t, odd), for i in 0..x.len() {
        if i % 2 == 0 {
            t = x[i];
            odd = true;
        }
        t += 1.0;
        if odd {
            y[i] = t;
        }
    });
}

fn private_never_assigned(y: &mut [f64], k: f64) {
    parallel_for!(private(k), for i in 0..y.len() {
        y[i] = 2.0 * k;
    });
}

fn private_that_grows(y: &mut [usize]) {
    let mut list = Vec::new();
    parallel_for!(private(list), for i in 0..y.len() {
        list.push(i);
        y[i] = list.len();
    });
}

fn main() {}
