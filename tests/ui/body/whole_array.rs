//! An array that the iterations write, used as a whole beside it.
use pymp::prelude::*;

fn sum(y: &[f64]) -> f64 {
    y.iter().sum()
}

fn in_a_call(y: &mut [f64]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = sum(&y);
    });
}

fn iterated(y: &mut Vec<f64>) {
    parallel_for!(for i in 0..y.len() {
        y[i] = y.iter().sum();
    });
}

fn a_part(y: &mut [f64]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = sum(&y[..i]);
    });
}

fn printed(y: &mut Vec<f64>) {
    parallel_for!(for i in 0..y.len() {
        y[i] = 1.0;
        println!("{y:?}");
    });
}

fn moved_on(y: &mut Vec<f64>) {
    parallel_for!(for i in 0..y.len() {
        y[i] = 1.0;
        y.clear();
    });
}

struct Stars {
    x: Vec<f64>,
    scale: f64,
}

impl Stars {
    fn total(&self) -> f64 {
        self.scale
    }
}

#[parallel]
impl Stars {
    fn scaled(&mut self) {
        #[parallel]
        for i in 0..10 {
            self.x[i] *= self.total();
        }
    }

    fn beside(&mut self) {
        #[parallel]
        for i in 0..10 {
            self.x[i] *= self.scale;
        }
    }
}

fn scratch_space_used_whole(x: &mut [f64]) {
    let mut buf = [0.0; 10];
    parallel_for!(for i in 0..x.len() {
        for k in 0..10 {
            buf[k] = x[i] * k as f64;
        }
        x[i] = buf.iter().sum();
    });
}

fn main() {}
