//! `break` and `continue` of a loop around the parallel one.
use pymp::prelude::*;

#[parallel]
fn to_a_loop_around(x: &[f64]) {
    'rows: for row in 0..3 {
        #[parallel]
        for i in 0..x.len() {
            if x[i] > row as f64 {
                break 'rows;
            }
            if x[i] < 0.0 {
                continue 'rows;
            }
        }
    }
}

fn out_of_a_block(x: &[f64]) -> usize {
    'search: {
        parallel_for!(for i in 0..x.len() {
            if x[i] > 1.0 {
                break 'search i;
            }
        });
        0
    }
}

fn from_an_inner_loop(x: &[f64]) {
    'outer: loop {
        parallel_for!(for i in 0..x.len() {
            for j in 0..i {
                if x[j] > x[i] {
                    continue 'outer;
                }
            }
        });
        break;
    }
}

fn main() {}
