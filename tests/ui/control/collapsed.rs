//! Ways out of collapsed loops that leave only some of them.
use pymp::prelude::*;

fn inner_break(c: &[f64], n: usize, m: usize) {
    parallel_for!(collapse = 2, for i in 0..n {
        for j in 0..m {
            if c[i * m + j] > 1.0 {
                break;
            }
        }
    });
}

fn inner_break_of_three(c: &[f64], n: usize) {
    parallel_for!(collapse = 3, 'all: for i in 0..n {
        for j in 0..n {
            for k in 0..n {
                if c[i + j + k] > 2.0 {
                    break;
                }
                if c[i + j + k] > 1.0 {
                    break 'all;
                }
                if c[i + j + k] < 0.0 {
                    continue 'all;
                }
            }
        }
    });
}

fn main() {}
