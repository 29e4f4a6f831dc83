//! What a macro of the user's, a function that is called for what it does, or an operator does to a captured variable: rustc's to refuse,
//! in words about threads.
use std::cell::Cell;

use pymp::prelude::*;

macro_rules! bump {
    ($x:expr) => {
        $x += 1
    };
}

macro_rules! add_to {
    ($x:ident, $y:ident) => {
        $x += $y
    };
}

macro_rules! twice {
    ($x:expr) => {{
        $x += 1;
        $x * 2
    }};
}

struct Walk {
    steps: usize,
}

impl Walk {
    #[parallel]
    fn run(&mut self) {
        #[parallel]
        for _ in 0..10 {
            bump!(self.steps);
        }
    }
}

fn in_a_macro(y: &mut [u32]) -> u32 {
    let mut n = 0;
    parallel_for!(for i in 0..y.len() {
        bump!(y[i]);
        bump!(n);
    });
    n
}

fn in_a_macro_beside_another(m: usize) -> usize {
    let mut n = 0;
    parallel_for!(for i in 0..10 {
        add_to!(n, m);
        if i > 3 {
            add_to!(n, i);
        }
    });
    n
}

fn in_a_value(y: &mut [u32]) {
    let mut n = 0;
    parallel_for!(for i in 0..y.len() {
        y[i] = twice!(n);
    });
}

fn in_a_region() -> u32 {
    let mut n = 0;
    region!(|p| {
        bump!(n);
        p.barrier();
    });
    n
}

fn called_back(mut add: impl FnMut(usize) + Sync) {
    parallel_for!(for i in 0..10 {
        add(i);
    });
}

struct Matrix(f64);

impl std::ops::Mul<f64> for Matrix {
    type Output = f64;
    fn mul(self, x: f64) -> f64 {
        self.0 * x
    }
}

fn computed_with(m: Matrix, v: &[f64], y: &mut [f64]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = m * v[i];
    });
}

macro_rules! show {
    ($x:expr) => {
        println!("{:?}", $x)
    };
}

fn a_cell_in_a_macro(c: &Cell<i32>) {
    parallel_for!(for i in 0..10 {
        show!((c, i));
    });
}

fn main() {}
