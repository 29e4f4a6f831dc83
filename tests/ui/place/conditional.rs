//! `cfg_attr` around `parallel`.
use pymp::prelude::*;

#[parallel]
mod inner {
    #[cfg_attr(all(), parallel)]
    pub fn item() {
        for _ in 0..10 {}
    }
}

#[parallel]
fn bad_clause_inside() {
    #[cfg_attr(all(), parallel(num_treads = 2))]
    for _ in 0..10 {}
}

#[parallel]
fn statements_that_hold_and_others(y: &mut [usize]) {
    for i in 1..y.len() {
        #[cfg(any())]
        y[i + 1] = missing;
        #[cfg(all())]
        y[i] = y[i - 1];
    }
}

fn main() {
    inner::item();
}
