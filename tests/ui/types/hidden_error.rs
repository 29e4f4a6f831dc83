//! An error that a macro of the user's returns, which no reader of the loop can see.
use pymp::prelude::*;

macro_rules! refuse {
    ($text:expr) => {
        return Err($text.to_string())
    };
}

fn check(x: &[f64]) -> Result<(), String> {
    parallel_for!(for i in 0..x.len() {
        if x[i] < 0.0 {
            refuse!("negative");
        }
    });
    Ok(())
}

fn main() {}
