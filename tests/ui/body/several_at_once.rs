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

fn main() {}
