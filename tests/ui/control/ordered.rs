//! `ordered!` where there is no order.
use pymp::prelude::*;

fn outside() {
    ordered!({ println!("nothing around") });
}

fn without_the_clause() {
    parallel_for!(for i in 0..10 {
        ordered!({ println!("{i}") });
    });
}

#[parallel]
fn without_the_clause_under_the_attribute() {
    for i in 0..10 {
        ordered!({ println!("{i}") });
    }
}

fn main() {}
