//! Ways out of the loop inside macros.
use pymp::prelude::*;

macro_rules! run {
    (now => $($anything:tt)*) => {
        $($anything)*
    };
}

fn return_in_an_argument(x: &[f64]) -> f64 {
    parallel_for!(for i in 0..x.len() {
        run!(now => if x[i] > 1.0 { return x[i] });
    });
    0.0
}

fn break_in_an_argument(x: &[f64]) {
    parallel_for!(for i in 0..x.len() {
        run!(now => if x[i] > 1.0 { break });
    });
}

fn question_in_an_argument(x: &[Option<f64>]) -> Option<f64> {
    parallel_for!(for i in 0..x.len() {
        run!(now => x[i]?);
    });
    None
}

macro_rules! bail {
    ($text:literal) => {
        return Err($text.to_string())
    };
}

fn a_macro_that_returns(x: &[f64]) -> Result<(), String> {
    parallel_for!(for i in 0..x.len() {
        if x[i] > 1.0 {
            bail!("too big");
        }
    });
    Ok(())
}

fn main() {}
