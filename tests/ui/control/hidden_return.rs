//! A `return` or `?` that no reader of the loop can see: it is in the macro's definition.
use pymp::prelude::*;

macro_rules! give_up {
    ($value:expr) => {
        return $value
    };
}

fn find(x: &[f64]) -> f64 {
    parallel_for!(for i in 0..x.len() {
        if x[i] > 1.0 {
            give_up!(x[i]);
        }
    });
    0.0
}

macro_rules! stop_if {
    ($condition:expr) => {
        if $condition {
            return;
        }
    };
}

fn until(x: &[f64]) {
    parallel_for!(for i in 0..x.len() {
        stop_if!(x[i] > 1.0);
    });
}

macro_rules! parsed {
    ($text:expr) => {
        $text.parse()?
    };
}

fn sum(texts: &[String]) -> Result<u32, std::num::ParseIntError> {
    let mut sum = 0_u32;
    parallel_for!(reduction(+: sum), for text in texts {
        let number: u32 = parsed!(text);
        sum += number;
    });
    Ok(sum)
}

macro_rules! tried {
    ($result:expr) => {
        $result?
    };
}

fn product(texts: &[String]) -> Result<u32, std::num::ParseIntError> {
    let mut product = 1;
    parallel_for!(reduction(*: product), for text in texts {
        product *= tried!(text.parse::<u32>());
    });
    Ok(product)
}

fn main() {}
