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

fn main() {
    inner::item();
}
