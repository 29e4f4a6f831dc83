//! `default(none)` and a variable in no clause.
use pymp::prelude::*;

fn unlisted(a: f64, x: &[f64], y: &mut [f64]) {
    let limit = 10.0;
    parallel_for!(default(none), shared(x, y), for i in 0..x.len() {
        if x[i] < limit {
            y[i] += a * x[i];
        }
    });
}

fn in_a_format_string(name: &str) {
    parallel_for!(default(none), for i in 0..10 {
        println!("{name} {i}");
    });
}

struct Lens {
    focus: f64,
}

impl Lens {
    #[parallel(default(none))]
    fn bend(&self, rays: &mut [f64]) {
        for i in 0..10 {
            rays[i] *= self.focus;
        }
    }
}

fn updated(n: usize) -> usize {
    let mut count = 0;
    parallel_for!(default(none), shared(n), for _ in 0..n {
        count += 1;
    });
    count
}

fn main() {}
