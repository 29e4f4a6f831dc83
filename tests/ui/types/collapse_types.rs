//! Loops that `collapse` cannot join, by their types.
use pymp::prelude::*;

fn mutable(rows: &mut [f64], m: usize) {
    parallel_for!(collapse = 2, for v in rows.iter_mut() {
        for _ in 0..m {
            *v += 1.0;
        }
    });
}

fn pulled(text: &str, m: usize) {
    parallel_for!(collapse = 2, for word in text.split(' ') {
        for i in 0..m {
            println!("{word} {i}");
        }
    });
}

fn rows_of_any_length(grid: &mut [Vec<f64>], m: usize) {
    parallel_for!(collapse = 2, for i in 0..grid.len() {
        for j in 0..m {
            grid[i][j] = 1.0;
        }
    });
}

fn main() {}
