//! What a loop cannot run over.
use pymp::prelude::*;

fn a_number(n: usize) {
    parallel_for!(for i in n {
        println!("{i}");
    });
}

fn floats(n: f64) {
    parallel_for!(for x in 0.0..n {
        println!("{x}");
    });
    parallel_for!(for x in 0.0..1.0 {
        println!("{x}");
    });
}

fn not_send(x: &[u32]) {
    let names: std::rc::Rc<Vec<u32>> = std::rc::Rc::new(x.to_vec());
    let counter = std::cell::Cell::new(0);
    parallel_for!(for v in names.iter().filter(|_| { counter.set(1); true }) {
        println!("{v}");
    });
}

fn open_ended() {
    parallel_for!(for i in 0.. {
        println!("{i}");
    });
}

fn main() {}
