//! A variable from outside that every iteration sets.
use pymp::prelude::*;

fn set(x: &[f64]) -> f64 {
    let mut last = 0.0;
    parallel_for!(for v in x {
        last = *v;
    });
    last
}

fn scratch(x: &[f64], y: &mut [f64]) {
    let mut t;
    parallel_for!(for i in 0..x.len() {
        t = x[i] * 2.0;
        y[i] = t;
    });
}

fn two_at_once(x: &[f64]) -> (f64, usize) {
    let (mut a, mut b) = (0.0, 0);
    parallel_for!(for i in 0..x.len() {
        (a, b) = (x[i], i);
    });
    (a, b)
}

fn behind_a_reference(x: &[f64], last: &mut f64) {
    parallel_for!(for v in x {
        *last = *v;
    });
}

struct State {
    last: f64,
    inner: (f64,),
}

#[parallel]
impl State {
    fn run(&mut self, x: &[f64]) {
        #[parallel]
        for v in x {
            self.last = *v;
            self.inner.0 = *v;
        }
    }
}

fn flag(x: &[f64]) -> bool {
    let mut found = false;
    parallel_for!(for v in x {
        if *v > 10.0 {
            found = true;
        }
    });
    found
}

static mut LAST: usize = 0;

fn a_static() {
    parallel_for!(for i in 0..10 {
        unsafe { LAST = i };
    });
}

fn carried(x: &[f64], y: &mut [f64]) {
    let mut prev = 0.0;
    parallel_for!(for i in 0..x.len() {
        y[i] = x[i] - prev;
        prev = x[i];
    });
}

fn carried_over_a_condition(x: &[f64], y: &mut [f64]) {
    let mut seen = 0.0;
    parallel_for!(for i in 0..x.len() {
        if x[i] > 0.0 {
            seen = x[i];
        }
        y[i] = seen;
    });
}

fn flag_both_ways(x: &[f64]) -> bool {
    let mut rising = false;
    parallel_for!(for i in 1..x.len() {
        if x[i] > x[i - 1] {
            rising = true;
        } else {
            rising = false;
        }
    });
    rising
}

#[derive(Clone, Default)]
struct Pair {
    x: f64,
    y: f64,
}

fn scratch_struct(x: &[f64], f: &mut [f64]) {
    let mut v = Pair::default();
    parallel_for!(for i in 0..x.len() {
        v.x = x[i];
        v.y = v.x * 2.0;
        f[i] = v.x + v.y;
    });
}

fn last_of_a_struct(x: &[f64]) -> Pair {
    let mut v = Pair::default();
    parallel_for!(for i in 0..x.len() {
        if x[i] > 1.0 {
            v.y = v.x * x[i];
        }
    });
    v
}

fn main() {}
