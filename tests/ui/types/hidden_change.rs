//! Changes of captured variables that only their types show: rustc's to refuse.
use pymp::prelude::*;

struct Rng(u64);

impl Rng {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1);
        self.0
    }
}

fn own_method(y: &mut [u64]) {
    let mut rng = Rng(1);
    parallel_for!(for i in 0..y.len() {
        y[i] = rng.roll();
    });
}

#[parallel]
fn own_method_under_the_attribute(y: &mut [u64]) {
    let mut rng = Rng(1);
    #[parallel]
    for i in 0..y.len() {
        y[i] = rng.roll();
    }
}

macro_rules! bump {
    ($x:ident) => {
        $x += 1
    };
}

fn in_a_macro() -> u32 {
    let mut n = 0;
    parallel_for!(for _ in 0..10 {
        bump!(n);
    });
    n
}

fn swapped(y: &mut [f64]) {
    parallel_for!(for i in 0..y.len() / 2 {
        y.swap(i, i + 1);
    });
}

fn moved(x: String) {
    parallel_for!(for _ in 0..10 {
        drop(x);
    });
}

fn called_back(mut add: impl FnMut(usize)) {
    parallel_for!(for i in 0..10 {
        add(i);
    });
}

fn main() {}
